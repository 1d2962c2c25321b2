"""Parse dates, as precise as they are known, and format them for citation styles."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

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
