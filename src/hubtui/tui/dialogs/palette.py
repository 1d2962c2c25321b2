"""The command palette."""

from typing import ClassVar

from textual.command import CommandPalette


class Palette(CommandPalette):
    """Textual's command palette, in the frame of hubtui's dialogs."""

    CSS_PATH: ClassVar[str] = "palette.tcss"
