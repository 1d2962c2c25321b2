"""Dates as precise as they are known, and the forms that styles give them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
    """

    year: int = 0
    month: int = 0
    day: int = 0
    literal: str = ""
    suffix: str = ""

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
        return f"{self.year}{self.suffix}" if self.year else self.literal

    @property
    def month_name(self) -> str:
        """The English name of the month, or ``""``."""
        return MONTHS[self.month - 1] if self.month else ""

    @property
    def short_month(self) -> str:
        """The abbreviated English name of the month, or ``""``."""
        return SHORT_MONTHS[self.month - 1] if self.month else ""


UNKNOWN = PartialDate()


def read_date(value: object) -> PartialDate:
    """Read a CSL-JSON date variable or an ISO string; what is no date becomes :data:`UNKNOWN`.

    The year 0000 is how some programs write an unknown year.
    """
    if isinstance(value, str):
        return _from_text(value)
    if not isinstance(value, Mapping):
        return UNKNOWN
    parts = value.get("date-parts")
    if isinstance(parts, Sequence) and parts and isinstance(parts[0], Sequence):
        return _from_parts(parts[0])
    for key in ("raw", "literal"):
        text = value.get(key)
        if isinstance(text, str) and text.strip():
            return _from_text(text)
    return UNKNOWN


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
    if not 1 <= month <= 12:
        return PartialDate(year)
    return PartialDate(year, month, day if 1 <= day <= 31 else 0)


def _number(part: object) -> int:
    try:
        return int(str(part))
    except ValueError:
        return 0
