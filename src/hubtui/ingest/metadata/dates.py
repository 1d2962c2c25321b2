"""Read dates as sources write them, in English and Chinese, as ISO 8601 with the precision they have."""

import datetime as dt
import re

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier janv enero gennaio janeiro januari stycznia января",
            "february feb februar février févr febrero febbraio fevereiro februari lutego февраля",
            "march mar märz maerz mrz mars marzo março maart marca марта",
            "april apr avril abril aprile kwietnia апреля abr",
            "may mai mayo maggio maio mei maja мая",
            "june jun juni juin junio giugno junho czerwca июня",
            "july jul juli juillet julio luglio julho lipca июля",
            "august aug août agosto augustus sierpnia августа",
            "september sept sep septembre septiembre setiembre settembre setembro września сентября",
            "october oct oktober okt octobre octubre ottobre outubro października октября",
            "november nov novembre noviembre novembro listopada ноября",
            "december dec dezember dez décembre diciembre dicembre dezembro grudnia декабря",
        ),
        start=1,
    )
    for name in names.split()
}
"""Months in English and the languages of the pages that are read most, as they stand in dates."""
_MONTH = "(?P<name>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_END = r"(?!\d(?!\d?:\d\d))"
"""No digit follows, but the time of day may: ``May 16, 202310:30 AM``."""
_ROC_YEAR = r"(?:中[華华])?民[國国]\s?(?P<roc>\d{1,3}|[〇○零一二三四五六七八九十廿卅百]{1,6}|元)"
"""A year of the Republic of China, of which the first is 1912."""
_LAST_ROC_YEAR = 200
_HAN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000" + "123456789")
_HAN_NUMBER = "[〇零一二三四五六七八九十廿卅]{1,3}"
_ORDINAL = r"(?:st|nd|rd|th|er|º|\.)?[\s-]{0,2}"
_HAN_MONTH = rf"(?P<hmonth>{_HAN_NUMBER})"
_HAN_DAY = rf"(?P<hday>{_HAN_NUMBER})\s?[日号號]"
_ROC_REST = (
    r"(?:年\s?(?:(?P<month>\d{1,2})\s?月(?:\s?(?P<day>\d{1,2})\s?[日号號])?"
    rf"|{_HAN_MONTH}\s?月(?:\s?{_HAN_DAY})?)?"
    r"|[-/.]\s?(?P<month2>\d{1,2})\s?[-/.]\s?(?P<day2>\d{1,2}))"
)

_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # 2024-10-08, 2024/10/8, 2024.10.08, also with the dashes and dots that editors make of these
        rf"(?<![\d.]){_YEAR}\s?[-/.‐‑–—·]\s?(?P<month>\d{{1,2}})\s?[-/.‐‑–—·]\s?(?P<day>\d{{1,2}})(?![\d-])",
        # 2024年10月8日, 2024年10月
        rf"(?<!\d){_YEAR}\s?年\s?(?P<month>\d{{1,2}})\s?月(?:\s?(?P<day>\d{{1,2}})\s?[日号號])?",
        # 二〇一八年六月七日
        rf"(?P<hyear>[一二][〇○零Ｏ0O一二三四五六七八九]{{3}})\s?年(?:\s?{_HAN_MONTH}\s?月(?:\s?{_HAN_DAY})?)?",
        # 民國113年5月20日, 中華民國一一三年五月二十日, 民國 113.5.20
        rf"{_ROC_YEAR}\s?{_ROC_REST}",
        # Jun 7,2018; June 7th, 2018; June 2018
        rf"\b{_MONTH}\s?(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b\s?,?\s?|,?\s){_YEAR}{_END}",
        # 7 June 2018, 7th of June, 2018, 07-Jun-2018
        rf"(?<!\d)(?P<day>\d{{1,2}}){_ORDINAL}(?:of\s|de\s)?{_MONTH}(?:[\s,-]{{0,2}}|\sdel?\s){_YEAR}{_END}",
        # 2019년 3월 2일
        rf"(?<!\d){_YEAR}년\s?(?P<month>\d{{1,2}})월(?:\s?(?P<day>\d{{1,2}})일)?",
        # 27.06.2018, and 06/27/2018, in which only a number above 12 shows which is the day
        rf"(?<![\d.])(?P<first>\d{{1,2}})(?P<sign>[/.])\s?(?P<second>\d{{1,2}})[/.]\s?{_YEAR}(?![\d.])",
    )
)
_MONTH_ONLY = re.compile(rf"(?<![\d.]){_YEAR}[-/.](?P<month>\d{{1,2}})(?![\d./-])")
_COMPACT = re.compile(rf"(?<!\d){_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?!\d)")

_SIGNS = ("19", "20", "年", "民")
"""Each pattern needs one of these, and few lines have one."""

Dated = tuple[str, int, int]
"""An ISO date, and where in the text it was written: start and exclusive end, in code points."""


def find_date(text: str) -> Dated | None:
    """Return the first date in ``text`` that is more precise than the others, or ``None``.

    A date that no calendar has is none. A date whose day and month can't be told apart (06/07/2018)
    is known to the year.
    """
    if not any(sign in text for sign in _SIGNS):
        return None
    found = [dated for pattern in _PATTERNS for match in pattern.finditer(text) if (dated := _dated(match))]
    return min(found, key=lambda dated: (-len(dated[0]), dated[1]), default=None)


# 113/05/20, 113年5月20日; 18-03-08, 18年3月8日: only a label tells that these are dates at all.
_SHORT = re.compile(
    r"(?<![\d./-])(?:(?P<roc>1[0-3]\d|[6-9]\d(?=年))"
    r"|(?P<short>\d\d))\s?[-/.年]\s?(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})"
    r"(?![\d./-])"
)


def find_labelled_date(text: str) -> Dated | None:
    """Return the date behind a Chinese label such as ``发布时间：``, or ``None``.

    Years of two or three digits are read too: years of the Republic of China, and years of our time, which
    Chinese sources write before the month (18-03-08).
    """
    if dated := find_date(text):
        return dated
    match = _SHORT.search(text)
    return _dated(match) if match else None


def with_whole_year(text: str) -> str:
    """Return the text behind a Chinese label with its date in ISO form if it begins with a short year."""
    match = None if find_date(text) else _SHORT.search(text)
    dated = _dated(match) if match else None
    return f"{text[: dated[1]]}{dated[0]}{text[dated[2] :]}" if dated else text


_AMBIGUOUS = re.compile(r"(?<![\d./])(0?[1-9]|1[0-2])/(0?[1-9]|1[0-2])/((?:19|20)\d\d)(?![\d/])")


def with_day_told(text: str, day_first: bool | None) -> str:  # noqa: FBT001  # of three values
    """Return a text with 06/07/2018 in ISO form, which alone could be in June or in July.

    Args:
        text: Any text.
        day_first: Whether its country writes the day before the month; ``None`` where that is unknown.
    """
    if day_first is None:
        return text
    return _AMBIGUOUS.sub(r"\3-\2-\1" if day_first else r"\3-\1-\2", text)


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
    year = re.fullmatch(r"((?:1[5-9]|20)\d\d)\s?年?", value)
    return year[1] if year else ""


def _dated(match: re.Match[str]) -> Dated | None:
    part = match.groupdict()
    if part.get("hyear"):
        year, month, day = (_han(part[name]) for name in ("hyear", "hmonth", "hday"))
    elif roc := part.get("roc"):
        since = int(roc) if roc.isdigit() and roc.isascii() else _han(roc)
        year = 1911 + since if since and since < _LAST_ROC_YEAR else None
        month = int(part.get("month") or part.get("month2") or 0) or _han(part.get("hmonth"))
        day = int(part.get("day") or part.get("day2") or 0) or _han(part.get("hday"))
    elif short := part.get("short"):
        year = int(short) + (1900 if int(short) > 80 else 2000)
        month, day = _month_and_day(part)
    else:
        year = int(part["year"])
        month, day = _month_and_day(part)
    if year is None:
        return None
    if month is None:
        return str(year), match.start(), match.end()
    try:
        date = dt.date(year, month, day or 1)
    except ValueError:
        return None
    return date.isoformat() if day else f"{date:%Y-%m}", match.start(), match.end()


def _month_and_day(part: dict[str, str | None]) -> tuple[int | None, int | None]:
    if (first := part.get("first")) and (second := part.get("second")):
        a, b = int(first), int(second)
        if part.get("sign") == ".":
            return b, a
        if a == b or b > 12:
            return a, b
        return (b, a) if a > 12 else (None, None)
    name, month, day = part.get("name"), part.get("month"), part.get("day")
    return _MONTHS[name.lower()] if name else int(month or 0), int(day) if day else None


def _han(digits: str | None) -> int | None:
    """Return the number that Chinese numerals write, by digits or with tens and hundreds, or ``None``."""
    if not digits:
        return None
    hundreds, hundred, rest = digits.rpartition("百")
    if hundred:
        return 100 * (_han(hundreds) or 1) + (_han(rest.lstrip("零〇○")) or 0)
    digits = digits.replace("元", "一").replace("廿", "二十").replace("卅", "三十").replace("Ｏ", "0")
    if "十" in digits:
        tens, _, units = digits.partition("十")
        digits = (tens or "一") + (units or "〇")
    digits = digits.replace("O", "0").translate(_HAN_DIGITS)
    return int(digits) if digits.isdecimal() else None
