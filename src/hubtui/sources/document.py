"""What passes between the steps of reading: files, blocks, facts, documents."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from hubtui.sources.corrections import Correction

Kind = Literal["paragraph", "heading", "list item", "table", "quote", "code"]
"""What a block of text is in its document."""

Origin = Literal["front matter", "page metadata", "byline", "text", "file name", "correction"]
"""Where a fact was taken from; a fact that is unknown has none."""

FIELDS = ("title", "author", "publisher", "date", "language", "url")
"""The facts that a document remembers the origin of."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    r"""A file that may be read as a source.

    Attributes:
        path: Relative to ``seeds/``, with ``/`` between folders, in NFC; control characters and bytes
            that are no UTF-8 are written as escapes (``\x1b``), so that it can be shown and stored.
        absolute: Where the file is.
        size: In bytes.
        mtime_ns: When it was last modified, in nanoseconds of the Unix epoch. A correction shifts it, so
            that it differs whenever the file or its correction has changed.
        correction: What the user says about it.
    """

    path: str
    absolute: Path
    size: int
    mtime_ns: int
    correction: Correction = field(default_factory=Correction)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A passage in the making.

    Attributes:
        text: Normalised; holds newlines only in a table or in code.
        section: The heading it stands under, or ``""``.
        kind: What it is in its document; the section of a ``heading`` is its own text.
        number: Which paragraph of the document it is, from 1.
        part: ``""``, or ``a``, ``b``… where a very long paragraph was split.
        page: The page it begins on, from 1, or 0 where the format has no pages.
        language: As :attr:`Document.language`, but of this paragraph.
    """

    text: str
    section: str = ""
    kind: Kind = "paragraph"
    number: int = 0
    part: str = ""
    page: int = 0
    language: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A source as it was read.

    Attributes:
        digest: Of the file's bytes and its correction (BLAKE2b, 128 bits, hexadecimal).
        title: The title, or ``""``.
        author: The authors, ``"; "`` between several, or ``""``.
        publisher: Who published it first, or ``""``.
        date: Of publication, in ISO form and as precise as known, or ``""``.
        language: ``zh-Hans``, ``zh-Hant``, ``en`` or another language tag, ``""`` when undecided.
        url: Where it was published, or ``""``.
        origins: For each of these that is known, where it was taken from.
        passages: The text, in order.
        accessed: When the reader saved it, in ISO form, where the file says so.
        doubts: What may be wrong with it and what to do, as sentences.
    """

    digest: str
    title: str = ""
    author: str = ""
    publisher: str = ""
    date: str = ""
    language: str = ""
    url: str = ""
    origins: Mapping[str, Origin] = field(default_factory=dict)
    passages: tuple[Paragraph, ...] = ()
    accessed: str = ""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text as a reader found it, before it is known whether it belongs to the article.

    Attributes:
        text: Normalised, without white space at either end.
        kind: What the format says it is; plain text says nothing, so its blocks are paragraphs.
        level: Of a heading that the format marks, from 1; 0 otherwise.
        page: The page it begins on, from 1, or 0.
    """

    text: str
    kind: Kind = "paragraph"
    level: int = 0
    page: int = 0


class Facts:
    """What is known about a document; the first value offered for a field stays."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.origins: dict[str, Origin] = {}

    def offer(self, name: str, value: str, origin: Origin) -> None:
        """Take ``value``, on one line, for the field ``name`` unless it is empty or the field is known."""
        value = " ".join(value.split())
        if value and name not in self.values:
            self.values[name] = value
            self.origins[name] = origin

    def prefer(self, name: str, value: str, origin: Origin) -> None:
        """Take ``value`` as :meth:`offer` does, and also in place of what a page's metadata says.

        A page knows its own site; the text knows where the site has it from.
        """
        if value and self.origins.get(name, "page metadata") == "page metadata":
            self.replace(name, value, origin)

    def replace(self, name: str, value: str, origin: Origin) -> None:
        """Take ``value`` for the field ``name``, or forget the field when it is empty."""
        self.values.pop(name, None)
        self.origins.pop(name, None)
        self.offer(name, value, origin)

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")


@dataclass(slots=True)
class Extract:
    """What a reader takes from a file.

    Attributes:
        blocks: The text, in order.
        facts: What the format itself says about the document.
        marked: Whether the format marks headings, so that none need be guessed.
        cleaned: Whether the reader has removed what surrounds the article on its page.
        doubts: As :attr:`Document.doubts`.
    """

    blocks: list[Block]
    facts: Facts = field(default_factory=Facts)
    marked: bool = False
    cleaned: bool = False
    doubts: list[str] = field(default_factory=list)
