"""The dialog for exporting clippings: the format, what a document is divided by, the file."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from rich.segment import Segment
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from hubtui.core.i18n import N_, _, ngettext
from hubtui.text.cells import fit, pad
from hubtui.tui.bindings import Where, bindings_of, key_of
from hubtui.tui.render import content
from hubtui.tui.widgets.inputs import LineInput
from hubtui.tui.widgets.rows import Line, Rows

_FORMATS = {
    "markdown": N_("Markdown with footnotes"),
    "html": N_("HTML for a word processor"),
    "docx": N_("Word, through pandoc"),
    "csv": N_("Table (CSV)"),
    "bibtex": "BibTeX",
    "ris": "RIS",
    "csl-json": "CSL-JSON",
}
_GROUPS = {"": N_("not at all"), "city": N_("by city"), "source": N_("by source"), "tag": N_("by tag")}
_DOCUMENTS = ("markdown", "html", "docx")


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What the user chose."""

    format: str
    group: str
    file: Path


class ExportOptions(Rows):
    """A few values, one of them chosen."""

    class Chosen(Message):
        """Another one is chosen."""

    def __init__(self, options: dict[str, str], *, id: str) -> None:  # Textual's name for it
        super().__init__(id=id)
        self._options = options

    @property
    def value(self) -> str:
        """The chosen one."""
        return list(self._options)[self.cursor]

    def choose(self, value: str) -> None:
        """Choose a value, and say so."""
        self.move_to(list(self._options).index(value))

    def on_mount(self) -> None:
        """Begin with the first."""
        self.show(len(self._options), 0)

    def moved(self) -> None:
        """Post that the cursor has moved."""
        self.post_message(self.Chosen())

    def paint(self, index: int, cells: int) -> list[Line]:
        """The name of a value."""
        name = list(self._options.values())[index]
        return [[Segment(pad(fit(_(name), cells), cells))]]


class PathInput(LineInput):
    """Where the file's path is typed."""


class ExportDialog(ModalScreen[ExportChoice | None]):
    """Asks what to export to; its result is that, or ``None``.

    The file's name and the format always agree: another format changes the name's ending, and an ending that
    is typed, if it is that of another format, chooses that.
    """

    CSS_PATH = "clippings.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Where.EXPORT)

    def __init__(self, count: int, folder: Path) -> None:
        """Offer to export so many clippings into a file; paths that are typed are relative to ``folder``."""
        super().__init__()
        self._count = count
        self._folder = folder
        self._proposed = ""

    def compose(self) -> ComposeResult:
        """Lay out the two lists, and the path below them."""
        formats, groups = ExportOptions(_FORMATS, id="format"), ExportOptions(_GROUPS, id="group")
        formats.border_title, groups.border_title = content(_("Format")), content(_("Divided"))
        message = ngettext("Export {n} clipping", "Export {n} clippings", self._count).format(n=self._count)
        frame = Vertical(
            Horizontal(formats, groups, id="options"),
            PathInput(id="file", compact=True),
            Static(id="whole"),
            id="dialog",
        )
        frame.border_title = content(message)
        frame.border_subtitle = content(
            _("{take} exports · {next} next field · {cancel} closes").format(
                take=key_of("export.take"), next=key_of("export.next"), cancel=key_of("export.cancel")
            )
        )
        yield frame

    def on_mount(self) -> None:
        """Propose a file, and begin with the format."""
        self.set_focus(self.query_one("#format"))
        self._propose()

    @on(ExportOptions.Chosen)
    def _propose(self) -> None:
        """Propose a file that does not exist yet; one that the user has named has its ending changed."""
        from hubtui.clippings.export import EXPORT_FORMATS  # after the first paint

        self.query_one("#group").disabled = self._format not in _DOCUMENTS
        line, ending = self.query_one(PathInput), EXPORT_FORMATS[self._format]
        if line.value == self._proposed:
            self._proposed = line.value = _new_file(self._folder, ending).name
        elif _format_named(line.value) not in ("", self._format):
            line.value = f"{line.value.strip()[: -len(Path(line.value.strip()).suffix)]}{ending}"
        else:
            return
        line.cursor_position = len(line.value)

    @on(Input.Changed, "#file")
    def _named(self) -> None:
        """Take the format that the ending names; show the whole path, and whether something is there."""
        line = self.query_one(PathInput)
        named = _format_named(line.value)
        if named and line.value != self._proposed:
            self.query_one("#format", ExportOptions).choose(named)
        whole = self.query_one("#whole", Static)
        there = self._file is not None and self._file.exists()
        whole.set_class(there, "-there")
        message = _("Would be replaced: {file}") if there else "{file}"
        whole.update(content(message.format(file=self._file or "")))

    @property
    def _format(self) -> str:
        return self.query_one("#format", ExportOptions).value

    @property
    def _file(self) -> Path | None:
        typed = self.query_one(PathInput).value.strip()
        return self._folder / Path(typed).expanduser() if typed else None

    def action_next_field(self) -> None:
        """Go to the next field."""
        self.focus_next()

    def action_previous_field(self) -> None:
        """Go to the field before."""
        self.focus_previous()

    def action_move(self, step: int) -> None:
        """Move in the list that has the keys."""
        if isinstance(self.focused, ExportOptions):
            self.focused.action_move(step)

    def action_take(self) -> None:
        """Go back with what is chosen."""
        file = self._file
        if file is not None:
            group = self.query_one("#group", ExportOptions).value if self._format in _DOCUMENTS else ""
            self.dismiss(ExportChoice(self._format, group, file))

    def action_cancel(self) -> None:
        """Export nothing."""
        self.dismiss(None)


def _format_named(path: str) -> str:
    """Return the format whose ending a path has, or ``""``."""
    from hubtui.clippings.export import EXPORT_FORMATS  # after the first paint

    ending = Path(path.strip()).suffix.casefold()
    return next((name for name, own in EXPORT_FORMATS.items() if own == ending), "")


def _new_file(folder: Path, ending: str) -> Path:
    file, number = folder / f"clippings{ending}", 1
    while file.exists():
        number += 1
        file = folder / f"clippings-{number}{ending}"
    return file
