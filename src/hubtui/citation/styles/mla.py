"""MLA: MLA Handbook, 9th edition, chapter 5 (the template of core elements); forms of the official CSL style.

Who. What. Container, contributors, version, number, publisher, date, location. Months are abbreviated.
"""

from hubtui.citation import pages
from hubtui.citation.item import Item
from hubtui.citation.locators import Locator
from hubtui.citation.name_forms import inverted, listed, natural
from hubtui.citation.names import Name
from hubtui.citation.punctuation import capitalised, joined, stopped
from hubtui.citation.titles import marked, quoted

_WHOLE_WORKS = frozenset(
    {"book", "dataset", "post", "post-weblog", "report", "software", "thesis", "webpage"}
)
_YEAR_ONLY = frozenset({"book", "chapter", "thesis", "paper-conference"})


def entry(item: Item, locator: Locator | None) -> str:
    """Give the works-cited entry."""
    container = item.container()
    title = item.headline("title")
    contained = bool(container) or item.type not in _WHOLE_WORKS
    what = quoted(title, ".") if contained else marked(title, ".")
    where = locator.phrase(chinese=False, paragraph="par.") if locator else ""
    elements = [element for element in (*_elements(item, container), where, item.address()) if element]
    if elements and not container:
        elements[0] = capitalised(elements[0])
    kind = "" if item.get("number") or item.type == "thesis" else item.english_text("genre")
    tail = [
        stopped(_who(item)),
        what,
        stopped(capitalised(kind)),
        stopped(joined(elements)),
        *_optional(item),
    ]
    return " ".join(part for part in tail if part)


def _who(item: Item) -> str:
    if authors := item.names("author"):
        return _names(authors)
    editors = () if item.get("container-title") else item.names("editor")
    return f"{_names(editors)}, {'editors' if len(editors) > 1 else 'editor'}" if editors else ""


def _names(names: tuple[Name, ...]) -> str:
    """List one or two names; of more, the first and et al."""
    if len(names) > 2:
        return f"{inverted(names[0])}, et al."
    return listed([inverted(names[0]), *map(natural, names[1:])], comma_for_two=True)


def _elements(item: Item, container: str) -> tuple[str, ...]:
    """Give container, contributors, version, number, publisher, date and pages."""
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
        pages.labelled(pages.two_digits(cited)) if cited else "",
    )


def _credit(item: Item, words: str, role: str) -> str:
    names = item.names(role)
    if len(names) > 2:
        return f"{words} {natural(names[0])} et al."
    return f"{words} {listed([natural(name) for name in names])}" if names else ""


def _publisher(item: Item) -> str:
    publisher = item.get("publisher")
    if item.type in ("article-journal", "article-newspaper", "article-magazine"):
        return ""
    if item.type == "paper-conference" and not item.get("container-title"):
        return joined((publisher, item.event, item.get("event-place")))
    return publisher or (item.get("publisher-place") if item.type == "report" else "")


def _when(item: Item) -> str:
    date = item.date()
    if item.type in _YEAR_ONLY or not date.short_month:
        return date.year_text
    day = f"{date.day} " if date.day and item.type != "article-journal" else ""
    return f"{day}{date.short_month} {date.year}"


def _optional(item: Item) -> tuple[str, ...]:
    """Give the final optional elements: day of access, institution and kind, series."""
    read = item.date("accessed")
    if item.type == "thesis":
        return (stopped(joined((item.get("publisher"), item.english_text("genre")))),)
    series = joined((item.headline("collection-title"), item.get("collection-number")), " ")
    undated = bool(read.day and item.address() and not item.date())
    accessed = f"Accessed {read.day} {read.short_month} {read.year}." if undated else ""
    return (accessed, stopped(series) if item.type == "book" else "")
