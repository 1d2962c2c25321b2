"""Encode clippings as lines of JSON, and read a file of them with its damaged lines.

``docs/clippings.md`` describes the format.
"""

import gc
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from hubtui.clippings.model import ClippedPlace, Clipping
from hubtui.core.files import read_file
from hubtui.core.i18n import _, ngettext
from hubtui.core.models import Problem

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
    """Return the line of JSON for a clipping, without its line feed."""
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
        raise ValueError(_("is not valid JSON, or is cut off")) from error
    if not isinstance(row, dict):
        raise ValueError(_("is not a JSON object"))  # noqa: TRY004  # the line is wrong, not a caller
    if b"\\u" in line and _SURROGATE.search(json.dumps(row, ensure_ascii=False)):
        raise ValueError(_("contains an incomplete character"))
    extra: dict[str, Any] = {}
    if [*row] != _USUAL_KEYS or [*map(type, row.values())] != _USUAL_KINDS:
        extra = {key: row.pop(key) for key in [*row] if key not in _KINDS}
        _check(row)
    if not row["id"]:
        raise ValueError(_("has an empty id"))
    try:
        return _clipping(row, extra)
    except (TypeError, ValueError, KeyError) as error:
        raise ValueError(_("has facts, highlights, places or tags of the wrong type")) from error


def is_clipping(line: bytes) -> bool:
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
        raise ValueError(_("has a {key} of the wrong type").format(key=wrong))


def _clipping(row: dict[str, Any], extra: Mapping[str, Any]) -> Clipping:
    """Make a clipping of values that have the right types, and check the lists."""
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


FILE_NAME = "clippings.jsonl"
DAMAGED = "clippings.damaged.jsonl"
"""Beside the file: the lines of it that hold no clipping, as they were."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_DESCRIBED = 3
"""Damaged lines that a report describes one by one."""


class StoredLine(NamedTuple):
    """A line that holds a clipping: its bytes without the line feed, and the clipping."""

    raw: bytes
    clipping: Clipping


class DamagedLine(NamedTuple):
    """A line that holds none: its number from 1, its bytes, and what is wrong, as part of a sentence."""

    number: int
    raw: bytes
    fault: str


@dataclass(slots=True)
class FileContent:
    """What the file holds, line by line; empty lines are left out."""

    entries: list[StoredLine] = field(default_factory=list)
    damage: list[DamagedLine] = field(default_factory=list)
    torn: bool = False
    """Whether the last line is damaged and has no end, as if somebody were still writing it."""


@dataclass(frozen=True, slots=True)
class StoredClippings:
    """The clippings of a library, as they were read.

    Attributes:
        items: The clippings, in the order of the file: that in which they were kept.
        problems: What is wrong with the file, as sentences with a remedy.
    """

    items: tuple[Clipping, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_content(path: Path) -> FileContent:
    """Read the file; a missing one holds nothing.

    Raises:
        OSError: It cannot be read.
    """
    try:
        lines = read_file(path).removeprefix(_BYTE_ORDER_MARK).split(b"\n")
    except FileNotFoundError:
        return FileContent()
    with _uncollected():
        return _content(lines)


def _content(lines: Sequence[bytes]) -> FileContent:
    content = FileContent()
    for number, raw in enumerate(lines, 1):
        if not raw or raw.isspace():
            continue
        try:
            content.entries.append(StoredLine(raw, decode(raw)))
        except ValueError as error:
            content.damage.append(DamagedLine(number, raw, str(error)))
            content.torn = number == len(lines)
    return content


def collect_clippings(content: FileContent, set_aside: int) -> StoredClippings:
    """Return the clippings of a file; of several with one id, the last counts.

    Args:
        content: What the file holds.
        set_aside: How many damaged lines were set aside earlier.
    """
    items = {entry.clipping.id: entry.clipping for entry in content.entries}
    hidden = len(content.entries) - len(items)
    return StoredClippings(tuple(items.values()), tuple(_problems(content.damage, hidden, set_aside)))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Pause garbage collection, which takes a third of the time to read a large file."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _problems(damage: Sequence[DamagedLine], hidden: int, set_aside: int) -> Iterator[Problem]:
    if damage:
        described = [
            _("line {number} {fault}").format(number=line.number, fault=line.fault)
            for line in damage[:_DESCRIBED]
        ]
        what = "; ".join(described) + ("…" if len(damage) > _DESCRIBED else "")
        message = ngettext(
            "{n} line cannot be read: {what}. The next change moves it to {file}; repair it there or here.",
            "{n} lines cannot be read: {what}. The next change moves them to {file};"
            " repair them there or here.",
            len(damage),
        )
        yield Problem(FILE_NAME, message.format(n=len(damage), what=what, file=DAMAGED))
    if hidden:
        message = ngettext(
            "{n} line has the id of a later one, which counts.",
            "{n} lines have the ids of later ones, which count.",
            hidden,
        )
        yield Problem(FILE_NAME, message.format(n=hidden))
    if set_aside:
        message = ngettext(
            "{n} damaged line was set aside here. Repair it and put it back, or delete the file.",
            "{n} damaged lines were set aside here. Repair them and put them back, or delete the file.",
            set_aside,
        )
        yield Problem(DAMAGED, message.format(n=set_aside))
