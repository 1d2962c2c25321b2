"""Chicago: The Chicago Manual of Style, 18th edition; author-date, and what both its systems share.

An entry of author-date reads: Who. When. What. Where. Address. The year stands second, so that the rest of
the date comes after the place. Page ranges keep all digits, which the manual allows beside its own way of
shortening them.
"""

from hubtui.citation.csl import Item, Locator
from hubtui.citation.names import CslName, inverted_name, list_names, natural_name
from hubtui.citation.style import AuthorMarkers, CitationStyle, bare_page, surnames, title_as_name
from hubtui.citation.text import (
    capitalize,
    en_dash_ranges,
    join_parts,
    join_sentences,
    quote_title,
    with_locator,
    with_mark,
)
from hubtui.core.i18n import N_

WEB = frozenset({"webpage", "post", "post-weblog"})

NEWS = WEB | {"article-newspaper", "article-magazine"}
"""Kinds that are found by their day, not by volume and page."""

WHOLE_WORKS = frozenset({"book", "report", "dataset", "software", "map"})
"""Kinds whose title is set in italics, so that it has no quotation marks."""


def list_chicago_names(names: tuple[CslName, ...], *, inverting: bool) -> str:
    """List up to six names; of more, the first three and et al.

    Args:
        names: The names.
        inverting: Whether the first has its family name in front.
    """
    first = inverted_name(names[0], demote=True) if inverting else natural_name(names[0])
    forms = [first, *map(natural_name, names[1:])]
    if len(forms) > 6:
        return f"{', '.join(forms[:3])}, et al."
    return list_names(forms, comma_for_two=inverting)


def responsible_names(item: Item, *, inverting: bool) -> str:
    """Return the authors, or the editors of a whole work with ``ed.`` or ``eds.``; ``""`` without either.

    Args:
        item: The item.
        inverting: Whether the first name has its family name in front.
    """
    if authors := item.names("author"):
        return list_chicago_names(authors, inverting=inverting)
    editors = () if item.get("container-title") else item.names("editor")
    if not editors:
        return ""
    return f"{list_chicago_names(editors, inverting=inverting)}, {'eds.' if len(editors) > 1 else 'ed.'}"


def credited_names(item: Item, words: str, role: str) -> str:
    """Return ``edited by A and B`` for the names in a role, or ``""``."""
    names = item.names(role)
    return f"{words} {list_names([natural_name(name) for name in names])}" if names else ""


def series_title(item: Item) -> str:
    """Return a book's series with its number."""
    return join_parts((item.headline("collection-title"), item.get("collection-number")), " ")


def site_name(item: Item) -> str:
    """Return the periodical or site, unless it is the author too, with the place of a local paper."""
    container = item.container() or (item.get("publisher") if item.type in WEB else "")
    if container == item.sole_author():
        return ""
    place = item.get("publisher-place") if item.type == "article-newspaper" else ""
    return f"{container} ({place})" if container and place else container


def cited_pages(item: Item) -> str:
    """Return the pages of an article, or the number that it has instead."""
    return en_dash_ranges(item.get("page")) or item.get("number")


def ahead_of_print(item: Item) -> bool:
    """Whether a journal article was published before it was given a volume, as one with a DOI may be."""
    return bool(item.doi) and not any(item.get(field) for field in ("volume", "issue", "page", "number"))


def kind_and_number(item: Item) -> str:
    """Return the kind and number of a report or preprint: ``Working Paper 45``, ``Technical report``."""
    return item.numbered(item.headline("genre")) or item.english_text("genre")


def publisher_or_place(item: Item) -> str:
    """Return the publisher, or the place where only that is known."""
    return item.get("publisher") or item.get("publisher-place")


def month_day(item: Item) -> str:
    """Return ``June 7``, ``June`` or ``""``."""
    date = item.date()
    return join_parts((date.month_name, str(date.day) if date.day else ""), " ")


def access_date(item: Item) -> str:
    """Return ``accessed June 7, 2018`` for an online source without a date."""
    read = item.date("accessed")
    if item.date() or not read.day or item.doi or not item.get("URL"):
        return ""
    return f"accessed {read.month_name} {read.day}, {read.year}"


def entry(item: Item, locator: Locator | None) -> str:
    """Return the entry."""
    who, year = _who(item), item.date().year_text or "n.d."
    whole = item.type in WHOLE_WORKS
    title = item.headline("title")
    what = with_mark(title, ".") if whole else quote_title(title, ".")
    head = (who, year, what) if who else (what, year)
    where = locator.phrase(chinese=False) if locator else ""
    return join_sentences((*head, *_source(item, where), item.address()))


def _who(item: Item) -> str:
    """Return the authors, else the editors, else the periodical or site."""
    names = responsible_names(item, inverting=True)
    return names or (item.container() if item.type in NEWS else "")


def _source(item: Item, locator: str) -> tuple[str, ...]:
    """Return what stands between title and address, sentence by sentence."""
    if item.type in NEWS:
        place = site_name(item) if responsible_names(item, inverting=True) else ""
        when = with_locator(join_parts((place, month_day(item))), locator)
        return (item.headline("section"), when, _accessed(item))
    match item.type:
        case "article-journal":
            translator = credited_names(item, "Translated by", "translator")
            return (translator, with_locator(_journal(item), locator), _accessed(item))
        case "chapter" | "paper-conference" | "entry-encyclopedia" | "entry-dictionary":
            return (*_host(item, locator), _accessed(item))
        case "thesis":
            return (with_locator(join_parts((item.english_text("genre"), item.get("publisher"))), locator),)
        case "article" | "document" | "manuscript":
            source = with_locator(join_parts((item.get("publisher"), month_day(item))), locator)
            version = item.labelled("version", "Version")
            return (kind_and_number(item), version, source, _accessed(item))
    return (*_book(item), with_locator(publisher_or_place(item), locator), _accessed(item))


def _journal(item: Item) -> str:
    volume, issue, cited = item.get("volume"), item.get("issue"), cited_pages(item)
    if ahead_of_print(item):
        ahead = "ahead of print" if item.address() else ""
        return join_parts((item.container(), ahead, month_day(item)))
    number = f"({issue})" if issue else f"({item.date().month_name})" if item.date().month_name else ""
    if volume:
        return join_parts((join_parts((item.container(), volume, number), " "), cited), ": ")
    if issue:
        return join_parts((f"{item.container()}, no. {issue}", cited), ": ")
    return join_parts((item.container(), month_day(item), cited))


def _host(item: Item, locator: str) -> tuple[str, ...]:
    """Return the book that a contribution stands in, or the meeting where it was given."""
    if not item.get("container-title"):
        presented = f"Paper presented at {item.event}" if item.event else ""
        return (with_locator(join_parts((presented, item.get("event-place"), month_day(item))), locator),)
    editors = credited_names(item, "edited by", "editor")
    translators = credited_names(item, "translated by", "translator")
    volume = item.labelled("volume", "vol.")
    book = join_parts((f"In {item.container()}", item.edition(), volume, editors, translators))
    return (book, with_locator(item.get("publisher"), locator))


def _book(item: Item) -> tuple[str, ...]:
    editors = credited_names(item, "Edited by", "editor") if item.names("author") else ""
    return (
        capitalize(item.edition()),
        item.labelled("volume", "Vol."),
        editors,
        credited_names(item, "Translated by", "translator"),
        series_title(item),
        kind_and_number(item),
    )


def _accessed(item: Item) -> str:
    return capitalize(access_date(item))


def _marker_name(item: Item) -> str:
    """Return the names, else the periodical or site, as in the list of references."""
    container = item.container() if item.type in NEWS else ""
    return surnames(item, "and") or container or title_as_name(item)


def _marker(name: str, item: Item, locator: Locator | None) -> str:
    year = item.date().year_text or "n.d."
    place = bare_page(locator) or (locator.phrase(chinese=False) if locator else "")
    # A year has no comma before it, words like n.d. have one.
    return f"({join_parts((join_parts((name, year), ' ' if year[:1].isdecimal() else ', '), place))})"


STYLES = (
    CitationStyle(
        id="chicago-author-date",
        name=N_("Chicago, author and year"),
        rank=60,
        entry=entry,
        author_markers=AuthorMarkers(name=_marker_name, marker=_marker),
    ),
)
