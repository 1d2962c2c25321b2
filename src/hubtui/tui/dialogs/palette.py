"""The command palette."""

from typing import ClassVar

from textual.command import CommandPalette

from hubtui.core.i18n import _
from hubtui.tui.render import content


class Palette(CommandPalette):
    """Textual's command palette, in the frame of hubtui's dialogs."""

    CSS_PATH: ClassVar[str] = "palette.tcss"

    def on_mount(self) -> None:
        """Name the keys."""
        self.query_one("#--input").border_subtitle = content(_("Enter takes it · Esc closes"))

    @property
    def is_filling(self) -> bool:
        """Whether the commands for what is typed are still being looked for."""
        group = self._GATHER_COMMANDS_GROUP
        return any(worker.group == group and not worker.is_finished for worker in self.workers)
