"""Clippings: all that the user kept, in a list to filter, order, annotate, copy from and export."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from hubtui.core.i18n import N_, _, ngettext
from hubtui.core.models import Hit, Passage, Problem
from hubtui.tui.bindings import Where, bindings_of, key_of
from hubtui.tui.dialogs.export import ExportChoice, ExportDialog
from hubtui.tui.dialogs.text_dialogs import AnnotationDialog, ProblemsDialog
from hubtui.tui.layout import MEDIUM
from hubtui.tui.render import content
from hubtui.tui.screens.secondary import HeadingBar, ReadHit, SecondaryScreen
from hubtui.tui.session import Session
from hubtui.tui.widgets.bars import StatusBar
from hubtui.tui.widgets.clipping_detail import ClippingDetail
from hubtui.tui.widgets.clipping_list import BLOCK, ClippingList
from hubtui.tui.widgets.inputs import FilterInput, FilterLine
from hubtui.tui.widgets.rows import Rows
from hubtui.tui.worker import LibraryWorker, Priority

if TYPE_CHECKING:
    from hubtui.clippings.model import Clipping
    from hubtui.clippings.relocate import Relocation
    from hubtui.library import Library

_ORDERS = {
    "time": N_("the latest first"),
    "source": N_("by source"),
    "city": N_("by city"),
    "tag": N_("by tag"),
}


class ClippingsScreen(SecondaryScreen):
    """The clippings of the library; what is done to them here can be taken back here."""

    CSS_PATH = "clippings.tcss"
    where = Where.CLIPPINGS
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(where)

    @dataclass
    class Listed(Message):
        """The clippings for the request of this number, how many there are in all, and what is wrong."""

        number: int
        items: "Sequence[Clipping]"
        total: int
        problems: Sequence[Problem]

    @dataclass
    class LocatedSome(Message):
        """Where the passages of these clippings are now, by the clippings' ids."""

        located: "dict[str, Relocation]"

    @dataclass
    class Done(Message):
        """Something was done to clippings; the cursor goes to the one with this id."""

        what: str
        id: str | None = None

    @dataclass
    class Found(Message):
        """Where the passage is that the user wants to read."""

        clipping: "Clipping"
        located: "Relocation"

    def __init__(self, worker: LibraryWorker, session: Session) -> None:
        super().__init__(worker, session)
        self._order = "time"
        self._asked = 0
        self._stay_on: str | None = None
        self._total = 0
        self._problems: Sequence[Problem] = ()
        self._undoing: list[Callable[[Library], Message]] = []

    def compose(self) -> ComposeResult:
        """Lay out the list, and the clipping under the cursor beside it."""
        yield HeadingBar(id="heading")
        yield FilterLine()
        yield Static(id="damage")
        with Horizontal(id="kept"):
            yield ClippingList(id="clippings")
            yield ClippingDetail(id="clipping")
        yield StatusBar(id="bottom")

    def on_mount(self) -> None:
        """Ask for all of them."""
        self.query_one(StatusBar).hint(Where.CLIPPINGS)
        self.set_focus(self._list)
        self._list.say(_("Reading …"))
        self._ask(awaited=True)

    def on_resize(self, event: events.Resize) -> None:
        """Where there is no room beside it, the clipping goes below the list."""
        self.set_class(event.size.width < MEDIUM, "-over")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave all keys to the filter while words are typed there."""
        if isinstance(self.focused, FilterInput):
            return False
        return super().check_action(action, parameters)

    @property
    def _list(self) -> ClippingList:
        return self.query_one(ClippingList)

    @property
    def passage(self) -> Passage | None:
        """The passage of the clipping under the cursor, as it was."""
        return self._list.clipping.passage if self._list.clipping else None

    def _ask(self, *, awaited: bool = False) -> None:
        """Ask for the list; with ``awaited`` the next keys are meant for what it shows then."""
        self._asked += 1
        number, words, order = self._asked, self.query_one(FilterLine).words, self._order

        def listed(library: "Library") -> Message | None:
            if number != self._asked:
                return None
            items = library.clippings.find(words, order=order)
            total = len(library.clippings.find()) if words else len(items)
            return self.Listed(number, items, total, library.clippings.problems())

        self.worker.submit("clippings", listed, post=self.post_message, awaited=awaited)

    @on(Listed)
    def _take(self, event: Listed) -> None:
        if event.number != self._asked:
            return
        self._total, self._problems = event.total, event.problems
        if event.total:
            self._list.say(
                _("No clipping has all of these words."),
                _("{key} empties the filter.").format(key=key_of("filter.clear")),
            )
        else:
            keep = _("Press {key} on a passage to keep it, with its citation.")
            self._list.say(_("You have kept nothing yet."), "", keep.format(key=key_of("clipping.keep")))
        self.set_class(not event.items, "-none")
        self.set_class(bool(event.problems), "-damaged")
        damage = " · ".join(f"{problem.path}: {problem.message}" for problem in event.problems)
        self.query_one("#damage", Static).update(content(f"{key_of('clippings.problems')} {damage}"))
        self._list.answer(event.items, self._stay_on)
        self._stay_on = None

    def follow_library(self) -> None:
        """Find out again where the passages are."""
        self._list.forget()
        self._stay()
        self._ask()

    @on(ClippingList.Unlocated)
    def _locate(self, event: ClippingList.Unlocated) -> None:
        items = self._list.items[event.offset : event.offset + BLOCK]

        def locate(library: "Library") -> Message:
            return self.LocatedSome(
                dict(zip((item.id for item in items), library.clippings.locate(items), strict=True))
            )

        self.worker.submit("locate", locate, Priority.BACKGROUND, post=self.post_message)

    @on(LocatedSome)
    def _learn(self, event: LocatedSome) -> None:
        self._list.learn(event.located)

    @on(ClippingList.Moved)
    def _show(self) -> None:
        rows = self._list
        self.query_one(ClippingDetail).show(rows.clipping, rows.located)
        count, shown = len(rows.items), f"{len(rows.items):,}"
        if count:
            shown = f"{rows.cursor + 1:,}/{shown}"
        if count < self._total:
            shown = _("{shown} of {total}").format(shown=shown, total=f"{self._total:,}")
        amount = ngettext("{n} clipping", "{n} clippings", count).format(n=shown)
        order = _(_ORDERS[self._order])
        self.query_one(HeadingBar).say(_("Clippings"), "", f"{amount} · {order}" if count else amount)

    @on(Input.Changed, "#filter")
    def _typed(self) -> None:
        self._ask()

    @on(FilterInput.Left)
    def _typed_enough(self, event: FilterInput.Left) -> None:
        if event.cleared:
            self.query_one(FilterInput).value = ""
        self.set_focus(self._list)
        self.query_one(StatusBar).hint(Where.CLIPPINGS)
        self.worker.await_answer("clippings")

    def action_search(self) -> None:
        """Type words that clippings must have."""
        self.set_focus(self.query_one(FilterInput))
        self.query_one(StatusBar).hint(Where.FILTER)

    def action_sort(self) -> None:
        """Order the clippings in the next way; the cursor stays on its clipping."""
        orders = list(_ORDERS)
        self._order = orders[(orders.index(self._order) + 1) % len(orders)]
        self._stay()
        self._ask(awaited=True)

    def action_scroll_detail(self, step: int) -> None:
        """Scroll the clipping under the cursor."""
        self.query_one(ClippingDetail).scroll_by_pages(step)

    @on(Rows.Entered)
    def _enter(self) -> None:
        clipping = self._list.clipping
        if clipping is None:
            return

        def find(library: "Library") -> Message:
            return self.Found(clipping, next(iter(library.clippings.locate([clipping]))))

        self.worker.submit("read clipping", find, Priority.ACTION, self.post_message, awaited=True)

    @on(Found)
    def _read(self, event: Found) -> None:
        source, passage = event.located.source, event.located.passage
        if source is None or passage is None:
            self.tell(_("No source has this passage any more."), trouble=True)
            return
        from hubtui.search.parser import set_filter  # after the first paint

        same = passage.text == event.clipping.text
        highlights = event.clipping.highlights if same else ()
        query = set_filter("", "source", source.path)
        self.dismiss(ReadHit(Hit(source, passage, 0.0, highlights), query))

    def action_annotate(self) -> None:
        """Ask for another note."""
        if clipping := self._list.clipping:
            title = _("Note on ¶{label}").format(label=clipping.label)
            dialog = AnnotationDialog(title, clipping, clipping.note)
            self.app.push_screen(dialog, lambda note: self._change(clipping, note=note))

    def action_tag(self) -> None:
        """Ask for other tags."""
        if clipping := self._list.clipping:
            title, hint = _("Tags of ¶{label}").format(label=clipping.label), _("Commas separate tags.")
            dialog = AnnotationDialog(title, clipping, ", ".join(clipping.tags), hint)
            self.app.push_screen(dialog, lambda tags: self._change(clipping, tags=tags))

    def _change(self, clipping: "Clipping", note: str | None = None, tags: str | None = None) -> None:
        if note is None and tags is None:
            return
        named = None if tags is None else tags.split("\n")

        def annotated(library: "Library") -> Message:
            changed = library.clippings.annotate(clipping.id, note=note, tags=named)
            if (changed.note, changed.tags) != (clipping.note, clipping.tags):
                self._undoing.append(back)
            return self.Done(_("Kept"), clipping.id)

        def back(library: "Library") -> Message:
            library.clippings.annotate(clipping.id, note=clipping.note, tags=clipping.tags)
            return self.Done(_("Taken back"), clipping.id)

        self.worker.submit("act", annotated, Priority.ACTION, self.post_message, awaited=True)

    def action_remove(self) -> None:
        """Remove the clipping under the cursor."""
        clipping = self._list.clipping
        if clipping is None:
            return

        def remove(library: "Library") -> Message:
            library.clippings.remove([clipping.id])
            self._undoing.append(restore)
            message = _("Removed ¶{label} · {key} takes it back")
            return self.Done(message.format(label=clipping.label, key=key_of("clippings.undo")))

        def restore(library: "Library") -> Message:
            library.clippings.restore([clipping.id])
            return self.Done(_("Taken back"), clipping.id)

        self.worker.submit(f"remove {clipping.id}", remove, Priority.ACTION, self.post_message, awaited=True)

    def action_undo(self) -> None:
        """Take back what was done last on this screen."""

        def undo(library: "Library") -> Message:
            if not self._undoing:
                return self.Done(_("There is nothing to take back."))
            return self._undoing.pop()(library)

        self.worker.submit("undo", undo, Priority.ACTION, self.post_message, awaited=True)

    @on(Done)
    def _done(self, event: Done) -> None:
        self.tell(event.what)
        self._stay_on = event.id
        self._ask(awaited=True)

    def action_copy(self) -> None:
        """Copy the clipping under the cursor with its citation."""
        clipping = self._list.clipping
        if clipping is None:
            self.tell(_("There is no clipping to copy."), trouble=True)
            return
        form = self.session.copy_form
        self.copying.copy_made(
            [(clipping.passage, None)],
            lambda library: library.clippings.quote([clipping], form.style or None, form.format),
        )

    def action_export(self) -> None:
        """Ask how to export the clippings of the list, and do it."""
        items = self._list.items
        if not items:
            self.tell(_("There is no clipping to export."), trouble=True)
            return

        def export(chosen: ExportChoice | None) -> None:
            if chosen is not None:
                self.worker.submit(
                    "export",
                    lambda library: _exported(library, items, chosen),
                    Priority.LONG,
                    self.post_message,
                )

        self.app.push_screen(ExportDialog(len(items), Path.cwd()), export)

    def action_problems(self) -> None:
        """Show what is wrong with the file of clippings."""
        self.app.push_screen(ProblemsDialog(self._problems))

    def _stay(self) -> None:
        self._stay_on = self._list.clipping.id if self._list.clipping else None


def _exported(library: "Library", items: "Sequence[Clipping]", chosen: ExportChoice) -> Message:
    from hubtui.clippings.store import store_error  # after the first paint
    from hubtui.core.files import write_atomically  # as above

    content_ = library.clippings.export(items, chosen.format, group=chosen.group)
    try:
        write_atomically(chosen.file, content_)
    except OSError as error:
        raise store_error(chosen.file, error) from error
    message = ngettext("{n} clipping in {file}", "{n} clippings in {file}", len(items))
    return ClippingsScreen.Done(message.format(n=len(items), file=chosen.file))
