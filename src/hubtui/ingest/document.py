"""Define what the steps of reading hand on: files, blocks, facts, documents."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

CORRECTIONS_FILE = "sources.toml"
"""Where the user's corrections of sources are, in the folder of the sources."""

BlockKind = Literal["paragraph", "heading", "list item", "table", "quote", "code"]
"""What a block of text is in its document."""

Origin = Literal["front matter", "page metadata", "byline", "text", "file name", "correction"]
"""Where a fact was taken from; a fact that is unknown has none."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What the user says about one source.

    Attributes:
        facts: Values that replace what was read; an empty one removes it.
        first: How the first paragraph of the real text begins, or ``""``.
        last: How the last one begins, or ``""``.
        hide: Whether the file is to be no source at all.
    """

    facts: Mapping[str, str] = field(default_factory=dict)
    first: str = ""
    last: str = ""
    hide: bool = False

    @property
    def fingerprint(self) -> int:
        """Return a number of 48 bits that differs between different corrections; 0 for none."""
        if self == NO_CORRECTION:
            return 0
        import hashlib  # deferred: few sources are corrected

        parts = (sorted(self.facts.items()), self.first, self.last, self.hide)
        return int.from_bytes(hashlib.blake2b(repr(parts).encode(), digest_size=6).digest())


NO_CORRECTION = Correction()
"""What the user says about most files."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    r"""A file that may be read as a source.

    Attributes:
        path: Relative to ``seeds/``, with ``/`` between folders, in NFC; control characters and bytes
            that are no UTF-8 are written as escapes (``\x1b``), so that it can be shown and stored.
        location: Where the file is.
        size: In bytes.
        mtime_ns: When it was last modified, in nanoseconds of the Unix epoch. A correction shifts it, so
            that it differs whenever the file or its correction has changed.
        correction: What the user says about it.
    """

    path: str
    location: str | Path
    size: int
    mtime_ns: int
    correction: Correction = NO_CORRECTION

    @property
    def absolute(self) -> Path:
        """Return where the file is; made when it is asked for, since few files of a folder are read."""
        return Path(self.location)


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
    kind: BlockKind = "paragraph"
    number: int = 0
    part: str = ""
    page: int = 0
    language: str = ""

    def __reduce__(self) -> tuple[object, ...]:
        # What dataclasses do instead takes ten times as long, and there are thousands of paragraphs.
        values = (self.text, self.section, self.kind, self.number, self.part, self.page, self.language)
        return Paragraph, values


@dataclass(frozen=True, slots=True)
class Document:
    """A source as it was read.

    Attributes:
        digest: Of the file's bytes and its correction (BLAKE2b, 128 bits, hexadecimal).
        facts: What is known about it, by the names of the registry
            (:data:`hubtui.ingest.metadata.facts.SOURCE_FACTS`); what is unknown is missing. Several authors
            have ``"; "`` between them; dates are in ISO form, as precise as known; the language is
            ``zh-Hans``, ``zh-Hant``, ``en`` or another language tag.
        origins: For each of these that is known, where it was taken from.
        passages: The text, in order.
        doubts: What may be wrong with it and what to do, as sentences.
        unrecognised: Whether some of it is pictures of text that were not read by OCR.
    """

    digest: str
    facts: Mapping[str, str] = field(default_factory=dict)
    origins: Mapping[str, Origin] = field(default_factory=dict)
    passages: tuple[Paragraph, ...] = ()
    doubts: tuple[str, ...] = ()
    unrecognised: bool = False

    @property
    def title(self) -> str:
        """Return the title, or ``""``."""
        return self.facts.get("title", "")

    @property
    def author(self) -> str:
        """Return the authors, ``"; "`` between several, or ``""``."""
        return self.facts.get("author", "")

    @property
    def publisher(self) -> str:
        """Return who published it first, or ``""``."""
        return self.facts.get("publisher", "")

    @property
    def date(self) -> str:
        """Return the date of publication, or ``""``."""
        return self.facts.get("date", "")

    @property
    def language(self) -> str:
        """Return the tag of its language, or ``""`` when undecided."""
        return self.facts.get("language", "")

    @property
    def url(self) -> str:
        """Return where it was published, or ``""``."""
        return self.facts.get("url", "")

    @property
    def accessed(self) -> str:
        """Return the day when the user saved it, where the file says so, or ``""``."""
        return self.facts.get("accessed", "")


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A piece of text as a reader found it, before it is known whether it belongs to the article.

    Attributes:
        text: Normalised, without white space at either end.
        kind: What the format says it is; plain text says nothing, so its blocks are paragraphs.
        level: Of a heading that the format marks, from 1; 0 otherwise.
        page: The page it begins on, from 1, or 0.
    """

    text: str
    kind: BlockKind = "paragraph"
    level: int = 0
    page: int = 0


class Facts:
    """Collect what is known about a document; the first value offered for a fact stays."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.origins: dict[str, Origin] = {}

    def offer(self, name: str, value: str, origin: Origin) -> None:
        """Take ``value``, on one line, for the fact ``name`` unless it is empty or the fact is known."""
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
        """Take ``value`` for the fact ``name``, or forget the fact when it is empty."""
        self.values.pop(name, None)
        self.origins.pop(name, None)
        self.offer(name, value, origin)

    def take(self, name: str) -> str:
        """Return the value of a fact, ``""`` where it is unknown, and forget the fact."""
        self.origins.pop(name, None)
        return self.values.pop(name, "")

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
        unrecognised: As :attr:`Document.unrecognised`.
    """

    blocks: list[TextBlock]
    facts: Facts = field(default_factory=Facts)
    marked: bool = False
    cleaned: bool = False
    doubts: list[str] = field(default_factory=list)
    unrecognised: bool = False
