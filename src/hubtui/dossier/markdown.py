"""A dossier as Markdown, for pandoc, a wiki or a note-taking program."""

from collections.abc import Mapping, Sequence

from hubtui.citation import Reference
from hubtui.citation.escaping import markdown, markdown_citation
from hubtui.citation.quoting import markdown_quotation
from hubtui.dossier.blocks import (
    Bibliography,
    Block,
    Code,
    Heading,
    Paragraph,
    Points,
    Quote,
    Table,
    references,
)
from hubtui.dossier.facts import Dossier
from hubtui.dossier.outline import outline


def to_markdown(dossier: Dossier) -> str:
    """Give a dossier as CommonMark with tables; every text in it shows as it is."""
    blocks = outline(dossier)
    sources = references(blocks, dossier.style)
    return "\n\n".join(filter(None, (_written(block, sources) for block in blocks))) + "\n"


def _written(block: Block, sources: Mapping[str, Reference]) -> str:
    match block:
        case Heading(level, text):
            return f"{'#' * level} {_line(text)}"
        case Paragraph(text):
            return markdown(text)
        case Points(points):
            return "\n".join(f"- {markdown(point)}" for point in points)
        case Code(text):
            fence = "`" * max(3, text.count("`") + 1)
            return f"{fence}\n{text}\n{fence}"
        case Table(columns, rows):
            return _table(columns, rows)
        case Quote():
            return _quote(block, sources)
        case Bibliography():
            return "\n".join(f"{entry.number}. {markdown_citation(entry.text)}" for entry in sources.values())


def _line(text: str) -> str:
    return markdown(" ".join(text.split()))


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    rule = ["---", *("---:" for _ in columns[1:])]
    body = [[_line(first), *numbers] for first, *numbers in rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in ([_line(name) for name in columns], rule, *body))


def _quote(quote: Quote, sources: Mapping[str, Reference]) -> str:
    where = markdown(f"{quote.place} [{sources[quote.hit.source.id].number}]")
    remark = f" · {_line(quote.remark)}" if quote.remark else ""
    return f"{markdown_quotation(quote.hit.passage.text)}\n\n{where}{remark}"
