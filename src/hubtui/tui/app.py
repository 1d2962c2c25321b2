"""The application: one library on one screen, as the user's settings have it."""

import asyncio
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeAlias, cast

from rich.console import RenderableType
from textual import events, on
from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.filter import LineFilter, NoColor
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.theme import Theme
from textual.widget import Widget
from textual.widgets import Input

from hubtui.core.config import AUTO, ConfigError, Value, read_config, set_value
from hubtui.core.errors import HubtuiError, did_you_mean
from hubtui.core.files import make_folder, open_new, state_folder
from hubtui.core.i18n import _
from hubtui.core.keymap import keymap_of
from hubtui.tui.ascii_fallback import AsciiFilter, ambiguous_cells, draw_scroll_bars, sign_filter
from hubtui.tui.bindings import ACTIONS, bindings_for, key_name, keys_of, spelled, use_keymap
from hubtui.tui.leaving import HANG_UP, Interrupts, clear_query, copy_selected, warn, watch_terminal
from hubtui.tui.screens.main import MainScreen
from hubtui.tui.session import CopyForm, Session, SettingChanged
from hubtui.tui.textual_repairs import let_go_of_drawn_lines
from hubtui.tui.theme import DARK, THEMES, theme_for, variables_of
from hubtui.tui.widgets.bars import StatusBar
from hubtui.tui.worker import LibraryWorker, Priority

if TYPE_CHECKING:
    from hubtui.library import Library


KeyEvent: TypeAlias = events.Key | events.Paste

_ROUNDS = 3
"""How often what a key has posted is waited for, and what comes of that."""
_PATIENCE = 3.0
"""Seconds that keys wait for an answer of the library."""
_IMPATIENCE = 0.3
"""The same where a key is among them that leads out."""
_POLL = 0.005
_HITS, _SOURCE, _COUNTS = ("search",), ("search", "read"), ("search", "read", "count")
_ACTS_ON: Mapping[str, Sequence[str]] = {
    **dict.fromkeys(("hit.next", "hit.previous", "view.context", "searches", "suggestion.take"), _HITS),
    **dict.fromkeys(("pane.next", "pane.previous", "pane.right", "pane.left", "list.enter"), _HITS),
    **dict.fromkeys(("passage.copy", "passage.copy-as", "passage.mark", "passage.about"), _SOURCE),
    **dict.fromkeys(("passages.enter", "clipping.keep"), _SOURCE),
    **dict.fromkeys(("source.find", "source.headings", "source.edit", "source.browse"), _SOURCE),
    **dict.fromkeys(("mention.next", "mention.previous", "mention.reject", "view.compare"), _COUNTS),
}
"""The actions on the main screen that take what it shows, and the jobs that make it show what it should.

Not those that move the cursor in a list: whoever holds such a key down does not want each step answered.
"""
_WAYS_OUT = frozenset({"escape", "ctrl+c", "ctrl+q"})


class KeyQueue:
    """Keys and pastes, of which each acts on the screen that those before it have made.

    Textual hands a key on while the one before it is still on its way: through the queue of the input that
    it types into, the messages which that posts, a dialog that is being laid out. Here the next one waits
    until all that has come to rest, and the library has answered what a list shows. Where nothing is on its
    way, a key goes straight through.
    """

    def __init__(
        self,
        app: App[None],
        deliver: Callable[[KeyEvent], Awaitable[None]],
        worker: LibraryWorker,
    ) -> None:
        """Hand what comes on to ``deliver``, in the order of its coming."""
        self._app, self._deliver, self._worker = app, deliver, worker
        self._waiting: deque[KeyEvent] = deque()
        self._task: asyncio.Task[None] | None = None
        self._acts_on: dict[str, Sequence[str]] = {}
        for action in ACTIONS:
            if action.id in _ACTS_ON:
                for key in keys_of(action):
                    # A key may do one thing in one list, and another in the next.
                    self._acts_on[key] = (*self._acts_on.get(key, ()), *_ACTS_ON[action.id])

    @property
    def idle(self) -> bool:
        """Whether all that the keys have caused has come to rest, but for answers of the library."""
        return self._task is None

    async def take(self, event: KeyEvent) -> None:
        """Hand a key on, at once if nothing is on its way, else after what is."""
        self._waiting.append(event)
        self._worker.used = time.monotonic()
        if self._task is None and (self._takes or self._must_wait or await self._hand_on()):
            self._task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        try:
            await self._come_to_rest()
            while self._waiting:
                while self._must_wait and await self._answered():
                    await self._come_to_rest()  # which may ask for more
                if await self._hand_on():
                    await self._come_to_rest()
        except Exception as error:  # noqa: BLE001  # as where Textual handles a key
            self._app._handle_exception(error)  # noqa: SLF001  # there is no other way to report it
        finally:
            self._task = None

    async def _hand_on(self) -> bool:
        """Hand the first one on; whether something is on its way then."""
        says = bool(self._takes) or isinstance(self._app.focused, Input)
        event, before = self._waiting.popleft(), self._app.screen
        await self._deliver(event)
        stack = self._app.screen_stack
        # A move in a list of the main screen is done by now, but for what it has the library do.
        return says or event.is_forwarded or len(stack) > 1 or stack[-1] is not before

    @property
    def _takes(self) -> Sequence[str]:
        """The jobs whose answers the first key acts on."""
        event = self._waiting[0]
        if not isinstance(event, events.Key) or not isinstance(self._app.screen, MainScreen):
            return ()
        if isinstance(self._app.focused, Input):
            return ()
        return self._acts_on.get(event.key) or self._acts_on.get(event.character or "", ())

    @property
    def _must_wait(self) -> bool:
        filling = getattr(self._app.screen, "is_filling", False)
        return self._worker.awaited or filling or self._worker.is_pending(*self._takes)

    async def _answered(self) -> bool:
        """Wait for the library, but not for ever; whether it has answered."""
        start = time.monotonic()
        while self._must_wait:
            waited = time.monotonic() - start
            leads_out = any(isinstance(one, events.Key) and one.key in _WAYS_OUT for one in self._waiting)
            if waited > (_IMPATIENCE if leads_out else _PATIENCE):
                self._worker.await_no_more()
                return False
            await asyncio.sleep(_POLL)
        return True

    async def _come_to_rest(self) -> None:
        """Wait until each widget that a key can reach has done what it was told until now."""
        shown: tuple[object, object] | None = None
        while shown != (shown := (self._app.screen, self._app.focused)):
            for _round in range(_ROUNDS):
                for pump in self._pumps():
                    await _done_until_now(pump)

    def _pumps(self) -> list[MessagePump]:
        """Return what takes part, from the inside out, as messages go."""
        screen, focused = self._app.screen, self._app.focused
        if isinstance(screen, MainScreen):
            # What is chosen in a list is written into the query, from where it is asked.
            inner = [
                pump
                for widget in (focused or screen, *screen.query("#query"))
                for pump in widget.ancestors_with_self
                if pump not in (screen, self._app)
            ]
            return list(dict.fromkeys([*inner, screen, self._app]))
        return [*screen.walk_children(Widget, with_self=True, method="depth", reverse=True), self._app]


async def _done_until_now(pump: MessagePump) -> None:
    """Wait until a part of the screen has done all that it has been told until now, or is gone."""
    done = asyncio.Event()
    if not pump.call_later(done.set):
        return
    while not done.is_set():
        with suppress(TimeoutError):
            async with asyncio.timeout(0.05):
                await done.wait()
        if isinstance(pump, Widget) and pump.is_mounted and not pump.is_running:
            return


class ConfiguredApp(App[None]):
    """An application that looks, and takes keys, as ``config.toml`` says.

    Attributes:
        config: What it says, with what was changed since.
        faults: What is wrong in it.
    """

    @dataclass
    class NotRemembered(Message):
        """A setting holds for now, but could not be written."""

        error: HubtuiError

    _chosen = False

    def __init__(self) -> None:
        super().__init__()
        let_go_of_drawn_lines()
        self.config = read_config()
        keymap = keymap_of(self.config)
        use_keymap(keymap)
        self.set_keymap({action_id: spelled(keymap.keys[action_id]) for action_id in keymap.bound})
        for theme in THEMES:
            self.register_theme(theme)
        self.faults = [*self.config.problems, *keymap.faults]
        self._signs: AsciiFilter | None = None
        self._no_color = NoColor()
        self._writing = threading.Lock()
        self._count_cells()
        self._begin_with(self._chosen_theme())
        if self.config.reduced_motion:
            self._hold_still()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the colours that only hubtui's stylesheets name."""
        return dict(self._variables())

    def get_css_variables(self) -> dict[str, str]:
        """Return all colours, those of Textual's themes made legible."""
        self.theme_variables = {**super().get_css_variables(), **self._variables()}
        return self.theme_variables

    def _variables(self) -> Mapping[str, str]:
        # Textual asks before a theme is chosen, and begins with one that is not.
        return variables_of(self.current_theme) if self._chosen else DARK.variables

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return the filters for finished lines: Textual's, no colours, ASCII signs."""
        filters = list(super().get_line_filters())
        if self.no_color:
            # Textual's own for this case shows grey, which is a colour too.
            filters = [self._no_color]
        return [*filters, self._signs] if self._signs else filters

    @on(SettingChanged)
    def _setting_changed(self, event: SettingChanged) -> None:
        self.change_setting(event.key, event.value)

    def change_setting(self, key: str, value: Value) -> None:
        """Follow another value of a setting at once, and write it into the file."""
        self.config = replace(self.config, **{key: value})  # type: ignore[arg-type]  # each has its own type
        if key == "theme":
            self.theme = self._chosen_theme().name
        elif key in ("ascii", "ambiguous_width"):
            self._count_cells()
            for screen in self.screen_stack:
                for widget in screen.walk_children(Widget):
                    widget.notify_style_update()
                    widget.post_message(events.Resize(widget.size, widget.virtual_size))
                    widget.refresh(layout=True)
        elif key == "reduced_motion":
            self._hold_still()
        # Not in a handler: it loads a library and waits for the disk.
        threading.Thread(target=self._remember, args=[key, value], name="hubtui remembers").start()

    def _remember(self, key: str, value: Value) -> None:
        try:
            with self._writing:
                set_value(key, value)
        except ConfigError as error:
            self.post_message(self.NotRemembered(error))
        except OSError as error:
            message = _("{path} cannot be written: {error}").format(
                path=self.config.file, error=error.strerror
            )
            self.post_message(
                self.NotRemembered(ConfigError(message, _("The setting holds until you quit.")))
            )

    def _begin_with(self, theme: Theme) -> None:
        """Take a theme before the first paint: setting :attr:`theme` would have all styles parsed twice."""
        self._chosen = True
        self.set_reactive(App.theme, theme.name)
        self.set_class(theme.dark, "-dark-mode", update=False)
        self.set_class(not theme.dark, "-light-mode", update=False)
        self._refresh_truecolor_filter(self.ansi_theme)
        self.stylesheet.set_variables(self.get_css_variables())

    def _chosen_theme(self) -> Theme:
        """Return the theme of the settings, else the one that suits the terminal."""
        name = self.config.theme
        if name == AUTO:
            return theme_for()
        theme = self.available_themes.get(name)
        if theme is None:
            message = _("{path}: there is no theme {name!r}.").format(path=self.config.file, name=name)
            hint = did_you_mean(name, self.available_themes)
            self.faults.append(ConfigError(message, hint or _("{key} lists them.").format(key=",")))
            return theme_for()
        return theme

    def _count_cells(self) -> None:
        cells = ambiguous_cells(self.config)
        if cells == 2 or self._signs:
            from hubtui.text.cells import count_ambiguous_as  # few terminals need it

            count_ambiguous_as(cells)
        self._signs = sign_filter(self.config)
        draw_scroll_bars(plainly=self._signs is not None)

    def _hold_still(self) -> None:
        self.animation_level = "none" if self.config.reduced_motion else "full"

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Have the cursor blink, unless motion is reduced."""
        if isinstance(event.widget, Input):
            event.widget.cursor_blink = not self.config.reduced_motion


class HubtuiApp(ConfiguredApp):
    """Shows the library in a folder, and keeps it up to date while it is open.

    Args:
        library_folder: The library's folder; it is opened after the first paint.
        opener: What opens it, instead of :meth:`hubtui.Library.open`.
        tour: Show what hubtui can do, step by step.
        query: The query to begin with.

    Attributes:
        keys: What hands keys on.
        crash: What ended it, where that was a fault.
    """

    TITLE = "hubtui"
    # Textual loads a default screen's stylesheet only through the application.
    CSS_PATH = "screens/main.tcss"
    # These work over the main screen too.
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("palette", "suspend", "copy-or-quit")

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
        self.keys = KeyQueue(self, super().on_event, self.worker)
        self.crash: Exception | None = None
        self._interrupts = Interrupts()
        self._left = False
        self._tour = tour
        self._query = query

    def on_load(self) -> None:
        """Heed signals from before the terminal is taken over."""
        self._heed_signals()

    def on_mount(self) -> None:
        """Begin; what can wait comes after the first paint."""
        self.call_after_refresh(self._begin)

    async def on_event(self, event: events.Event) -> None:
        """Have keys and pastes wait for what those before them do."""
        if isinstance(event, (events.Key, events.Paste)) and not event.is_forwarded:
            await self.keys.take(event)
        else:
            await super().on_event(event)

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

    def action_copy_or_quit(self) -> None:
        """Copy what is selected; else empty the main screen's query, or only say so; quit the second time."""
        screen = self.screen
        if copy_selected(screen):
            self._interrupts = Interrupts()
        elif self._interrupts.again():
            self.exit()
        elif isinstance(screen, MainScreen):
            clear_query(screen)
        else:
            warn(screen)

    def on_unmount(self) -> None:
        """Have the worker's threads end."""
        self.worker.close()

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """End, and keep the place for the next time."""
        if not self._left and self.screen_stack and isinstance(main := self.screen_stack[0], MainScreen):
            self._left = True
            main.last_place.keep()
        super().exit(result, return_code, message)

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
        for name in ("SIGTERM", "SIGHUP", "SIGQUIT"):
            # Windows has neither; and only a process's first thread gets them.
            with suppress(AttributeError, NotImplementedError, RuntimeError, ValueError):
                number = int(getattr(signal, name))
                loop.add_signal_handler(number, partial(self.exit, None, 128 + number))
        if not self.is_headless and sys.__stdin__ is not None:

            def gone() -> None:
                with suppress(RuntimeError):  # it has ended
                    loop.call_soon_threadsafe(self.exit, None, HANG_UP)

            watch_terminal(sys.__stdin__.fileno(), gone)


def first_time() -> bool:
    """Whether the screen was never opened before; from now on it was."""
    mark = state_folder() / "welcomed"
    with suppress(OSError):  # where nothing can be remembered, nothing is said either
        make_folder(mark.parent)
        open_new(mark).close()
        return True
    return False
