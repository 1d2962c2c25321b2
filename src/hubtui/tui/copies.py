"""Copying quotations on any screen: which form they have, how they are made, what is said of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from textual import on
from textual.message import Message
from textual.screen import Screen

from hubtui.core.i18n import N_, _, ngettext
from hubtui.tui.desk import Desk, Urgency

if TYPE_CHECKING:
    from hubtui.clipboard import Copied
    from hubtui.core.models import Passage, Span
    from hubtui.library import Library
    from hubtui.tui.app import HubtuiApp

Quoted: TypeAlias = "tuple[Passage, Span | None]"
"""What is to be copied: a passage, and the span of its text that is selected, or ``None`` for all of it."""


@dataclass(frozen=True, slots=True)
class Form:
    """The form that copies have.

    Attributes:
        format: One of :data:`hubtui.core.config.COPY_FORMATS`.
        style: One of :data:`hubtui.core.config.STYLES`; ``""``: the library's, else the user's.
    """

    format: str
    style: str = ""


def quotation(library: "Library", quoted: Sequence[Quoted], form: Form) -> str:
    """Give what is copied, in the order of the sources."""
    places = {source.id: place for place, source in enumerate(library.sources())}

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


class Quoting(Screen[Any]):
    """A screen that copies quotations.

    Attributes:
        desk: Asks the library.
    """

    desk: Desk

    @dataclass
    class QuotationCopied(Message):
        """A quotation was copied by ``ways``; the terminal may be still to be given its ``text``."""

        what: str
        text: str
        ways: "Copied"

    @property
    def form(self) -> Form:
        """The form that copies have."""
        return cast("HubtuiApp", self.app).copies

    @form.setter
    def form(self, form: Form) -> None:
        cast("HubtuiApp", self.app).copies = form

    def tell(self, text: str, *, trouble: bool = False) -> None:
        """Say in the status line what happened."""
        raise NotImplementedError

    def copy_quotation(self, quoted: Sequence[Quoted]) -> None:
        """Copy passages with their citations, in the form that is chosen, and say which way it went."""
        if not quoted:
            self.tell(_("There is no passage to copy."), trouble=True)
            return
        self.desk.put("copy", copying(quoted, self.form), Urgency.ACT, post=self.post_message)

    @on(QuotationCopied)
    def _quotation_copied(self, event: QuotationCopied) -> None:
        if event.ways.terminal:
            self.app.copy_to_clipboard(event.text)
        from hubtui.clipboard import describe_copy  # after the first paint

        self.tell(_("Copied {what}: {ways}").format(what=event.what, ways=describe_copy(event.ways)))


def copying(quoted: Sequence[Quoted], form: Form) -> "Callable[[Library], Message]":
    """Give the desk's job that copies."""

    def job(library: "Library") -> Message:
        from hubtui.clipboard import copy_text  # after the first paint

        text = quotation(library, quoted, form)
        ways = copy_text(text, html=form.format == "html")
        return Quoting.QuotationCopied(described(quoted, form), text, ways)

    return job


_WHAT = {
    "markdown": N_("{passages} as Markdown"),
    "markdown-pandoc": N_("{passages} as Markdown for pandoc"),
    "html": N_("{passages} as HTML"),
    "citation": N_("the citation of {passages}"),
    "passage": N_("{passages} without citation"),
    "link": N_("a link to {passages}"),
}


def described(quoted: Sequence[Quoted], form: Form) -> str:
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


def marks_said(number: int) -> str:
    """Say how many passages are marked, ``""`` for none."""
    return ngettext("{n} marked", "{n} marked", number).format(n=number) if number else ""


def is_still_there(library: "Library", passage: "Passage") -> bool:
    """Whether a source still has a passage as it is."""
    if all(source.id != passage.source_id for source in library.sources()):
        return False
    return any((p.label, p.text) == (passage.label, passage.text) for p in library.read(passage.source_id))
