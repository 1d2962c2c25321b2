"""A clipping as the line of JSON it is kept in; ``docs/clippings.md`` has the format."""

import json
import re
from collections.abc import Mapping
from itertools import chain
from typing import Any

from hubtui.clippings.clipping import ClippedPlace, Clipping
from hubtui.i18n import _

_SURROGATE = re.compile("[\ud800-\udfff]")

# The keys of a line in their order, and what JSON makes of their values.
_KINDS: Mapping[str, type] = {
    "id": str,
    "made": str,
    "path": str,
    "number": int,
    "part": str,
    "page": int,
    "section": str,
    "language": str,
    "text": str,
    "highlights": list,
    "query": str,
    "facts": dict,
    "style": str,
    "citation": str,
    "places": list,
    "note": str,
    "tags": list,
}
_NEEDED = ("id", "made", "path", "number", "text")
_USUAL_KEYS, _USUAL_KINDS = [*_KINDS], [*_KINDS.values()]


def encode(clipping: Clipping) -> str:
    """Give the line that a clipping is kept in, without its end."""
    row = {key: getattr(clipping, key) for key in _KINDS}
    row["facts"] = dict(clipping.facts)
    row["places"] = [place._asdict() for place in clipping.places]
    return json.dumps(row | dict(clipping.extra), ensure_ascii=False)


def decode(line: bytes) -> Clipping:
    """Read a line.

    Raises:
        ValueError: It holds no clipping; the message says why, as part of a sentence.
    """
    try:
        row = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ValueError(_("is not in UTF-8")) from error
    except (ValueError, RecursionError) as error:
        raise ValueError(_("is no JSON, or is cut off")) from error
    if not isinstance(row, dict):
        raise ValueError(_("is no JSON object"))  # noqa: TRY004  # the line is wrong, not a caller
    if b"\\u" in line and _SURROGATE.search(json.dumps(row, ensure_ascii=False)):
        raise ValueError(_("holds half a character"))
    extra: dict[str, Any] = {}
    if [*row] != _USUAL_KEYS or [*map(type, row.values())] != _USUAL_KINDS:
        extra = {key: row.pop(key) for key in [*row] if key not in _KINDS}
        _check(row)
    if not row["id"]:
        raise ValueError(_("has an empty id"))
    try:
        return _clipping(row, extra)
    except (TypeError, ValueError, KeyError) as error:
        raise ValueError(_("has facts, highlights, places or tags of the wrong kind")) from error


def is_sound(line: bytes) -> bool:
    """Whether a line holds a clipping."""
    try:
        decode(line)
    except ValueError:
        return False
    return True


def _check(row: Mapping[str, Any]) -> None:
    if missing := next((key for key in _NEEDED if key not in row), ""):
        raise ValueError(_("has no {key}").format(key=missing))
    if wrong := next((key for key, value in row.items() if type(value) is not _KINDS[key]), ""):
        raise ValueError(_("has a {key} of the wrong kind").format(key=wrong))


def _clipping(row: dict[str, Any], extra: Mapping[str, Any]) -> Clipping:
    """Make a clipping of values that have the right kinds, and look into the lists."""
    size = len(row["text"])
    row["highlights"] = tuple(
        [(start, end) for start, end in row.get("highlights", ()) if 0 <= start < end <= size]
    )
    row["places"] = tuple([ClippedPlace(**place) for place in row.get("places", ())])
    row["tags"] = tuple(row.get("tags", ()))
    if {*map(type, chain(row["tags"], row.get("facts", {}).values(), *row["places"]))} - {str}:
        raise TypeError
    if {*map(type, chain(*row["highlights"]))} - {int}:
        raise TypeError
    return Clipping(extra=extra, **row)
