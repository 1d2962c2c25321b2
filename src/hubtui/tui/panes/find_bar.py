"""Find words in the source that is open: the line below the reader, and the way through what is found."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from hubtui.core.i18n import _
from hubtui.tui import strings
from hubtui.tui.bindings import Where, bindings_of
from hubtui.tui.render import content
from hubtui.tui.widgets.inputs import LineInput
from hubtui.tui.widgets.reader import ReaderView
from hubtui.tui.worker import LibraryWorker

if TYPE_CHECKING:
    from hubtui.core.models import Span
    from hubtui.library import Library

FoundSpan: TypeAlias = tuple[int, int, int]
"""The place of a passage in its source, and a span of its text."""


class FindInput(LineInput):
    """Where the words are typed."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Where.FIND)


class FindBar(Horizontal):
    """The words, and which of the places that have them is shown."""

    @dataclass
    class Found(Message):
        """Where these words stand in a source, in order and by passage."""

        source_id: str
        words: str
        spans: Sequence[FoundSpan]
        by_passage: Mapping[int, Sequence["Span"]]

    def __init__(self, worker: LibraryWorker, reader: ReaderView, words: str) -> None:
        """Find in the source that ``reader`` shows, beginning with ``words``."""
        super().__init__()
        self._worker, self._reader = worker, reader
        self._first = words
        self._spans: Sequence[FoundSpan] = ()
        self._at = 0
        self._found_words: str | None = None
        self._owed = 0
        """Steps that were asked for while the answer was not here yet."""
        self._came_from: tuple[int, Span | None] = (0, None)
        self._ended = False

    def compose(self) -> ComposeResult:
        """Lay out the input and the count."""
        yield Static(content(_("Find")), id="find-prompt")
        yield FindInput(self._first, placeholder=_("in this source …"), id="find", compact=True)
        yield Static(id="find-count")

    @property
    def words(self) -> str:
        """What is looked for."""
        return self.query_one(FindInput).value

    @property
    def has_keys(self) -> bool:
        """Whether the words are being typed."""
        return self.query_one(FindInput).has_focus

    def begin(self) -> None:
        """Have words typed, and look for them from where the user is."""
        reader = self._reader
        self._came_from, self._found_words, self._owed = (reader.index, reader.here), None, 0
        self.screen.set_focus(self.query_one(FindInput))
        self._look()

    def end(self, *, go_back: bool) -> None:
        """Close; ``go_back`` to where the user came from."""
        self._ended = True
        self.remove()
        self._reader.show_found({})
        if go_back:
            index, here = self._came_from
            self._reader.mark(index)
            self._reader.here = here
            self._reader.reveal()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._look()

    def _look(self) -> None:
        source, words = self._reader.source, self.words
        if source is None:
            return
        source_id = source.id

        def look(library: "Library") -> Message:
            spans = library.reader.find(source_id, words)
            by_passage: dict[int, list[Span]] = {}
            for index, start, end in spans:
                by_passage.setdefault(index, []).append((start, end))
            return self.Found(source_id, words, spans, by_passage)

        self._worker.submit("find", look, post=self.post_message)

    @on(Found)
    def _found(self, event: Found) -> None:
        if self._ended or event.words != self.words or not self._reader.shows(event.source_id):
            return
        self._found_words = event.words
        self._spans = event.spans
        self._reader.show_found(event.by_passage)
        index, here = self._came_from
        at = bisect_left(event.spans, (index, *(here or (0, 0))))
        self._show((at + self._owed) % max(1, len(event.spans)))
        self._owed = 0

    def step(self, step: int) -> None:
        """Go to the next or previous place, from the last one to the first."""
        if self._found_words == self.words:
            self._show((self._at + step) % max(1, len(self._spans)))
        else:
            self._owed += step

    def _show(self, at: int) -> None:
        message = _("not found") if self.words.strip() else ""
        if self._spans:
            self._at = at
            index, start, end = self._spans[at]
            self._reader.land_on(index, (start, end))
            message = strings.place_in(at, len(self._spans))
        self.query_one("#find-count", Static).update(content(message))
