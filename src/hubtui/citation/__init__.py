"""Citations: a source, or any CSL-JSON item, in the form a citation style prescribes.

A style lives in a module of :mod:`hubtui.citation.styles`, over shared pieces for names, dates, titles
and locators. What an item does not say is left out, or marked as the style prescribes; never invented.
"""

from collections.abc import Mapping
from typing import Any

from hubtui.citation.csl import Item, Locator, passage_locator
from hubtui.citation.escape import passage_link
from hubtui.citation.export_formats import EXPORT_FORMAT_NAMES, export
from hubtui.citation.quotations import (
    COPY_FORMAT_NAMES,
    Excerpt,
    Reference,
    References,
    quotation,
    source_keys,
)
from hubtui.citation.source import source_item
from hubtui.citation.styles import choose_style, default_style, get_style
from hubtui.citation.styles import styles as _all_styles
from hubtui.core.models import Passage, Source

__all__ = [
    "COPY_FORMAT_NAMES",
    "DEFAULT_STYLE",
    "EXPORT_FORMAT_NAMES",
    "STYLES",
    "Excerpt",
    "Locator",
    "Reference",
    "References",
    "choose_style",
    "cite",
    "cite_in_list",
    "cite_item",
    "default_style",
    "export",
    "get_style",
    "passage_link",
    "quotation",
    "source_item",
    "source_keys",
]

STYLES = tuple(style.id for style in _all_styles())
"""The ids of the citation styles; :mod:`hubtui.citation.styles` has the styles themselves."""

DEFAULT_STYLE = choose_style()
"""The id of the style that is used where nobody has chosen one."""


def cite_item(item: Mapping[str, Any], style: str, locator: Locator | None = None) -> str:
    """Return the citation of a CSL-JSON item, on one line and without markup.

    Raises:
        UnknownStyleError: There is no style of this name.
    """
    return get_style(style).entry(Item(item), locator)


def cite(source: Source, style: str, passage: Passage | None = None) -> str:
    """Return the citation of a source, with a passage of it as locator.

    Raises:
        UnknownStyleError: There is no style of this name.
    """
    return cite_item(source_item(source), style, passage_locator(passage) if passage else None)


def cite_in_list(source: Source, style: str) -> str:
    """Return the citation of a source as a bibliography has it, which in a style of notes is no note.

    Raises:
        UnknownStyleError: There is no style of this name.
    """
    return get_style(style).listed(Item(source_item(source)))
