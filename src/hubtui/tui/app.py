"""The application: one library on one screen."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.screen import Screen
from textual.theme import Theme

from hubtui.tui.actions import ACTIONS
from hubtui.tui.clipboard import terminal_sequences
from hubtui.tui.desk import Desk
from hubtui.tui.screens.main import MainScreen
from hubtui.tui.themes import DARK, LIGHT, THEMES, theme_for

if TYPE_CHECKING:
    from hubtui.library import Library


class HubtuiApp(App[None]):
    """Shows the library in a folder, and keeps it up to date while it is open.

    Args:
        library_folder: The library's folder; it is opened after the first paint.
        opener: What opens it, instead of :meth:`hubtui.Library.open`.
    """

    TITLE = "hubtui"
    # Textual loads a default screen's stylesheet only through the application.
    CSS_PATH = "screens/main.tcss"
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, library_folder: Path, opener: "Callable[[Path], Library] | None" = None) -> None:
        super().__init__()
        self.desk = Desk(library_folder, opener)
        for theme in THEMES:
            self.register_theme(theme)
        self._begin_with(theme_for())

    def _begin_with(self, theme: Theme) -> None:
        """Take a theme before the first paint: setting :attr:`theme` would have all styles parsed twice."""
        self.set_reactive(App.theme, theme.name)
        self.set_class(theme.dark, "-dark-mode", update=False)
        self.set_class(not theme.dark, "-light-mode", update=False)
        self._refresh_truecolor_filter(self.ansi_theme)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give the colours that only hubtui's own themes define."""
        return (DARK if self.current_theme.dark else LIGHT).variables

    def get_default_screen(self) -> Screen[None]:
        """Give the main screen."""
        return MainScreen(self.desk, self.size)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Give the command palette's entries: the registry's, and the themes."""
        for action in ACTIONS:
            if action.command:
                yield SystemCommand(
                    action.label,
                    f"Key: {action.keys[0]}",
                    lambda call=action.call: screen.run_action(call),
                )
        yield SystemCommand("Theme", "Choose how hubtui looks", self.action_change_theme)

    def copy_to_clipboard(self, text: str) -> None:
        """Give ``text`` to the terminal's clipboard, through tmux too."""
        self._clipboard = text
        if self._driver is not None:
            for sequence in terminal_sequences(text):
                self._driver.write(sequence)

    def action_help_quit(self) -> None:
        """Quit, as Ctrl+C does everywhere else."""
        self.exit()

    def on_unmount(self) -> None:
        """Let the desk's threads end."""
        self.desk.close()
