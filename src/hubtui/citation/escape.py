"""Escape text for Markdown and HTML, so that it shows exactly as it is, and link to a passage of a web page.

Links follow WICG, URL Fragment Text Directives.
"""

import html
import re
from urllib.parse import quote

from hubtui.core.models import Source

# CommonMark 0.31: what can begin or end an inline construct, wherever it stands; ``~`` and ``|`` are GFM's.
_INLINE = re.compile(r"[\\`*_\[\]<~|]|&(?=#?\w+;)")
# What begins a block at the start of a line: headings, lists, quotations, rules, the line under a heading.
_BLOCK = re.compile(r"^(?=[#>=:+-])|^(\(?(?:\d{1,9}|#))(?=[.)])")
# What only pandoc reads as more than text: citations, mathematics, raised text, marks that it makes curly or
# turns (‘90 becomes ’90); and lists with letters.
_PANDOC = re.compile(r"[@$^'\"‘]|\.(?=\.\.)|-(?=-)")
_PANDOC_BLOCK = re.compile(r"^(\(?(?:[A-Za-z]{1,9}|@\w*))(?=[.)])")
_LINE, _LINE_ENDS = re.compile(r"[^\n]+"), re.compile(r"\n+")
_HTTP = re.compile(r"https?://[^\s<>]+", re.IGNORECASE)


def escape_markdown(text: str, *, pandoc: bool = False) -> str:
    """Escape ``text`` for Markdown, so that every character and every line end shows as it is.

    Args:
        text: Any text; a line end in it becomes a hard line break.
        pandoc: Whether it is also to survive what pandoc's Markdown adds to CommonMark.
    """
    body = text.strip("\n")
    start = len(text) - len(text.lstrip("\n"))
    shown = _LINE_ENDS.sub(_hard_break, _LINE.sub(lambda line: _markdown_line(line[0], pandoc=pandoc), body))
    return _references("\n" * start) + shown + _references("\n" * (len(text) - start - len(body)))


def _hard_break(ends: re.Match[str]) -> str:
    """Return a hard break for line ends; those that would end the paragraph become character references."""
    return _references(ends[0][1:]) + "\\\n"


def _markdown_line(line: str, *, pandoc: bool) -> str:
    bare = line.strip()
    start = line.index(bare)
    text = _INLINE.sub(r"\\\g<0>", bare)
    text = _PANDOC.sub(r"\\\g<0>", text) if pandoc else text
    text = _BLOCK.sub(r"\1\\", text)
    text = _PANDOC_BLOCK.sub(r"\1\\", text) if pandoc else text
    return _references(line[:start]) + text + _references(line[start + len(bare) :])


def _references(text: str) -> str:
    """Return character references for white space, which Markdown drops at the edge of a line."""
    return "".join(f"&#{ord(character)};" for character in text)


def markdown_citation(text: str) -> str:
    """Return a one-line citation as Markdown, with its web addresses as links."""
    pieces, end = [], 0
    for match in _HTTP.finditer(text):
        address = match[0].rstrip(".,;，。；")
        pieces += [_INLINE.sub(r"\\\g<0>", text[end : match.start()]), f"<{address}>"]
        end = match.start() + len(address)
    pieces.append(_INLINE.sub(r"\\\g<0>", text[end:]))
    return _BLOCK.sub(r"\1\\", "".join(pieces))


def escape_html(text: str) -> str:
    """Escape ``text`` for HTML; a line end becomes a line break, and stays a line end in the source."""
    return html.escape(text, quote=False).replace("\n", "<br>\n")


def html_attribute(name: str, value: str) -> str:
    """Return ``name="value"`` with a space before it, or ``""`` without a value."""
    return f' {name}="{html.escape(value)}"' if value else ""


def markdown_quotation(text: str, *, pandoc: bool = False) -> str:
    """Return a text as a block quotation; for ``pandoc`` see :func:`escape_markdown`."""
    return "> " + escape_markdown(text, pandoc=pandoc).replace("\n", "\n> ")


def html_quotation(text: str, language: str, link: str = "") -> str:
    """Return a text as a ``blockquote`` that holds nothing else, with its language and address."""
    attributes = html_attribute("cite", link) + html_attribute("lang", language)
    return f"<blockquote{attributes}><p>{escape_html(text)}</p></blockquote>"


def html_citation(citation: str, source: Source, link: str) -> str:
    """Return a citation as a paragraph; the web address in it leads to ``link``."""
    text, url = escape_html(citation), escape_html(source.url)
    if is_web_address(source.url) and url in text:
        text = text.replace(url, f"<a{html_attribute('href', link)}>{url}</a>", 1)
    return f"<p{html_attribute('lang', source.language)}>{text}</p>"


_WHOLE = 80
_WORDS = 6
_CHARACTERS = 24
_DIRECTIVE = ":~:"
_FIRST = re.compile(r".{8,24}(?=[，。；：？！、,.;:?!])")
_LAST = re.compile(r"(?<=[，。；：？！、,.;:?!]).{8,24}$")


def is_web_address(url: str) -> bool:
    """Whether a browser opens ``url``."""
    return url.lower().startswith(("http://", "https://"))


def passage_link(url: str, text: str) -> str:
    """Add a text directive to ``url``, which makes the browser scroll to ``text`` and highlight it.

    A short text is given whole, a long one by its beginning and its end. An address that is no web
    address, or a text without words, leaves ``url`` as it is.
    """
    words = text.split()
    if not words or not is_web_address(url):
        return url
    page, _, fragment = url.partition("#")
    anchor = fragment.partition(_DIRECTIVE)[0]
    directive = ",".join(_encoded(part) for part in _parts(" ".join(words)))
    return f"{page}#{anchor}{_DIRECTIVE}text={directive}"


def _parts(text: str) -> tuple[str, ...]:
    """Return the text, or its start and its end."""
    if len(text) <= _WHOLE:
        return (text,)
    words = text.split(" ")
    if len(words) > 2 * _WORDS:
        return " ".join(words[:_WORDS]), " ".join(words[-_WORDS:])
    first, last = _FIRST.match(text), _LAST.search(text, len(text) - _CHARACTERS - 1)
    return first[0] if first else text[:_CHARACTERS], last[0] if last else text[-_CHARACTERS:]


def _encoded(text: str) -> str:
    return quote(text, safe="").replace("-", "%2D")


def source_link(source: Source, text: str) -> str:
    """Return a link to a text in its source's page, or ``""`` when the source has no web address."""
    return passage_link(source.url, text) if is_web_address(source.url) else ""
