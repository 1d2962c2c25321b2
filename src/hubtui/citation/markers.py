"""What stands in the text and points to the list of references: a number, or author and year."""

from collections.abc import Callable

from hubtui.citation.item import Item
from hubtui.citation.locators import Locator
from hubtui.citation.names import Name
from hubtui.citation.pages import en_dashed
from hubtui.citation.punctuation import ends_sentence, joined
from hubtui.citation.styles import chicago
from hubtui.citation.titles import quoted

_WHOLE_WORKS = frozenset({"book", "report", "thesis", "dataset", "software", "map"})


def is_numbered(style: str) -> bool:
    """Whether a style points by number, or by the number of a note."""
    return style not in _NAMED


def number_marker(style: str, item: Item, number: int, locator: Locator | None) -> str:
    """Give the pointer to a reference in a style that numbers them: ``[2]``, ``[2, p. 3]``, ``[2]第3段``."""
    if style.startswith("gb7714"):
        return f"[{number}]{_behind(item, locator)}"
    return f"[{joined((str(number), locator.phrase(chinese=False) if locator else ''))}]"


def named(style: str, item: Item) -> str:
    """Give by what name a style of authors and years points to an item, its year aside."""
    return _NAMED[style](item)


def name_marker(style: str, item: Item, locator: Locator | None, *, told_apart: bool = False) -> str:
    """Give the pointer to a reference by its author: ``(Ouyang, 2018, para. 3)``, ``(Ouyang, par. 3)``.

    Args:
        style: A style of authors and years.
        item: The item; a letter behind its year (``year-suffix``) is given with it.
        locator: The place in it.
        told_apart: Whether another reference has the same author, so that MLA needs the title too.
    """
    name = named(style, item)
    year = item.date().year_text or ("无日期" if style.startswith("gb7714") and item.chinese else "n.d.")
    if style == "gb7714-2015-author-date":
        return f"({name}, {year}){_behind(item, locator)}"
    if style == "gb7714-2025-author-date":
        return f"（{name}，{year}）{_behind(item, locator)}"
    if style == "apa":
        return f"({_commas(name, year, locator.phrase(chinese=False) if locator else '')})"
    if style == "mla":
        return _mla_marker(_commas(name, _title(item) if told_apart else ""), locator)
    page = _bare_page(locator) or (locator.phrase(chinese=False) if locator else "")
    # A year has no comma before it, words like n.d. have one.
    return f"({joined((joined((name, year), ' ' if year[:1].isdecimal() else ', '), page))})"


def _behind(item: Item, locator: Locator | None) -> str:
    """Give the place that GB/T 7714 puts behind the pointer: the page's number alone (10.1.3)."""
    return _bare_page(locator) or (locator.phrase(chinese=item.chinese) if locator else "")


def _mla_marker(name: str, locator: Locator | None) -> str:
    """Give name and page without a comma, name and paragraph with one (MLA 9, section 6.20)."""
    if page := _bare_page(locator):
        return f"({name} {page})"
    return f"({_commas(name, locator.phrase(chinese=False, paragraph='par.') if locator else '')})"


def _commas(name: str, *rest: str) -> str:
    """Join by commas; one after a quotation stands inside its marks."""
    tail = joined(rest)
    inside = tail and name.endswith("”") and not ends_sentence(name)
    return f"{name[:-1]},” {tail}" if inside else joined((name, tail))


def _bare_page(locator: Locator | None) -> str:
    return en_dashed(locator.value) if locator and locator.label == "page" else ""


def _surnames(names: tuple[Name, ...], conjunction: str) -> str:
    """Give one or two names, of more the first (APA 7, 8.17; Chicago 18, 13.107; MLA 9, 6.5)."""
    shown = [name.surname for name in names]
    return f" {conjunction} ".join(shown) if len(shown) < 3 else f"{shown[0]} et al."


def _people(item: Item) -> tuple[Name, ...]:
    return item.names("author") or item.names("editor")


def _title(item: Item) -> str:
    """Give a title in the place of an author: in quotation marks unless it is a whole work's."""
    title = item.headline("title")
    return title if item.type in _WHOLE_WORKS else quoted(title, "")


def _chicago(item: Item) -> str:
    """Give the names, else the periodical or site, as in the list of references."""
    container = item.container() if item.type in chicago.NEWS else ""
    return _surnames(_people(item), "and") or container or _title(item)


def _gb(item: Item) -> str:
    """Give the first author, then 等 or et al. (GB/T 7714—2015, 10.2.2)."""
    people = _people(item)
    if not people:
        return "佚名" if item.chinese else "Anon"
    more = " 等" if people[0].chinese else " et al."
    return people[0].surname + (more if len(people) > 1 else "")


_NAMED: dict[str, Callable[[Item], str]] = {
    "apa": lambda item: _surnames(_people(item), "&") or _title(item),
    "chicago-author-date": _chicago,
    "mla": lambda item: _surnames(_people(item), "and") or _title(item),
    "gb7714-2015-author-date": _gb,
    "gb7714-2025-author-date": _gb,
}
