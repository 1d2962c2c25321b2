"""CSL-JSON items, read leniently so that a style gets clean strings, names, dates; locators; citation keys.

Field and type names are those of CSL 1.0.2 (docs.citationstyles.org, appendices III and IV).
"""

import hashlib
import itertools
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hubtui.citation.names import CslName, parse_names
from hubtui.citation.text import curly_quotes, fix_apostrophes, is_supplied_title, ordinal, title_case
from hubtui.core.models import Passage
from hubtui.text.analyzer import is_han

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

# Three letters and a full stop; May stays as it is.
SHORT_MONTHS = tuple(name if len(name) <= 3 else f"{name[:3]}." for name in MONTHS)

SEASONS = ("Spring", "Summer", "Autumn", "Winter")

_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2}))?(?:[-/.](\d{1,2}))?(?![\d])")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which the end may be unknown.

    Attributes:
        year: The year; 0 when unknown. Years before our era are negative.
        month: 1 to 12; 0 when unknown.
        day: 1 to 31; 0 when unknown.
        literal: A date that is no calendar date (``forthcoming``), used as it stands.
        suffix: What tells works of one author and year apart: ``a``, ``b``…
        season: 1 (spring) to 4, where that is known and no month is; else 0.
        end_year: The last year of a period of years; 0 where there is one year.
    """

    year: int = 0
    month: int = 0
    day: int = 0
    literal: str = ""
    suffix: str = ""
    season: int = 0
    end_year: int = 0

    def __bool__(self) -> bool:
        return bool(self.year or self.literal)

    @property
    def iso(self) -> str:
        """The date as ``2018-06-07``, ``2018-06``, ``2018``, or its literal text."""
        if not self.year:
            return self.literal
        parts = [f"{self.year:04d}"]
        if self.month:
            parts.append(f"{self.month:02d}")
            if self.day:
                parts.append(f"{self.day:02d}")
        return "-".join(parts)

    @property
    def year_text(self) -> str:
        """The year in digits with its suffix, or the literal text; ``""`` when unknown."""
        years = f"{self.year}–{self.end_year}" if self.end_year else str(self.year)
        return f"{years}{self.suffix}" if self.year else self.literal

    @property
    def month_name(self) -> str:
        """The English name of the month, or of the season; ``""`` without either."""
        return MONTHS[self.month - 1] if self.month else self._season_name

    @property
    def short_month(self) -> str:
        """The abbreviated English name of the month, or the name of the season; ``""`` without either."""
        return SHORT_MONTHS[self.month - 1] if self.month else self._season_name

    @property
    def _season_name(self) -> str:
        return SEASONS[self.season - 1] if self.season else ""


UNKNOWN = PartialDate()


def parse_date(value: object) -> PartialDate:
    """Read a CSL-JSON date variable or an ISO string; what is no date becomes :data:`UNKNOWN`.

    The year 0000 is how some programs write an unknown year.
    """
    if isinstance(value, str):
        return _from_text(value)
    if not isinstance(value, Mapping):
        return UNKNOWN
    parts = value.get("date-parts")
    if isinstance(parts, Sequence) and parts and isinstance(parts[0], Sequence):
        return _in_full(_from_parts(parts[0]), parts[1:], value.get("season"))
    for key in ("raw", "literal"):
        text = value.get(key)
        if isinstance(text, str) and text.strip():
            return _from_text(text)
    return UNKNOWN


def _in_full(date: PartialDate, ends: Sequence[object], season: object) -> PartialDate:
    """Add the season, and the last year of a period of years (a period of days begins with its first)."""
    last = ends[0] if ends else ()
    end = _from_parts(last).year if isinstance(last, Sequence) and not isinstance(last, str) and last else 0
    number = 0 if date.month else _number(season)
    number = number - 20 if number > 20 else number  # as Extended Date/Time Format (ISO 8601-2) numbers them
    named = number if 1 <= number <= 4 and date else date.season
    return replace(date, season=named, end_year=end if end > date.year > 0 else 0)


def _from_text(text: str) -> PartialDate:
    text = " ".join(text.split())
    match = _ISO.match(text)
    if match:
        return _from_parts([part for part in match.groups() if part])
    return PartialDate(literal=text)


def _from_parts(parts: Sequence[object]) -> PartialDate:
    numbers = [*(_number(part) for part in parts[:3]), 0, 0, 0][:3]
    year, month, day = numbers
    if not year:
        return UNKNOWN
    if 21 <= month <= 24:
        return PartialDate(year, season=month - 20)
    if not 1 <= month <= 12:
        return PartialDate(year)
    return PartialDate(year, month, day if 1 <= day <= 31 else 0)


def _number(part: object) -> int:
    try:
        return int(str(part))
    except ValueError:
        return 0


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


_DIVIDED = re.compile(r"[\s‐–—-]+")
_WEAK = frozenset({"a", "an", "the", "on", "in", "of", "to", "for", "and", "how", "why", "what", "is", "it"})


def citation_keys(items: list[Item]) -> list[str]:
    """Return a key for each item: its own, else author, year and first word of the title.

    Of items that would share a key, all but the first carry a digest of their content; of items that are the
    same, all but the first two carry a number as well.
    """
    keys: dict[str, None] = {}
    for item in items:
        key = _safe(item.get("citation-key")) or _made(item)
        if key in keys:
            key = f"{key}-{_digest(item)}"
        copies = itertools.chain([key], (f"{key}-{number}" for number in itertools.count(2)))
        keys[next(name for name in copies if name not in keys)] = None
    return list(keys)


def _made(item: Item) -> str:
    names = item.names("author") or item.names("editor")
    surname = names[0].surname if names else item.get("container-title") or item.get("publisher")
    who = _plain(surname.split(" ")[0] if names and not names[0].literal else surname)
    word = title_word(item.title)
    key = f"{who[:24]}{item.date().year or ''}{word[:24]}"
    return key if who or word else f"item{item.date().year or ''}-{_digest(item)}"


def title_word(title: str) -> str:
    """Return the word of a title that goes into its key: the first beside stop words, in ASCII, or ``""``."""
    words = (_plain(word) for word in _DIVIDED.split(title))
    return next((word for word in words if word not in _WEAK and not word.isdecimal() and word), "")


def _plain(text: str) -> str:
    """Return the letters and digits of a text in lower-case ASCII, without accents."""
    decomposed = unicodedata.normalize("NFKD", text)
    return re.sub(r"[^a-z0-9]", "", decomposed.encode("ascii", "ignore").decode().lower())


def _safe(key: str) -> str:
    return re.sub(r"[^A-Za-z0-9:._/+-]", "", key)


def _digest(item: Item) -> str:
    fields = {name: value for name, value in item.fields.items() if name != "id"}
    content = json.dumps(fields, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.blake2b(content.encode("utf-8", "replace"), digest_size=3).hexdigest()
