"""Clippings as Markdown: block quotations with footnotes, and one bibliography (CommonMark and footnotes)."""

from collections.abc import Iterator

from hubtui.citation.escaping import markdown, markdown_citation
from hubtui.citation.quoting import markdown_quotation
from hubtui.clippings.exports.document import Document, Quote
from hubtui.i18n import _


def to_markdown(document: Document) -> str:
    """Write a document; what stands in it shows exactly as it is, character for character."""
    return "\n\n".join(_blocks(document)) + "\n"


def _blocks(document: Document) -> Iterator[str]:
    yield f"# {_('Clippings')}"
    number = 0
    for group in document.groups:
        if group.heading:
            yield f"## {_line(group.heading)}"
        for quote in group.quotes:
            number += 1
            yield from _quotation(quote, number)
    yield f"## {_('Bibliography')}"
    for text, _source in document.bibliography:
        yield markdown_citation(text)
    for number, note in enumerate(document.notes, 1):
        yield f"[^{number}]: {markdown_citation(note)}"


def _quotation(quote: Quote, number: int) -> Iterator[str]:
    yield f"{markdown_quotation(quote.clipping.text)}[^{number}]"
    if quote.clipping.note:
        yield f"**{_('Note:')}** {markdown(quote.clipping.note)}"
    if quote.clipping.tags:
        yield f"**{_('Tags:')}** {_line(', '.join(quote.clipping.tags))}"


def _line(text: str) -> str:
    return markdown(" ".join(text.split()))
