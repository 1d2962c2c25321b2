"""The dialog of the settings: each row is changed with the arrow keys, at once and for good."""

from dataclasses import replace
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static

from hubtui.core.config import AUTO, SETTINGS, Config, Setting, Value
from hubtui.core.i18n import N_, _
from hubtui.text.cells import fit, pad, width
from hubtui.tui.bindings import Where, bindings_of, key_of
from hubtui.tui.render import content
from hubtui.tui.session import SettingChanged
from hubtui.tui.widgets.rows import Line, Rows

_SAID: dict[Value, str] = {
    AUTO: N_("automatic"),
    "en": "English",
    "zh": "中文",
}
_LATER = {
    "language": N_("From the next start."),
    "log_level": N_("From the next start."),
}
"""What is not followed at once."""


class SettingsList(Rows):
    """The settings with their values."""

    class Moved(Message):
        """Another setting is under the cursor."""

    class Turned(Message):
        """The setting under the cursor is to have its next value."""

    def __init__(self, config: Config) -> None:
        super().__init__(id="settings")
        self._config = config
        self.recolours = False

    @property
    def current(self) -> Setting:
        """The setting under the cursor."""
        return SETTINGS[self.cursor]

    def update_values(self, config: Config) -> None:
        """Show these values."""
        self._config = config
        self.repaint()

    def on_mount(self) -> None:
        """Show all."""
        self.show(len(SETTINGS), 0)

    def moved(self) -> None:
        """Say that another setting is under the cursor."""
        self.post_message(self.Moved())

    def clicked(self, index: int) -> None:
        """Go to a setting; on the same one again, change it."""
        if index == self.cursor:
            self.post_message(self.Turned())
        else:
            self.move_to(index)

    def paint(self, index: int, cells: int) -> list[Line]:
        """Name and value, which has signs to turn it beside it where the cursor is."""
        setting = SETTINGS[index]
        label = pad(_(setting.label), min(28, cells // 2))
        value = f"← {value_label(self._config.value(setting.key))} →" if index == self.cursor else None
        shown = fit(value or f"  {value_label(self._config.value(setting.key))}", cells - width(label))
        return [[Segment(label, Style()), Segment(shown, self.style("accent" if value else "quiet"))]]

    def move_to(self, index: int) -> None:
        """Move the cursor; two rows look different then."""
        super().move_to(index)
        self.repaint()


class SettingsDialog(ModalScreen[None]):
    """All settings but the keys."""

    CSS_PATH = "settings.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Where.SETTINGS)
    AUTO_FOCUS = "#settings"

    def __init__(self, config: Config) -> None:
        """Change the settings in ``config``."""
        super().__init__()
        self._config = config

    def compose(self) -> ComposeResult:
        """Lay the list out, and what the setting under the cursor is about."""
        with Vertical(id="frame") as frame:
            yield SettingsList(self._config)
            yield Static(id="about")
        frame.border_title = content(_("Settings"))
        frame.border_subtitle = content(
            _("{next} changes · {close} closes").format(
                next=key_of("settings.next"), close=key_of("settings.close")
            )
        )

    def on_mount(self) -> None:
        """Begin with the first setting."""
        self.describe()

    def on_resize(self, event: events.Resize) -> None:
        """Leave out the blank lines where there is little room."""
        self.set_class(event.size.height < 20, "-low")

    @on(SettingsList.Turned)
    def _turned(self) -> None:
        self.action_turn(1)

    @on(SettingsList.Moved)
    def describe(self) -> None:
        """Say what the setting under the cursor is about, and where it is kept."""
        setting = self.query_one(SettingsList).current
        lines = [_(setting.about), _(_LATER.get(setting.key, "")) if setting.key in _LATER else ""]
        kept = _("Kept in {path}; keys are set there too, in [keys].").format(path=self._config.file)
        self.query_one("#about", Static).update(content("\n".join([*filter(None, lines), kept])))

    def action_move(self, step: int) -> None:
        """Go to another setting."""
        self.query_one(SettingsList).action_move(step)

    def action_turn(self, step: int) -> None:
        """Set the setting to its next or previous value."""
        rows = self.query_one(SettingsList)
        setting = rows.current
        values = self._values(setting)
        now = self._config.value(setting.key)
        # By kind too: for Python, True is 1.
        place = next((n for n, value in enumerate(values) if value == now and type(value) is type(now)), 0)
        value = values[(place + step) % len(values)]
        self._config = replace(self._config, **{setting.key: value})  # type: ignore[arg-type]  # each has its own type
        self.post_message(SettingChanged(setting.key, value))
        rows.update_values(self._config)

    def action_close(self) -> None:
        """Go back."""
        self.dismiss()

    def _values(self, setting: Setting) -> tuple[Value, ...]:
        if setting.key != "theme":
            return setting.values
        names = sorted(self.app.available_themes, key=lambda name: (not name.startswith("hubtui"), name))
        return (AUTO, *names)


def value_label(value: Value) -> str:
    """Return a value in words."""
    if isinstance(value, bool):
        return _("on") if value else _("off")
    return _(_SAID[value]) if value in _SAID else str(value)
