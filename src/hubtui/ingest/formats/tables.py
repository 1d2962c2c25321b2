"""Make text of tables: a row is a line, and a table that only lays a page out is no table."""

from collections.abc import Sequence

from hubtui.ingest.document import TextBlock
from hubtui.ingest.paragraphs import cell_count

Rows = Sequence[Sequence[Sequence[TextBlock]]]
"""The blocks of each cell of each row."""

_PROSE = 600
"""Terminal cells from which what stands in a cell is a text of its own."""


def table_block(rows: Rows, page: int = 0) -> TextBlock:
    """Return a table as one block, with bars between cells."""
    lines = (
        " | ".join(" ".join(block.text for block in cell if block.kind != "table") for cell in row)
        for row in rows
    )
    return TextBlock("\n".join(line.strip() for line in lines if line.strip(" |")), "table", page=page)


def is_layout(rows: Rows) -> bool:
    """Whether a table frames or arranges texts: one cell, long texts, or little but tables within cells."""
    cells = [cell for row in rows for cell in row]
    if len(cells) == 1 or any(sum(cell_count(block.text) for block in cell) > _PROSE for cell in cells):
        return True
    framing = [row for row in rows if any(block.kind == "table" for cell in row for block in cell)]
    return 2 * len(framing) > len(rows) or any(len(row) < 2 for row in framing)


def nested_tables(rows: Rows) -> list[TextBlock]:
    """Return the tables within cells of a table that is read row by row; they follow it."""
    return [block for row in rows for cell in row for block in cell if block.kind == "table"]
