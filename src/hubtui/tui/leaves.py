"""A passage as the reader gets it, with what is marked in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hubtui.core.models import Passage, Span

SLICE = 128
"""Passages that are asked for at a time."""


class Marked(Enum):
    """What can be walked through in a source."""

    MATCHES = auto()
    NAMED = auto()
    """The mentions of the chosen city."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A passage that is here.

    Attributes:
        passage: The passage.
        matches: What the query matches in its text.
        named: Where its text names the chosen city.
    """

    passage: "Passage"
    matches: Sequence["Span"] = ()
    named: Sequence["Span"] = ()

    def spans(self, marked: Marked) -> Sequence["Span"]:
        """Give what is marked, in order."""
        return self.matches if marked is Marked.MATCHES else self.named
