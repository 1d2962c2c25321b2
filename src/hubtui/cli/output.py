"""Write answers: tables and highlights on a terminal, tab-separated text in a pipe, JSON Lines, templates."""

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hubtui.cli.console import say
from hubtui.core.errors import HubtuiError, did_you_mean
from hubtui.core.i18n import N_, _

if TYPE_CHECKING:
    from rich.console import Console

    from hubtui.core.models import Hit, Passage

Row = Mapping[str, object]
"""What is written as one JSON object."""

RowWriter = Callable[[Row], None]
"""Writes one row."""

FLAT = str.maketrans("\t\n", "  ")
"""Makes any text one field of one line."""

_READABLE = 24
"""Cells that a column which grows has at least, as long as others can be spared for it."""
_GAP = 2


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        name: Its heading.
        number: Whether it holds numbers, which align to the right.
        grows: Whether it may be cut to fit, with an ellipsis.
        spare: Whether a narrow terminal may do without it.
    """

    name: str
    number: bool = False
    grows: bool = False
    spare: bool = False


def on_terminal(color: str) -> bool:
    """Whether to write for eyes: ``always`` and ``never`` decide, ``auto`` asks standard output."""
    return color == "always" or (color == "auto" and sys.stdout.isatty())


@dataclass(frozen=True, slots=True)
class Written:
    """How the user wants rows written; see :func:`hubtui.cli.options.written_options`.

    Attributes:
        as_json: As JSON Lines.
        template: As the text of a template, or ``None``.
        color: ``auto``, ``always`` or ``never``.
    """

    as_json: bool
    template: str | None
    color: str

    @property
    def terminal(self) -> bool:
        """Whether to write for eyes."""
        return on_terminal(self.color)

    def rows(self, fields: Sequence[str]) -> RowWriter | None:
        """Return a writer of rows as JSON or by a template; ``None`` if the user asked for neither.

        Raises:
            TemplateError: The template cannot be meant as written.
        """
        if self.template is not None:
            # deferred: few commands are given one

            template = Template(self.template, fields)
            return lambda row: write_line(template.filled(row))
        if self.as_json:
            return lambda row: write_json([row])
        return None


def write_line(text: str) -> None:
    """Write a line of data."""
    sys.stdout.write(f"{text}\n")


def write_json(rows: Iterable[Mapping[str, Any]]) -> None:
    """Write one JSON object a line."""
    for row in rows:
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


def write_table(columns: Sequence[Column], rows: Iterable[Sequence[object]], *, terminal: bool) -> None:
    """Write rows as an aligned table with headings, or as tab-separated lines without."""
    if not terminal:
        for row in rows:
            sys.stdout.write("\t".join(str(cell).translate(FLAT) for cell in row) + "\n")
        return
    from rich.table import Table  # deferred: pipes need none of Rich
    from rich.text import Text  # see above

    out = console()
    texts = [[str(cell) for cell in row] for row in rows]
    shown = _with_room(columns, texts, out.width)
    table = Table(
        box=None, pad_edge=False, header_style="bold", expand=any(columns[at].grows for at in shown)
    )
    for at in shown:
        table.add_column(
            _(columns[at].name),
            justify="right" if columns[at].number else "left",
            no_wrap=True,
            overflow="ellipsis",
            ratio=1 if columns[at].grows else None,
        )
    for row in texts:
        table.add_row(*(Text(row[at]) for at in shown))
    out.print(table)
    if left := [_(column.name) for at, column in enumerate(columns) if at not in shown]:
        say(_("Left out for lack of room: {columns}").format(columns=", ".join(left)))


def _with_room(columns: Sequence[Column], rows: Sequence[Sequence[str]], cells: int) -> list[int]:
    """Return the indexes of the columns to show, dropping spare ones where others would have no room."""
    from hubtui.text.cells import width  # deferred: pipes measure nothing

    widest = [
        max([width(_(column.name)), *(width(row[at]) for row in rows)]) for at, column in enumerate(columns)
    ]
    shown = list(range(len(columns)))
    for spare in [at for at, column in enumerate(columns) if column.spare]:
        needed = sum(min(widest[at], _READABLE) if columns[at].grows else widest[at] for at in shown)
        if needed + _GAP * (len(shown) - 1) > cells:
            shown.remove(spare)
    return shown


def write_hit(hit: "Hit", passages: "Sequence[Passage]", *, terminal: bool, before: str = "") -> None:
    """Write a hit among the passages around it, which are written less clearly.

    Args:
        hit: The hit.
        passages: Its passage, with those before and after it that are wanted.
        terminal: Write for eyes.
        before: What stands before each line in a pipe.
    """
    if not terminal:
        for passage in passages:
            sign = ":" if passage == hit.passage else "-"
            sys.stdout.write(
                f"{before}{hit.source.path}{sign}{passage.label}\t{passage.text.translate(FLAT)}\n"
            )
        return
    from rich.text import Text  # deferred: pipes need none of Rich

    from hubtui.text.cells import wrap  # see above

    out = console()
    address = f"{hit.source.path}:{hit.passage.label}"
    out.print(Text.assemble((hit.source.label, "bold"), "  ", (address, "dim")), soft_wrap=True)
    for passage in passages:
        text = Text(passage.text, style="" if passage == hit.passage else "dim")
        for start, end in hit.highlights if passage == hit.passage else ():
            text.stylize("bold yellow", start, end)
        for start, end in wrap(passage.text, max(1, out.width - 2)):
            out.print(Text("  ") + text[start:end], soft_wrap=True)
    out.print()


def console() -> "Console":
    """Return a console on standard output; ``NO_COLOR`` and ``COLUMNS`` are obeyed by Rich."""
    from rich.console import Console  # deferred: pipes need none of Rich

    return Console(
        highlight=False,
        markup=False,
        emoji=False,
        force_terminal=True,
        no_color=bool(os.environ.get("NO_COLOR")),
    )


_PIECE = re.compile(r"\{\{|\}\}|\\[tn0\\]|\{([^{}]*)\}|[{}]")
_SIGNS = {"{{": "{", "}}": "}", r"\t": "\t", r"\n": "\n", r"\0": "\0", r"\\": "\\"}
_FLAT = str.maketrans("\t\n", "  ")


class TemplateError(HubtuiError):
    """A template cannot be meant as written."""

    title = N_("Wrong template")


class Template:
    """A checked template."""

    def __init__(self, text: str, fields: Sequence[str]) -> None:
        r"""Read a template.

        Args:
            text: Text with fields in braces; ``{{`` and ``}}`` are braces, ``\t``, ``\n`` and ``\0`` a tab, a
                line end and a NUL.
            fields: The fields there are.

        Raises:
            TemplateError: A field is unknown, or a brace stands alone.
        """
        self._pieces: list[tuple[str, str]] = []
        end = 0
        for found in _PIECE.finditer(text):
            self._pieces.append((text[end : found.start()], _field(found, fields)))
            end = found.end()
        self._rest = text[end:]

    def filled(self, row: Mapping[str, object]) -> str:
        """Fill in a row's values: lists and the like as JSON, tabs and line ends as spaces."""
        parts = [
            before + (sign if sign in _MADE else _written(row.get(sign, ""))) for before, sign in self._pieces
        ]
        return "".join(parts) + self._rest


_MADE = frozenset(_SIGNS.values())


def _field(found: re.Match[str], fields: Sequence[str]) -> str:
    piece, name = found.group(), found.group(1)
    if piece in _SIGNS:
        return _SIGNS[piece]
    if name is None:
        raise TemplateError(
            _("the template has a single {brace} at character {number}.").format(
                brace=piece, number=found.start() + 1
            ),
            _("Write {{ and }} for braces."),
        )
    if name not in fields:
        hint = did_you_mean(name, fields) or _("The fields are {fields}.").format(fields=", ".join(fields))
        raise TemplateError(_("there is no field {name}.").format(name="{" + name + "}"), hint)
    return name


def _written(value: object) -> str:
    if isinstance(value, str):
        return value.translate(_FLAT)
    return json.dumps(value, ensure_ascii=False)
