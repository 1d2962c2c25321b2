"""Chicago: The Chicago Manual of Style, 18th edition; what its two systems share.

Page ranges keep all digits, which the manual allows beside its own way of shortening them.
"""

from hubtui.citation import pages
from hubtui.citation.item import Item
from hubtui.citation.name_forms import inverted, listed, natural
from hubtui.citation.names import Name
from hubtui.citation.punctuation import joined

WEB = frozenset({"webpage", "post", "post-weblog"})

NEWS = WEB | {"article-newspaper", "article-magazine"}
"""Kinds that are found by their day, not by volume and page."""

WHOLE_WORKS = frozenset({"book", "report", "dataset", "software", "map"})
"""Kinds whose title is set in italics, so that it has no quotation marks."""


def shown(names: tuple[Name, ...], *, inverting: bool) -> str:
    """List up to six names; of more, the first three and et al.

    Args:
        names: The names.
        inverting: Whether the first has its family name in front.
    """
    first = inverted(names[0], demote=True) if inverting else natural(names[0])
    forms = [first, *map(natural, names[1:])]
    if len(forms) > 6:
        return f"{', '.join(forms[:3])}, et al."
    return listed(forms, comma_for_two=inverting)


def responsible(item: Item, *, inverting: bool) -> str:
    """Give the authors, or the editors of a whole work with ``ed.`` or ``eds.``; ``""`` without either.

    Args:
        item: The item.
        inverting: Whether the first name has its family name in front.
    """
    if authors := item.names("author"):
        return shown(authors, inverting=inverting)
    editors = () if item.get("container-title") else item.names("editor")
    if not editors:
        return ""
    return f"{shown(editors, inverting=inverting)}, {'eds.' if len(editors) > 1 else 'ed.'}"


def credit(item: Item, words: str, role: str) -> str:
    """Give ``edited by A and B`` for the names in a role, or ``""``."""
    names = item.names(role)
    return f"{words} {listed([natural(name) for name in names])}" if names else ""


def series(item: Item) -> str:
    """Give a book's series with its number."""
    return joined((item.headline("collection-title"), item.get("collection-number")), " ")


def site(item: Item) -> str:
    """Give the periodical or site, unless it is the author too, with the place of a local paper."""
    container = item.container() or (item.get("publisher") if item.type in WEB else "")
    if container == item.sole_author():
        return ""
    place = item.get("publisher-place") if item.type == "article-newspaper" else ""
    return f"{container} ({place})" if container and place else container


def cited_pages(item: Item) -> str:
    """Give the pages of an article, or the number that it has instead."""
    return pages.en_dashed(item.get("page")) or item.get("number")


def ahead_of_print(item: Item) -> bool:
    """Whether a journal article was published before it was given a volume, as one with a DOI may be."""
    return bool(item.doi) and not any(item.get(field) for field in ("volume", "issue", "page", "number"))


def number(item: Item) -> str:
    """Give the kind and number of a report or preprint: ``Working Paper 45``, ``Technical report``."""
    return item.numbered(item.headline("genre")) or item.english_text("genre")


def publisher(item: Item) -> str:
    """Give the publisher, or the place where only that is known."""
    return item.get("publisher") or item.get("publisher-place")


def month_day(item: Item) -> str:
    """Give ``June 7``, ``June`` or ``""``."""
    date = item.date()
    return joined((date.month_name, str(date.day) if date.day else ""), " ")


def accessed(item: Item) -> str:
    """Give ``accessed June 7, 2018`` for an online source without a date."""
    read = item.date("accessed")
    if item.date() or not read.day or item.doi or not item.get("URL"):
        return ""
    return f"accessed {read.month_name} {read.day}, {read.year}"
