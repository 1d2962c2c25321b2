"""The tour: what hubtui can do, in two minutes, on the real screen and by the user's own hand.

A strip at the bottom says what to do next, and goes on when it is done. ``Esc`` ends it at any step.
"""

from collections.abc import Callable
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from hubtui.core.i18n import N_, _
from hubtui.tui.bindings import key_of
from hubtui.tui.dialogs.text_dialogs import KeysDialog
from hubtui.tui.layout import Shape, shape_of
from hubtui.tui.render import content
from hubtui.tui.screens.main import MainScreen

HARBIN = "cn:230100"

_LOOKS = 0.1
"""Seconds between two looks at whether a step is done."""


@dataclass(frozen=True, slots=True)
class TourStep:
    """One thing to do.

    Attributes:
        text: What to do, marked with ``N_``; ids of actions in braces stand for their keys.
        done: Whether it is done.
    """

    text: str
    done: Callable[["TourScreen"], bool]


class TourStrip(Static):
    """Says what to do next."""

    DEFAULT_CSS = """
    TourStrip {
        dock: bottom;
        height: auto;
        min-height: 4;
        padding: 0 2;
        background: $panel;
        color: $foreground;
        border-top: solid $accent;
    }
    """

    def say(self, number: int, text: str) -> None:
        """Show a step, numbered from 1."""
        place = _("Tour {n} of {total}").format(n=number, total=len(STEPS))
        ends = _("{key} ends the tour").format(key=key_of("back"))
        head = Content.assemble(content(place, "bold $accent"), content(f" · {ends}", "$quiet"))
        self.update(Content("\n").join([head, content(text)]))


class TourScreen(MainScreen):
    """The main screen, with someone who shows the way.

    Attributes:
        seen_keys: Whether the list of keys was open, and is closed again.
    """

    seen_keys = False
    offers_place = False
    _step = 0
    _keys_open = False

    def compose(self) -> ComposeResult:
        """Lay out the main screen and the strip."""
        yield from super().compose()
        yield TourStrip(id="tour")

    def on_mount(self) -> None:
        """Show the first step, and look whether it is done."""
        self._show_step()
        self._watch = self.set_interval(_LOOKS, self._look)

    def on_resize(self, event: events.Resize) -> None:
        """Leave a tiny terminal to what is said there."""
        self.query(TourStrip).set(display=shape_of(*event.size) is not Shape.TINY)

    def action_back(self) -> None:
        """End the tour; after that, go back as ever."""
        if self.query("TourStrip"):
            self._watch.stop()
            self.query("TourStrip").remove()
            self.tell(_("The tour is over; hubtui --tour shows it again"))
        else:
            super().action_back()

    def _look(self) -> None:
        is_open = isinstance(self.app.screen, KeysDialog)
        self.seen_keys = self.seen_keys or (self._keys_open and not is_open)
        self._keys_open = is_open
        if STEPS[self._step].done(self):
            self._step += 1
            self._show_step()

    def _show_step(self) -> None:
        keys = {name: key_of(action) for name, action in _KEYS.items()}
        self.query_one(TourStrip).say(self._step + 1, _(STEPS[self._step].text).format(**keys))


def _searched(screen: TourScreen) -> bool:
    from hubtui.search.parser import set_filter  # after the first paint

    words = set_filter(screen.session.query, "city", None).strip()
    return bool(words) and not isinstance(screen.focused, Input)


_KEYS = {
    "down": "list.down",
    "enter": "list.enter",
    "next": "hit.next",
    "previous": "hit.previous",
    "copy": "passage.copy",
    "search": "search.focus",
    "done": "search.done",
    "read": "passages.enter",
    "help": "help",
    "palette": "palette",
    "quit": "quit",
    "close": "dialog.close",
}

STEPS = (
    TourStep(
        N_("Five sources about Chinese cities. You are in Cities: press {down} until you are at Harbin."),
        lambda screen: screen.session.counts is not None and screen.session.counts.place_id == HARBIN,
    ),
    TourStep(
        N_("These are all passages that mention Harbin, in both languages. Press {enter} to go to them."),
        lambda screen: screen.panes.pane == "passages",
    ),
    TourStep(
        N_("{next} goes to the next passage, {previous} back, and the source beside follows. Look at three."),
        lambda screen: screen.results.passages.cursor >= 2,
    ),
    TourStep(
        N_("{copy} copies the passage with its citation, over ssh too. Try it."),
        lambda screen: screen.copying.count > 0,
    ),
    TourStep(
        N_("Now search among them: press {search}, type cloud, and go to what is found with {done}."),
        _searched,
    ),
    TourStep(
        N_("The words are lit up, also in the other language. {read} reads on in the source."),
        lambda screen: screen.panes.pane == "reader",
    ),
    TourStep(
        N_("{help} lists all keys, and finds one by what it does. Look at it, and close it with {close}."),
        lambda screen: screen.seen_keys,
    ),
    TourStep(
        N_(
            "That is nearly all. {palette} finds every command by its name; hubtui FOLDER opens your own"
            " sources; {quit} quits."
        ),
        lambda _screen: False,
    ),
)
