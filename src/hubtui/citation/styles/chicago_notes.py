"""Chicago, notes: full notes, the short ones that follow them, and the bibliography (18th edition).

A full note stands at the foot of the page where a source is cited first. An entry of the bibliography
(sections 13.20 and 13.65 to 13.71) reads: Who. What. Where, when. Address. Its first name is inverted, and
sentences stand where a note has commas.
"""

from hubtui.citation.csl import Item, Locator
from hubtui.citation.style import CitationStyle
from hubtui.citation.styles import chicago
from hubtui.citation.text import (
    capitalize,
    en_dash_ranges,
    ends_sentence,
    join_parts,
    join_sentences,
    quote_title,
    with_mark,
    with_stop,
)
from hubtui.core.i18n import N_


def entry(item: Item, locator: Locator | None) -> str:
    """Return the note; its locator stands where the manual puts the page cited."""
    title = item.headline("title")
    whole = item.type in chicago.WHOLE_WORKS
    rest = _rest(item, _cited(locator))
    if not whole:
        what = quote_title(title, "." if not rest else "" if item.type == "thesis" else ",")
    else:
        what = title + ("" if rest.startswith("(") or ends_sentence(title) else ",")
    return with_stop(
        join_parts((chicago.responsible_names(item, inverting=False), join_parts((what, rest), " ")))
    )


def shortened(item: Item, locator: Locator | None) -> str:
    """Return a later note to a source already cited: who, what, where (sections 13.32 to 13.36)."""
    names = [name.surname for name in item.names("author") or item.names("editor")]
    who = f"{names[0]} et al." if len(names) > 2 else " and ".join(names)
    title, where = item.headline("title"), _cited(locator)
    if item.type not in chicago.WHOLE_WORKS:
        what = quote_title(title, "," if where else ".")
    else:
        what = title + ("," if where and not ends_sentence(title) else "")
    return with_stop(join_parts((who, join_parts((what, where), " "))))


def _cited(locator: Locator | None) -> str:
    if locator is None:
        return ""
    if locator.label == "page":
        return en_dash_ranges(locator.value)
    return locator.phrase(chinese=False)


def _rest(item: Item, cited: str) -> str:
    """Return what follows the title."""
    address = item.address()
    if item.type in chicago.NEWS:
        undated = "" if item.type in chicago.WEB else "n.d."
        place, when = chicago.site_name(item), full_date(item) or undated
        return join_parts((item.headline("section"), place, when, cited, chicago.access_date(item), address))
    match item.type:
        case "article-journal":
            translator = chicago.credited_names(item, "trans.", "translator")
            return join_parts((translator, journal(item, cited), chicago.access_date(item), address))
        case "chapter" | "paper-conference" | "entry-encyclopedia" | "entry-dictionary":
            return join_parts((_host(item, cited), address))
        case "article" | "document" | "manuscript":
            return join_parts((_unpublished(item), cited, chicago.access_date(item), address))
        case "thesis":
            return join_parts(
                (f"({join_parts((item.english_text('genre'), published(item)))})", cited, address)
            )
    number = join_parts((item.get("genre"), item.get("number")), " ")
    cited = cited or en_dash_ranges(item.get("page"))
    facts = (item.edition(), *_people(item), item.labelled("volume", "vol."), chicago.series_title(item))
    imprint = join_parts((join_parts((*facts, number)), f"({published(item)})"), " ")
    return join_parts((imprint, cited, chicago.access_date(item), address))


def _people(item: Item) -> tuple[str, ...]:
    editors = chicago.credited_names(item, "ed.", "editor") if item.names("author") else ""
    return editors, chicago.credited_names(item, "trans.", "translator")


def published(item: Item) -> str:
    """Return who published a work, and when."""
    return join_parts((chicago.publisher_or_place(item), item.date().year_text or "n.d."))


def journal(item: Item, cited: str = "") -> str:
    """Return the periodical with volume, number and year, and the pages or the place cited."""
    volume, issue, date = item.get("volume"), item.get("issue"), item.date()
    if chicago.ahead_of_print(item):
        ahead = "ahead of print" if item.address() else ""
        return join_parts((item.container(), ahead, full_date(item), cited))
    if not volume and not issue:
        return join_parts((item.container(), full_date(item) or "n.d.", cited or chicago.cited_pages(item)))
    number = f"no. {issue}" if issue else ""
    month = "" if volume and issue else date.month_name
    head = join_parts((join_parts((item.container(), volume), " "), number))
    head = f"{head} ({join_parts((month, date.year_text or 'n.d.'), ' ')})"
    if cited and not cited[0].isdecimal():
        return join_parts((head, cited))
    return join_parts((head, cited or chicago.cited_pages(item)), ": ")


def _host(item: Item, cited: str) -> str:
    if not item.get("container-title"):
        presented = f"paper presented at {item.event}" if item.event else ""
        return join_parts((presented, item.get("event-place"), full_date(item), cited))
    editors = chicago.credited_names(item, "ed.", "editor")
    translators = chicago.credited_names(item, "trans.", "translator")
    volume = item.labelled("volume", "vol.")
    book = join_parts((f"in {item.container()}", item.edition(), volume, editors, translators))
    return join_parts((f"{book} ({published(item)})", cited))


def _unpublished(item: Item) -> str:
    genre, version = item.get("genre"), item.labelled("version", "version")
    number = join_parts((genre, item.get("number")), " ")
    source = join_parts((item.get("publisher"), full_date(item) or "n.d."))
    if genre:
        return f"{join_parts((number, version))} ({source})"
    return join_parts((number, version, source))


def full_date(item: Item) -> str:
    """Return ``June 7, 2018``, as precise as it is known."""
    date = item.date()
    if not date.month_name:
        return date.year_text
    return f"{chicago.month_day(item)}{',' if date.day else ''} {date.year}"


def bibliography_entry(item: Item, _locator: Locator | None = None) -> str:
    """Return the entry; it is for the work as a whole, so without a locator."""
    title = item.headline("title")
    what = with_mark(title, ".") if item.type in chicago.WHOLE_WORKS else quote_title(title, ".")
    who = chicago.responsible_names(item, inverting=True)
    return join_sentences(
        (who, what, *_bibliography_source(item), capitalize(chicago.access_date(item)), item.address())
    )


def _bibliography_source(item: Item) -> tuple[str, ...]:
    """Return what stands between title and address, sentence by sentence."""
    if item.type in chicago.NEWS:
        when = full_date(item) or ("" if item.type in chicago.WEB else "n.d.")
        return (item.headline("section"), join_parts((chicago.site_name(item), when)))
    match item.type:
        case "article-journal":
            return (chicago.credited_names(item, "Translated by", "translator"), journal(item))
        case "chapter" | "paper-conference" | "entry-encyclopedia" | "entry-dictionary":
            return _bibliography_host(item)
        case "thesis":
            return (join_parts((item.english_text("genre"), published(item))),)
        case "article" | "document" | "manuscript":
            source = join_parts((item.get("publisher"), full_date(item) or "n.d."))
            return (chicago.kind_and_number(item), item.labelled("version", "Version"), source)
    editors = chicago.credited_names(item, "Edited by", "editor") if item.names("author") else ""
    return (
        capitalize(item.edition()),
        item.labelled("volume", "Vol."),
        editors,
        chicago.credited_names(item, "Translated by", "translator"),
        chicago.series_title(item),
        chicago.kind_and_number(item),
        published(item),
    )


def _bibliography_host(item: Item) -> tuple[str, ...]:
    """Return the book that a contribution stands in, or the meeting where it was given."""
    if not item.get("container-title"):
        presented = f"Paper presented at {item.event}" if item.event else ""
        return (join_parts((presented, item.get("event-place"), full_date(item))),)
    editors = chicago.credited_names(item, "edited by", "editor")
    translators = chicago.credited_names(item, "translated by", "translator")
    volume = item.labelled("volume", "vol.")
    book = join_parts((f"In {item.container()}", item.edition(), volume, editors, translators))
    return (book, published(item))


STYLES = (
    CitationStyle(
        id="chicago-notes",
        name=N_("Chicago, notes"),
        rank=70,
        entry=entry,
        bibliography_entry=bibliography_entry,
        short_note=shortened,
    ),
)
