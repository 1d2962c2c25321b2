"""What the user is doing: the state that the panes of the main screen share."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from hubtui.tui import strings
from hubtui.tui.widgets.bars import Notice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.message import Message

    from hubtui.core.models import Hit, Passage, Span
    from hubtui.library import Library
    from hubtui.tui.counts import FacetCounts

MarkKey: TypeAlias = tuple[str, str]
"""A marked passage: its source's id and its label."""

Quoted: TypeAlias = "tuple[Passage, Span | None]"
"""What is to be copied: a passage, and the span of its text that is selected, or ``None`` for all of it."""


@dataclass(frozen=True, slots=True)
class CopyForm:
    """The form of what is copied.

    Attributes:
        format: The id of one of :data:`hubtui.citation.quotations.COPY_FORMATS`.
        style: The id of a citation style; ``""`` for the library's, else the user's.
    """

    format: str
    style: str = ""


@dataclass
class Session:
    """The query with what follows from it, and what the user has picked out.

    Attributes:
        copy_form: The form of what is copied.
        query: The query in the search line.
        typed_to: The offset in the query at which the user is typing, ``None`` while they are elsewhere.
        number: The number of the newest query; answers to others are stale.
        hit: The hit under the cursor.
        counts: The counts under the query, once they are known.
        marks: The passages that the user marked.
        undoable: Jobs that take back what the user did, the latest last.
    """

    copy_form: CopyForm
    query: str = ""
    typed_to: int | None = None
    number: int = 0
    hit: "Hit | None" = None
    counts: "FacetCounts | None" = None
    marks: "dict[MarkKey, Passage]" = field(default_factory=dict)
    undoable: "list[Callable[[Library], Message]]" = field(default_factory=list)

    def ask(self, query: str, typed_to: int | None) -> None:
        """Begin another query, or the same one anew: answers to earlier ones are stale from now on."""
        self.query, self.typed_to = query, typed_to
        self.number += 1

    def undo(self, library: "Library") -> "Message":
        """Take back what the user did last, as a job of the worker."""
        return self.undoable.pop()(library) if self.undoable else Notice(strings.nothing_to_undo())

    def passages(self, current: "Passage | None") -> "Sequence[Passage]":
        """Return the marked passages; without marks, the current one."""
        return list(self.marks.values()) or ([current] if current else [])
