"""The citation styles by name; each is a function from an item and a locator to one line."""

from collections.abc import Callable

from hubtui.citation.item import Item
from hubtui.citation.locators import Locator
from hubtui.citation.styles import gb7714, plain

Style = Callable[[Item, Locator | None], str]

BY_NAME: dict[str, Style] = {
    "gb7714-2025": gb7714.edition_2025.entry,
    "gb7714-2025-author-date": gb7714.edition_2025_author_date.entry,
    "gb7714-2015": gb7714.edition_2015.entry,
    "gb7714-2015-author-date": gb7714.edition_2015_author_date.entry,
    "apa": plain.entry,
    "chicago-author-date": plain.entry,
    "chicago-notes": plain.entry,
    "mla": plain.entry,
    "ieee": plain.entry,
    "plain": plain.entry,
}
