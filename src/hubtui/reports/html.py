"""Write a document as a web page that stands alone, also for a word processor and for print."""

from collections.abc import Iterable, Sequence

from hubtui.citation.escape import escape_html, html_attribute, html_citation, html_quotation
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


def write_html(blocks: Iterable[ReportBlock], stylesheet: str = "") -> str:
    """Return the blocks as a page; its title is the first heading.

    Args:
        blocks: The document.
        stylesheet: CSS for the page; without any, word processors apply their own styles.
    """
    document = list(blocks)
    title = next(block.text for block in document if isinstance(block, HeadingBlock))
    style = f"<style>{stylesheet}</style>\n" if stylesheet else ""
    body = "\n".join(filter(None, map(_written, document)))
    return (
        '<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape_html(title)}</title>\n{style}</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _written(block: ReportBlock) -> str:
    match block:
        case HeadingBlock(level, text):
            return f"<h{level}>{escape_html(text)}</h{level}>"
        case ParagraphBlock(text):
            return f"<p>{escape_html(text)}</p>"
        case LabelledBlock(label, text):
            return f"<p><b>{escape_html(label)}</b> {escape_html(text)}</p>"
        case ListBlock(points):
            items = "\n".join(f"<li>{escape_html(point)}</li>" for point in points)
            return f"<ul>\n{items}\n</ul>"
        case CodeBlock(text):
            return f"<pre><code>{escape_html(text)}</code></pre>"
        case TableBlock(columns, rows):
            return "\n".join(("<table>", _row("th", columns), *(_row("td", row) for row in rows), "</table>"))
        case QuotationBlock() | PlaceBlock() | SourcesBlock() | FootnotesBlock():
            return _citing(block)


def _citing(block: QuotationBlock | PlaceBlock | SourcesBlock | FootnotesBlock) -> str:
    match block:
        case QuotationBlock():
            return _quotation(block)
        case PlaceBlock():
            return _place(block)
        case SourcesBlock():
            return _sources(block)
        case FootnotesBlock():
            return ""  # each stands behind its quotation


def _row(tag: str, cells: Sequence[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{escape_html(cell)}</{tag}>" for cell in cells) + "</tr>"


def _quotation(block: QuotationBlock) -> str:
    quoted, note = html_quotation(block.text, block.language, block.link), block.footnote
    return f"{quoted}\n{html_citation(note.citation, note.source, note.link)}" if note else quoted


def _place(block: PlaceBlock) -> str:
    where = escape_html(block.place)
    if block.link:
        where = f"<a{html_attribute('href', block.link)}>{where}</a>"
    remark = f'\n<p class="remark">{escape_html(block.remark)}</p>' if block.remark else ""
    return f'<p class="where">{where} <a href="#source-{block.number}">[{block.number}]</a></p>{remark}'


def _sources(block: SourcesBlock) -> str:
    if not block.numbered:
        return "\n".join(html_citation(entry.text, entry.source, entry.source.url) for entry in block.entries)
    items = "\n".join(
        f'<li id="source-{entry.number}"{html_attribute("lang", entry.source.language)}>'
        f"{escape_html(entry.text)}</li>"
        for entry in block.entries
    )
    return f"<ol>\n{items}\n</ol>"
