"""Chicago, notes: an entry of the bibliography that goes with them (sections 13.20 and 13.65 to 13.71).

Who. What. Where, when. Address. The first name is inverted, and sentences stand where a note has commas.
"""

from hubtui.citation.item import Item
from hubtui.citation.locators import Locator
from hubtui.citation.punctuation import capitalised, joined, sentences
from hubtui.citation.styles import chicago
from hubtui.citation.styles.chicago_notes import full_date, journal, published
from hubtui.citation.titles import marked, quoted


def entry(item: Item, locator: Locator | None = None) -> str:  # noqa: ARG001  # the signature of a style
    """Give the entry; it is for the work as a whole, so without a locator."""
    title = item.headline("title")
    what = marked(title, ".") if item.type in chicago.WHOLE_WORKS else quoted(title, ".")
    who = chicago.responsible(item, inverting=True)
    return sentences((who, what, *_source(item), capitalised(chicago.accessed(item)), item.address()))


def _source(item: Item) -> tuple[str, ...]:
    """Give what stands between title and address, sentence by sentence."""
    if item.type in chicago.NEWS:
        when = full_date(item) or ("" if item.type in chicago.WEB else "n.d.")
        return (item.headline("section"), joined((chicago.site(item), when)))
    match item.type:
        case "article-journal":
            return (chicago.credit(item, "Translated by", "translator"), journal(item))
        case "chapter" | "paper-conference" | "entry-encyclopedia" | "entry-dictionary":
            return _host(item)
        case "thesis":
            return (joined((item.english_text("genre"), published(item))),)
        case "article" | "document" | "manuscript":
            source = joined((item.get("publisher"), full_date(item) or "n.d."))
            return (chicago.number(item), item.labelled("version", "Version"), source)
    editors = chicago.credit(item, "Edited by", "editor") if item.names("author") else ""
    return (
        capitalised(item.edition()),
        item.labelled("volume", "Vol."),
        editors,
        chicago.credit(item, "Translated by", "translator"),
        chicago.series(item),
        chicago.number(item),
        published(item),
    )


def _host(item: Item) -> tuple[str, ...]:
    """Give the book that a contribution stands in, or the meeting where it was given."""
    if not item.get("container-title"):
        told = f"Paper presented at {item.event}" if item.event else ""
        return (joined((told, item.get("event-place"), full_date(item))),)
    editors = chicago.credit(item, "edited by", "editor")
    translators = chicago.credit(item, "translated by", "translator")
    volume = item.labelled("volume", "vol.")
    book = joined((f"In {item.container()}", item.edition(), volume, editors, translators))
    return (book, published(item))
