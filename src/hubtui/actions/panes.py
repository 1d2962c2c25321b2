"""What keys do in one part of the main screen."""

from hubtui.actions.action import Action, Where, movement
from hubtui.i18n import N_

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
