"""Parse TOML that people write, within bounds, and say in which line a fault is."""

import re
from bisect import bisect_left
from typing import Any, Final

from hubtui.core.i18n import _

_DEEPEST: Final = 64
"""Tables and lists of a TOML file that may lie within each other."""
_MOST_DOTS: Final = 256
"""Dots in a line outside of strings: the time to parse a key grows with their square."""
_QUOTED: Final = r'"(?:[^"\\]|\\.)*+"?|\'[^\']*+\'?'
"""A string on one line, or what is left of the line behind a quotation mark without its like."""


def parse_toml(text: str) -> dict[str, Any]:
    """Parse TOML that people write: of bearable depth, with the numbers that TOML promises.

    Raises:
        ValueError: It is none, or nested too deeply, or a number has more than 64 bits; says in which line.
    """
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if line.count(".") > _MOST_DOTS and re.sub(_QUOTED, "", line).count(".") > _MOST_DOTS:
            raise ValueError(_in_line(_("a key has too many parts"), number))
    values, fault = _parse_toml(text)
    if fault:
        counts = range(1, len(lines) + 1)
        first = bisect_left(counts, True, key=lambda n: bool(_fault_of("\n".join(lines[:n]))))  # noqa: FBT003
        raise ValueError(_in_line(fault, min(first + 1, len(lines))))
    return values


def _in_line(fault: str, number: int) -> str:
    return _("{fault} (line {n})").format(fault=fault, n=number)


def _fault_of(text: str) -> str:
    """Return what is too deep or too large in the beginning of a text."""
    import tomllib  # as below

    try:
        return _parse_toml(text)[1]
    except tomllib.TOMLDecodeError:
        return ""  # cut off in the middle of something


def _parse_toml(text: str) -> tuple[dict[str, Any], str]:
    """Return what a text says, and what in it is too deep or too large, as a phrase."""
    import tomllib  # deferred: most users have no such file

    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except RecursionError:
        return {}, _("values are nested too deeply")
    except ValueError:  # Python refuses to read it
        return {}, _("a number is too large")
    waiting: list[tuple[Any, int]] = [(values, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > _DEEPEST:
            return {}, _("values are nested too deeply")
        if isinstance(value, int) and not -(1 << 63) <= value < 1 << 63:
            return {}, _("a number is too large")
        parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        waiting.extend((part, depth + 1) for part in parts)
    return values, ""
