"""Dates and ranges of dates as ``date:`` takes them."""

import datetime as dt
import re

from hubtui.text.analyzer import fold

_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_EARLIEST, _LATEST = "", "\uffff"
_FULL = len("2018-06-07")


def date_range(value: str) -> tuple[str, str] | None:
    """Return the first and the last date that ``value`` allows, or ``None`` if it is no date and no range."""
    first, dots, last = fold(value).replace("…", "..").partition("..")
    bounds = first.strip(), last.strip() if dots else first.strip()
    if not any(bounds) or not all(bound == "" or _is_date(bound) for bound in bounds):
        return None
    return bounds[0] or _EARLIEST, bounds[1] or _LATEST


def in_range(date: str, value: str) -> bool:
    """Whether a date in ISO form lies in the range; an unknown one (``""``) lies in none."""
    bounds = date_range(value)
    if bounds is None or not date:
        return False
    first, last = bounds
    # Of dates with different precision the shorter one decides: 2018 holds 2018-06-07.
    return date[: len(first)] >= first[: len(date)] and date[: len(last)] <= last


def swapped(value: str) -> str:
    """Return a range that ends before it begins the right way round; ``""`` for any other."""
    first, last = date_range(value) or ("", "")
    return f"{last}..{first}" if first[: len(last)] > last[: len(first)] else ""


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    if len(text) < _FULL:
        return True
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True
