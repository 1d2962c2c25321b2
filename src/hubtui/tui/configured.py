"""The application as the user's settings have it: theme, signs, keys, motion."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from textual import events, on
from textual.app import App
from textual.filter import LineFilter, NoColor
from textual.message import Message
from textual.theme import Theme
from textual.widget import Widget
from textual.widgets import Input

from hubtui.core.config import AUTO, ConfigError, Value, read_config, set_value
from hubtui.core.errors import HubtuiError, did_you_mean
from hubtui.core.i18n import _
from hubtui.core.keymap import keymap_of
from hubtui.tui.ascii_fallback import AsciiFilter, ambiguous_cells, draw_scroll_bars, sign_filter
from hubtui.tui.bindings import spelled, use_keymap
from hubtui.tui.theme import DARK, THEMES, theme_for, variables_of


@dataclass
class SettingChanged(Message):
    """The user has given a setting another value: the application follows it, and writes it down."""

    key: str
    value: Value


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
            said = _("{path} cannot be written: {error}").format(path=self.config.file, error=error.strerror)
            self.post_message(self.NotRemembered(ConfigError(said, _("The setting holds until you quit."))))

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
            said = _("{path}: there is no theme {name!r}.").format(path=self.config.file, name=name)
            hint = did_you_mean(name, self.available_themes)
            self.faults.append(ConfigError(said, hint or _("{key} lists them.").format(key=",")))
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
