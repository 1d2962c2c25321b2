"""Citations: a source, or any CSL-JSON item, in the form a citation style prescribes.

A style lives in a module of :mod:`hubtui.citation.styles`, over shared pieces for names, dates, titles
and locators. What an item does not say is left out, or marked as the style prescribes; never invented.
"""

from collections.abc import Mapping
from typing import Any

from hubtui.citation.exports import EXPORTS, export
from hubtui.citation.fragments import passage_link
from hubtui.citation.item import Item
from hubtui.citation.locators import Locator, passage_locator
from hubtui.citation.quotations import FORMATS, quotation, source_keys
from hubtui.citation.references import Excerpt, Reference, References
from hubtui.citation.source import source_item
from hubtui.citation.styles import BY_NAME, listed_form, style_named
from hubtui.model import Passage, Source

__all__ = [
    "EXPORTS",
    "FORMATS",
    "STYLES",
    "Excerpt",
    "Locator",
    "Reference",
    "References",
    "cite",
    "cite_in_list",
    "cite_item",
    "default_style",
    "export",
    "passage_link",
    "quotation",
    "source_item",
    "source_keys",
]

STYLES = tuple(BY_NAME)
"""The names of the citation styles."""

DEFAULT_STYLE = "gb7714-2025"


def cite_item(item: Mapping[str, Any], style: str, locator: Locator | None = None) -> str:
    """Give the citation of a CSL-JSON item, on one line and without markup.

    Raises:
        UnknownStyleError: There is no style of this name.
    """
    return style_named(style)(Item(item), locator)


def cite(source: Source, style: str, passage: Passage | None = None) -> str:
    """Give the citation of a source, with a passage of it as locator.

    Raises:
        UnknownStyleError: There is no style of this name.
    """
    return cite_item(source_item(source), style, passage_locator(passage) if passage else None)


def cite_in_list(source: Source, style: str) -> str:
    """Give the citation of a source as a bibliography has it, which in a style of notes is no note.

    Raises:
        UnknownStyleError: There is no style of this name.
    """
    return listed_form(style)(Item(source_item(source)), None)


def default_style(source: Source) -> str:  # noqa: ARG001  # the contract leaves room for the language
    """Give the style to use for a source when the user has chosen none."""
    return DEFAULT_STYLE
