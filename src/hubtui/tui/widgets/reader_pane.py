"""The reader in its frame, with the strip beside it."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from hubtui.core.i18n import _
from hubtui.tui.safe import content
from hubtui.tui.widgets.dispersion import Dispersion
from hubtui.tui.widgets.reader import Reader
from hubtui.tui.widgets.room import Row


class ReaderPane(Vertical):
    """Frames the reader; the frame names the source, and says which passage is marked."""

    def compose(self) -> ComposeResult:
        """Lay out the parts; the line for finding comes when something is looked for."""
        reader = Reader(id="reader")
        with Row(id="reader-body"):
            yield reader
            yield Dispersion(reader, id="dispersion")

    def on_mount(self) -> None:
        """Name the pane."""
        self._changed()

    @on(Reader.Changed)
    def _changed(self) -> None:
        reader = self.query_one(Reader)
        self.border_title = content(reader.source.label if reader.source else _("Reader"))
        place = ""
        if reader.entries:
            place = _("¶{label} of {total:,}").format(label=reader.label, total=len(reader.entries))
        self.border_subtitle = content(place)
        self.query_one(Dispersion).refresh()

    @on(Dispersion.Picked)
    def _picked(self, event: Dispersion.Picked) -> None:
        self.query_one(Reader).show_share(event.share)
