"""Keep the user's corrections of mentions: this is no such place, here is one that was missed.

A correction holds on to the text around the mention and not to numbers, so it survives edits elsewhere and
passages that move. Of two that concern the same mention the later one counts. They are kept in the library's
folder, in ``mentions.jsonl``, one JSON object a line, in the order in which they were made::

    {"id": "5d1f0a3c", "action": "reject", "scope": "source", "name": "Reading", "place": "gn:2639577",
     "source": "a.txt", "before": "", "after": "", "made": "2026-03-01"}
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from hubtui.core.errors import HubtuiError, cause, did_you_mean
from hubtui.core.files import PATIENCE, holding, read_file, remedy_of, write_atomically
from hubtui.core.i18n import N_, _, ngettext
from hubtui.core.models import Mention, Problem
from hubtui.text.analyzer import fold, is_han

SCOPES = ("this", "source", "library")
ACTIONS = ("reject", "add")

_REACH = 40
"""Characters on each side of a mention by which it is known again."""
_UNMISTAKABLE = 30
"""Characters beside a mention that make its passage unmistakable; with fewer, its source counts."""
_BREAK = re.compile(r"\s+")


class MentionCorrectionError(HubtuiError):
    """A correction of a mention cannot be found, made or kept."""

    title = N_("Unusable correction")


class PlacedName(NamedTuple):
    """A name at its place in a passage: a mention as it is stored.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last character.
        place: The id of the place that is meant.
        in_name: Whether it stands inside a longer name.
        name: The name without the line breaks in it.
        rejected: Whether the user said that the place is not meant.
        added: Whether the user added it.
    """

    start: int
    end: int
    place: str
    in_name: bool
    name: str
    rejected: bool = False
    added: bool = False


@dataclass(frozen=True, slots=True)
class MentionCorrection:
    """One correction.

    Attributes:
        id: Identifies it; the same word said twice has the same id.
        action: ``reject`` or ``add``.
        scope: ``this`` mention, the name in this ``source``, or the name in the ``library``.
        name: The name, as the text has it.
        place: The id of the place that is, or is not, meant.
        source: The path of the source it was said of.
        before: The characters before the mention, where the scope is ``this``.
        after: The characters behind it.
        made: The day, in ISO form.
    """

    id: str
    action: str
    scope: str
    name: str
    place: str
    source: str
    before: str = ""
    after: str = ""
    made: str = ""

    @property
    def key(self) -> str:
        """Return the folded name, by which all mentions that it may concern can be found."""
        return name_key(self.name)

    def fits(self, path: str, text: str, start: int, end: int) -> bool:
        """Whether it speaks of what stands at ``start`` to ``end`` of a passage of the source at ``path``."""
        if self.scope == "library":
            return True
        if self.scope == "source":
            return path == self.source
        if len(self.before) + len(self.after) < _UNMISTAKABLE and path != self.source:
            return False
        return _surroundings(text, start, end) == (self.before, self.after)

    def occurrences(self, path: str, text: str) -> Iterator[tuple[int, int]]:
        """Return the spans of its name in a passage that it speaks of."""
        start = text.find(self.name)
        while start >= 0:
            end = start + len(self.name)
            if self.fits(path, text, start, end):
                yield start, end
            start = text.find(self.name, end)


@dataclass(frozen=True)
class MentionCorrections:
    """All corrections of mentions in a library.

    Attributes:
        items: What was said, in its order.
        problems: What in the file cannot be used.
    """

    items: tuple[MentionCorrection, ...] = ()
    problems: tuple[Problem, ...] = field(default=(), compare=False)

    @cached_property
    def by_key(self) -> Mapping[str, Sequence[MentionCorrection]]:
        """Return the corrections of each folded name."""
        found: dict[str, list[MentionCorrection]] = {}
        for item in self.items:
            found.setdefault(item.key, []).append(item)
        return found

    @cached_property
    def added_names(self) -> frozenset[str]:
        """Return the names, as written, of the mentions that were added."""
        return frozenset(item.name for item in self.items if item.action == "add")

    def applied(self, path: str, text: str, found: Sequence[PlacedName]) -> list[PlacedName]:
        """Return the names of one passage of the source at ``path`` as the user wants them, in order."""
        if not self.items:
            return list(found)
        keys = {name_key(row.name) for row in found} | {
            name_key(name) for name in self.added_names if name in text
        }
        rows = {(row.start, row.end, row.place): row for row in found}
        for key in keys & self.by_key.keys():
            for item in self.by_key[key]:
                _apply(item, path, text, rows)
        kept = [row for row in rows.values() if not (row.added and row.rejected)]
        return sorted(kept, key=lambda row: (row.start, row.end))


def _apply(
    item: MentionCorrection, path: str, text: str, rows: dict[tuple[int, int, str], PlacedName]
) -> None:
    if item.action == "reject":
        for at, row in rows.items():
            same = row.place == item.place and name_key(row.name) == item.key
            if same and item.fits(path, text, row.start, row.end):
                rows[at] = row._replace(rejected=True)
        return
    for start, end in item.occurrences(path, text):
        new = PlacedName(start, end, item.place, in_name=False, name=plain_name(item.name), added=True)
        rows[start, end, item.place] = rows.get((start, end, item.place), new)._replace(rejected=False)


def plain_name(surface: str) -> str:
    """Return a name as written in a text without the line breaks and indentation inside it."""

    def joint(gap: re.Match[str]) -> str:
        return "" if is_han(surface[gap.start() - 1]) and is_han(surface[gap.end() :][:1] or " ") else " "

    return _BREAK.sub(joint, surface)


def name_key(surface: str) -> str:
    """Return what names have in common that differ in script, case or line breaks alone."""
    return fold(plain_name(surface))


def rejection(scope: str, path: str, text: str, mention: Mention) -> MentionCorrection:
    """Return the correction that rejects a mention in the passage ``text`` of the source at ``path``.

    Raises:
        MentionCorrectionError: There is no such scope.
    """
    if scope not in SCOPES:
        raise MentionCorrectionError(
            _("There is no scope {scope!r}.").format(scope=scope),
            did_you_mean(scope, SCOPES) or _("Write one of {scopes}.").format(scopes=", ".join(SCOPES)),
        )
    return _made("reject", scope, path, text, mention)


def addition(path: str, text: str, mention: Mention) -> MentionCorrection:
    """Return the correction that adds a mention in the passage ``text`` of the source at ``path``.

    Raises:
        MentionCorrectionError: They are no name.
    """
    name = mention.surface
    if not name or name != name.strip() or not any(character.isalnum() for character in name):
        raise MentionCorrectionError(
            _("{name!r} is not a name.").format(name=name), _("Choose the characters of the name alone.")
        )
    return _made("add", "this", path, text, mention)


def _made(action: str, scope: str, path: str, text: str, mention: Mention) -> MentionCorrection:
    import datetime as dt  # deferred with the rest: corrections are made now and then
    import hashlib

    here = scope == "this"
    before, after = _surroundings(text, mention.start, mention.end) if here else ("", "")
    source = "" if scope == "library" else path
    correction = MentionCorrection(
        "", action, scope, mention.surface, mention.place.id, source, before, after
    )
    id_ = hashlib.blake2b(repr(correction).encode(), digest_size=4).hexdigest()
    return replace(correction, id=id_, made=dt.datetime.now(dt.UTC).date().isoformat())


def _surroundings(text: str, start: int, end: int) -> tuple[str, str]:
    return text[max(0, start - _REACH) : start], text[end : end + _REACH]


FILE_NAME = "mentions.jsonl"

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


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
            reason, remedy = (
                cause(error) if isinstance(error, OSError) else (str(error), _("Repair the file."))
            )
            message = _("The corrections of mentions can't be read: {error}.").format(error=reason)
            problem = Problem(FILE_NAME, f"{message} {remedy}")
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
        """Store a correction, as the last word on its mentions, and return it.

        Raises:
            MentionCorrectionError: The file cannot be read or written; it is as it was.
        """
        line = json.dumps(asdict(item), ensure_ascii=False)
        self._rewrite(lambda lines: [*(old for old in lines if _id(old) != item.id), line])
        return item

    def remove(self, id_: str) -> MentionCorrection:
        """Remove the correction with this id, and return it.

        Raises:
            MentionCorrectionError: There is none, or the file cannot be written.
        """
        gone: list[MentionCorrection] = []

        def without(lines: list[str]) -> list[str]:
            items = {item.id: item for item in map(_parse, lines) if item is not None}
            if id_ not in items:
                hint = did_you_mean(id_, items) or _("List them with: hubtui mentions list")
                raise MentionCorrectionError(_("There is no correction {id!r}.").format(id=id_), hint)
            gone.append(items[id_])
            return [line for line in lines if _id(line) != id_]

        self._rewrite(without)
        return gone[0]

    def _lines(self) -> list[str]:
        try:
            return read_file(self._path).decode("utf-8-sig").removesuffix("\n").split("\n")
        except FileNotFoundError:
            return []

    def _rewrite(self, change: Callable[[list[str]], list[str]]) -> None:
        try:
            with holding(self._lock, self._path, patience=PATIENCE):
                lines = [line for line in change(self._lines()) if line.strip()]
                write_atomically(self._path, "".join(f"{line}\n" for line in lines))
        except (OSError, UnicodeDecodeError) as error:
            raise MentionCorrectionError(
                _("{path} cannot be changed: {error}.").format(path=self._path, error=error),
                remedy_of(error, _("Repair the file or its permissions.")),
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
        message = ngettext(
            "Line {which} is not a valid correction. Repair or remove it.",
            "Lines {which} are not valid corrections. Repair or remove them.",
            len(lines),
        )
        yield Problem(FILE_NAME, message.format(which=which))
