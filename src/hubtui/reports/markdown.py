"""Write a document as Markdown: CommonMark with tables and footnotes, in which every text shows as it is."""

from collections.abc import Iterable, Sequence

from hubtui.citation.escape import escape_markdown, markdown_citation, markdown_quotation
from hubtui.reports.blocks import (
    CodeBlock,
    FootnotesBlock,
    HeadingBlock,
    LabelledBlock,
    ListBlock,
    ParagraphBlock,
    PlaceBlock,
    QuotationBlock,
    ReportBlock,
    SourcesBlock,
    TableBlock,
)


def write_markdown(blocks: Iterable[ReportBlock]) -> str:
    """Return the blocks as Markdown."""
    return "\n\n".join(filter(None, map(_written, blocks))) + "\n"


def _written(block: ReportBlock) -> str:
    match block:
        case HeadingBlock(level, text):
            return f"{'#' * level} {_line(text)}"
        case ParagraphBlock(text):
            return escape_markdown(text)
        case LabelledBlock(label, text):
            return f"**{label}** {escape_markdown(text)}"
        case ListBlock(points):
            return "\n".join(f"- {escape_markdown(point)}" for point in points)
        case CodeBlock(text):
            fence = "`" * max(3, text.count("`") + 1)
            return f"{fence}\n{text}\n{fence}"
        case TableBlock(columns, rows):
            return _table(columns, rows)
        case QuotationBlock() | PlaceBlock() | SourcesBlock() | FootnotesBlock():
            return _citing(block)


def _citing(block: QuotationBlock | PlaceBlock | SourcesBlock | FootnotesBlock) -> str:
    match block:
        case QuotationBlock():
            mark = f"[^{block.footnote.number}]" if block.footnote else ""
            return markdown_quotation(block.text) + mark
        case PlaceBlock(place, number):
            remark = f" · {_line(block.remark)}" if block.remark else ""
            return escape_markdown(f"{place} [{number}]") + remark
        case SourcesBlock(entries, numbered):
            return _sources(entries=[(entry.number, entry.text) for entry in entries], numbered=numbered)
        case FootnotesBlock(footnotes):
            return "\n\n".join(f"[^{note.number}]: {markdown_citation(note.citation)}" for note in footnotes)


def _line(text: str) -> str:
    return escape_markdown(" ".join(text.split()))


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    rule = ["---", *("---:" for _ in columns[1:])]
    body = [[_line(first), *numbers] for first, *numbers in rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in ([_line(name) for name in columns], rule, *body))


def _sources(entries: Sequence[tuple[int, str]], *, numbered: bool) -> str:
    if numbered:
        return "\n".join(f"{number}. {markdown_citation(text)}" for number, text in entries)
    return "\n\n".join(markdown_citation(text) for _number, text in entries)
