"""``hubtui show``: a source, or one passage of it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hubtui.cli.options import Target, library_option, null_option, opened_library, targets, written_options
from hubtui.cli.output import Written, console, write_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.text import Text

    from hubtui.core.models import Passage, Source

FIELDS = (
    "source_id", "path", "title", "number", "part", "page", "section", "kind", "language", "text", "mentions",
)  # fmt: skip

WIDEST = 84
"""Cells of a line at most: about forty Chinese characters, a comfortable measure."""


@click.command(
    epilog="Example:  hubtui show 003_9c6913e47e9d125d.txt:3",
)
@click.argument("addresses", nargs=-1, required=True, metavar="SOURCE[:N]…")
@null_option
@written_options
@library_option
def command(*, addresses: tuple[str, ...], null: bool, written: Written, library: Path | None) -> int:
    """Show sources, or passages of them as SOURCE:N.

    On a terminal lines are wrapped and the places underlined; in a pipe the text is as it is stored, but for
    control characters, with a blank line between passages. A single - reads addresses from standard input.
    """
    write_row = written.rows(FIELDS)
    with opened_library(library) as opened:
        for count, target in enumerate(targets(opened, addresses, null=null)):
            passages = [target.passage] if target.passage else opened.read(target.source.id)
            if write_row is not None:
                for passage in passages:
                    write_row(_row(target.source, passage))
            elif written.terminal:
                _draw(target, passages)
            else:
                write_text(("\n" if count else "") + "\n\n".join(passage.text for passage in passages))
    return 0


def _row(source: "Source", passage: "Passage") -> dict[str, object]:
    return {
        "source_id": source.id,
        "path": source.path,
        "title": source.title,
        "number": passage.number,
        "part": passage.part,
        "page": passage.page,
        "section": passage.section,
        "kind": passage.kind,
        "language": passage.language,
        "text": passage.text,
        "mentions": [
            {
                "start": mention.start,
                "end": mention.end,
                "surface": mention.surface,
                "place": mention.place.id,
                "name": mention.place.name_en or mention.place.name_zh,
                "in_name": mention.in_name,
            }
            for mention in passage.mentions
        ],
    }


def _draw(target: Target, passages: "Sequence[Passage]") -> None:
    from rich.text import Text  # deferred: pipes need none of Rich

    source, out = target.source, console()
    facts = " · ".join(filter(None, (source.author, source.publisher, source.date, source.url)))
    head = [Text(source.label, style="bold"), Text(facts or source.path, style="dim")]
    margin = max(len(passage.label) for passage in passages) + 2 if passages else 2
    measure = max(1, min(out.width - margin, WIDEST))
    for text in head:
        for line in _lines(text, measure):
            out.print(line, soft_wrap=True)
    section = ""
    for passage in passages:
        out.print()
        if passage.section != section:
            section = passage.section
            if section and passage.kind != "heading":
                out.print(Text(section, style="bold"), soft_wrap=True)
                out.print()
        text = Text(passage.text, style="bold" if passage.kind == "heading" else "")
        for mention in passage.mentions:
            text.stylize("underline", mention.start, mention.end)
        for number, line in enumerate(_lines(text, measure)):
            label = f"{passage.label:>{margin - 2}}  "
            before = Text(" " * margin) if number else Text(label, style="dim")
            out.print(Text.assemble(before, line), soft_wrap=True)


def _lines(text: "Text", measure: int) -> "Iterable[Text]":
    from hubtui.text.cells import wrap  # deferred: pipes wrap nothing

    return (text[start:end] for start, end in wrap(text.plain, measure))
