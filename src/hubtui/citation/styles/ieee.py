"""IEEE: IEEE Reference Style Guide for Authors; forms of the official CSL style.

Who, “what,” where, which, when. Address. Months have three letters, days two digits; journals are abbreviated
where the item knows how.
"""

from hubtui.citation.csl import Item, Locator
from hubtui.citation.names import CslName, list_names, natural_name
from hubtui.citation.style import CitationStyle
from hubtui.citation.text import (
    capitalize,
    en_dash_ranges,
    join_parts,
    quote_title,
    with_mark,
    with_page_label,
    with_stop,
)

_WEB = frozenset({"webpage", "post", "post-weblog"})
_YEAR_ONLY = frozenset({"book", "chapter", "thesis"})
_MONTH_ONLY = frozenset({"article-journal", "report", "paper-conference"})


def entry(item: Item, locator: Locator | None) -> str:
    """Return the reference, without its number."""
    where = locator.phrase(chinese=False) if locator else ""
    if item.type == "book":
        body = _book(item, where)
    else:
        rest = join_parts((*_elements(item), where))
        body = quote_title(item.english_text("title"), "," if rest else ".")
        body = join_parts((body, rest), " ")
    text = join_parts((_who(item), body), ", ")
    address = _address(item)
    if item.type == "article-journal" and address:
        return f"{text}, {address}"
    return join_parts((with_stop(text), address), " ")


def _who(item: Item) -> str:
    if authors := item.names("author"):
        return _names(authors)
    editors = item.names("editor") if item.type == "book" else ()
    return f"{_names(editors)}, {_editors_label(editors)}" if editors else ""


def _names(names: tuple[CslName, ...]) -> str:
    """List up to six names; of more, the first and et al."""
    if len(names) > 6:
        return f"{natural_name(names[0], short=True)} et al."
    return list_names([natural_name(name, short=True) for name in names])


def _editors_label(names: tuple[CslName, ...]) -> str:
    return "Eds." if len(names) > 1 else "Ed."


def _elements(item: Item) -> tuple[str, ...]:
    """Return what follows the title, element by element."""
    match item.type:
        case "article-journal":
            return (_journal(item), *_volume(item), _pages(item), _when(item))
        case "webpage" | "post" | "post-weblog":
            return (item.get("container-title"),)
        case "report":
            number = join_parts((item.get("genre"), item.get("number")), " ")
            return (item.get("publisher"), item.get("publisher-place"), number, _when(item))
        case "thesis":
            return (
                item.english_text("genre"),
                item.get("publisher"),
                item.get("publisher-place"),
                _when(item),
            )
        case "article":
            archive = join_parts((item.get("publisher"), item.get("number")), ": ")
            return (_when(item), archive)
        case "chapter" | "paper-conference":
            return (*_host(item), _when(item), _pages(item))
    container = item.get("container-title")
    places = (item.get("publisher"), item.get("publisher-place"))
    return (container, *_volume(item), *places, _pages(item), _when(item))


def _journal(item: Item) -> str:
    short = item.get("container-title-short") or item.get("journalAbbreviation")
    return short or item.get("container-title")


def _volume(item: Item) -> tuple[str, ...]:
    parts = (_edition(item), item.labelled("volume", "vol."), item.labelled("issue", "no."))
    return tuple(part for part in parts if part)


def _edition(item: Item) -> str:
    return capitalize(item.edition()) if item.type in ("book", "chapter", "paper-conference") else ""


def _host(item: Item) -> tuple[str, ...]:
    book = item.english_text("container-title")
    if not book:
        return (f"presented at the {item.event}" if item.event else "", item.get("event-place"))
    editors = item.names("editor")
    credit = ""
    if editors:
        credit = (
            f"{list_names([natural_name(name, short=True) for name in editors])}, {_editors_label(editors)}"
        )
    publisher = join_parts((item.get("publisher-place"), item.get("publisher")), ": ")
    return (f"in {book}", *_volume(item), credit, publisher)


def _book(item: Item, locator: str) -> str:
    head = join_parts((item.english_text("title"), *_volume(item)))
    series = join_parts((item.get("collection-title"), item.labelled("collection-number", "no.")))
    publisher = join_parts((item.get("publisher-place"), item.get("publisher")), ": ")
    tail = join_parts((publisher, _when(item), _pages(item), locator))
    head = with_mark(head, ".") if series or tail else head
    return join_parts((head, with_stop(f"in {series}") if series else "", tail), " ")


def _pages(item: Item) -> str:
    cited, number = item.get("page"), item.get("number")
    if number and item.type == "article-journal":
        return f"Art. no. {number}"
    return with_page_label(en_dash_ranges(cited)) if cited else ""


def _when(item: Item) -> str:
    date = item.date()
    month = date.short_month
    if item.type in _YEAR_ONLY or not month:
        return date.year_text
    if item.type in _MONTH_ONLY or not date.day:
        return f"{month} {date.year}"
    return f"{month} {date.day:02d}, {date.year}"


def _address(item: Item) -> str:
    url, read = item.get("URL"), item.date("accessed")
    if item.doi and item.type not in _WEB:
        return f"doi: {item.doi}"
    if not url:
        return ""
    day = f"Accessed: {read.short_month} {read.day:02d}, {read.year}. " if read.day else ""
    return f"{day}[Online]. Available: {url}"


STYLES = (CitationStyle(id="ieee", name="IEEE", rank=90, entry=entry),)
