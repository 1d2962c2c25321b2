"""The citation styles by name; each is a function from an item and a locator to one line."""

from collections.abc import Callable

from hubtui.citation.item import Item
from hubtui.citation.locators import Locator
from hubtui.citation.styles import (
    apa,
    chicago_author_date,
    chicago_bibliography,
    chicago_notes,
    gb7714,
    ieee,
    mla,
    plain,
)
from hubtui.errors import UnknownStyleError, did_you_mean
from hubtui.i18n import _

Style = Callable[[Item, Locator | None], str]

BY_NAME: dict[str, Style] = {
    "gb7714-2025": gb7714.edition_2025.entry,
    "gb7714-2025-author-date": gb7714.edition_2025_author_date.entry,
    "gb7714-2015": gb7714.edition_2015.entry,
    "gb7714-2015-author-date": gb7714.edition_2015_author_date.entry,
    "apa": apa.entry,
    "chicago-author-date": chicago_author_date.entry,
    "chicago-notes": chicago_notes.entry,
    "mla": mla.entry,
    "ieee": ieee.entry,
    "plain": plain.entry,
}


def style_named(name: str) -> Style:
    """Give the style of this name.

    Raises:
        UnknownStyleError: There is none.
    """
    form = BY_NAME.get(name)
    if form is None:
        raise UnknownStyleError(
            _("There is no citation style {style!r}.").format(style=name),
            did_you_mean(name, BY_NAME) or _("Use one of {styles}.").format(styles=", ".join(BY_NAME)),
        )
    return form


def listed_form(name: str) -> Style:
    """Give the form that a style's entries have in a list of references or bibliography.

    Raises:
        UnknownStyleError: There is no style of this name.
    """
    return chicago_bibliography.entry if name == "chicago-notes" else style_named(name)
