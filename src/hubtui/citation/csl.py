"""CSL-JSON items, read leniently so that a style gets clean strings, names and dates; and locators.

Field and type names are those of CSL 1.0.2 (docs.citationstyles.org, appendices III and IV).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from hubtui.citation.dates import PartialDate, parse_date
from hubtui.citation.names import CslName, parse_names
from hubtui.citation.text import curly_quotes, fix_apostrophes, is_supplied_title, ordinal, title_case
from hubtui.core.models import Passage
from hubtui.text.fold import is_han

# Lines "name: value" in ``note`` are how Zotero carries CSL fields that its own items have no place for.
_NOTE_LINE = re.compile(r"^([A-Za-z][A-Za-z-]{1,30}):[ \t]*(\S.*)$", re.MULTILINE)

# The tags that CSL-JSON allows in its fields, in pairs; any other ``<`` is text.
_TAGGED = re.compile(r'<(i|b|sc|sub|sup|span)(?: (?:class|style)="[^<>"]*")?>([^<>]*)</\1>')
_LOWERED = re.compile(r"<sub>([0-9+-]+)</sub>")
_RAISED = re.compile(r"<sup>([0-9+-]+)</sup>")
_SUBSCRIPTS = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_SUPERSCRIPTS = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")

_RESOLVER = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_CSTR_RESOLVER = re.compile(r"^(?:https?://(?:www\.)?cstr\.cn/)?(?:CSTR:\s*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    """One CSL-JSON item, read leniently: unknown or ill-typed fields count as missing."""

    fields: Mapping[str, Any]

    def get(self, name: str) -> str:
        """Return a field as one line of text, or ``""``.

        A field that is missing is looked for in the note, in a line like ``number: 147370``.
        """
        return _text(self.fields.get(name)) or self._noted(name)

    def english_text(self, name: str) -> str:
        """Return a field for an English style, with curly quotation marks if the item is in English."""
        text = self._titled(name)
        return curly_quotes(text) if self.english else text

    def headline(self, name: str) -> str:
        """Return a field, in title case if the item is in English; a post's title stays as it is."""
        text = self.english_text(name)
        own = self.type == "post" and name == "title"
        return title_case(text) if self.english and not own and not is_supplied_title(text) else text

    def container(self) -> str:
        """Return the title of the periodical, site or book, in title case."""
        return self.headline("container-title")

    def labelled(self, name: str, label: str) -> str:
        """Return a field after its label (``vol. 3``), or ``""``."""
        text = self.get(name)
        return f"{label} {text}" if text else ""

    def edition(self) -> str:
        """Return ``2nd ed.``, or the edition's own words; ``""`` when there is none."""
        edition = self.get("edition")
        return f"{ordinal(int(edition))} ed." if edition.isdecimal() and len(edition) < 4 else edition

    def numbered(self, kind: str) -> str:
        """Return ``kind`` and the item's number (``Working Paper 45``), or ``""`` without a number."""
        number = self.get("number")
        return " ".join(part for part in (kind, number) if part) if number else ""

    @property
    def doi(self) -> str:
        """The digital object identifier without the address of its resolver, or ``""``."""
        return _RESOLVER.sub("", self.get("DOI"))

    @property
    def cstr(self) -> str:
        """China's identifier of scientific resources (GB/T 32843) without its resolver's address, or ``""``.

        CSL has no field for it: reference managers put it into the note.
        """
        return _CSTR_RESOLVER.sub("", self.get("CSTR") or self.get("cstr"))

    @property
    def event(self) -> str:
        """The meeting where a paper was given, or ``""``."""
        return self.get("event-title") or self.get("event")

    def address(self) -> str:
        """Return the DOI as a link, else the URL, else ``""``."""
        return f"https://doi.org/{self.doi}" if self.doi else self.get("URL")

    def sole_author(self) -> str:
        """Return the name of the one organisation that wrote the item, or ``""``."""
        authors = self.names("author")
        return authors[0].literal if len(authors) == 1 else ""

    def names(self, role: str) -> tuple[CslName, ...]:
        """Return the names in a role (``author``, ``editor``, ``translator``…), in their order."""
        return parse_names(self.fields.get(role))

    def date(self, name: str = "issued") -> PartialDate:
        """Return a date field, as precise as known; the date of issue with the item's ``year-suffix``."""
        date = parse_date(self.fields.get(name))
        suffix = self.get("year-suffix") if name == "issued" else ""
        return replace(date, suffix=suffix) if suffix else date

    @property
    def type(self) -> str:
        """The CSL type; ``document`` when there is none."""
        return self.get("type") or "document"

    @property
    def title(self) -> str:
        """The title, or ``""``; an English one with its apostrophes the right way."""
        return self._titled("title")

    @property
    def chinese(self) -> bool:
        """Whether the item is in Chinese: by its language, else by the characters of its title."""
        language = self.get("language").lower()
        if language:
            return language.startswith(("zh", "cmn", "chi", "yue")) or "chinese" in language
        return any(is_han(character) for character in self.title or self.get("container-title"))

    @property
    def english(self) -> bool:
        """Whether the item is in English, so that English capitals may be given to its title."""
        language = self.get("language").lower()
        if language:
            return language.startswith("en")
        return not any(is_han(character) for character in self.get("title"))

    def _titled(self, name: str) -> str:
        text = self.get(name)
        return fix_apostrophes(text) if "‘" in text and self.english else text

    def _noted(self, name: str) -> str:
        note = self.fields.get("note")
        if name == "note" or not isinstance(note, str):
            return ""
        return next((value.strip() for key, value in _NOTE_LINE.findall(note) if key == name), "")


def _text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return _without_tags(" ".join(str(value).split()))


def _without_tags(text: str) -> str:
    """Remove CSL-JSON's tags; subscript and superscript numbers become Unicode characters."""
    if "<" not in text:
        return text
    text = _LOWERED.sub(lambda match: match[1].translate(_SUBSCRIPTS), text)
    text = _RAISED.sub(lambda match: match[1].translate(_SUPERSCRIPTS), text)
    found = 1
    while found:
        text, found = _TAGGED.subn(r"\2", text)
    return text


@dataclass(frozen=True, slots=True)
class Locator:
    """A place inside a source.

    Attributes:
        label: What is counted: ``page`` or ``paragraph``.
        value: The number or range.
    """

    label: str
    value: str

    def phrase(self, *, chinese: bool, paragraph: str = "para.") -> str:
        """Return ``para. 3``, ``p. 7``, ``pp. 7–9``, or in Chinese ``第3段``, ``第7页``.

        Args:
            chinese: Whether the item cited is in Chinese and the style follows the item's language.
            paragraph: The style's English abbreviation.
        """
        if chinese:
            return f"第{self.value.replace(', ', '、')}{'页' if self.label == 'page' else '段'}"
        several = any(mark in self.value for mark in "-–,")
        if self.label == "page":
            return f"{'pp.' if several else 'p.'} {self.value}"
        return f"{paragraph.removesuffix('.') + 's.' if several else paragraph} {self.value}"


def passage_locator(passage: Passage) -> Locator:
    """Return the locator of a passage: its page, or where its source has none the number of its paragraph."""
    return Locator("page", str(passage.page)) if passage.page else Locator("paragraph", str(passage.number))
