"""The lines of a PDF's page, and among them the rows of tables, whose cells may be wrapped."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from hubtui.ingest.paragraphs import join_lines

_MOST_LINES = 8
"""Lines of a cell; more are a column of prose."""
_LEADING = 0.55
"""How far apart two lines of one cell are at most, in heights of a line."""
_CLOSER = 0.85
"""How much nearer than a new row a line is that goes on with the cells above it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or a segment of one; lengths in points, from the page's lower left corner.

    Attributes:
        text: What it says.
        page: From 1.
        edge: The right edge of its column.
        indented: Whether ideographic spaces begin it, as they do a Chinese paragraph.
        cells: What the cells say where it is a row of a table.
    """

    text: str
    page: int
    left: float
    right: float
    bottom: float
    top: float
    edge: float = 0.0
    indented: bool = False
    cells: tuple[str, ...] = ()

    @property
    def height(self) -> float:
        """Return the height of its type."""
        return self.top - self.bottom


@dataclass(slots=True)
class _Cell:
    """Segments that were drawn one after the other, each right below the one before."""

    lines: list[Line]

    @property
    def left(self) -> float:
        return min(line.left for line in self.lines)

    @property
    def right(self) -> float:
        return max(line.right for line in self.lines)

    @property
    def text(self) -> str:
        return join_lines([line.text for line in self.lines])


Part = tuple[bool, list[Line]]
"""Whether these lines are the rows of a table, and they."""


def divide(segments: Sequence[Line]) -> Iterator[Part]:
    """Yield the segments of a page in parts: tables that were drawn cell by cell, and all else as it is.

    Tables without a wrapped cell are left to be told by their heights.
    """
    rest: list[Line] = []
    for group in _tables(list(_cells(segments))):
        if _is_table(group):
            if rest:
                yield False, rest
            rest = []
            yield True, _read_table(group)
        else:
            rest += [line for row in group for cell in row for line in cell.lines]
    if rest:
        yield False, rest


def _cells(segments: Sequence[Line]) -> Iterator[_Cell]:
    lines: list[Line] = []
    for line in segments:
        if lines and not _is_below(lines[-1], line):
            yield _Cell(lines)
            lines = []
        lines.append(line)
    if lines:
        yield _Cell(lines)


def _is_below(above: Line, line: Line) -> bool:
    """Whether a line goes on right below another, with the same left edge, right edge or middle."""
    near = 0.5 * line.height
    aside = (
        line.left - above.left,
        line.right - above.right,
        (line.left + line.right - above.left - above.right) / 2,
    )
    gap = above.bottom - line.top
    return -near <= gap <= _LEADING * line.height and min(map(abs, aside)) < near


def _tables(cells: Sequence[_Cell]) -> Iterator[list[list[_Cell]]]:
    """Yield rows of cells that stand right below each other; a row of one cell by itself."""
    group: list[list[_Cell]] = []
    for row in _rows(cells):
        if group and len(row) == 1 and (above := _above(row[0], group[-1])):
            above.lines += row[0].lines
            continue
        below = bool(group) and _bottom(group[-1]) - _top(row) < 2.5 * row[0].lines[0].height
        if group and not (below and len(row) > 1 and len(group[-1]) > 1 and _top(row) < _middle(group[-1])):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _above(cell: _Cell, row: Sequence[_Cell]) -> _Cell | None:
    """Return the cell of a row, but the first, that a line goes on which was drawn after the row."""
    return next((above for above in row[1:] if _is_below(above.lines[-1], cell.lines[0])), None)


def _rows(cells: Sequence[_Cell]) -> Iterator[list[_Cell]]:
    row: list[_Cell] = []
    top = bottom = 0.0
    for cell in cells:
        high, low = _top([cell]), _bottom([cell])
        if row and not (cell.left > row[-1].right and high > bottom and top > low):
            yield row
            row = []
        top, bottom = (max(top, high), min(bottom, low)) if row else (high, low)
        row.append(cell)
    if row:
        yield row


def _top(row: Sequence[_Cell]) -> float:
    return max(line.top for cell in row for line in cell.lines)


def _bottom(row: Sequence[_Cell]) -> float:
    return min(line.bottom for cell in row for line in cell.lines)


def _middle(row: Sequence[_Cell]) -> float:
    return (_top(row) + _bottom(row)) / 2


def _is_table(rows: Sequence[Sequence[_Cell]]) -> bool:
    """Whether rows are those of a table with wrapped cells: two or more, and no column of prose."""
    lengths = [[len(cell.lines) for cell in row] for row in rows]
    return (
        len(rows) > 1
        and any(length > 1 for row in lengths for length in row)
        and all(max(row) <= _MOST_LINES and min(row) <= 2 for row in lengths)
        and all(len(set(_places(row, _starts(rows)))) == len(row) for row in rows)
    )


def _starts(rows: Sequence[Sequence[_Cell]]) -> list[float]:
    return [cell.left for cell in max(rows, key=len)]


def _places(row: Sequence[_Cell | Line], starts: Sequence[float]) -> list[int]:
    """Return in which column each cell of a row stands."""
    return [_nearest(starts, cell.left) for cell in row]


def _nearest(starts: Sequence[float], left: float) -> int:
    right = bisect_left(starts, left)
    near = range(max(0, right - 1), min(right + 1, len(starts)))
    return min(near, key=lambda n: abs(starts[n] - left))


def _read_table(rows: Sequence[Sequence[_Cell]]) -> list[Line]:
    starts = _starts(rows)
    return [
        _row(
            [(at, cell.text) for at, cell in zip(_places(row, starts), row, strict=True)],
            len(starts),
            [line for cell in row for line in cell.lines],
        )
        for row in rows
    ]


def _row(placed: Sequence[tuple[int, str]], columns: int, lines: Sequence[Line]) -> Line:
    cells = [""] * columns
    for at, text in placed:
        cells[at] = f"{cells[at]} {text}".strip()
    right = max(line.right for line in lines)
    return replace(lines[0], text=" ".join(filter(None, cells)), right=right, edge=right, cells=tuple(cells))


def join_wrapped(block: Sequence[Sequence[Line]]) -> list[Line]:
    """Return the rows of a table that was drawn line by line: a line nearer than a row goes on with one."""
    starts = [line.left for line in max(block, key=len)]
    pitches = [above[0].top - row[0].top for above, row in pairwise(block)]
    full = [pitch for pitch, row in zip(pitches, block[1:], strict=True) if len(row) == len(starts)]
    rows: list[list[list[Line]]] = []
    for pitch, row in zip([0.0, *pitches], block, strict=True):
        goes_on = rows and full and len(row) < len(starts) and pitch < _CLOSER * median(full)
        if not goes_on:
            rows.append([[] for _ in starts])
        for at, line in zip(_places(row, starts), row, strict=True):
            rows[-1][at].append(line)
    return [
        _row(
            [(at, join_lines([line.text for line in lines])) for at, lines in enumerate(row) if lines],
            len(starts),
            [line for lines in row for line in lines],
        )
        for row in rows
    ]
