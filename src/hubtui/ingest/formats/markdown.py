"""Markdown (CommonMark with tables), parsed by pulldown-cmark."""

import re
from typing import TYPE_CHECKING, Any, cast

from hubtui.core.i18n import _
from hubtui.ingest.document import BlockKind, Extract, TextBlock
from hubtui.ingest.encodings import decode
from hubtui.ingest.formats.html_fragments import html_blocks
from hubtui.ingest.metadata.front_matter import split_front_matter
from hubtui.ingest.paragraphs import cell_count, join_lines, join_spaced, paragraphs, wrap_width
from hubtui.text.analyzer import is_han

if TYPE_CHECKING:
    from pyromark.event import Event

_ADDRESSED = re.compile(
    r"\s*(?:via|原文\w{0,2}|来源|出处|转自|转载自|source|original)\s?[:：]\s*", re.IGNORECASE
)
_COMMENT = re.compile(r"^%%[ \t]*\n(?:(?!%%).*\n){0,500}%%[ \t]*$", re.MULTILINE)
"""A comment of Obsidian that takes lines of its own."""
_LONGEST_LABEL = 40
_CONTAINERS: dict[str, BlockKind] = {"BlockQuote": "quote", "Item": "list item", "Table": "table"}
_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")
_MOST_COLUMNS = 500
_MOST_UNCLOSED_FENCES = 20
"""Each unclosed fence costs one more parse of what follows it; a text has one, if any."""


def read(data: bytes) -> Extract:
    """Return the blocks of a Markdown file and the facts of its front matter."""
    extract = Extract([], marked=True)
    text = split_front_matter(decode(data, doubts=extract.doubts), extract.facts, extract.doubts)
    text = _COMMENT.sub("", text)
    extract.blocks = _parse(join_spaced(text), extract.doubts) or [
        TextBlock(part) for part in paragraphs(text)
    ]  # only tags
    return extract


def _parse(text: str, doubts: list[str]) -> list[TextBlock]:
    """Return the blocks of a text; what an unclosed fence would swallow is read as Markdown."""
    from pyromark import Options, events_with_range  # deferred: only Markdown needs it

    # The parser fills short rows up: a table as wide as it is long would grow with the square of the text.
    is_wide = any(line.count("|") > _MOST_COLUMNS for line in text.split("\n"))
    options = Options.ENABLE_FOOTNOTES | (Options(0) if is_wide else Options.ENABLE_TABLES)
    blocks = _BlockBuilder()
    rest: str | None = text
    for fences in range(_MOST_UNCLOSED_FENCES + 1):
        if rest is None:
            break
        source, rest = rest.encode(), None
        for event, extent in events_with_range(source.decode(), options=options):
            if _starts_fence(event) and blocks.is_top_level and fences < _MOST_UNCLOSED_FENCES:
                rest = _behind_unclosed_fence(source[extent["start"] : extent["end"]].decode())
                if rest is not None:
                    break
            blocks.add(event)
    if blocks.pictures:
        message = _("It has pictures whose text, if they show any, is not read: {count}.")
        doubts.append(message.format(count=blocks.pictures))
    return blocks.found


def _starts_fence(event: "Event") -> bool:
    return event.__class__ is dict and (tag := event.get("Start")).__class__ is dict and "CodeBlock" in tag


def _behind_unclosed_fence(block: str) -> str | None:
    """Return what follows the opening fence of a code block that is never closed; None for any other."""
    opening, _end, rest = block.partition("\n")
    fence = _FENCE.match(opening)
    if fence is None or any(line.strip().startswith(fence.group(1)) for line in rest.split("\n")):
        return None
    return rest


class _BlockBuilder:
    """Builds blocks from the parser's events."""

    def __init__(self) -> None:
        self.found: list[TextBlock] = []
        self._within: list[BlockKind] = []
        self._rows: list[list[str]] = []
        self._mark = ""  # of the note that begins
        self._level = 0  # of the heading that is being read
        self._verbatim: list[str] | None = None  # the lines of a code block or of HTML
        self._inline = _Inline()

    @property
    def is_top_level(self) -> bool:
        return not self._within

    @property
    def pictures(self) -> int:
        """Return how many pictures have no words that stand for them."""
        return self._inline.silent

    def add(self, event: "Event") -> None:
        """Take the next event."""
        if isinstance(event, str):
            if event != "Rule":
                self._inline.add("\n")
            return
        kind, value = next(iter(cast("dict[str, Any]", event).items()))
        if kind == "Start":
            self._start(value)
        elif kind == "End":
            self._end(value if isinstance(value, str) else next(iter(value)))
        elif kind == "InlineHtml":
            self._inline.add_tag(value)
        elif kind in ("FootnoteReference", "TaskListMarker"):
            pass
        elif self._verbatim is not None:
            self._verbatim.append(value)
        else:
            self._inline.add(value)

    def _start(self, tag: str | dict[str, Any]) -> None:
        name = tag if isinstance(tag, str) else next(iter(tag))
        if name in ("Link", "Image"):
            self._inline.start(name, "" if isinstance(tag, str) else tag[name]["dest_url"])
            return
        if name in _STYLES:
            return
        self._flush()  # the text of a tight list's item ends where a block within it begins
        if name in _CONTAINERS:
            self._within.append(_CONTAINERS[name])
        elif name in ("TableHead", "TableRow"):
            self._rows.append([])
        elif name == "Heading" and not isinstance(tag, str):
            self._level = int(tag[name]["level"][1])
        elif name in ("CodeBlock", "HtmlBlock"):
            self._verbatim = []
        elif name == "FootnoteDefinition" and not isinstance(tag, str):
            self._mark = f"[{tag[name]}] "

    def _end(self, name: str) -> None:
        if name in ("Link", "Image"):
            self._inline.end(name)
        elif name == "TableCell":
            self._rows[-1].append(" ".join(self._inline.lines()))
        elif name in ("CodeBlock", "HtmlBlock"):
            text, self._verbatim = "".join(self._verbatim or ()), None
            blocks = [TextBlock(text.strip("\n"), "code")] if name == "CodeBlock" else html_blocks(text)
            self.found += [block for block in blocks if block.text]
        elif name not in _STYLES:
            self._flush()
            if name in _CONTAINERS and self._within.pop() == "table":
                self.found.append(TextBlock("\n".join(" | ".join(row) for row in self._rows), "table"))
                self._rows = []

    def _flush(self) -> None:
        lines, level = self._inline.lines(), self._level
        self._level = 0
        if not lines:
            return
        if level:
            self.found.append(TextBlock(join_lines(lines), "heading", level))
        else:
            kind = self._within[-1] if self._within else "paragraph"
            if sign := _SIGNS.get(kind):
                lines[0] = sign.sub("", lines[0]) if sign.match(lines[0]) else lines[0]
            first, *others = _paragraphs([line for line in lines if line]) or [""]
            marked = [self._mark + first, *others] if first else others
            self._mark = ""
            self.found += [TextBlock(text, kind) for text in marked]


_STYLES = frozenset({"Emphasis", "Strong"})
"""What changes the look of words and not their text."""


class _Inline:
    """The text of a block as it is read, without pictures and tags.

    Where a byline names the original by a link, the link's address is part of the text.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._line = ""  # the beginning of the line, as long as it may be a label
        self._pictures = 0
        self._is_silent = False
        self.silent = 0
        self._address = ""
        self._link_start = 0
        self._gloss_end = ""

    def add(self, text: str) -> None:
        self._is_silent = self._is_silent and not (self._pictures and text.strip())
        if self._pictures or not text:
            return
        self._parts.append(text)
        _before, line_break, line = text.rpartition("\n")
        if line_break:
            self._line = line
        elif len(self._line) <= _LONGEST_LABEL:
            self._line += line

    def add_tag(self, tag: str) -> None:
        """Put the gloss of a ruby annotation in brackets, as a page without ruby shows it."""
        if tag in ("<rp>", "</rp>"):  # the brackets of the gloss, which are put anyway
            self._pictures += 1 if tag == "<rp>" else -1
        elif tag == "<rt>":
            is_chinese = bool(self._parts) and is_han(self._parts[-1][-1])
            self._gloss_end = "）" if is_chinese else ")"
            self.add("（" if is_chinese else " (")
        elif tag == "</rt>":
            self.add(self._gloss_end or ")")
            self._gloss_end = ""
        elif tag.startswith("<br"):
            self.add("\n")

    def start(self, name: str, address: str) -> None:
        if name == "Image":
            self._pictures += 1
            self._is_silent = True
        elif _ADDRESSED.fullmatch(self._line):
            self._address, self._link_start = address, len(self._parts)

    def end(self, name: str) -> None:
        if name == "Image":
            self._pictures -= 1
            self.silent += self._is_silent
            self._is_silent = False
        elif self._address:
            if not "".join(self._parts[self._link_start :]).endswith(self._address):
                self.add(f" {self._address}")
            self._address = ""

    def lines(self) -> list[str]:
        """Return the lines that have text, and begin anew."""
        text = _plain("".join(self._parts))
        self._parts.clear()
        self._line = ""
        return [line.strip() for line in text.split("\n") if line.strip()]


_CALLOUT = re.compile(r"\[![\w-]{1,20}(?:\|[^\]]{0,40})?\][+-]?\s*")
_SIGNS = {"quote": _CALLOUT, "list item": re.compile(r"\[[ xX]\]\s+")}
"""What begins a quotation that is a callout, and an item of a list that is a task."""
_EMBEDDED = re.compile(r"(?:[ ]|^)?!\[\[[^\[\]\n]{1,300}\]\]|[ ]?%%[^%\n]{1,500}%%")
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|\n]{1,200}\|)?([^\[\]|\n]{1,200})\]\]")
_MARKED = re.compile(r"(==|~~)(?=\S)((?:(?!\1).){1,2000})(?<=\S)\1")
_BLOCK_ID = re.compile(r"(?:(?<=\s)|^)\^[\w-]{3,40}$", re.MULTILINE)


def _plain(text: str) -> str:
    """Return a text without what Obsidian and its like add: links between notes, embedded files, comments."""
    if "[[" in text or "%%" in text:
        text = _WIKI_LINK.sub(r"\1", _EMBEDDED.sub("", text))
    if "==" in text or "~~" in text:
        text = _MARKED.sub(r"\2", text)
    return _BLOCK_ID.sub("", text) if "^" in text else text


def _paragraphs(lines: list[str]) -> list[str]:
    """Join the lines of a paragraph, unless each is as long as a paragraph or carries its own label."""
    if len(lines) < 2:
        return lines
    short = all(cell_count(line) < 200 for line in lines)
    if wrap_width([lines]) or (short and not _labelled(lines)):
        return [join_lines(lines)]
    return lines


def _labelled(lines: list[str]) -> bool:
    return sum("：" in line[:8] or ": " in line[:16] for line in lines) * 2 > len(lines)
