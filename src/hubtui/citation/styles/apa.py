"""APA: Publication Manual of the American Psychological Association, 7th edition, chapters 9 and 10.

Who. (When). What. Where. Titles stand in sentence case as given; only periodicals have title case.
"""

from hubtui.citation.csl import Item, Locator
from hubtui.citation.names import CslName, inverted_name, list_names, natural_name
from hubtui.citation.style import AuthorMarkers, CitationStyle, after_name, surnames, title_as_name
from hubtui.citation.text import (
    full_ranges,
    join_parts,
    join_sentences,
    with_locator,
    with_mark,
    with_page_label,
    with_stop,
)

_DATED_BY_DAY = frozenset(
    {"article-newspaper", "article-magazine", "webpage", "post", "post-weblog", "document", "speech"}
)
_PERIODICALS = frozenset({"article-newspaper", "article-magazine", "article-journal"})
_PARTS = frozenset({"chapter", "paper-conference", "entry-dictionary", "entry-encyclopedia"})


def entry(item: Item, locator: Locator | None) -> str:
    """Return the reference list entry (section 9.4)."""
    title = with_mark(_title(item), ".")
    who, when = with_stop(_who(item)), f"({_when(item)})."
    head = [who, when, title] if who else [title, when]
    source = with_locator(_source(item), locator.phrase(chinese=False) if locator else "")
    return join_parts((*head, with_stop(source), _address(item)), " ")


def _who(item: Item) -> str:
    if authors := item.names("author"):
        return _names(authors)
    editors = () if item.type in _PARTS and item.get("container-title") else item.names("editor")
    return f"{_names(editors)} ({_role('Ed', editors)})" if editors else ""


def _names(names: tuple[CslName, ...]) -> str:
    """List up to twenty names; of more, the first nineteen and the last (section 9.8)."""
    forms = [inverted_name(name, short=True) for name in names]
    if len(forms) > 20:
        return f"{', '.join(forms[:19])}, … {forms[-1]}"
    return list_names(forms, "&", comma_for_two=True)


def _role(role: str, names: tuple[CslName, ...]) -> str:
    return f"{role}{'s' if len(names) > 1 else ''}."


def _when(item: Item) -> str:
    date = item.date()
    if not date:
        return "n.d."
    talk = item.type == "paper-conference" and not item.get("container-title")
    if not date.month_name or not (item.type in _DATED_BY_DAY or talk):
        return date.year_text
    return f"{date.year_text}, {date.month_name}{f' {date.day}' if date.day else ''}"


def _title(item: Item) -> str:
    """Return the title with what identifies the work in parentheses, its kind in brackets."""
    title, contained = item.english_text("title"), item.type in _PARTS and item.get("container-title")
    edited = item.names("editor") if item.names("author") and not contained else ()
    translated = item.names("translator")
    facts = [_credit(edited, _role("Ed", edited)), _credit(translated, "Trans.")]
    if not contained and item.type not in _PERIODICALS and item.type != "thesis":
        facts += [item.numbered(item.headline("genre")), item.labelled("version", "Version"), _extent(item)]
    described = join_parts(facts, "; ")
    return join_parts((title, f"({described})" if described else "", _kind(item)), " ")


def _credit(names: tuple[CslName, ...], role: str) -> str:
    """Return ``A. Smith & B. Jones, Eds.``, or ``""`` without names."""
    return f"{list_names([natural_name(name, short=True) for name in names], '&')}, {role}" if names else ""


def _extent(item: Item) -> str:
    """Return edition, volume and pages of a book (section 9.19)."""
    cited = item.get("page")
    pages_cited = with_page_label(full_ranges(cited)) if cited else ""
    return join_parts((item.edition(), item.labelled("volume", "Vol."), pages_cited))


def _kind(item: Item) -> str:
    """Return the bracketed description of a kind of work (sections 9.21 and 10.6)."""
    if item.type != "thesis":
        genre = item.english_text("genre")
        return f"[{genre}]" if genre and not item.get("number") else ""
    published = bool(item.get("URL") or item.get("DOI"))
    kind = join_parts((item.english_text("genre"), item.get("publisher") if published else ""))
    return f"[{kind}]" if kind else ""


def _source(item: Item) -> str:
    if item.type in _PERIODICALS:
        return _periodical(item)
    if item.type in _PARTS and item.get("container-title"):
        return _host(item)
    if item.type == "thesis" and (item.get("URL") or item.get("DOI")):
        return ""
    if item.type in ("paper-conference", "speech"):
        return join_parts((item.event, item.get("event-place")))
    where = join_parts((item.container(), item.get("publisher")))
    return "" if where == item.sole_author() else where


def _periodical(item: Item) -> str:
    volume, issue = item.get("volume"), item.get("issue")
    number = item.get("number") if item.type == "article-journal" else ""
    cited = full_ranges(item.get("page")) or (f"Article {number}" if number else "")
    return join_parts((item.container(), volume + (f"({issue})" if issue else ""), cited))


def _host(item: Item) -> str:
    """Return the book that a chapter stands in, and its publisher (section 9.28)."""
    editors = item.names("editor")
    credit = ""
    if editors:
        credit = (
            list_names([natural_name(name, short=True) for name in editors], "&")
            + f" ({_role('Ed', editors)}), "
        )
    extent = _extent(item)
    book = f"In {credit}{item.english_text('container-title')}{f' ({extent})' if extent else ''}"
    return join_sentences((book, item.get("publisher")))


def _address(item: Item) -> str:
    address, read = item.address(), item.date("accessed")
    if address and read.day and not item.date() and not item.doi:
        return f"Retrieved {read.month_name} {read.day}, {read.year}, from {address}"
    return address


def _marker_name(item: Item) -> str:
    return surnames(item, "&") or title_as_name(item)


def _marker(name: str, item: Item, locator: Locator | None) -> str:
    year = item.date().year_text or "n.d."
    return f"({after_name(name, year, locator.phrase(chinese=False) if locator else '')})"


STYLES = (
    CitationStyle(
        id="apa",
        name="APA 7",
        rank=50,
        entry=entry,
        # Works of one author and year are ordered by their dates (section 9.47).
        author_markers=AuthorMarkers(name=_marker_name, marker=_marker, by_date=True),
    ),
)
