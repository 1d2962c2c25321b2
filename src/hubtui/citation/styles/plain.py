"""One line that any reader understands: authors, title, where, when, locator, address."""

from hubtui.citation.csl import Item, Locator
from hubtui.citation.names import natural_name
from hubtui.citation.style import CitationStyle
from hubtui.citation.text import is_supplied_title, quote_title
from hubtui.core.i18n import N_

_INNER = str.maketrans("《》", "〈〉")
"""Title marks inside title marks are single ones (GB/T 15834—2011, section 4.15)."""


def entry(item: Item, locator: Locator | None) -> str:
    """Return the item as one line, its parts separated by commas."""
    comma = "，" if item.chinese else ", "
    authors = ("、" if item.chinese else ", ").join(natural_name(name) for name in item.names("author"))
    parts = [
        authors,
        _title(item),
        item.get("container-title"),
        item.get("publisher"),
        item.date().iso,
        locator.phrase(chinese=item.chinese) if locator else "",
        item.get("URL") or item.address(),
    ]
    return comma.join(part for part in parts if part)


def _title(item: Item) -> str:
    if is_supplied_title(item.title):
        return item.title
    if item.chinese:
        return f"《{item.title.translate(_INNER)}》"
    return quote_title(item.english_text("title"), "")


STYLES = (CitationStyle(id="plain", name=N_("One plain line"), rank=100, entry=entry),)
