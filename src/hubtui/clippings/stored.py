"""Reading the file of clippings: lines that hold one, and lines that are damaged."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from hubtui.clippings.clipping import Clipping
from hubtui.clippings.line import decode
from hubtui.i18n import _, ngettext
from hubtui.model import Problem

FILE_NAME = "clippings.jsonl"
DAMAGED = "clippings.damaged.jsonl"
"""Beside the file: the lines of it that hold no clipping, as they were."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_DESCRIBED = 3
"""Damaged lines that a report describes one by one."""


class Entry(NamedTuple):
    """A line that holds a clipping: its bytes without the line feed, and the clipping."""

    raw: bytes
    clipping: Clipping


class Damage(NamedTuple):
    """A line that holds none: its number from 1, its bytes, and what is wrong, as part of a sentence."""

    number: int
    raw: bytes
    fault: str


@dataclass(slots=True)
class Content:
    """What the file holds, line by line; empty lines are left out."""

    entries: list[Entry] = field(default_factory=list)
    damage: list[Damage] = field(default_factory=list)
    torn: bool = False
    """Whether the last line is damaged and has no end, as if somebody were still writing it."""


@dataclass(frozen=True, slots=True)
class Clippings:
    """The clippings of a library, as they were read.

    Attributes:
        items: The clippings, in the order of the file: that in which they were kept.
        problems: What is wrong with the file, as sentences with a remedy.
    """

    items: tuple[Clipping, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_content(path: Path) -> Content:
    """Read the file; a missing one holds nothing.

    Raises:
        OSError: It cannot be read.
    """
    try:
        lines = path.read_bytes().removeprefix(_BYTE_ORDER_MARK).split(b"\n")
    except FileNotFoundError:
        return Content()
    with _uncollected():
        return _content(lines)


def _content(lines: Sequence[bytes]) -> Content:
    content = Content()
    for number, raw in enumerate(lines, 1):
        if not raw or raw.isspace():
            continue
        try:
            content.entries.append(Entry(raw, decode(raw)))
        except ValueError as error:
            content.damage.append(Damage(number, raw, str(error)))
            content.torn = number == len(lines)
    return content


def collected(content: Content, set_aside: int) -> Clippings:
    """Give the clippings; of several with one id, the last counts.

    Args:
        content: What the file holds.
        set_aside: How many damaged lines were set aside earlier.
    """
    items = {entry.clipping.id: entry.clipping for entry in content.entries}
    hidden = len(content.entries) - len(items)
    return Clippings(tuple(items.values()), tuple(_problems(content.damage, hidden, set_aside)))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector from walking, again and again, through what is being read: a third of it."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _problems(damage: Sequence[Damage], hidden: int, set_aside: int) -> Iterator[Problem]:
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
