"""A dossier as a web page that stands alone, also for a word processor and for print."""

from collections.abc import Mapping, Sequence

from hubtui.citation import Reference
from hubtui.citation.escaping import html_attribute, html_text
from hubtui.citation.quoting import html_quotation, link_to
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

_LOOKS = """
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.6 serif; color: #222; }
h1, h2, h3, h4 { font-family: sans-serif; line-height: 1.3; }
blockquote { margin: 1rem 0; padding-left: 1rem; border-left: 3px solid #bbb; }
.where, .remark { color: #555; font-size: 0.9rem; }
table { border-collapse: collapse; }
th, td { padding: 0.1rem 0.8rem 0.1rem 0; text-align: right; }
th:first-child, td:first-child { text-align: left; }
pre { white-space: pre-wrap; }
"""


def to_html(dossier: Dossier) -> str:
    """Give a dossier as an HTML document; every text in it shows as it is."""
    blocks = outline(dossier)
    sources = references(blocks, dossier.style)
    title = next(block.text for block in blocks if isinstance(block, Heading))
    body = "\n".join(_written(block, sources) for block in blocks)
    return (
        '<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n'
        f"<title>{html_text(title)}</title>\n<style>{_LOOKS}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _written(block: Block, sources: Mapping[str, Reference]) -> str:
    match block:
        case Heading(level, text):
            return f"<h{level}>{html_text(text)}</h{level}>"
        case Paragraph(text):
            return f"<p>{html_text(text)}</p>"
        case Points(points):
            items = "\n".join(f"<li>{html_text(point)}</li>" for point in points)
            return f"<ul>\n{items}\n</ul>"
        case Code(text):
            return f"<pre><code>{html_text(text)}</code></pre>"
        case Table(columns, rows):
            return "\n".join(("<table>", _row("th", columns), *(_row("td", row) for row in rows), "</table>"))
        case Quote():
            return _quote(block, sources)
        case Bibliography():
            items = "\n".join(
                f'<li id="source-{entry.number}"{html_attribute("lang", entry.source.language)}>'
                f"{html_text(entry.text)}</li>"
                for entry in sources.values()
            )
            return f"<ol>\n{items}\n</ol>"


def _row(tag: str, cells: Sequence[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{html_text(cell)}</{tag}>" for cell in cells) + "</tr>"


def _quote(quote: Quote, sources: Mapping[str, Reference]) -> str:
    source, passage = quote.hit.source, quote.hit.passage
    number, where = sources[source.id].number, html_text(quote.place)
    if link := link_to(source, passage.text):
        where = f"<a{html_attribute('href', link)}>{where}</a>"
    remark = f'\n<p class="remark">{html_text(quote.remark)}</p>' if quote.remark else ""
    return (
        f"{html_quotation(passage.text, passage.language or source.language)}\n"
        f'<p class="where">{where} <a href="#source-{number}">[{number}]</a></p>{remark}'
    )
