"""One line that any reader understands: authors, title, where, when, locator, address."""

from hubtui.citation.item import Item
from hubtui.citation.locators import Locator
from hubtui.citation.name_forms import natural
from hubtui.citation.titles import is_supplied, quoted

_INNER = str.maketrans("《》", "〈〉")
"""Title marks inside title marks are single ones (GB/T 15834—2011, section 4.15)."""


def entry(item: Item, locator: Locator | None) -> str:
    """Give the item as one line, its parts separated by commas."""
    comma = "，" if item.chinese else ", "
    authors = ("、" if item.chinese else ", ").join(natural(name) for name in item.names("author"))
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
    if is_supplied(item.title):
        return item.title
    if item.chinese:
        return f"《{item.title.translate(_INNER)}》"
    return quoted(item.english_text("title"), "")
