"""Text as Markdown and as HTML that shows exactly that text, character for character."""

import html
import re

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


def markdown(text: str, *, pandoc: bool = False) -> str:
    """Give ``text`` as Markdown: lines stay lines, and every character is itself.

    Args:
        text: Any text; a line end in it becomes a hard line break.
        pandoc: Whether it is also to survive what pandoc's Markdown adds to CommonMark.
    """
    body = text.strip("\n")
    start = len(text) - len(text.lstrip("\n"))
    shown = _LINE_ENDS.sub(_hard_break, _LINE.sub(lambda line: _markdown_line(line[0], pandoc=pandoc), body))
    return _references("\n" * start) + shown + _references("\n" * (len(text) - start - len(body)))


def _hard_break(ends: re.Match[str]) -> str:
    """Give line ends as a hard break; those that would end the paragraph, as character references."""
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
    """Give white space, which Markdown drops at the edge of a line, as character references."""
    return "".join(f"&#{ord(character)};" for character in text)


def markdown_citation(text: str) -> str:
    """Give a citation, which is one line, as Markdown; its web addresses as links that show them."""
    pieces, end = [], 0
    for match in _HTTP.finditer(text):
        address = match[0].rstrip(".,;，。；")
        pieces += [_INLINE.sub(r"\\\g<0>", text[end : match.start()]), f"<{address}>"]
        end = match.start() + len(address)
    pieces.append(_INLINE.sub(r"\\\g<0>", text[end:]))
    return _BLOCK.sub(r"\1\\", "".join(pieces))


def html_text(text: str) -> str:
    """Give ``text`` as HTML; a line end in it becomes a line break, and stays a line end in the source."""
    return html.escape(text, quote=False).replace("\n", "<br>\n")


def html_attribute(name: str, value: str) -> str:
    """Give ``name="value"`` with a space before it, or ``""`` without a value."""
    return f' {name}="{html.escape(value)}"' if value else ""
