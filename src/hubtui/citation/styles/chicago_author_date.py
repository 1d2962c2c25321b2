"""Chicago, author-date: an entry of the reference list.

Who. When. What. Where. Address. The year stands second, so that the rest of the date comes after the place.
"""

from hubtui.citation.item import Item
from hubtui.citation.locators import Locator
from hubtui.citation.punctuation import capitalised, joined, located, sentences
from hubtui.citation.styles import chicago
from hubtui.citation.titles import marked, quoted


def entry(item: Item, locator: Locator | None) -> str:
    """Give the entry."""
    who, year = _who(item), item.date().year_text or "n.d."
    whole = item.type in chicago.WHOLE_WORKS
    title = item.headline("title")
    what = marked(title, ".") if whole else quoted(title, ".")
    head = (who, year, what) if who else (what, year)
    where = locator.phrase(chinese=False) if locator else ""
    return sentences((*head, *_source(item, where), item.address()))


def _who(item: Item) -> str:
    """Give the authors, else the editors, else the periodical or site."""
    names = chicago.responsible(item, inverting=True)
    return names or (item.container() if item.type in chicago.NEWS else "")


def _source(item: Item, locator: str) -> tuple[str, ...]:
    """Give what stands between title and address, sentence by sentence."""
    if item.type in chicago.NEWS:
        place = chicago.site(item) if chicago.responsible(item, inverting=True) else ""
        when = located(joined((place, chicago.month_day(item))), locator)
        return (item.headline("section"), when, _accessed(item))
    match item.type:
        case "article-journal":
            translator = chicago.credit(item, "Translated by", "translator")
            return (translator, located(_journal(item), locator), _accessed(item))
        case "chapter" | "paper-conference" | "entry-encyclopedia" | "entry-dictionary":
            return (*_host(item, locator), _accessed(item))
        case "thesis":
            return (located(joined((item.english_text("genre"), item.get("publisher"))), locator),)
        case "article" | "document" | "manuscript":
            source = located(joined((item.get("publisher"), chicago.month_day(item))), locator)
            version = item.labelled("version", "Version")
            return (chicago.number(item), version, source, _accessed(item))
    return (*_book(item), located(chicago.publisher(item), locator), _accessed(item))


def _journal(item: Item) -> str:
    volume, issue, cited = item.get("volume"), item.get("issue"), chicago.cited_pages(item)
    if chicago.ahead_of_print(item):
        ahead = "ahead of print" if item.address() else ""
        return joined((item.container(), ahead, chicago.month_day(item)))
    number = f"({issue})" if issue else f"({item.date().month_name})" if item.date().month_name else ""
    if volume:
        return joined((joined((item.container(), volume, number), " "), cited), ": ")
    if issue:
        return joined((f"{item.container()}, no. {issue}", cited), ": ")
    return joined((item.container(), chicago.month_day(item), cited))


def _host(item: Item, locator: str) -> tuple[str, ...]:
    """Give the book that a contribution stands in, or the meeting where it was given."""
    if not item.get("container-title"):
        told = f"Paper presented at {item.event}" if item.event else ""
        return (located(joined((told, item.get("event-place"), chicago.month_day(item))), locator),)
    editors = chicago.credit(item, "edited by", "editor")
    translators = chicago.credit(item, "translated by", "translator")
    volume = item.labelled("volume", "vol.")
    book = joined((f"In {item.container()}", item.edition(), volume, editors, translators))
    return (book, located(item.get("publisher"), locator))


def _book(item: Item) -> tuple[str, ...]:
    editors = chicago.credit(item, "Edited by", "editor") if item.names("author") else ""
    return (
        capitalised(item.edition()),
        item.labelled("volume", "Vol."),
        editors,
        chicago.credit(item, "Translated by", "translator"),
        chicago.series(item),
        chicago.number(item),
    )


def _accessed(item: Item) -> str:
    return capitalised(chicago.accessed(item))
