"""One line that any reader understands: authors, title, where, when, locator, address."""

from hubtui.citation.item import Item
from hubtui.citation.locators import Locator
from hubtui.citation.names import Name


def entry(item: Item, locator: Locator | None) -> str:
    """Give the item as one line, its parts separated by commas."""
    comma = "，" if item.chinese else ", "
    authors = ("、" if item.chinese else ", ").join(_natural(name) for name in item.names("author"))
    parts = [
        authors,
        f"《{item.title}》" if item.chinese and not item.title.startswith("[") else f"“{item.title}”",
        item.get("container-title"),
        item.get("publisher"),
        item.date().iso,
        locator.phrase(chinese=item.chinese) if locator else "",
        item.get("URL"),
    ]
    return comma.join(part for part in parts if part)


def _natural(name: Name) -> str:
    return name.literal or " ".join(
        part for part in (name.given, name.dropped, name.surname, name.suffix) if part
    )
