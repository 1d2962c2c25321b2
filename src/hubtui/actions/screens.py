"""What keys do on the screens beside the main one: words in context, comparison, clippings."""

from hubtui.actions.action import Action, Where, movement
from hubtui.i18n import N_

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
