"""The registry of everything that a key can do.

Bindings, the footer, the list of keys, the command palette and the documentation are all made from
:data:`ACTIONS`, so they cannot disagree. An action's id is its binding's id, and its name in ``[keys]`` of
``config.toml``; :mod:`hubtui.core.keymap` resolves the keys in effect.
"""

from dataclasses import dataclass
from enum import Enum

from hubtui.core.i18n import N_


class Where(Enum):
    """The part of the screen an action's keys work in; the value is its name on screen."""

    ANYWHERE = N_("Anywhere")
    SEARCH = N_("Search")
    LISTS = N_("Sources and Cities")
    PASSAGES = N_("Passages")
    READER = N_("Reader")
    FIND = N_("Find in the source")
    HEADINGS = N_("Headings")
    LINK = N_("Open in a browser")
    DIALOGS = N_("Dialogs")
    REJECTION = N_("Not this city")
    COPYING = N_("Copy as")
    SEARCHES = N_("Saved searches")
    SETTINGS = N_("Settings")
    CONTEXT = N_("Words in context")
    COMPARISON = N_("Compare")
    COMPANION = N_("Compare with")
    CLIPPINGS = N_("Clippings")
    FILTER = N_("Filter of clippings")
    ANNOTATION = N_("Note and tags")
    EXPORT = N_("Export of clippings")


MODAL = frozenset(
    {
        Where.DIALOGS,
        Where.REJECTION,
        Where.COPYING,
        Where.HEADINGS,
        Where.LINK,
        Where.SETTINGS,
        Where.CONTEXT,
        Where.COMPARISON,
        Where.COMPANION,
        Where.SEARCHES,
        Where.CLIPPINGS,
        Where.FILTER,
        Where.ANNOTATION,
        Where.EXPORT,
    }
)
"""What lies over the main screen, where the keys for anywhere do not work."""

TEXT_ENTRY = frozenset(
    {
        Where.SEARCH,
        Where.FIND,
        Where.HEADINGS,
        Where.COMPANION,
        Where.SEARCHES,
        Where.FILTER,
        Where.ANNOTATION,
        Where.EXPORT,
    }
)
"""Where text is typed: a key that types a character is text there, and no action."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something the user can do.

    Attributes:
        id: What settings and bindings call it.
        keys: The keys, in Textual's spelling (``down``, ``shift+tab``, ``?``), the first shown first.
        call: The Textual action that does it.
        where: Where the keys work.
        label: What it does, for the list of keys and the palette; marked with ``N_``.
        hint: What the footer says, marked with ``N_``; ``""`` keeps it out of the footer.
        command: Whether the command palette offers it.
    """

    id: str
    keys: tuple[str, ...]
    call: str
    where: Where
    label: str
    hint: str = ""
    command: bool = False


def movement(prefix: str, where: Where, labels: tuple[str, str, str, str]) -> tuple[Action, ...]:
    """Return the actions that move in a list, labelled for next, previous, first and last."""
    following, previous, first, last = labels
    return (
        Action(f"{prefix}.down", ("j", "down"), "move(1)", where, following),
        Action(f"{prefix}.up", ("k", "up"), "move(-1)", where, previous),
        Action(f"{prefix}.page-down", ("pagedown", "ctrl+d"), "page(1)", where, N_("A page on")),
        Action(f"{prefix}.page-up", ("pageup", "ctrl+u"), "page(-1)", where, N_("A page back")),
        Action(f"{prefix}.first", ("g", "home"), "edge(False)", where, first),
        Action(f"{prefix}.last", ("G", "end"), "edge(True)", where, last),
    )


def _command(id_: str, keys: tuple[str, ...], call: str, label: str, hint: str = "") -> Action:
    """Return an action that works anywhere on the main screen and is offered by the command palette."""
    return Action(id_, keys, call, Where.ANYWHERE, label, hint, command=True)


ANYWHERE: tuple[Action, ...] = (
    _command("search.focus", ("/",), "screen.focus_search", N_("Search"), N_("search")),
    _command(
        "passage.copy",
        ("y",),
        "screen.copy_passage",
        N_("Copy the passage with its citation"),
        N_("copy with citation"),
    ),
    _command("passage.copy-as", ("Y",), "screen.copy_as", N_("Copy in another format or citation style")),
    _command("passage.mark", ("m",), "screen.mark_passage", N_("Mark the passage, to copy several at once")),
    _command("passage.unmark", ("M",), "screen.unmark_all", N_("Take all marks away")),
    _command("clipping.keep", ("c",), "screen.clip", N_("Keep the passage as a clipping"), N_("keep")),
    _command("clipping.show", ("C",), "screen.show_clippings", N_("Clippings")),
    _command("hit.next", ("n",), "screen.step_hit(1)", N_("Next match"), N_("next match")),
    _command("hit.previous", ("N",), "screen.step_hit(-1)", N_("Previous match")),
    Action("palette", ("ctrl+p",), "app.command_palette", Where.ANYWHERE, N_("Commands")),
    _command("quit", ("q", "ctrl+q"), "app.quit", N_("Quit"), N_("quit")),
    Action(
        "copy-or-quit",
        ("ctrl+c",),
        "app.copy_or_quit",
        Where.ANYWHERE,
        N_("Copy what is selected; else empty the search, and quit the second time"),
    ),
    _command("resume", ("R",), "screen.resume", N_("Go back to where you were last time")),
    Action("suspend", ("ctrl+z",), "app.suspend_process", Where.ANYWHERE, N_("Suspend; fg brings it back")),
    _command("settings", (",",), "app.show_settings", N_("Settings: theme, language, citation style…")),
    Action("pane.next", ("tab",), "screen.step_pane(1)", Where.ANYWHERE, N_("Next pane"), N_("pane")),
    Action("pane.previous", ("shift+tab",), "screen.step_pane(-1)", Where.ANYWHERE, N_("Previous pane")),
    Action("pane.right", ("l", "right"), "screen.step_column(1)", Where.ANYWHERE, N_("Column to the right")),
    Action("pane.left", ("h", "left"), "screen.step_column(-1)", Where.ANYWHERE, N_("Column to the left")),
    Action("back", ("escape",), "screen.back", Where.ANYWHERE, N_("Back one step"), N_("back")),
    _command(
        "mention.reject", ("x",), "screen.reject_mention", N_("Say that a name does not mean the chosen city")
    ),
    _command("undo", ("u",), "screen.undo", N_("Take back what was kept or rejected")),
    _command("library.sync", ("r",), "screen.sync", N_("Look for new and changed sources")),
    _command("library.problems", ("!",), "screen.show_problems", N_("List the files that could not be read")),
    _command(
        "view.context",
        ("w",),
        "screen.words_in_context",
        N_("Words in context: every match on a line"),
        N_("in context"),
    ),
    _command(
        "view.compare", ("v",), "screen.compare", N_("Compare with another city or query"), N_("compare")
    ),
    _command("mention.next", ("]",), "screen.step_mention(1)", N_("Next mention of the chosen city")),
    _command(
        "mention.previous", ("[",), "screen.step_mention(-1)", N_("Previous mention of the chosen city")
    ),
    _command("source.find", ("f",), "screen.find_in_source", N_("Find in the source")),
    _command("source.headings", ("t",), "screen.show_headings", N_("Headings of the source")),
    _command("source.edit", ("e",), "screen.edit_source", N_("Open the file in your editor")),
    _command("source.browse", ("o",), "screen.open_url", N_("Open the address in the browser")),
    _command(
        "passage.about",
        ("i",),
        "screen.show_about",
        N_("About the source, the city, or the passage and why it is a hit"),
        N_("about"),
    ),
    _command(
        "searches", ("S",), "screen.show_searches", N_("Saved searches: save the query, or ask one again")
    ),
    _command("query.back", ("<", "alt+left"), "screen.step_query(-1)", N_("The query before this one")),
    _command("query.forward", (">", "alt+right"), "screen.step_query(1)", N_("The query after this one")),
    _command(
        "suggestion.take",
        ("a",),
        "screen.take_proposal",
        N_("Take the query that is proposed above the passages"),
    ),
    _command("help", ("?",), "screen.show_keys", N_("Keys"), N_("keys")),
)

PANES: tuple[Action, ...] = (
    Action("search.done", ("enter",), "leave", Where.SEARCH, N_("To the passages"), N_("passages")),
    Action("search.take", ("tab",), "take", Where.SEARCH, N_("Take what is offered, while something is")),
    Action("search.take-at-end", ("right",), "take_at_end", Where.SEARCH, N_("Take it, at the query's end")),
    Action(
        "search.newer", ("down",), "newer", Where.SEARCH, N_("Next offer; a newer query; to the passages")
    ),
    Action("search.older", ("up",), "older", Where.SEARCH, N_("Previous offer; an older query"), N_("older")),
    *movement(
        "list",
        Where.LISTS,
        (
            N_("Next source or city"),
            N_("Previous source or city"),
            N_("First source or city"),
            N_("Last source or city"),
        ),
    ),
    Action("list.choose", ("space",), "choose", Where.LISTS, N_("Choose it, or let it go again")),
    Action("list.enter", ("enter",), "enter", Where.LISTS, N_("To its passages"), N_("passages")),
    Action("list.sort", ("s",), "sort", Where.LISTS, N_("Sort the list in another way"), N_("sort")),
    Action(
        "list.direct",
        ("d",),
        "screen.toggle_direct",
        Where.LISTS,
        N_("Count only direct mentions, or also places that lie in a city"),
    ),
    *movement(
        "passages",
        Where.PASSAGES,
        (N_("Next passage"), N_("Previous passage"), N_("First passage"), N_("Last passage")),
    ),
    Action("passages.enter", ("enter",), "enter", Where.PASSAGES, N_("Read on in its source"), N_("read")),
    Action("reader.down", ("j", "down"), "move(1)", Where.READER, N_("Next passage")),
    Action("reader.up", ("k", "up"), "move(-1)", Where.READER, N_("Previous passage")),
    Action("reader.page-down", ("space", "pagedown", "ctrl+d"), "page(1)", Where.READER, N_("A page on")),
    Action("reader.page-up", ("b", "pageup", "ctrl+u"), "page(-1)", Where.READER, N_("A page back")),
    Action("reader.first", ("g", "home"), "edge(False)", Where.READER, N_("Start of the source")),
    Action("reader.last", ("G", "end"), "edge(True)", Where.READER, N_("End of the source")),
    Action(
        "reader.step-found", ("enter",), "screen.step_found(1)", Where.READER, N_("Next place that was found")
    ),
    Action("find.accept", ("enter",), "screen.accept_find", Where.FIND, N_("Read on there"), N_("read on")),
    Action("find.next", ("down",), "screen.step_found(1)", Where.FIND, N_("Next place"), N_("next")),
    Action(
        "find.previous", ("up",), "screen.step_found(-1)", Where.FIND, N_("Previous place"), N_("previous")
    ),
)

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

SCREENS: tuple[Action, ...] = (
    Action("context.next", ("n",), "move(1)", Where.CONTEXT, N_("Next match")),
    Action("context.previous", ("N",), "move(-1)", Where.CONTEXT, N_("Previous match")),
    *movement(
        "context", Where.CONTEXT, (N_("Next line"), N_("Previous line"), N_("First line"), N_("Last line"))
    ),
    Action(
        "context.enter",
        ("enter",),
        "enter",
        Where.CONTEXT,
        N_("Read it in its source; add a word to the query"),
        N_("read"),
    ),
    Action(
        "context.sort", ("s",), "sort", Where.CONTEXT, N_("Sort by source, before, behind, date"), N_("sort")
    ),
    Action(
        "context.near",
        ("tab",),
        "near",
        Where.CONTEXT,
        N_("To the words near the matches, and back"),
        N_("words near"),
    ),
    Action(
        "context.copy",
        ("y",),
        "copy",
        Where.CONTEXT,
        N_("Copy the passage with its citation"),
        N_("copy with citation"),
    ),
    Action("context.search", ("/",), "search", Where.CONTEXT, N_("Search"), N_("search")),
    Action("context.keys", ("?",), "keys", Where.CONTEXT, N_("Keys"), N_("keys")),
    Action("context.back", ("escape", "w", "q"), "back", Where.CONTEXT, N_("Back one step"), N_("back")),
    *movement(
        "compare", Where.COMPARISON, (N_("Next row"), N_("Previous row"), N_("First row"), N_("Last row"))
    ),
    Action(
        "compare.right",
        ("l", "right"),
        "step(1)",
        Where.COMPARISON,
        N_("Column to the right"),
        N_("next column"),
    ),
    Action("compare.left", ("h", "left"), "step(-1)", Where.COMPARISON, N_("Column to the left")),
    Action(
        "compare.enter",
        ("enter",),
        "enter",
        Where.COMPARISON,
        N_("Read it in its source; search for the word or city"),
        N_("read"),
    ),
    Action(
        "compare.turn",
        ("tab",),
        "turn(1)",
        Where.COMPARISON,
        N_("Passages, words, cities"),
        N_("words, cities"),
    ),
    Action("compare.turn-back", ("shift+tab",), "turn(-1)", Where.COMPARISON, N_("Cities, words, passages")),
    Action("compare.add", ("a", "v"), "add", Where.COMPARISON, N_("Compare with one more"), N_("one more")),
    Action("compare.remove", ("x",), "remove", Where.COMPARISON, N_("Take the column out")),
    Action(
        "compare.copy",
        ("y",),
        "copy",
        Where.COMPARISON,
        N_("Copy the passage with its citation"),
        N_("copy with citation"),
    ),
    Action("compare.search", ("/",), "search", Where.COMPARISON, N_("Search"), N_("search")),
    Action("compare.keys", ("?",), "keys", Where.COMPARISON, N_("Keys"), N_("keys")),
    Action("compare.back", ("escape", "q"), "back", Where.COMPARISON, N_("Back"), N_("back")),
    *movement(
        "clippings",
        Where.CLIPPINGS,
        (N_("Next clipping"), N_("Previous clipping"), N_("First clipping"), N_("Last clipping")),
    ),
    Action("clippings.enter", ("enter",), "enter", Where.CLIPPINGS, N_("Read it in its source"), N_("read")),
    Action("clippings.filter", ("/",), "search", Where.CLIPPINGS, N_("Filter the list"), N_("filter")),
    Action(
        "clippings.sort", ("s",), "sort", Where.CLIPPINGS, N_("Order by time, source, city, tag"), N_("order")
    ),
    Action("clippings.note", ("a",), "annotate", Where.CLIPPINGS, N_("Write a note"), N_("note")),
    Action("clippings.tags", ("t",), "tag", Where.CLIPPINGS, N_("Change the tags"), N_("tags")),
    Action("clippings.copy", ("y",), "copy", Where.CLIPPINGS, N_("Copy it with its citation"), N_("copy")),
    Action("clippings.export", ("E",), "export", Where.CLIPPINGS, N_("Export the listed ones"), N_("export")),
    Action("clippings.remove", ("x", "delete"), "remove", Where.CLIPPINGS, N_("Remove it"), N_("remove")),
    Action("clippings.undo", ("u",), "undo", Where.CLIPPINGS, N_("Take back what was done last")),
    Action(
        "clippings.scroll-down", ("space",), "scroll_detail(1)", Where.CLIPPINGS, N_("Scroll its text down")
    ),
    Action("clippings.scroll-up", ("b",), "scroll_detail(-1)", Where.CLIPPINGS, N_("Scroll its text up")),
    Action("clippings.problems", ("!",), "problems", Where.CLIPPINGS, N_("What is wrong with the file")),
    Action("clippings.keys", ("?",), "keys", Where.CLIPPINGS, N_("Keys"), N_("keys")),
    Action("clippings.back", ("escape", "q", "C"), "back", Where.CLIPPINGS, N_("Back"), N_("back")),
    Action(
        "filter.done", ("enter", "down"), "leave(False)", Where.FILTER, N_("To the list"), N_("to the list")
    ),
    Action(
        "filter.clear", ("escape",), "leave(True)", Where.FILTER, N_("Empty the filter"), N_("all of them")
    ),
    Action("annotation.save", ("enter",), "save", Where.ANNOTATION, N_("Keep it")),
    Action("annotation.line", ("ctrl+j",), "break_line", Where.ANNOTATION, N_("Begin a new line")),
    Action("annotation.cancel", ("escape",), "cancel", Where.ANNOTATION, N_("Change nothing")),
    Action("export.down", ("down",), "move(1)", Where.EXPORT, N_("Next format or way to divide")),
    Action("export.up", ("up",), "move(-1)", Where.EXPORT, N_("Previous format or way to divide")),
    Action("export.next", ("tab",), "next_field", Where.EXPORT, N_("Next field")),
    Action("export.previous", ("shift+tab",), "previous_field", Where.EXPORT, N_("Previous field")),
    Action("export.take", ("enter",), "take", Where.EXPORT, N_("Export")),
    Action("export.cancel", ("escape",), "cancel", Where.EXPORT, N_("Close")),
)

__all__ = ["ACTIONS", "MODAL", "TEXT_ENTRY", "Action", "Where", "actions_of"]

ACTIONS = (*ANYWHERE, *PANES, *DIALOGS, *SCREENS)
"""All actions, in the order in which they are listed."""


def actions_of(where: Where) -> list[Action]:
    """Return the actions whose keys work in ``where`` (without those that work anywhere)."""
    return [action for action in ACTIONS if action.where is where]
