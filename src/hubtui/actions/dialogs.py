"""What keys do in what opens over a screen for a moment."""

from hubtui.actions.action import Action, Where
from hubtui.i18n import N_

DIALOGS: tuple[Action, ...] = (
    Action("dialog.down", ("j", "down"), "turn(1)", Where.DIALOGS, N_("Scroll down")),
    Action("dialog.up", ("k", "up"), "turn(-1)", Where.DIALOGS, N_("Scroll up")),
    Action("dialog.copy", ("y",), "copy", Where.DIALOGS, N_("Copy what it says")),
    Action("dialog.close", ("escape", "enter", "q"), "close", Where.DIALOGS, N_("Close")),
    Action("settings.down", ("j", "down"), "move(1)", Where.SETTINGS, N_("Next setting")),
    Action("settings.up", ("k", "up"), "move(-1)", Where.SETTINGS, N_("Previous setting")),
    Action("settings.next", ("right", "l", "space", "enter"), "turn(1)", Where.SETTINGS, N_("Next value")),
    Action("settings.previous", ("left", "h"), "turn(-1)", Where.SETTINGS, N_("Previous value")),
    Action("settings.close", ("escape", "q"), "close", Where.SETTINGS, N_("Close")),
    Action("reject.this", ("p",), "choose('this')", Where.REJECTION, N_("In this passage")),
    Action(
        "reject.source", ("s",), "choose('source')", Where.REJECTION, N_("Wherever this source has the name")
    ),
    Action("reject.library", ("l",), "choose('library')", Where.REJECTION, N_("In the whole library")),
    Action("reject.cancel", ("escape", "q"), "choose('')", Where.REJECTION, N_("Change nothing")),
    Action("heading.down", ("down",), "move(1)", Where.HEADINGS, N_("Next heading")),
    Action("heading.up", ("up",), "move(-1)", Where.HEADINGS, N_("Previous heading")),
    Action("heading.page-down", ("pagedown",), "page(1)", Where.HEADINGS, N_("A page on")),
    Action("heading.page-up", ("pageup",), "page(-1)", Where.HEADINGS, N_("A page back")),
    Action("heading.choose", ("enter",), "choose", Where.HEADINGS, N_("Go there")),
    Action("heading.close", ("escape",), "close", Where.HEADINGS, N_("Close")),
    Action("link.copy", ("enter", "y"), "choose(True)", Where.LINK, N_("Copy the address")),
    Action("link.close", ("escape", "q"), "choose(False)", Where.LINK, N_("Close")),
    Action("searches.down", ("down",), "move(1)", Where.SEARCHES, N_("Next search")),
    Action("searches.up", ("up",), "move(-1)", Where.SEARCHES, N_("Previous search")),
    Action(
        "searches.choose", ("enter",), "choose", Where.SEARCHES, N_("Save the query, or ask the saved one")
    ),
    Action(
        "searches.delete", ("delete",), "delete", Where.SEARCHES, N_("Take the search out, the second time")
    ),
    Action("searches.close", ("escape",), "close", Where.SEARCHES, N_("Close")),
    Action("copy.down", ("j", "down"), "move(1)", Where.COPYING, N_("Next format or style")),
    Action("copy.up", ("k", "up"), "move(-1)", Where.COPYING, N_("Previous format or style")),
    Action(
        "copy.page-down", ("pagedown", "space"), "scroll(1)", Where.COPYING, N_("Scroll the preview down")
    ),
    Action("copy.page-up", ("pageup", "b"), "scroll(-1)", Where.COPYING, N_("Scroll the preview up")),
    Action(
        "copy.other",
        ("tab", "shift+tab", "l", "h", "right", "left"),
        "switch",
        Where.COPYING,
        N_("To the other list"),
    ),
    Action("copy.take", ("enter", "y"), "take", Where.COPYING, N_("Copy")),
    Action("copy.keep", ("d",), "keep", Where.COPYING, N_("Keep it as the default")),
    Action("copy.cancel", ("escape", "q"), "cancel", Where.COPYING, N_("Copy nothing")),
    Action("companion.down", ("down", "ctrl+n"), "move(1)", Where.COMPANION, N_("Next city")),
    Action("companion.up", ("up",), "move(-1)", Where.COMPANION, N_("Previous city")),
    Action("companion.take", ("enter",), "take", Where.COMPANION, N_("Compare with it")),
    Action("companion.close", ("escape",), "close", Where.COMPANION, N_("Close")),
)
