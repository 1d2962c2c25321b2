"""How answers are written: tables and highlights on a terminal, tab-separated text in a pipe, JSON Lines."""

import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hubtui.model import Hit

if TYPE_CHECKING:
    from rich.console import Console

_FIELD_END = str.maketrans("\t\n", "  ")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        name: Its heading.
        number: Whether it holds numbers, which align to the right.
        grows: Whether it may be cut to fit, with an ellipsis.
    """

    name: str
    number: bool = False
    grows: bool = False


def on_terminal(color: str) -> bool:
    """Whether to write for eyes: ``always`` and ``never`` decide, ``auto`` asks standard output."""
    return color == "always" or (color == "auto" and sys.stdout.isatty())


def write_json(rows: Iterable[Mapping[str, Any]]) -> None:
    """Write one JSON object a line."""
    for row in rows:
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


def write_table(columns: Sequence[Column], rows: Iterable[Sequence[object]], *, terminal: bool) -> None:
    """Write rows as an aligned table with headings, or as tab-separated lines without."""
    if not terminal:
        for row in rows:
            sys.stdout.write("\t".join(str(cell).translate(_FIELD_END) for cell in row) + "\n")
        return
    from rich.table import Table  # noqa: PLC0415  # deferred: pipes need none of Rich
    from rich.text import Text  # noqa: PLC0415  # see above

    grows = any(column.grows for column in columns)
    table = Table(box=None, pad_edge=False, header_style="bold", expand=grows)
    for column in columns:
        table.add_column(
            column.name,
            justify="right" if column.number else "left",
            no_wrap=True,
            overflow="ellipsis",
            ratio=1 if column.grows else None,
        )
    for row in rows:
        table.add_row(*(Text(str(cell)) for cell in row))
    console().print(table)


def write_hits(hits: Iterable[Hit], *, terminal: bool) -> None:
    """Write hits: title, address and highlighted text, or address and text separated by a tab."""
    if not terminal:
        for hit in hits:
            flat = hit.passage.text.translate(_FIELD_END)
            sys.stdout.write(f"{hit.source.path}:{hit.passage.label}\t{flat}\n")
        return
    from rich.text import Text  # noqa: PLC0415  # deferred: pipes need none of Rich

    from hubtui.text.wrap import wrap  # noqa: PLC0415  # see above

    out = console()
    for hit in hits:
        address = f"{hit.source.path}:{hit.passage.label}"
        out.print(Text.assemble((hit.source.label, "bold"), "  ", (address, "dim")), soft_wrap=True)
        text = Text(hit.passage.text)
        for start, end in hit.highlights:
            text.stylize("bold yellow", start, end)
        for start, end in wrap(hit.passage.text, max(1, out.width - 2)):
            out.print(Text("  ") + text[start:end], soft_wrap=True)
        out.print()


def console() -> "Console":
    """Give the console on standard output; ``NO_COLOR`` and ``COLUMNS`` are obeyed by Rich."""
    from rich.console import Console  # noqa: PLC0415  # deferred: pipes need none of Rich

    return Console(
        highlight=False,
        markup=False,
        emoji=False,
        force_terminal=True,
        no_color=bool(os.environ.get("NO_COLOR")),
    )
