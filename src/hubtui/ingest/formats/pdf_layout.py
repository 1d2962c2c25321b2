"""Put the characters of a PDF's pages into lines in reading order.

Characters make segments, which stand on one line without a wide gap; segments that follow each other on one
height make rows. Rows in which the same gap returns are columns of prose, which are read one after the other,
or a table, whose rows stay together.
"""

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from ctypes import byref, c_float
from dataclasses import replace
from itertools import groupby, pairwise
from statistics import median
from typing import Any, NamedTuple

from hubtui.ingest.formats.pdf_tables import Line, divide, join_wrapped
from hubtui.ingest.paragraphs import HYPHEN, cell_count, join_spaced
from hubtui.text.analyzer import normalise

_GAP = 1.6
"""How wide a gap between segments is at least, in heights of a character."""
_SPACE = 0.15
"""How wide a space between words is at least, in heights of a character."""
_MOST_BESIDE = 60
"""Segments on one height with which a further one is compared, the last that were drawn."""
_MOST_LINES = 500
"""Lines of a page up to which a watermark is looked for: each is compared with all."""
_SAME = 0.12
"""How near to each other two drawings of one character are taken for one, in heights."""
_TILTED = 0.05
"""The angle in radians from which text does not run along the lines of its page."""
_PICTURE = 0.03
"""The share of a page that a picture covers which may show text."""
_MOST_OBJECTS = 5000
"""Objects of a page among which pictures are looked for."""
_NUMBER = re.compile(r"\d{1,4}")
_BEGUN = re.compile(r"(\d{1,4}) (?=\S)")
_NUMBERED = re.compile(r"^\d{1,4}\s|\s\d{1,4}$")
_PAGE = re.compile(r"[\d\s\-–—/|·.第页共]+|page \d+(?: of \d+)?|[ivxlc]{1,6}", re.IGNORECASE)
_LEADERS = re.compile(r"(?:\.\s?|…\s?|·\s?){6}\s*[\divxlc]{0,6}$")
_MARKER = re.compile(
    r"[•●○▪■◆·‣*–—-]|[(（]?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)）、]|[（(][一二三四五六七八九十]{1,3}[)）]"
)
"""What begins an item of a list, at some distance from its text."""


_Place = tuple[str, int]
"""What a line says, whatever its numbers, and how high it stands."""


class _Char(NamedTuple):
    text: str
    left: float
    bottom: float
    right: float
    top: float


def page_lines(page: Any, number: int) -> list[Line]:  # noqa: ANN401  # pypdfium2 is not typed
    """Return the lines of a page in reading order, without text that runs across it, such as a watermark."""
    segments = [line for run in _runs(_characters(page)) if (line := _segment(run, number))]
    return read_segments(_without_doubles(segments))


def read_segments(segments: list[Line]) -> list[Line]:
    """Return the lines that segments make, in reading order: columns one after the other, tables by rows."""
    segments = _without_line_numbers(segments)
    return [line for is_table, part in divide(segments) for line in (part if is_table else _in_order(part))]


def _in_order(segments: Sequence[Line]) -> list[Line]:
    rows = [list(row) for row in _rows(segments)]
    return [line for block in _aligned(rows) for line in _read_block(block)]


def count_pictures(page: Any) -> int:  # noqa: ANN401
    """Return how many pictures a page shows that are large enough to show text, unlike logos and rules."""
    from pypdfium2 import raw  # deferred: an extra that only PDF needs

    least = _PICTURE * page.get_width() * page.get_height()
    edges = [c_float() for _edge in range(4)]
    found = 0
    for n in range(min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        shown = raw.FPDFPage_GetObject(page, n)
        if raw.FPDFPageObj_GetType(shown) == raw.FPDF_PAGEOBJ_IMAGE:
            known = raw.FPDFPageObj_GetBounds(shown, *map(byref, edges))
            left, bottom, right, top = (edge.value for edge in edges)
            found += bool(known) and (right - left) * (top - bottom) >= least
    return found


def _characters(page: Any) -> list[_Char | None]:  # noqa: ANN401
    """Return the characters in the order of the page's content, ``None`` where a line ends."""
    from pypdfium2 import raw  # deferred: an extra that only PDF needs

    text = page.get_textpage()
    try:
        found: list[tuple[float, _Char] | None] = []
        box = raw.FS_RECTF()
        for n in range(text.count_chars()):
            code = raw.FPDFText_GetUnicode(text, n)
            if code in (10, 13) or not raw.FPDFText_GetLooseCharBox(text, n, byref(box)):
                found.append(None)
                continue
            sign = HYPHEN if code in (2, 0xAD, 0xFFFE) else chr(code) if code <= 0x10FFFF else ""
            angle = raw.FPDFText_GetCharAngle(text, n)
            found.append((angle, _Char(sign, box.left, box.bottom, box.right, box.top)))
    finally:
        text.close()
        page.close()
    return _upright(found)


def _upright(found: Sequence[tuple[float, _Char] | None]) -> list[_Char | None]:
    """Leave out what does not run as most of the page does, and turn a page that lies on its side."""
    angles = Counter(round(item[0], 1) for item in found if item is not None and not item[1].text.isspace())
    if not angles:
        return []
    main = angles.most_common(1)[0][0]
    quarters = round(main / (math.pi / 2)) % 4
    kept: list[_Char | None] = []
    for item in found:
        if item is None:
            kept.append(None)
        elif abs(item[0] - main) <= _TILTED + 0.05 or item[1].text.isspace():
            kept.append(_turned(item[1], quarters))
    return kept


def _turned(char: _Char, quarters: int) -> _Char:
    if quarters == 0:
        return char
    left, bottom, right, top = char.left, char.bottom, char.right, char.top
    if quarters == 2:
        return _Char(char.text, -right, -top, -left, -bottom)
    if quarters == 1:
        return _Char(char.text, bottom, -right, top, -left)
    return _Char(char.text, -top, left, -bottom, right)


def _runs(characters: Sequence[_Char | None]) -> Iterator[list[_Char]]:
    """Yield the characters that stand on one line without a wide gap; one that is drawn twice counts once."""
    run: list[_Char] = []
    for char in characters:
        if char is None:
            if run:
                yield run
            run = []
        elif not run:
            run.append(char)
        elif char[0] == run[-1][0] and _at_one_place(run[-1], char):
            continue
        elif _follows(run[-1], char):
            run.append(char)
        else:
            yield run
            run = [char]
    if run:
        yield run


def _at_one_place(a: _Char, b: _Char) -> bool:
    near = _SAME * max(a.top - a.bottom, 0.1)
    return abs(a.left - b.left) < near and abs(a.bottom - b.bottom) < near


def _without_doubles(segments: Sequence[Line]) -> list[Line]:
    """Leave out what is drawn again where it stands already, for bold type or a shadow."""
    kept: list[Line] = []
    drawn: dict[int, list[Line]] = {}
    for line in segments:
        near = max(_SAME * line.height, 0.1)
        row = round(line.bottom / 2)
        above = [other for n in (row - 1, row, row + 1) for other in drawn.get(n, [])[-_MOST_BESIDE:]]
        if any(
            abs(line.bottom - other.bottom) < near
            and other.left - near < line.left
            and line.right < other.right + near
            and line.text in other.text
            for other in above
        ):
            continue
        drawn.setdefault(row, []).append(line)
        kept.append(line)
    return kept


def _follows(before: _Char, char: _Char) -> bool:
    """Whether a character stands on the line of the one before it, without a wide gap between."""
    text, left, bottom, right, top = before
    if char.left == left and char.right == right:  # two letters that one glyph draws (fi)
        return True
    tall, high = top - bottom, char.top - char.bottom
    if min(top, char.top) - max(bottom, char.bottom) < 0.5 * min(tall, high):
        return char.text == " "  # one that stands for a gap has no height of its own
    height = max(tall, high, 1.0)
    if text == " " and right - left > _GAP * height:
        return False
    return -0.5 * height <= char.left - right < _GAP * height


def _segment(run: Sequence[_Char], number: int) -> Line | None:
    inked = [char for char in run if not char.text.isspace()]
    if not inked:
        return None
    pieces = [run[0].text]
    for before, char in pairwise(run):
        gap = char.left - before.right
        if gap > _SPACE * (char.top - char.bottom) and not (before.text.isspace() or char.text.isspace()):
            pieces.append(" ")
        pieces.append(char.text)
    raw = "".join(pieces)
    text = join_spaced(" ".join(normalise(raw).split()))
    if not text:
        return None
    bottom, top = median(char.bottom for char in inked), median(char.top for char in inked)
    indented = raw.startswith("\u3000")
    return Line(text, number, inked[0].left, max(c.right for c in inked), bottom, top, indented=indented)


def _without_line_numbers(segments: list[Line]) -> list[Line]:
    """Leave out the numbers of lines that stand beside a text, in its margin."""
    segments = _without_begun_numbers(segments)
    numbers = [line for line in segments if _NUMBER.fullmatch(line.text)]
    prose = [line for line in segments if cell_count(line.text) > 20]
    if len(numbers) < 5 or not prose:
        return segments
    left, right = median(line.left for line in prose), median(line.right for line in prose)
    for beside in (
        [line for line in numbers if line.right < left - 1],
        [line for line in numbers if line.left > right + 1],
    ):
        down = [int(line.text) for line in sorted(beside, key=lambda line: -line.top)]
        steps = Counter(b - a for a, b in pairwise(down))
        step, often = steps.most_common(1)[0] if steps else (0, 0)
        if len(down) >= 5 and step in (1, 5, 10) and often >= 0.8 * len(down) - 1:
            numbered = {id(line) for line in beside}
            segments = [line for line in segments if id(line) not in numbered]
    return segments


def _without_begun_numbers(segments: list[Line]) -> list[Line]:
    """Leave out the numbers of lines that stand so near to a text that they begin its lines."""
    prose = sorted((line for line in segments if cell_count(line.text) > 20), key=lambda line: -line.top)
    begun = [int(match[1]) for line in prose if (match := _BEGUN.match(line.text))]
    ones = sum(b - a == 1 for a, b in pairwise(begun))
    if len(begun) < 5 or len(begun) < 0.8 * len(prose) or ones < 0.8 * (len(begun) - 1):
        return segments
    return [replace(line, text=_BEGUN.sub("", line.text, count=1)) for line in segments]


def _rows(segments: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the segments that follow each other on one height, from left to right."""
    row: list[Line] = []
    for line in segments:
        if row and _level(row[-1], line) and _MARKER.fullmatch(row[-1].text) and line.left > row[-1].left:
            row[-1] = _joined([row[-1], line])
            continue
        if row and not (_level(row[-1], line) and line.left > row[-1].left):
            yield row
            row = []
        row.append(line)
    if row:
        yield row


def _level(a: Line, b: Line) -> bool:
    overlap = min(a.top, b.top) - max(a.bottom, b.bottom)
    return overlap > 0.5 * min(a.height, b.height)


def _aligned(rows: list[list[Line]]) -> Iterator[list[list[Line]]]:
    """Yield rows that stand together: those with several segments, with what lies within their columns."""
    block: list[list[Line]] = []
    widest: list[Line] = []  # the first row of the block that has most segments
    for row in rows:
        together = bool(block) and (
            (len(row) > 1) == (len(block[-1]) > 1) or (len(block[0]) > 1 and _lies_within(row, widest))
        )
        if block and not (together and _goes_down(block[-1], row)):
            yield block
            block, widest = [], []
        block.append(row)
        widest = max(widest, row, key=len)
    if block:
        yield block


def _goes_down(above: Sequence[Line], row: Sequence[Line]) -> bool:
    """Whether a row stands right below another; further down something else begins."""
    gap = above[0].bottom - row[0].top
    return -0.5 * row[0].height <= gap < 2.5 * max(above[0].height, row[0].height)


def _lies_within(row: Sequence[Line], widest: Sequence[Line]) -> bool:
    """Whether a single segment lies within one of the columns above it, of which one row has most."""
    if len(row) > 1:
        return True
    line = row[0]
    return any(abs(line.left - other.left) < 2 * line.height for other in widest) and not any(
        line.left < a.right and line.right > b.left + line.height for a, b in pairwise(widest)
    )


def _read_block(block: Sequence[Sequence[Line]]) -> list[Line]:
    lines = [line for row in block for line in row]
    if len(lines) == len(block):
        return _edged(lines)
    columns = _columns(block)
    if _is_prose(columns):
        return [line for column in columns for line in _edged(column)]
    first = {id(line) for line in columns[0]}
    alone = sum(len(row) == 1 and id(row[0]) in first for row in block)  # text below a line with a gap
    if len(block) < 2 or 2 * alone > len(block) or len({len(row) for row in block}) > 2 + len(block) // 3:
        return [_joined(row) for row in block]
    return join_wrapped(block)


def _columns(block: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Divide segments among the columns of the row that has most."""
    starts = [line.left for line in max(block, key=len)]
    columns: list[list[Line]] = [[] for _ in starts]
    for row in block:
        for line in row:
            right = bisect_left(starts, line.left)
            near = range(max(0, right - 1), min(right + 1, len(starts)))
            columns[min(near, key=lambda n: abs(starts[n] - line.left))].append(line)
    return columns


def _is_prose(columns: Sequence[Sequence[Line]]) -> bool:
    """Whether columns hold running text: three lines or more in each, most of them filling their column."""
    for column in columns:
        width = max(line.right for line in column) - min(line.left for line in column)
        full = [
            line for line in column if line.right - line.left > 0.75 * width and cell_count(line.text) >= 16
        ]
        if len(column) < 3 or len(full) * 3 < len(column) * 2 - 2:
            return False
    return True


def _edged(lines: Sequence[Line]) -> list[Line]:
    edge = max(line.right for line in lines)
    return [replace(line, edge=edge) for line in lines]


def _joined(row: Sequence[Line]) -> Line:
    first, last = row[0], row[-1]
    text = " ".join(line.text for line in row)
    return replace(first, text=text, right=last.right, edge=last.right)


def without_running(
    pages: Sequence[Sequence[Line]], heights: Sequence[float], body: float
) -> Iterator[list[Line]]:
    """Yield the lines of each page without running heads, page numbers, watermarks and tables of contents.

    Args:
        pages: The lines of each page.
        heights: How high each page is, in points.
        body: The height of the type of the text.
    """
    places = [{_place(line) for line in lines} for lines in pages]
    often = Counter(place for on_page in places for place in on_page)
    edges = Counter(_shape(line) for lines in pages for line in {*lines[:2], *lines[-2:]})
    least = max(3, len(pages) / 3)
    for number, (lines, height) in enumerate(zip(pages, heights, strict=True)):
        near = set().union(*places[max(0, number - 2) : number], *places[number + 1 : number + 3])

        def is_running(line: Line, place: _Place, height: float = height, near: set[_Place] = near) -> bool:
            if not is_large(line, body) and (_PAGE.fullmatch(line.text) or edges[_shape(line)] >= least):
                return True
            margin = line.bottom > 0.9 * height or line.top < 0.1 * height
            numbered = place in near and _NUMBERED.search(line.text)
            return margin and (often[place] >= _often(line, len(pages)) or bool(numbered))

        yield [
            line
            for n, line in enumerate(lines)
            if not (
                _LEADERS.search(line.text)
                or (often[_place(line)] >= least and _is_covered(line, lines))
                or ((n < 2 or n >= len(lines) - 2) and is_running(line, _place(line)))
            )
        ]


def is_large(line: Line, body: float) -> bool:
    """Whether a line is set in the type of a heading."""
    return line.height > 1.2 * body and cell_count(line.text) <= 160


def _shape(line: Line) -> str:
    return re.sub(r"\d+", "0", line.text)


def _often(line: Line, pages: int) -> float:
    """Return on how many pages a line in the margin returns at least where it is a running head."""
    return max(2 if pages == 2 and cell_count(line.text) <= 40 else 3, pages / 3)


def _is_covered(line: Line, lines: Sequence[Line]) -> bool:
    """Whether other text is drawn over a line, as over a watermark."""
    return len(lines) <= _MOST_LINES and any(
        other is not line
        and min(line.top, other.top) - max(line.bottom, other.bottom) > 0.3 * other.height
        and min(line.right, other.right) - max(line.left, other.left) > other.height
        for other in lines
    )


def _place(line: Line) -> _Place:
    return _shape(line), round(line.bottom / 4)


def groups_of_rows(lines: Sequence[Line]) -> Iterator[tuple[bool, list[Line]]]:
    """Yield the lines in groups, each with whether it is the rows of a table."""
    for is_table, group in groupby(
        lines, key=lambda line: (bool(line.cells), line.page if line.cells else 0)
    ):
        yield is_table[0], list(group)
