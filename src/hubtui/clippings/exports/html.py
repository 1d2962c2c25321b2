"""Clippings as HTML that a word processor opens: plain elements, the language of each text, no styles."""

from collections.abc import Iterator

from hubtui.citation.escaping import html_attribute, html_text
from hubtui.citation.fragments import is_web_address, passage_link
from hubtui.clippings.exports.document import Document, Quote
from hubtui.i18n import _
from hubtui.model import Source

_HEAD = '<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n</head>\n<body>\n'
_TAIL = "</body>\n</html>\n"


def to_html(document: Document) -> str:
    """Write a document; each quotation is followed by its citation, and all by one bibliography."""
    body = "\n".join(_elements(document))
    return f"{_HEAD.format(title=html_text(_('Clippings')))}{body}\n{_TAIL}"


def _elements(document: Document) -> Iterator[str]:
    yield f"<h1>{html_text(_('Clippings'))}</h1>"
    notes = iter(document.notes)
    for group in document.groups:
        if group.heading:
            yield f"<h2>{html_text(group.heading)}</h2>"
        for quote in group.quotes:
            yield from _quotation(quote, next(notes))
    yield f"<h2>{html_text(_('Bibliography'))}</h2>"
    for text, source in document.bibliography:
        yield _citation(text, source, source.url)


def _quotation(quote: Quote, note: str) -> Iterator[str]:
    url, clipping = quote.source.url, quote.clipping
    link = passage_link(url, clipping.text) if is_web_address(url) else ""
    attributes = html_attribute("cite", link) + html_attribute("lang", quote.language)
    yield f"<blockquote{attributes}><p>{html_text(clipping.text)}</p></blockquote>"
    yield _citation(note, quote.source, link)
    if clipping.note:
        yield f"<p><b>{html_text(_('Note:'))}</b> {html_text(clipping.note)}</p>"
    if clipping.tags:
        yield f"<p><b>{html_text(_('Tags:'))}</b> {html_text(', '.join(clipping.tags))}</p>"


def _citation(text: str, source: Source, link: str) -> str:
    """Give a citation as a paragraph; the web address in it leads to ``link``."""
    shown, url = html_text(text), html_text(source.url)
    if is_web_address(source.url) and url in shown:
        shown = shown.replace(url, f"<a{html_attribute('href', link)}>{url}</a>", 1)
    return f"<p{html_attribute('lang', source.language)}>{shown}</p>"
