"""The filters on a source: what each takes and which sources it selects."""

import re

from hubtui.model import Source
from hubtui.search.mentioned import VIEWS
from hubtui.search.query import Filter
from hubtui.text.fold import fold

_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_LATEST = "\uffff"


def selects(condition: Filter, source: Source) -> bool:
    """Whether ``source`` meets ``condition`` (any filter but ``city``, ``section`` and ``mentions``)."""
    value = condition.value
    match condition.name:
        case "lang":
            return source.language.casefold().split("-")[0] == value.casefold().split("-")[0]
        case "date":
            return _within(source.date, value)
        case "source":
            return value == source.id or _holds(source.path, value) or _holds(source.title, value)
        case name:
            return _holds(str(getattr(source, name)), value)


def fault(condition: Filter) -> str:
    """Say what is wrong with a filter's value, and what would be right; ``""`` when nothing is."""
    if condition.name == "date" and _range(condition.value) is None:
        return f"{condition.value} is no date; write 2018, 2018-06, 2018-06-07 or a range as 2018..2024."
    if condition.name == "mentions" and not {v.strip().casefold() for v in condition.value.split(",")} <= set(
        VIEWS
    ):
        return (
            f"There are no mentions {condition.value}; write {' or '.join(f'mentions:{v}' for v in VIEWS)}."
        )
    return ""


def _holds(text: str, part: str) -> bool:
    return fold(part) in fold(text)


def _within(date: str, value: str) -> bool:
    bounds = _range(value)
    if bounds is None or not date:
        return False
    first, last = bounds
    # Of dates with different precision the shorter one decides: 2018 holds 2018-06-07.
    return date[: len(first)] >= first[: len(date)] and date[: len(last)] <= last


def _range(value: str) -> tuple[str, str] | None:
    first, dots, last = fold(value).replace("…", "..").partition("..")
    bounds = first.strip(), last.strip() if dots else first.strip()
    if not any(bounds) or not all(bound == "" or _DATE.fullmatch(bound) for bound in bounds):
        return None
    return bounds[0], bounds[1] or _LATEST
