"""Write answers: tables and highlights on a terminal, tab-separated text in a pipe, JSON Lines, templates.

What is written comes from sources, their names and files that others made. All of it goes through here and
is cleaned here, once: lines and fields keep only what can be shown (:func:`hubtui.text.cells.printable`), on
a terminal as in a pipe, since what a pipe carries ends on a terminal sooner or later; JSON keeps all of a
text and escapes what cannot be shown. Of control characters a terminal gets only the styles of
:func:`console`, and a pipe the tabs and line ends between fields.
"""

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hubtui.cli.console import one_line, say
from hubtui.core.errors import HubtuiError, did_you_mean
from hubtui.core.i18n import N_, _

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.segment import Segment

    from hubtui.core.models import Hit, Passage

Row = Mapping[str, object]
"""What is written as one JSON object."""

RowWriter = Callable[[Row], None]
"""Writes one row."""

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
            return lambda row: _write(f"{template.filled(row)}\n")
        if self.as_json:
            return lambda row: write_json([row])
        return None


def write_fields(*fields: object) -> None:
    """Write a line of data: one field, or several between tabs."""
    _write("\t".join(one_line(str(field)) for field in fields) + "\n")


def write_text(text: str) -> None:
    """Write a text of several lines, which stay; it need not end with a line end."""
    _write(_clean(text.removesuffix("\n")) + "\n")


def write_document(data: bytes, *, text: bool) -> None:
    """Write a document; a text, in UTF-8, keeps the line ends and the byte order mark of its format."""
    if text:
        mark = "\ufeff" if data.startswith(b"\xef\xbb\xbf") else ""
        parts = re.split(r"(\r?\n)", data.decode().removeprefix(mark))
        data = (
            mark + "".join(one_line(part) if at % 2 == 0 else part for at, part in enumerate(parts))
        ).encode()
    sys.stdout.flush()
    sys.stdout.buffer.write(data)


def write_json(rows: Iterable[Mapping[str, Any]]) -> None:
    """Write one JSON object a line, with escapes for what cannot be shown."""
    for row in rows:
        _write(to_json(row) + "\n")


def to_json(value: object) -> str:
    """Return a value as JSON of one line, in which only what can be shown is not escaped."""
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isascii() and text.isprintable() else text.translate(_escapes)


class _Escapes(dict[int, str]):
    """A table for ``str.translate`` that works out each character at its first use."""

    def __missing__(self, code: int) -> str:
        import unicodedata  # deferred: English does without it

        character = chr(code)
        if one_line(character) == character or unicodedata.category(character) == "Zs":
            self[code] = character
        else:
            self[code] = json.dumps(character)[1:-1] if code > _LAST else f"\\u{code:04x}"
        return self[code]


_LAST = 0xFFFF
"""The last code point that one escape of JSON can name; those beyond take two."""
_escapes = _Escapes()


def _write(text: str) -> None:
    """Write what has been cleaned."""
    sys.stdout.write(text)


def write_table(columns: Sequence[Column], rows: Iterable[Sequence[object]], *, terminal: bool) -> None:
    """Write rows as an aligned table with headings, or as tab-separated lines without."""
    if not terminal:
        for row in rows:
            write_fields(*row)
        return
    from rich.table import Table  # deferred: pipes need none of Rich
    from rich.text import Text  # see above

    out = console()
    texts = [[one_line(str(cell)) for cell in row] for row in rows]
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


def write_hit(hit: "Hit", passages: "Sequence[Passage]", *, terminal: bool, asked: str = "") -> None:
    """Write a hit among the passages around it, which are written less clearly.

    Args:
        hit: The hit.
        passages: Its passage, with those before and after it that are wanted.
        terminal: Write for eyes.
        asked: The query that stands before each line in a pipe, where there are several.
    """
    if not terminal:
        for passage in passages:
            sign = ":" if passage == hit.passage else "-"
            address = f"{hit.source.path}{sign}{passage.label}"
            write_fields(*filter(None, (asked, address)), passage.text)
        return
    from rich.text import Text  # deferred: pipes need none of Rich

    from hubtui.text.cells import wrap  # see above

    out = console()
    address = f"{hit.source.path}:{hit.passage.label}"
    mark = f"  {_('by meaning')}" if hit.by_meaning else ""
    out.print(Text.assemble((hit.source.label, "bold"), "  ", (address + mark, "dim")), soft_wrap=True)
    shown = hit.highlights or [(near.start, near.end) for near in hit.nearest]
    for passage in passages:
        text = Text(passage.text, style="" if passage == hit.passage else "dim")
        for start, end in shown if passage == hit.passage else ():
            text.stylize("bold yellow", start, end)
        for start, end in wrap(passage.text, max(1, out.width - 2)):
            out.print(Text("  ") + text[start:end], soft_wrap=True)
    out.print()


def console() -> "Console":
    """Return a console on standard output; ``NO_COLOR`` and ``COLUMNS`` are obeyed by Rich.

    Whatever text it is given, it writes no control characters but those of its own styles.
    """
    from rich.console import Console  # deferred: pipes need none of Rich
    from rich.segment import Segment  # see above

    class CleanConsole(Console):
        """Cleans each piece of text behind the last layout, which knows it by its offsets."""

        def render(
            self, renderable: "RenderableType", options: "ConsoleOptions | None" = None
        ) -> "Iterable[Segment]":
            for segment in super().render(renderable, options):
                yield segment if segment.control else Segment(_clean(segment.text), segment.style)

    return CleanConsole(
        highlight=False,
        markup=False,
        emoji=False,
        force_terminal=True,
        no_color=bool(os.environ.get("NO_COLOR")),
    )


def _clean(text: str) -> str:
    """Return a text that may be written as it is, with its line ends."""
    return "\n".join(map(one_line, text.split("\n")))


_PIECE = re.compile(r"\{\{|\}\}|\\[tn0\\]|\{([^{}]*)\}|[{}]")
_SIGNS = {"{{": "{", "}}": "}", r"\t": "\t", r"\n": "\n", r"\0": "\0", r"\\": "\\"}


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
            self._pieces.append((_clean(text[end : found.start()]), _field(found, fields)))
            end = found.end()
        self._rest = _clean(text[end:])

    def filled(self, row: Mapping[str, object]) -> str:
        """Fill in a row's values: lists and the like as JSON, texts as one line that can be shown."""
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
        return one_line(value)
    return to_json(value)
