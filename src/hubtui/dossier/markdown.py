"""A dossier as Markdown, for pandoc, a wiki or a note-taking program."""

from collections.abc import Sequence

from hubtui.citation import References
from hubtui.citation.escaping import markdown, markdown_citation
from hubtui.citation.locators import passage_locator
from hubtui.dossier.blocks import (
    Bibliography,
    Block,
    Code,
    Heading,
    Paragraph,
    Points,
    Quote,
    Table,
    excerpts,
)
from hubtui.dossier.facts import Dossier
from hubtui.dossier.outline import outline


def to_markdown(dossier: Dossier) -> str:
    """Give a dossier as CommonMark with tables; every text in it shows as it is."""
    blocks = outline(dossier)
    references = References(excerpts(blocks), dossier.style, numbered=True)
    return "\n\n".join(filter(None, (_written(block, references) for block in blocks))) + "\n"


def _written(block: Block, references: References) -> str:
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
            return _quote(block, references)
        case Bibliography():
            return "\n".join(
                f"{entry.number}. {markdown_citation(entry.text)}" for entry in references.entries
            )


def _line(text: str) -> str:
    return markdown(" ".join(text.split()))


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    rule = ["---", *("---:" for _ in columns[1:])]
    body = [[_line(first), *numbers] for first, *numbers in rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in ([_line(name) for name in columns], rule, *body))


def _quote(quote: Quote, references: References) -> str:
    excerpt = quote.excerpt
    locator = passage_locator(excerpt.passage)
    chinese = excerpt.source.language.startswith("zh")
    text = markdown(excerpt.text).replace("\n", "\n> ")
    where = markdown(f"{locator.phrase(chinese=chinese)} [{references.entry(excerpt).number}]")
    remark = f" · {_line(quote.remark)}" if quote.remark else ""
    return f"> {text}\n\n{where}{remark}"
