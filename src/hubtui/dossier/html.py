"""A dossier as a web page that stands alone, also for a word processor and for print."""

from collections.abc import Sequence

from hubtui.citation import References, passage_link
from hubtui.citation.escaping import html_attribute, html_text
from hubtui.citation.fragments import is_web_address
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
    references = References(excerpts(blocks), dossier.style, numbered=True)
    title = next(block.text for block in blocks if isinstance(block, Heading))
    body = "\n".join(_written(block, references) for block in blocks)
    return (
        '<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n'
        f"<title>{html_text(title)}</title>\n<style>{_LOOKS}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _written(block: Block, references: References) -> str:
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
            return _quote(block, references)
        case Bibliography():
            items = "\n".join(
                f'<li id="source-{entry.number}"{html_attribute("lang", entry.source.language)}>'
                f"{html_text(entry.text)}</li>"
                for entry in references.entries
            )
            return f"<ol>\n{items}\n</ol>"


def _row(tag: str, cells: Sequence[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{html_text(cell)}</{tag}>" for cell in cells) + "</tr>"


def _quote(quote: Quote, references: References) -> str:
    excerpt = quote.excerpt
    number = references.entry(excerpt).number
    chinese = excerpt.source.language.startswith("zh")
    where = html_text(passage_locator(excerpt.passage).phrase(chinese=chinese))
    url = excerpt.source.url
    if is_web_address(url):
        where = f"<a{html_attribute('href', passage_link(url, excerpt.text))}>{where}</a>"
    language = html_attribute("lang", excerpt.passage.language or excerpt.source.language)
    remark = f'\n<p class="remark">{html_text(quote.remark)}</p>' if quote.remark else ""
    return (
        f"<blockquote{language}><p>{html_text(excerpt.text)}</p></blockquote>\n"
        f'<p class="where">{where} <a href="#source-{number}">[{number}]</a></p>{remark}'
    )
