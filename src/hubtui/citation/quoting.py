"""The two pieces of a quotation, the text and its citation, as Markdown and as HTML."""

from hubtui.citation.escaping import html_attribute, html_text, markdown
from hubtui.citation.fragments import is_web_address, passage_link
from hubtui.model import Source


def markdown_quotation(text: str, *, pandoc: bool = False) -> str:
    """Give a text as a block quotation; for ``pandoc`` see :func:`hubtui.citation.escaping.markdown`."""
    return "> " + markdown(text, pandoc=pandoc).replace("\n", "\n> ")


def html_quotation(text: str, language: str, link: str = "") -> str:
    """Give a text as a quotation block that holds it and nothing else, with its language and address."""
    attributes = html_attribute("cite", link) + html_attribute("lang", language)
    return f"<blockquote{attributes}><p>{html_text(text)}</p></blockquote>"


def html_citation(citation: str, source: Source, link: str) -> str:
    """Give a citation as a paragraph; the web address in it leads to ``link``."""
    text, url = html_text(citation), html_text(source.url)
    if is_web_address(source.url) and url in text:
        text = text.replace(url, f"<a{html_attribute('href', link)}>{url}</a>", 1)
    return f"<p{html_attribute('lang', source.language)}>{text}</p>"


def link_to(source: Source, text: str) -> str:
    """Give the address of a text in its source's page, ``""`` without a web address."""
    return passage_link(source.url, text) if is_web_address(source.url) else ""
