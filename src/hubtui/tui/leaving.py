"""What leaving costs nobody: ``Ctrl+C`` quits only the second time, and the next start offers the place.

And what ends hubtui when its terminal leaves.
"""

import json
import os
import select
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from textual.screen import Screen
from textual.widget import Widget

from hubtui.core.files import holding, make_folder, read_file, write_atomically
from hubtui.core.i18n import _
from hubtui.core.paths import places_file
from hubtui.tui.bindings import key_of
from hubtui.tui.copying import Copying, marks_label
from hubtui.tui.widgets.bars import MESSAGE_SECONDS, Notice, StatusBar
from hubtui.tui.worker import Priority, callback

if TYPE_CHECKING:
    from textual.message import Message

    from hubtui.core.models import Hit, Passage
    from hubtui.library import Library
    from hubtui.tui.panes.pane_row import PaneRow
    from hubtui.tui.panes.reader_pane import ReaderPane
    from hubtui.tui.panes.results_pane import ResultsPane
    from hubtui.tui.panes.search_bar import SearchBar
    from hubtui.tui.session import MarkKey, Session
    from hubtui.tui.worker import LibraryWorker

AGAIN = 1.0
"""Seconds within which ``Ctrl+C`` a second time quits."""
KEPT = 5
"""Places that a file keeps: several hubtuis may have shown one library."""
_OFFERED = 30.0
"""Seconds for which the last place is offered in the status line."""
_LOCK_PATIENCE = 1.0
_WARNED = 3.0
"""Seconds for which a dialog's frame says what quits."""
_GRACE = 5.0
HANG_UP = 129
"""The exit status of what SIGHUP ends, as shells give it."""


class LeftScreen(Protocol):
    """What the main screen has that is left and come back to."""

    worker: "LibraryWorker"
    session: "Session"
    offers_place: bool

    @property
    def search(self) -> "SearchBar":
        """The query."""

    @property
    def panes(self) -> "PaneRow":
        """The panes below the query."""

    @property
    def results(self) -> "ResultsPane":
        """The passages that the query selects."""

    @property
    def reading(self) -> "ReaderPane":
        """The reader."""

    @property
    def is_running(self) -> bool:
        """Whether it is there."""

    def go(self, pane: str) -> None:
        """Take the user to a pane."""

    def show_marks(self) -> None:
        """Show what is marked."""

    def tell(self, text: str, *, trouble: bool = False, seconds: float = MESSAGE_SECONDS) -> None:
        """Say in the status line what happened."""

    def post_message(self, message: "Message") -> bool:
        """Take a message."""


def watch_terminal(descriptor: int, gone: Callable[[], object]) -> None:
    """Call ``gone``, on a thread of its own, once the terminal behind ``descriptor`` is no more.

    The signal that says so may be blocked, or go to another process; then Textual reads the end of the file
    for ever. If the process is still there :data:`_GRACE` seconds later, it is ended: what it would write to
    the terminal may keep it waiting.
    """
    if not hasattr(select, "poll") or not os.isatty(descriptor):
        return
    poller = select.poll()
    poller.register(descriptor, 0)  # a hang-up is always reported

    def wait() -> None:
        if any(event & (select.POLLHUP | select.POLLERR) for _descriptor, event in poller.poll()):
            gone()
            time.sleep(_GRACE)
            os._exit(HANG_UP)

    threading.Thread(target=wait, name="hubtui watches its terminal", daemon=True).start()


class Interrupts:
    """Tells the second ``Ctrl+C`` from the first."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Go by ``clock``, in seconds."""
        self._clock = clock
        self._last: float | None = None

    def again(self) -> bool:
        """Take note of one; whether the one before is no longer ago than :data:`AGAIN`."""
        before, self._last = self._last, self._clock()
        return before is not None and self._last - before <= AGAIN


def copy_selected(screen: Screen[Any]) -> bool:
    """Copy what is selected in the reader or where text is typed; whether something is."""
    text = str(getattr(screen.focused, "selected_text", ""))
    reading: ReaderPane | None = getattr(screen, "reading", None)  # the main screen has one
    if reading is not None and (selections := reading.reader.selections):
        reading.reader.clear_selection()
        text = "\n\n".join(passage.text[start:end] for passage, (start, end) in selections)
    copying: Copying | None = getattr(screen, "copying", None)  # a dialog has none
    if text and copying is not None:
        copying.copy_text(text)
    elif text:
        screen.app.copy_to_clipboard(text)
    return bool(text)


def clear_query(main: LeftScreen) -> None:
    """Empty the query, and say what comes of the next Ctrl+C."""
    if not main.search.input.value:
        main.tell(_("{key} again quits").format(key=key_of("copy-or-quit")))
        return
    main.search.set_query("")
    keys = {"back": key_of("query.back"), "key": key_of("copy-or-quit")}
    main.tell(_("Search emptied, {back} brings it back · {key} again quits").format(**keys))


def warn(screen: Screen[Any]) -> None:
    """Say that the key quits if it comes again: in the status line, of a dialog in its frame."""
    message = _("{key} again quits").format(key=key_of("copy-or-quit"))
    if bars := screen.query(StatusBar):
        bars.first().tell(message)
        return
    frame = next((one for one in screen.walk_children(Widget) if one.border_subtitle), None)
    if frame is not None and frame.border_subtitle != message:
        frame.set_timer(_WARNED, partial(setattr, frame, "border_subtitle", frame.border_subtitle))
        frame.border_subtitle = message


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody was in a library.

    Attributes:
        query: The query.
        source: The path of the source, or ``""``.
        label: The label of the passage in it.
        pane: The pane they were in.
        marks: The passages that were marked, by the path of their source and their label.
    """

    query: str = ""
    source: str = ""
    label: str = ""
    pane: str = ""
    marks: tuple[tuple[str, str], ...] = ()

    @property
    def is_one(self) -> bool:
        """Whether there is something in it to go back to."""
        return bool(self.query or self.marks or (self.source and self.pane in ("passages", "reader")))

    def __str__(self) -> str:
        passage = f"{self.source} ¶{self.label}" if self.source else ""
        return " · ".join(filter(None, (passage, self.query, marks_label(len(self.marks)))))


def load_places(file: Path) -> list[Place]:
    """Return the places in a file, the latest last; none if it is missing or damaged."""
    try:
        found = json.loads(read_file(file.resolve()))
    except (OSError, ValueError, RecursionError):
        return []
    return list(_places(found))[-KEPT:] if isinstance(found, list) else []


def _places(found: Sequence[object]) -> Iterator[Place]:
    for one in found:
        if isinstance(one, Mapping):
            texts = [one.get(name, "") for name in ("query", "source", "label", "pane")]
            marks = one.get("marks", [])
            if all(isinstance(text, str) for text in texts) and isinstance(marks, list):
                pairs = (mark for mark in marks if isinstance(mark, list) and len(mark) == 2)
                query, source, label, pane = map(str, texts)
                marked = tuple((str(path), str(label)) for path, label in pairs)
                yield Place(query, source, label, pane, marked)


def save_place(file: Path, place: Place) -> None:
    """Put a place behind those that a file keeps, also by another hubtui in the meantime.

    Raises:
        OSError: It cannot be written, or is being written for long; it is as it was.
    """
    make_folder(file.parent)
    file = file.resolve()  # the user's own folder, where links are theirs
    with holding(file.with_suffix(".lock"), file, patience=_LOCK_PATIENCE):
        kept = [one for one in load_places(file) if one != place]
        write_atomically(
            file, json.dumps([asdict(one) for one in [*kept, place]][-KEPT:], ensure_ascii=False)
        )


class LastPlace:
    """Offers the place of the last time, goes there on the user's word, and keeps the present one."""

    def __init__(self, main: LeftScreen) -> None:
        self._main = main
        self._file: Path | None = None
        self._places: list[Place] = []

    def recall(self) -> None:
        """Read the places of former times, and offer the last one; the tour offers none, and keeps none."""
        if not self._main.offers_place:
            return

        def recall(library: "Library") -> "Message":
            file = places_file(library.paths.root)
            return callback(self._offer, file, load_places(file))

        self._main.worker.submit("places", recall, Priority.BACKGROUND, self._main.post_message)

    def _offer(self, file: Path, places: list[Place]) -> None:
        self._file, self._places = file, places
        if places and not self._main.session.query:
            message = _("{key} goes back to {place}").format(key=key_of("resume"), place=places[-1])
            self._main.tell(message, seconds=_OFFERED)

    def keep(self) -> None:
        """Write the present place down, if there is one."""
        if self._file is None or not self._main.is_running:
            return
        place = self._present()
        if place.is_one:
            with suppress(OSError):  # what cannot be written keeps nobody from quitting
                save_place(self._file, place)

    def _present(self) -> Place:
        main = self._main
        session = main.session
        source, passage, _share = main.reading.at_hand(session.hit)
        paths = {one.id: one.path for one in session.counts.sources} if session.counts else {}
        marks = tuple((paths[id_], label) for id_, label in session.marks if id_ in paths)
        at = (source.path, passage.label) if source and passage else ("", "")
        return Place(session.query.strip(), *at, main.panes.pane, marks)

    def resume(self) -> None:
        """Go back to the last place, the next time to the one before."""
        main = self._main
        if not self._places:
            main.tell(_("There is no earlier place to go back to"))
            return
        place = self._places.pop()

        def find(library: "Library") -> "Message":
            passage = _passage(library, place.source, place.label)
            marks = {
                (found.passage.source_id, found.passage.label): found.passage
                for path, label in place.marks
                if (found := _passage(library, path, label))
            }
            return callback(self._go, place, passage, marks)

        main.worker.submit("resume", find, Priority.ACTION, main.post_message, awaited=True)

    def _go(self, place: Place, hit: "Hit | None", marks: "Mapping[MarkKey, Passage]") -> None:
        main = self._main
        main.session.marks.update(marks)
        main.show_marks()
        if hit is None or not main.results.await_hit(hit, place.query):
            main.search.set_query(place.query)
        main.go(place.pane or "cities")
        if place.source and hit is None:
            gone = _("{source} ¶{label} is no longer there").format(source=place.source, label=place.label)
            main.post_message(Notice(gone, trouble=True))


def _passage(library: "Library", path: str, label: str) -> "Hit | None":
    """Return a passage in its source, if both are still there."""
    from hubtui.core.models import Hit  # loaded by now

    source = next((one for one in library.sources() if one.path == path), None)
    if source is None:
        return None
    outline = enumerate(library.reader.outline(source.id))
    at = next((place for place, entry in outline if entry.label == label), None)
    if at is None:
        return None
    passages = library.reader.read_part(source.id, at, at + 1)
    return Hit(source, passages[0], 0.0, ()) if passages else None
