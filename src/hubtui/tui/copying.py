"""Copy passages with their citations, mark several to copy at once, and keep passages as clippings."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from hubtui.core.errors import HubtuiError
from hubtui.core.i18n import N_, _, ngettext
from hubtui.tui.bindings import key_of
from hubtui.tui.session import CopyForm, MarkKey, Quoted, Session
from hubtui.tui.widgets.bars import Notice
from hubtui.tui.worker import LibraryWorker, Priority, callback

if TYPE_CHECKING:
    from textual.message import Message

    from hubtui.clipboard import Copied
    from hubtui.clippings.model import Clipping
    from hubtui.core.models import Passage, Span, SyncReport
    from hubtui.library import Library


class Clipper:
    """Keeps passages, with the words that the query matches, and knows which are kept."""

    def __init__(
        self,
        worker: LibraryWorker,
        session: Session,
        post: "Callable[[Message], object]",
        show_kept: "Callable[[frozenset[str]], None]",
    ) -> None:
        """Clip with ``worker``; ``show_kept`` takes the texts of all passages that are kept."""
        self._worker, self._session, self._post = worker, session, post
        self._show_kept = show_kept

    def clip(self, passages: "Sequence[Passage]") -> None:
        """Keep passages; those that are kept already stay as they are."""
        if not passages:
            self._post(Notice(_("There is no passage to keep."), trouble=True))
            return
        query = self._session.query.strip()

        def keep(library: "Library") -> "Message":
            known = {(one.path, one.label, one.text) for one in library.clippings.find()}
            paths = {source.id: source.path for source in library.sources()}
            fresh = [one for one in passages if (paths.get(one.source_id), one.label, one.text) not in known]
            ids = [library.clippings.add(passage, query=query).id for passage in fresh]
            if not ids:
                return callback(self._clipped, _already(passages))
            self._session.undoable.append(self._removal(ids, _named(fresh)))
            return callback(self._clipped, _kept(fresh))

        self._worker.submit("clip", keep, Priority.ACTION, self._post)

    def _removal(self, ids: "Sequence[str]", named: str) -> "Callable[[Library], Message]":
        def remove(library: "Library") -> "Message":
            library.clippings.remove(ids)
            return callback(self._clipped, _("{passages} no longer kept").format(passages=named))

        return remove

    def _clipped(self, message: str) -> None:
        self._post(Notice(message))
        self.look()

    def look(self) -> None:
        """Find out which passages are kept; what is wrong with their file is said where it is used."""

        def look(library: "Library") -> "Message":
            kept: Sequence[Clipping] = ()
            if library.paths.clippings.exists():
                with suppress(HubtuiError):
                    kept = library.clippings.find()
            return callback(self._show_kept, frozenset(one.text for one in kept))

        self._worker.submit("kept", look, Priority.LONG, self._post)


def _named(passages: "Sequence[Passage]") -> str:
    if len(passages) == 1:
        return f"¶{passages[0].label}"
    return ngettext("{n} passage", "{n} passages", len(passages)).format(n=len(passages))


def _kept(passages: "Sequence[Passage]") -> str:
    return _("Kept {passages} · {undo} takes it back, {show} shows all").format(
        passages=_named(passages), undo=key_of("undo"), show=key_of("clipping.show")
    )


def _already(passages: "Sequence[Passage]") -> str:
    return _("{passages} already kept · {show} shows all").format(
        passages=_named(passages), show=key_of("clipping.show")
    )


class Copying:
    """Copies in the session's form, and says by which ways the text went.

    Attributes:
        count: How many times something was copied with its citation.
    """

    def __init__(
        self,
        worker: LibraryWorker,
        session: Session,
        post: "Callable[[Message], object]",
        clipboard: Callable[[str], None],
    ) -> None:
        """Copy with ``worker``.

        Args:
            worker: Runs what needs the library or may wait for a program.
            session: Has the form, and the marks.
            post: Takes what is to be said, and errors.
            clipboard: Hands a text to the terminal, where no program takes it.
        """
        self.count = 0
        self._worker, self._session = worker, session
        self._post, self._clipboard = post, clipboard

    def copy_quotation(self, quoted: Sequence[Quoted]) -> None:
        """Copy passages with their citations."""
        form = self._session.copy_form
        self.copy_made(quoted, lambda library: quotation(library, quoted, form))

    def copy_made(self, quoted: Sequence[Quoted], make: "Callable[[Library], str]") -> None:
        """Copy the text that ``make`` returns for these passages."""
        if not quoted:
            self._post(Notice(_("There is no passage to copy."), trouble=True))
            return
        form = self._session.copy_form

        def copy(library: "Library") -> "Message":
            from hubtui.clipboard import copy_text  # after the first paint

            text = make(library)
            ways = copy_text(text, html=form.format == "html")
            return callback(self._quotation_copied, described(quoted, form), text, ways)

        self._worker.submit("copy", copy, Priority.ACTION, self._post)

    def copy_text(self, text: str) -> None:
        """Copy a text as it is."""

        def copy(_library: "Library") -> "Message":
            from hubtui.clipboard import copy_text  # after the first paint

            return callback(self._copied, text, copy_text(text), _("Copied: {ways}"))

        self._worker.submit("copy text", copy, Priority.ACTION, self._post)

    def toggle_mark(self, passage: "Passage | None") -> None:
        """Mark a passage, or remove its mark."""
        if passage is None:
            self._post(Notice(_("There is no passage to mark."), trouble=True))
            return
        key, marks = (passage.source_id, passage.label), self._session.marks
        if marks.pop(key, None) is None:
            marks[key] = passage

    def check_marks(self, report: "SyncReport", changed: Callable[[], None]) -> None:
        """Remove the marks of passages that a sync has changed; call ``changed`` if there were any."""
        marks = dict(self._session.marks)
        if not marks or not report.changed:
            return

        def check(library: "Library") -> "Message | None":
            gone = [mark for mark, passage in marks.items() if not is_still_there(library, passage)]
            return callback(self._remove_marks, gone, changed) if gone else None

        self._worker.submit("marks", check, Priority.BACKGROUND, self._post)

    def _remove_marks(self, marks: Sequence[MarkKey], changed: Callable[[], None]) -> None:
        gone = [mark for mark in marks if self._session.marks.pop(mark, None)]
        changed()
        message = ngettext(
            "{n} mark was taken away: its source has changed",
            "{n} marks were taken away: their sources have changed",
            len(gone),
        )
        self._post(Notice(message.format(n=len(gone)), trouble=True))

    def _quotation_copied(self, what: str, text: str, ways: "Copied") -> None:
        self.count += 1
        self._copied(text, ways, _("Copied {what}: {ways}"), what)

    def _copied(self, text: str, ways: "Copied", message: str, what: str = "") -> None:
        from hubtui.clipboard import describe_copy as named  # after the first paint

        if ways.terminal:
            self._clipboard(text)
        self._post(Notice(message.format(what=what, ways=named(ways))))


def quotation(library: "Library", quoted: Sequence[Quoted], form: CopyForm) -> str:
    """Return what is copied of these passages, in the order of the sources."""
    # One passage needs no order, nor the list of all sources.
    places = {source.id: at for at, source in enumerate(library.sources())} if len(quoted) > 1 else {}

    def place(one: Quoted) -> "tuple[int, int, int, str, Span]":
        passage, span = one
        source = places.get(passage.source_id, len(places))
        return source, passage.number, len(passage.part), passage.part, span or (0, 0)

    ordered = sorted(quoted, key=place)
    return library.citations.quote(
        [passage if span is None else (passage, span) for passage, span in ordered],
        form.style or None,
        form.format,
    )


_WHAT = {
    "markdown": N_("{passages} as Markdown"),
    "markdown-pandoc": N_("{passages} as Markdown for pandoc"),
    "html": N_("{passages} as HTML"),
    "citation": N_("the citation of {passages}"),
    "passage": N_("{passages} without citation"),
    "link": N_("a link to {passages}"),
}


def described(quoted: Sequence[Quoted], form: CopyForm) -> str:
    """Say what is copied, as in ``¶3 with its citation``."""
    passage, span = quoted[0]
    if len(quoted) > 1:
        passages = ngettext("{n} passage", "{n} passages", len(quoted)).format(n=len(quoted))
    else:
        passages = (
            f"¶{passage.label}"
            if span is None
            else _("the selection in ¶{label}").format(label=passage.label)
        )
    if form.format in _WHAT:
        return _(_WHAT[form.format]).format(passages=passages)
    if len(quoted) > 1:
        return _("{passages} with their citations").format(passages=passages)
    return _("{passages} with its citation").format(passages=passages)


def marks_label(number: int) -> str:
    """Say how many passages are marked; ``""`` for none."""
    return ngettext("{n} marked", "{n} marked", number).format(n=number) if number else ""


def is_still_there(library: "Library", passage: "Passage") -> bool:
    """Whether a source still has a passage as it is."""
    if all(source.id != passage.source_id for source in library.sources()):
        return False
    return any((p.label, p.text) == (passage.label, passage.text) for p in library.read(passage.source_id))
