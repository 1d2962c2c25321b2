"""Reading CSL-JSON items: whatever an item holds, a style gets clean strings, names and dates.

Field and type names are those of CSL 1.0.2 (docs.citationstyles.org, appendices III and IV).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from hubtui.citation.dates import PartialDate, read_date
from hubtui.citation.names import Name, read_names
from hubtui.citation.ordinals import ordinal
from hubtui.citation.titles import is_supplied, title_case, turned, typographic
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


@dataclass(frozen=True, slots=True)
class Item:
    """One CSL-JSON item, read leniently: unknown or ill-typed fields count as missing."""

    fields: Mapping[str, Any]

    def get(self, name: str) -> str:
        """Give a field as one line of text, or ``""``.

        A field that is missing is looked for in the note, in a line like ``number: 147370``.
        """
        return _text(self.fields.get(name)) or self._noted(name)

    def english_text(self, name: str) -> str:
        """Give a field for an English style: with curly quotation marks if the item is in English."""
        text = self._titled(name)
        return typographic(text) if self.english else text

    def headline(self, name: str) -> str:
        """Give a field in title case if the item is in English; a post's title is its own words."""
        text = self.english_text(name)
        own = self.type == "post" and name == "title"
        return title_case(text) if self.english and not own and not is_supplied(text) else text

    def container(self) -> str:
        """Give the title of the periodical, site or book, in title case."""
        return self.headline("container-title")

    def labelled(self, name: str, label: str) -> str:
        """Give a field after its label (``vol. 3``), or ``""``."""
        text = self.get(name)
        return f"{label} {text}" if text else ""

    def edition(self) -> str:
        """Give ``2nd ed.``, or the edition's own words; ``""`` when there is none."""
        edition = self.get("edition")
        return f"{ordinal(int(edition))} ed." if edition.isdecimal() and len(edition) < 4 else edition

    def numbered(self, kind: str) -> str:
        """Give ``kind`` and the item's number (``Working Paper 45``), or ``""`` without a number."""
        number = self.get("number")
        return " ".join(part for part in (kind, number) if part) if number else ""

    @property
    def doi(self) -> str:
        """The digital object identifier without the address of its resolver, or ``""``."""
        return _RESOLVER.sub("", self.get("DOI"))

    @property
    def event(self) -> str:
        """The meeting where a paper was given, or ``""``."""
        return self.get("event-title") or self.get("event")

    def address(self) -> str:
        """Give the DOI as a link, else the URL, else ``""``."""
        return f"https://doi.org/{self.doi}" if self.doi else self.get("URL")

    def sole_author(self) -> str:
        """Give the name of the one organisation that wrote the item, or ``""``."""
        authors = self.names("author")
        return authors[0].literal if len(authors) == 1 else ""

    def names(self, role: str) -> tuple[Name, ...]:
        """Give the names in a role (``author``, ``editor``, ``translator``…), in their order."""
        return read_names(self.fields.get(role))

    def date(self, name: str = "issued") -> PartialDate:
        """Give a date field, as precise as it is; the date of issue with the item's ``year-suffix``."""
        date = read_date(self.fields.get(name))
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
        return turned(text) if "‘" in text and self.english else text

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
    """Take CSL-JSON's tags out of a text; lowered and raised numbers become the characters for them."""
    if "<" not in text:
        return text
    text = _LOWERED.sub(lambda match: match[1].translate(_SUBSCRIPTS), text)
    text = _RAISED.sub(lambda match: match[1].translate(_SUPERSCRIPTS), text)
    found = 1
    while found:
        text, found = _TAGGED.subn(r"\2", text)
    return text
