"""The file in a library's folder that keeps what the user said of mentions: ``mentions.jsonl``.

One JSON object a line, in the order in which they were said::

    {"id": "5d1f0a3c", "action": "reject", "scope": "source", "name": "Reading", "place": "gn:2639577",
     "source": "a.txt", "before": "", "after": "", "made": "2026-03-01"}
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, fields
from pathlib import Path

from filelock import FileLock, Timeout

from hubtui.core.errors import did_you_mean
from hubtui.core.files import write_atomically
from hubtui.core.i18n import _, ngettext
from hubtui.core.models import Problem
from hubtui.places.corrections import (
    ACTIONS,
    SCOPES,
    MentionCorrection,
    MentionCorrectionError,
    MentionCorrections,
)

FILE_NAME = "mentions.jsonl"

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_PATIENCE = 5.0
"""Seconds to wait for another process that writes."""


class MentionCorrectionFile:
    """The corrections of one library on disk. What cannot be read is never overwritten."""

    def __init__(self, folder: Path, lock: Path) -> None:
        """Keep the file in ``folder``; ``lock`` is a file that whoever writes holds."""
        self._path = folder / FILE_NAME
        self._lock = lock

    def load(self) -> MentionCorrections:
        """Read the file; lines that cannot be used are named and otherwise left alone."""
        items: dict[str, MentionCorrection] = {}
        bad: list[int] = []
        try:
            lines = self._lines()
        except (OSError, UnicodeDecodeError) as error:
            problem = Problem(
                FILE_NAME,
                _("No correction of a mention is used: {error}. Repair the file.").format(error=error),
            )
            return MentionCorrections(problems=(problem,))
        for number, line in enumerate(lines, 1):
            item = _parse(line)
            if item is not None:
                items.pop(item.id, None)
                items[item.id] = item
            elif line.strip():
                bad.append(number)
        return MentionCorrections(tuple(items.values()), tuple(_damage(bad)))

    def add(self, item: MentionCorrection) -> MentionCorrection:
        """Keep what the user said, as the last word, and give it.

        Raises:
            MentionCorrectionError: The file cannot be read or written; it is as it was.
        """
        line = json.dumps(asdict(item), ensure_ascii=False)
        self._rewrite(lambda lines: [*(old for old in lines if _id(old) != item.id), line])
        return item

    def remove(self, id_: str) -> MentionCorrection:
        """Forget what has this id, and give it.

        Raises:
            MentionCorrectionError: There is none, or the file cannot be written.
        """
        items = {item.id: item for item in self.load().items}
        if id_ not in items:
            hint = did_you_mean(id_, items) or _("List them with: hubtui mentions list")
            raise MentionCorrectionError(_("There is no correction {id!r}.").format(id=id_), hint)
        self._rewrite(lambda lines: [line for line in lines if _id(line) != id_])
        return items[id_]

    def _lines(self) -> list[str]:
        try:
            return self._path.read_text(encoding="utf-8-sig").removesuffix("\n").split("\n")
        except FileNotFoundError:
            return []

    def _rewrite(self, change: Callable[[list[str]], list[str]]) -> None:
        try:
            self._lock.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self._lock, timeout=_PATIENCE):
                lines = [line for line in change(self._lines()) if line.strip()]
                write_atomically(self._path, "".join(f"{line}\n" for line in lines))
        except (OSError, UnicodeDecodeError, Timeout) as error:
            raise MentionCorrectionError(
                _("{path} cannot be changed: {error}.").format(path=self._path, error=error),
                _("Repair the file or its permissions."),
            ) from error


def _id(line: str) -> str:
    item = _parse(line)
    return item.id if item is not None else ""


def _parse(line: str) -> MentionCorrection | None:
    try:
        found = json.loads(line)
        item = MentionCorrection(**found)
    except (ValueError, TypeError, RecursionError):
        return None
    values = [getattr(item, known.name) for known in fields(item)]
    if not all(isinstance(value, str) and not _CONTROL.search(value) for value in values):
        return None
    usable = item.id and item.name and item.action in ACTIONS and item.scope in SCOPES
    return item if usable else None


def _damage(lines: Sequence[int]) -> Iterator[Problem]:
    if lines:
        which = ", ".join(map(str, lines[:5])) + ("…" if len(lines) > 5 else "")
        said = ngettext(
            "It has no correction in line {which}. Repair the file or remove it.",
            "It has no correction in lines {which}. Repair the file or remove them.",
            len(lines),
        )
        yield Problem(FILE_NAME, said.format(which=which))
