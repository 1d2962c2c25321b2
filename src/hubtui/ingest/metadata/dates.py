"""Read dates as sources write them, in English and Chinese, as ISO 8601 with the precision they have."""

import datetime as dt
import re

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_MONTH = "(?P<name>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_END = r"(?!\d(?!\d?:\d\d))"
"""No digit follows, but the time of day may: ``May 16, 202310:30 AM``."""
_HAN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000" + "123456789")
_HAN_NUMBER = "[一二三四五六七八九十]{1,3}"

_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # 2024-10-08, 2024/10/8, 2024.10.08
        rf"(?<![\d.]){_YEAR}\s?[-/.]\s?(?P<month>\d{{1,2}})\s?[-/.]\s?(?P<day>\d{{1,2}})(?![\d-])",
        # 2024年10月8日, 2024年10月
        rf"(?<!\d){_YEAR}\s?年\s?(?P<month>\d{{1,2}})\s?月(?:\s?(?P<day>\d{{1,2}})\s?[日号])?",
        # 二〇一八年六月七日
        rf"(?P<hyear>[一二][〇○零一二三四五六七八九]{{3}})年(?P<hmonth>{_HAN_NUMBER})月(?:(?P<hday>{_HAN_NUMBER})[日号])?",
        # Jun 7,2018; June 7th, 2018; June 2018
        rf"\b{_MONTH}\s?(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b\s?,?\s?|,?\s){_YEAR}{_END}",
        # 7 June 2018, 7th of June, 2018, 07-Jun-2018
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]?(?:of\s)?{_MONTH}[\s,-]{{0,2}}{_YEAR}{_END}",
        # 06/27/2018 and 27.06.2018: which is the month shows only where the other is greater than 12
        rf"(?<![\d.])(?P<first>\d{{1,2}})[/.](?P<second>\d{{1,2}})[/.]{_YEAR}(?![\d.])",
    )
)
_MONTH_ONLY = re.compile(rf"(?<![\d.]){_YEAR}[-/.](?P<month>\d{{1,2}})(?![\d./-])")
_COMPACT = re.compile(rf"(?<!\d){_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?!\d)")

Dated = tuple[str, int, int]
"""An ISO date, and where in the text it was written: start and exclusive end, in code points."""


def find_date(text: str) -> Dated | None:
    """Return the first full date (or year and month) in ``text``, or ``None``.

    A date that no calendar has is none. A date whose day and month can't be told apart (06/07/2018)
    is known to the year.
    """
    found = [dated for pattern in _PATTERNS for match in pattern.finditer(text) if (dated := _dated(match))]
    return min(found, key=lambda dated: dated[1], default=None)


def date_in_name(name: str) -> str:
    """Return the date that a file's name carries (``20180607``, ``2018-06``), or ``""``."""
    spaced = name.replace("_", " ")
    if dated := find_date(spaced):
        return dated[0]
    for pattern in (_COMPACT, _MONTH_ONLY):
        if (match := pattern.search(spaced)) and (dated := _dated(match)):
            return dated[0]
    return ""


def iso_date(value: str) -> str:
    """Return the date that a metadata field holds, as precise as it is, or ``""``."""
    value = value.strip()
    if dated := find_date(value):
        return dated[0]
    if match := _MONTH_ONLY.fullmatch(value) or _COMPACT.fullmatch(value):
        dated = _dated(match)
        return dated[0] if dated else ""
    return value if re.fullmatch(r"(?:1[5-9]|20)\d\d", value) else ""


def _dated(match: re.Match[str]) -> Dated | None:
    part = match.groupdict()
    if part.get("hyear"):
        year, month, day = (_han(part[name]) for name in ("hyear", "hmonth", "hday"))
    else:
        year = int(part["year"])
        month, day = _month_and_day(part)
    if month is None:
        return str(year), match.start(), match.end()
    try:
        date = dt.date(year or 0, month, day or 1)
    except ValueError:
        return None
    return date.isoformat() if day else f"{date:%Y-%m}", match.start(), match.end()


def _month_and_day(part: dict[str, str | None]) -> tuple[int | None, int | None]:
    if (first := part.get("first")) and (second := part.get("second")):
        a, b = int(first), int(second)
        if a == b or b > 12:
            return a, b
        return (b, a) if a > 12 else (None, None)
    name, month, day = part.get("name"), part.get("month"), part.get("day")
    return _MONTHS[name.lower()] if name else int(month or 0), int(day) if day else None


def _han(digits: str | None) -> int | None:
    if not digits:
        return None
    if "十" in digits:
        tens, _, units = digits.partition("十")
        digits = (tens or "一") + (units or "〇")
    return int(digits.translate(_HAN_DIGITS))
