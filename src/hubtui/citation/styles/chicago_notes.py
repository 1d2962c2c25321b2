"""Chicago, notes: a full note, as it stands at the foot of the page when a source is cited first."""

from hubtui.citation.item import Item
from hubtui.citation.locators import Locator
from hubtui.citation.pages import en_dashed
from hubtui.citation.punctuation import ends_sentence, joined, stopped
from hubtui.citation.styles import chicago
from hubtui.citation.titles import quoted


def entry(item: Item, locator: Locator | None) -> str:
    """Give the note; its locator stands where the manual puts the page cited."""
    title = item.headline("title")
    whole = item.type in chicago.WHOLE_WORKS
    rest = _rest(item, _cited(locator))
    if not whole:
        what = quoted(title, "." if not rest else "" if item.type == "thesis" else ",")
    else:
        what = title + ("" if rest.startswith("(") or ends_sentence(title) else ",")
    return stopped(joined((chicago.responsible(item, inverting=False), joined((what, rest), " "))))


def shortened(item: Item, locator: Locator | None) -> str:
    """Give a later note to a source already cited: who, what, where (sections 13.32 to 13.36)."""
    names = [name.surname for name in item.names("author") or item.names("editor")]
    who = f"{names[0]} et al." if len(names) > 2 else " and ".join(names)
    title, where = item.headline("title"), _cited(locator)
    if item.type not in chicago.WHOLE_WORKS:
        what = quoted(title, "," if where else ".")
    else:
        what = title + ("," if where and not ends_sentence(title) else "")
    return stopped(joined((who, joined((what, where), " "))))


def _cited(locator: Locator | None) -> str:
    if locator is None:
        return ""
    if locator.label == "page":
        return en_dashed(locator.value)
    return locator.phrase(chinese=False)


def _rest(item: Item, cited: str) -> str:
    """Give what follows the title."""
    address = item.address()
    if item.type in chicago.NEWS:
        undated = "" if item.type in chicago.WEB else "n.d."
        place, when = chicago.site(item), full_date(item) or undated
        return joined((item.headline("section"), place, when, cited, chicago.accessed(item), address))
    match item.type:
        case "article-journal":
            translator = chicago.credit(item, "trans.", "translator")
            return joined((translator, journal(item, cited), chicago.accessed(item), address))
        case "chapter" | "paper-conference" | "entry-encyclopedia" | "entry-dictionary":
            return joined((_host(item, cited), address))
        case "article" | "document" | "manuscript":
            return joined((_unpublished(item), cited, chicago.accessed(item), address))
        case "thesis":
            return joined((f"({joined((item.english_text('genre'), published(item)))})", cited, address))
    number = joined((item.get("genre"), item.get("number")), " ")
    cited = cited or en_dashed(item.get("page"))
    facts = (item.edition(), *_people(item), item.labelled("volume", "vol."), chicago.series(item))
    imprint = joined((joined((*facts, number)), f"({published(item)})"), " ")
    return joined((imprint, cited, chicago.accessed(item), address))


def _people(item: Item) -> tuple[str, ...]:
    editors = chicago.credit(item, "ed.", "editor") if item.names("author") else ""
    return editors, chicago.credit(item, "trans.", "translator")


def published(item: Item) -> str:
    """Give who published a work, and when."""
    return joined((chicago.publisher(item), item.date().year_text or "n.d."))


def journal(item: Item, cited: str = "") -> str:
    """Give the periodical with volume, number and year, and the pages or the place cited."""
    volume, issue, date = item.get("volume"), item.get("issue"), item.date()
    if chicago.ahead_of_print(item):
        ahead = "ahead of print" if item.address() else ""
        return joined((item.container(), ahead, full_date(item), cited))
    if not volume and not issue:
        return joined((item.container(), full_date(item) or "n.d.", cited or chicago.cited_pages(item)))
    number = f"no. {issue}" if issue else ""
    month = "" if volume and issue else date.month_name
    head = joined((joined((item.container(), volume), " "), number))
    head = f"{head} ({joined((month, date.year_text or 'n.d.'), ' ')})"
    if cited and not cited[0].isdecimal():
        return joined((head, cited))
    return joined((head, cited or chicago.cited_pages(item)), ": ")


def _host(item: Item, cited: str) -> str:
    if not item.get("container-title"):
        told = f"paper presented at {item.event}" if item.event else ""
        return joined((told, item.get("event-place"), full_date(item), cited))
    editors = chicago.credit(item, "ed.", "editor")
    translators = chicago.credit(item, "trans.", "translator")
    volume = item.labelled("volume", "vol.")
    book = joined((f"in {item.container()}", item.edition(), volume, editors, translators))
    return joined((f"{book} ({published(item)})", cited))


def _unpublished(item: Item) -> str:
    genre, version = item.get("genre"), item.labelled("version", "version")
    number = joined((genre, item.get("number")), " ")
    source = joined((item.get("publisher"), full_date(item) or "n.d."))
    if genre:
        return f"{joined((number, version))} ({source})"
    return joined((number, version, source))


def full_date(item: Item) -> str:
    """Give ``June 7, 2018``, as precise as it is known."""
    date = item.date()
    if not date.month_name:
        return date.year_text
    return f"{chicago.month_day(item)}{',' if date.day else ''} {date.year}"
