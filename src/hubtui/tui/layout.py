"""Decide which panes are on screen, by its size and by where the user is."""

from enum import StrEnum

from hubtui.tui.bindings import Where

PANES = ("sources", "cities", "passages", "reader")
"""The panes by their widgets' ids, from left to right."""

COLUMNS = (("sources", "cities"), ("passages",), ("reader",))

KEYS_OF = {
    "sources": Where.LISTS,
    "cities": Where.LISTS,
    "passages": Where.PASSAGES,
    "reader": Where.READER,
    "find": Where.FIND,
}
"""What the keys of a pane, or of a line in it, are listed as."""

WIDE, MEDIUM = 110, 72
"""Cells from which there are three columns, and two."""

LEAST_WIDTH, LEAST_HEIGHT = 48, 14
"""Below this size there is no room to read."""

TALL = 30
"""Lines from which the search line gets a frame."""


class Shape(StrEnum):
    """How the panes are arranged; the value is the screen's style class."""

    TINY = "-tiny"
    NARROW = "-narrow"
    MEDIUM = "-medium"
    WIDE = "-wide"


def shape_of(width: int, height: int) -> Shape:
    """Return the arrangement for a terminal of this size, in cells."""
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        return Shape.TINY
    if width >= WIDE:
        return Shape.WIDE
    return Shape.MEDIUM if width >= MEDIUM else Shape.NARROW


def visible_panes(shape: Shape, pane: str) -> tuple[str, ...]:
    """Return the panes to show while the user is in ``pane``.

    Two columns slide with the user: lists and passages, then passages and reader.
    """
    match shape:
        case Shape.TINY:
            return ()
        case Shape.WIDE:
            return PANES
        case Shape.MEDIUM:
            return PANES[:3] if pane in COLUMNS[0] else PANES[2:]
        case Shape.NARROW:
            return (pane,)


def column_beside(pane: str, step: int) -> tuple[str, ...]:
    """Return the column ``step`` to the right of the one ``pane`` is in, or that one at the edge."""
    here = next(index for index, column in enumerate(COLUMNS) if pane in column)
    return COLUMNS[max(0, min(here + step, len(COLUMNS) - 1))]
