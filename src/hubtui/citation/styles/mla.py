"""MLA: MLA Handbook, 9th edition, chapter 5 (the template of core elements); forms of the official CSL style.

Who. What. Container, contributors, version, number, publisher, date, location. Months are abbreviated.
"""

from hubtui.citation.csl import Item, Locator
from hubtui.citation.names import CslName, inverted_name, list_names, natural_name
from hubtui.citation.style import AuthorMarkers, CitationStyle, after_name, bare_page, surnames, title_as_name
from hubtui.citation.text import (
    capitalize,
    join_parts,
    quote_title,
    short_ranges,
    with_mark,
    with_page_label,
    with_stop,
)

_WHOLE_WORKS = frozenset(
    {"book", "dataset", "post", "post-weblog", "report", "software", "thesis", "webpage"}
)
_YEAR_ONLY = frozenset({"book", "chapter", "thesis", "paper-conference"})


def entry(item: Item, locator: Locator | None) -> str:
    """Return the works-cited entry."""
    container = item.container()
    title = item.headline("title")
    contained = bool(container) or item.type not in _WHOLE_WORKS
    what = quote_title(title, ".") if contained else with_mark(title, ".")
    where = locator.phrase(chinese=False, paragraph="par.") if locator else ""
    elements = [element for element in (*_elements(item, container), where, item.address()) if element]
    if elements and not container:
        elements[0] = capitalize(elements[0])
    kind = "" if item.get("number") or item.type == "thesis" else item.english_text("genre")
    tail = [
        with_stop(_who(item)),
        what,
        with_stop(capitalize(kind)),
        with_stop(join_parts(elements)),
        *_optional(item),
    ]
    return " ".join(part for part in tail if part)


def _who(item: Item) -> str:
    if authors := item.names("author"):
        return _names(authors)
    editors = () if item.get("container-title") else item.names("editor")
    return f"{_names(editors)}, {'editors' if len(editors) > 1 else 'editor'}" if editors else ""


def _names(names: tuple[CslName, ...]) -> str:
    """List one or two names; of more, the first and et al."""
    if len(names) > 2:
        return f"{inverted_name(names[0])}, et al."
    return list_names([inverted_name(names[0]), *map(natural_name, names[1:])], comma_for_two=True)


def _elements(item: Item, container: str) -> tuple[str, ...]:
    """Return container, contributors, version, number, publisher, date and pages."""
    credited = bool(item.names("author")) or bool(container)
    thesis = item.type == "thesis"
    cited = item.get("page")
    local = item.get("publisher-place") if item.type == "article-newspaper" else ""
    return (
        f"{container} [{local}]" if container and local and local not in container else container,
        _credit(item, "edited by", "editor") if credited else "",
        _credit(item, "translated by", "translator"),
        item.edition() or item.labelled("version", "version"),
        item.labelled("volume", "vol."),
        item.labelled("issue", "no."),
        "" if thesis else item.numbered(item.get("genre")),
        "" if thesis else _publisher(item),
        _when(item),
        with_page_label(short_ranges(cited)) if cited else "",
    )


def _credit(item: Item, words: str, role: str) -> str:
    names = item.names(role)
    if len(names) > 2:
        return f"{words} {natural_name(names[0])} et al."
    return f"{words} {list_names([natural_name(name) for name in names])}" if names else ""


def _publisher(item: Item) -> str:
    publisher = item.get("publisher")
    if item.type in ("article-journal", "article-newspaper", "article-magazine"):
        return ""
    if item.type == "paper-conference" and not item.get("container-title"):
        return join_parts((publisher, item.event, item.get("event-place")))
    return publisher or (item.get("publisher-place") if item.type == "report" else "")


def _when(item: Item) -> str:
    date = item.date()
    if item.type in _YEAR_ONLY or not date.short_month:
        return date.year_text
    day = f"{date.day} " if date.day and item.type != "article-journal" else ""
    return f"{day}{date.short_month} {date.year}"


def _optional(item: Item) -> tuple[str, ...]:
    """Return the final optional elements: day of access, institution and kind, series."""
    read = item.date("accessed")
    if item.type == "thesis":
        return (with_stop(join_parts((item.get("publisher"), item.english_text("genre")))),)
    series = join_parts((item.headline("collection-title"), item.get("collection-number")), " ")
    undated = bool(read.day and item.address() and not item.date())
    accessed = f"Accessed {read.day} {read.short_month} {read.year}." if undated else ""
    return (accessed, with_stop(series) if item.type == "book" else "")


def _marker_name(item: Item) -> str:
    return surnames(item, "and") or title_as_name(item)


def _marker(name: str, _item: Item, locator: Locator | None) -> str:
    """Return name and page without a comma, name and paragraph with one (section 6.20)."""
    if page := bare_page(locator):
        return f"({name} {page})"
    return f"({after_name(name, locator.phrase(chinese=False, paragraph='par.') if locator else '')})"


STYLES = (
    CitationStyle(
        id="mla",
        name="MLA 9",
        rank=80,
        entry=entry,
        # Works of one author are told apart by their titles.
        author_markers=AuthorMarkers(name=_marker_name, marker=_marker, by_year=False),
    ),
)
