"""APA: Publication Manual of the American Psychological Association, 7th edition, chapters 9 and 10.

Who. (When). What. Where. Titles stand in sentence case as given; only periodicals have title case.
"""

from hubtui.citation import pages
from hubtui.citation.item import Item
from hubtui.citation.locators import Locator
from hubtui.citation.name_forms import inverted, listed, natural
from hubtui.citation.names import Name
from hubtui.citation.punctuation import joined, located, sentences, stopped
from hubtui.citation.titles import marked

_DATED_BY_DAY = frozenset(
    {"article-newspaper", "article-magazine", "webpage", "post", "post-weblog", "document", "speech"}
)
_PERIODICALS = frozenset({"article-newspaper", "article-magazine", "article-journal"})
_PARTS = frozenset({"chapter", "paper-conference", "entry-dictionary", "entry-encyclopedia"})


def entry(item: Item, locator: Locator | None) -> str:
    """Give the reference list entry (section 9.4)."""
    title = marked(_title(item), ".")
    who, when = stopped(_who(item)), f"({_when(item)})."
    head = [who, when, title] if who else [title, when]
    source = located(_source(item), locator.phrase(chinese=False) if locator else "")
    return joined((*head, stopped(source), _address(item)), " ")


def _who(item: Item) -> str:
    if authors := item.names("author"):
        return _names(authors)
    editors = () if item.type in _PARTS and item.get("container-title") else item.names("editor")
    return f"{_names(editors)} ({_role('Ed', editors)})" if editors else ""


def _names(names: tuple[Name, ...]) -> str:
    """List up to twenty names; of more, the first nineteen and the last (section 9.8)."""
    forms = [inverted(name, short=True) for name in names]
    if len(forms) > 20:
        return f"{', '.join(forms[:19])}, … {forms[-1]}"
    return listed(forms, "&", comma_for_two=True)


def _role(role: str, names: tuple[Name, ...]) -> str:
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
    """Give the title with what identifies the work in parentheses, its kind in brackets."""
    title, contained = item.english_text("title"), item.type in _PARTS and item.get("container-title")
    edited = item.names("editor") if item.names("author") and not contained else ()
    translated = item.names("translator")
    facts = [_credit(edited, _role("Ed", edited)), _credit(translated, "Trans.")]
    if not contained and item.type not in _PERIODICALS and item.type != "thesis":
        facts += [item.numbered(item.headline("genre")), item.labelled("version", "Version"), _extent(item)]
    described = joined(facts, "; ")
    return joined((title, f"({described})" if described else "", _kind(item)), " ")


def _credit(names: tuple[Name, ...], role: str) -> str:
    """Give ``A. Smith & B. Jones, Eds.``, or ``""`` without names."""
    return f"{listed([natural(name, short=True) for name in names], '&')}, {role}" if names else ""


def _extent(item: Item) -> str:
    """Give edition, volume and pages of a book (section 9.19)."""
    cited = item.get("page")
    pages_cited = pages.labelled(pages.full(cited)) if cited else ""
    return joined((item.edition(), item.labelled("volume", "Vol."), pages_cited))


def _kind(item: Item) -> str:
    """Give the bracketed description of a kind of work (sections 9.21 and 10.6)."""
    if item.type != "thesis":
        genre = item.english_text("genre")
        return f"[{genre}]" if genre and not item.get("number") else ""
    published = bool(item.get("URL") or item.get("DOI"))
    kind = joined((item.english_text("genre"), item.get("publisher") if published else ""))
    return f"[{kind}]" if kind else ""


def _source(item: Item) -> str:
    if item.type in _PERIODICALS:
        return _periodical(item)
    if item.type in _PARTS and item.get("container-title"):
        return _host(item)
    if item.type == "thesis" and (item.get("URL") or item.get("DOI")):
        return ""
    if item.type in ("paper-conference", "speech"):
        return joined((item.event, item.get("event-place")))
    where = joined((item.container(), item.get("publisher")))
    return "" if where == item.sole_author() else where


def _periodical(item: Item) -> str:
    volume, issue = item.get("volume"), item.get("issue")
    number = item.get("number") if item.type == "article-journal" else ""
    cited = pages.full(item.get("page")) or (f"Article {number}" if number else "")
    return joined((item.container(), volume + (f"({issue})" if issue else ""), cited))


def _host(item: Item) -> str:
    """Give the book that a chapter stands in, and its publisher (section 9.28)."""
    editors = item.names("editor")
    credit = ""
    if editors:
        credit = listed([natural(name, short=True) for name in editors], "&") + f" ({_role('Ed', editors)}), "
    extent = _extent(item)
    book = f"In {credit}{item.english_text('container-title')}{f' ({extent})' if extent else ''}"
    return sentences((book, item.get("publisher")))


def _address(item: Item) -> str:
    address, read = item.address(), item.date("accessed")
    if address and read.day and not item.date() and not item.doi:
        return f"Retrieved {read.month_name} {read.day}, {read.year}, from {address}"
    return address
