"""Clippings as HTML that a word processor opens: plain elements, the language of each text, no styles."""

from collections.abc import Iterator

from hubtui.citation.escaping import html_text
from hubtui.citation.quoting import html_citation, html_quotation, link_to
from hubtui.clippings.exports.document import Document, Quote
from hubtui.i18n import _

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
        yield html_citation(text, source, source.url)


def _quotation(quote: Quote, note: str) -> Iterator[str]:
    clipping = quote.clipping
    link = link_to(quote.source, clipping.text)
    yield html_quotation(clipping.text, quote.language, link)
    yield html_citation(note, quote.source, link)
    if clipping.note:
        yield f"<p><b>{html_text(_('Note:'))}</b> {html_text(clipping.note)}</p>"
    if clipping.tags:
        yield f"<p><b>{html_text(_('Tags:'))}</b> {html_text(', '.join(clipping.tags))}</p>"
