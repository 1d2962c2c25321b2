"""The application: one library on one screen."""

import asyncio
import os
import signal
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.screen import Screen

from hubtui.core.i18n import _
from hubtui.core.paths import state_folder
from hubtui.tui.bindings import ACTIONS, bindings_for, key_name, keys_of
from hubtui.tui.configured import ConfiguredApp
from hubtui.tui.screens.main import MainScreen
from hubtui.tui.session import CopyForm, Session
from hubtui.tui.widgets.bars import StatusBar
from hubtui.tui.worker import LibraryWorker, Priority

if TYPE_CHECKING:
    from hubtui.core.config import Value
    from hubtui.library import Library


class HubtuiApp(ConfiguredApp):
    """Shows the library in a folder, and keeps it up to date while it is open.

    Args:
        library_folder: The library's folder; it is opened after the first paint.
        opener: What opens it, instead of :meth:`hubtui.Library.open`.
        tour: Show what hubtui can do, step by step.
        query: The query to begin with.

    Attributes:
        crash: What ended it, where that was a fault.
    """

    TITLE = "hubtui"
    # Textual loads a default screen's stylesheet only through the application.
    CSS_PATH = "screens/main.tcss"
    # These work over the main screen too.
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("palette", "suspend")

    def __init__(
        self,
        library_folder: Path,
        opener: "Callable[[Path], Library] | None" = None,
        *,
        tour: bool = False,
        query: str = "",
    ) -> None:
        super().__init__()
        if self.no_color:
            self.css_path.append(Path(__file__).parent / "screens" / "nocolor.tcss")
        self.worker = LibraryWorker(library_folder, opener)
        self.session = Session(CopyForm(self.config.copy_format))
        self.crash: Exception | None = None
        self._tour = tour
        self._query = query

    def on_mount(self) -> None:
        """Heed signals; the rest can wait for the first paint."""
        self._heed_signals()
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        from hubtui.core import log  # after the first paint
        from hubtui.tui.dialogs.text_dialogs import SettingsFaultsDialog  # as above

        log.start_log(self.config.log_level)
        if self.faults:
            self.push_screen(SettingsFaultsDialog(self.faults))
        elif not self._tour and first_time():
            self.query_one(StatusBar).welcome()

    def change_setting(self, key: str, value: "Value") -> None:
        """Follow another value of a setting at once, and write it into the file."""
        super().change_setting(key, value)
        style = self.config.default_style
        if key == "style":
            self.worker.submit("style", lambda library: setattr(library, "style", style), Priority.ACTION)
        form = self.session.copy_form
        # What is kept as the default on copying is the session's form already.
        if (key == "style" and form.style != value) or (key == "copy_format" and form.format != value):
            self.session.copy_form = CopyForm(self.config.copy_format)

    def get_default_screen(self) -> Screen[None]:
        """Return the main screen."""
        if self._tour:
            from hubtui.tui.tour import TourScreen  # few take the tour

            return TourScreen(self.worker, self.session, self.size)
        return MainScreen(self.worker, self.session, self.size, self._query)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Return the command palette's entries: the registry's, with the keys in effect."""
        for action in ACTIONS:
            if action.command:
                keys = "  ".join(map(key_name, keys_of(action)))
                yield SystemCommand(
                    _(action.label),
                    _("Key: {keys}").format(keys=keys),
                    lambda call=action.call: screen.run_action(call),
                )

    def action_show_settings(self) -> None:
        """Open the settings."""
        from hubtui.tui.dialogs.settings import SettingsDialog  # after the first paint

        self.push_screen(SettingsDialog(self.config))

    def action_command_palette(self) -> None:
        """Offer all commands by name."""
        from hubtui.tui.dialogs.palette import Palette  # after the first paint

        if not Palette.is_open(cast("App[object]", self)):
            self.push_screen(Palette(placeholder=_("Search for a command …"), id="--command-palette"))

    def copy_to_clipboard(self, text: str) -> None:
        """Put ``text`` on the terminal's clipboard, through tmux too."""
        from hubtui.clipboard import osc52_sequences  # after the first paint

        self._clipboard = text
        if self._driver is not None:
            for sequence in osc52_sequences(text, os.environ):
                self._driver.write(sequence)

    def action_help_quit(self) -> None:
        """Quit, as Ctrl+C does everywhere else."""
        self.exit()

    def on_unmount(self) -> None:
        """Have the worker's threads end."""
        self.worker.close()

    @on(ConfiguredApp.NotRemembered)
    def _not_remembered(self, event: ConfiguredApp.NotRemembered) -> None:
        from hubtui.tui.dialogs.text_dialogs import ErrorDialog  # after the first paint

        self.push_screen(ErrorDialog(event.error))

    def _fatal_error(self) -> None:
        """End after a fault, which Textual would print with the values of all variables."""
        self.crash = self._exception
        self._close_messages_no_wait()

    def _heed_signals(self) -> None:
        """Restore the terminal when hubtui is told to end, or its terminal goes."""
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            # Windows has neither; and only a process's first thread gets them.
            with suppress(AttributeError, NotImplementedError, RuntimeError, ValueError):
                number = int(getattr(signal, name))
                loop.add_signal_handler(number, partial(self.exit, None, 128 + number))


def first_time() -> bool:
    """Whether the screen was never opened before; from now on it was."""
    mark = state_folder() / "welcomed"
    with suppress(OSError):  # where nothing can be remembered, nothing is said either
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch(exist_ok=False)
        return True
    return False
