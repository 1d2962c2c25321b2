"""What the user says of mentions: this is no such place, here is one that was missed.

A correction holds on to the text around the mention and not to numbers, so it survives edits elsewhere and
passages that move. Of two that concern the same mention the later one counts.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from hubtui.core.errors import HubtuiError, did_you_mean
from hubtui.core.i18n import N_, _
from hubtui.core.models import Mention, Problem
from hubtui.text.fold import fold, is_han

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
    """One thing the user said.

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
        """The folded name, by which all mentions that it may concern can be found."""
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
        """Give the spans of its name in a passage that it speaks of."""
        start = text.find(self.name)
        while start >= 0:
            end = start + len(self.name)
            if self.fits(path, text, start, end):
                yield start, end
            start = text.find(self.name, end)


@dataclass(frozen=True)
class MentionCorrections:
    """All that the user said of mentions in a library.

    Attributes:
        items: What was said, in its order.
        problems: What in the file cannot be used.
    """

    items: tuple[MentionCorrection, ...] = ()
    problems: tuple[Problem, ...] = field(default=(), compare=False)

    @cached_property
    def by_key(self) -> Mapping[str, Sequence[MentionCorrection]]:
        """What was said of each folded name."""
        found: dict[str, list[MentionCorrection]] = {}
        for item in self.items:
            found.setdefault(item.key, []).append(item)
        return found

    @cached_property
    def added_names(self) -> frozenset[str]:
        """The names, as written, of the mentions that were added."""
        return frozenset(item.name for item in self.items if item.action == "add")

    def applied(self, path: str, text: str, found: Sequence[PlacedName]) -> list[PlacedName]:
        """Give the names of one passage of the source at ``path`` as the user wants them, in order."""
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
    """Give a name as written in a text without the line breaks and indentation inside it."""

    def joint(gap: re.Match[str]) -> str:
        return "" if is_han(surface[gap.start() - 1]) and is_han(surface[gap.end() :][:1] or " ") else " "

    return _BREAK.sub(joint, surface)


def name_key(surface: str) -> str:
    """Give what names have in common that differ in script, case or line breaks alone."""
    return fold(plain_name(surface))


def rejection(scope: str, path: str, text: str, mention: Mention) -> MentionCorrection:
    """Make the word that a mention in the passage ``text`` of the source at ``path`` is none of its place.

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
    """Make the word that a mention was missed in the passage ``text`` of the source at ``path``.

    Raises:
        MentionCorrectionError: They are no name.
    """
    name = mention.surface
    if not name or name != name.strip() or not any(character.isalnum() for character in name):
        raise MentionCorrectionError(
            _("{name!r} is no name.").format(name=name), _("Choose the characters of the name alone.")
        )
    return _made("add", "this", path, text, mention)


def _made(action: str, scope: str, path: str, text: str, mention: Mention) -> MentionCorrection:
    here = scope == "this"
    before, after = _surroundings(text, mention.start, mention.end) if here else ("", "")
    source = "" if scope == "library" else path
    said = MentionCorrection("", action, scope, mention.surface, mention.place.id, source, before, after)
    id_ = hashlib.blake2b(repr(said).encode(), digest_size=4).hexdigest()
    return replace(said, id=id_, made=dt.datetime.now(dt.UTC).date().isoformat())


def _surroundings(text: str, start: int, end: int) -> tuple[str, str]:
    return text[max(0, start - _REACH) : start], text[end : end + _REACH]
