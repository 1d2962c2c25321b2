"""The words of hubtui as immutable values; no input, no output.

All offsets are code points, counted from 0, into ``Passage.text`` (the normalised text of the passage);
an end offset is exclusive.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

Span = tuple[int, int]
"""A start and an exclusive end offset."""


@dataclass(frozen=True, slots=True)
class Place:
    """A city, province, district, region or country of the gazetteer.

    Attributes:
        id: ``cn:`` and the six-digit administrative code (GB/T 2260), or ``gn:`` and a GeoNames id.
        name_en: The usual English name, as a newspaper would write it.
        name_zh: The usual Simplified Chinese name without its generic ending (哈尔滨, not 哈尔滨市).
        kind: ``province``, ``city``, ``district``, ``region``, ``country``…
        parent: The id of the place this one lies in, ``""`` at the top.
        latitude: Degrees north, WGS 84; ``None`` when unknown.
        longitude: Degrees east, WGS 84; ``None`` when unknown.
    """

    id: str
    name_en: str
    name_zh: str
    kind: str
    parent: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence of a name of a place.

    Attributes:
        start: Offset of the first character of the name.
        end: Offset after its last character.
        surface: The characters between them.
        place: The place that is meant.
        in_name: Whether the name stands inside a longer proper name (北京大学, Shanghai Composite).
        alternatives: What else the name can mean (Suzhou: 苏州, 宿州), most prominent first.
    """

    start: int
    end: int
    surface: str
    place: Place
    in_name: bool = False
    alternatives: tuple[Place, ...] = ()


FACT_FIELDS = frozenset({"title", "author", "publisher", "date", "language", "url", "accessed"})
"""The facts of a source that have a field of their own."""


@dataclass(frozen=True, slots=True)
class Source:
    """One document of the library, with what is known about it.

    Attributes:
        id: Identifies the source as long as its path does not change.
        path: Relative to ``seeds/``, with ``/`` between folders.
        title: The title, or ``""``; see :attr:`label` for something to show.
        author: The authors, ``"; "`` between several, or ``""``.
        publisher: Who published it first (a newspaper, an agency, an organisation), or ``""``.
        date: Date of publication in ISO form, as precise as known (``2018``, ``2018-06``,
            ``2018-06-07``), or ``""``.
        language: Language tag of most of the text (``zh``, ``en``…), or ``""``.
        url: Where it was published, or ``""``.
        passages: How many passages it has.
        origins: For each field above that is known, where it was taken from.
        accessed: When the user saved it, in ISO form, where the file says so, or ``""``.
        doubts: What may be wrong with it and what to do, as sentences.
        story: The id of the best copy, where several sources tell the same story (reprints of one
            report); ``""`` for a source that stands alone.
        others: Known facts that have no field here (``type``…), by their names; see :meth:`fact`.
    """

    id: str
    path: str
    title: str = ""
    author: str = ""
    publisher: str = ""
    date: str = ""
    language: str = ""
    url: str = ""
    passages: int = 0
    origins: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    accessed: str = ""
    doubts: tuple[str, ...] = ()
    story: str = ""
    others: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def fact(self, name: str) -> str:
        """Return a fact by its name in the registry (:mod:`hubtui.ingest.metadata.facts`), or ``""``."""
        return str(getattr(self, name)) if name in FACT_FIELDS else self.others.get(name, "")

    @property
    def is_reprint(self) -> bool:
        """Whether another source is the best copy of its story."""
        return self.story not in ("", self.id)

    @property
    def label(self) -> str:
        """The title, or the path where there is none."""
        return self.title or self.path


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a source, or a part of a very long one: what is found, read and quoted.

    Attributes:
        source_id: The source it belongs to.
        number: The paragraph's number in the source, from 1.
        text: The paragraph, normalised; what is searched, shown and copied.
        section: The heading it stands under, or ``""``.
        mentions: The places it names, in the order of the text.
        part: ``""``; or ``a``, ``b``… where the paragraph is so long that it was split.
        page: The page it begins on, from 1; 0 where the source has no pages.
        kind: ``paragraph``, ``list item``, ``table``, ``quote``, ``code`` or ``heading``.
        language: Its language, as the source's, or ``""``.
    """

    source_id: str
    number: int
    text: str
    section: str = ""
    mentions: tuple[Mention, ...] = ()
    part: str = ""
    page: int = 0
    kind: str = "paragraph"
    language: str = ""

    @property
    def label(self) -> str:
        """What it is called in its source: ``3``, or ``3a`` for a part of paragraph 3."""
        return f"{self.number}{self.part}"


class Entry(NamedTuple):
    """A passage in the outline of its source, which may have tens of thousands: hence no dataclass.

    Attributes:
        label: What the passage is called: ``3``, or ``3a``.
        section: The heading it stands under, or ``""``; of a heading, itself.
        kind: As of the passage.
        characters: The length of its text in code points.
        octets: The length of its text in UTF-8, which tells about how wide its characters are.
    """

    label: str
    section: str
    kind: str
    characters: int
    octets: int


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that could not be indexed as it should.

    Attributes:
        path: Relative to ``seeds/``.
        message: What is wrong and what to do, as a sentence or two.
    """

    path: str
    message: str


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync found and did.

    Attributes:
        added: Sources indexed for the first time.
        updated: Sources whose content changed.
        removed: Sources that are gone.
        unchanged: Sources left as they were.
        problems: Files that could not be read, and repairs that were made.
        seconds: How long it took.
    """

    added: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0
    problems: tuple[Problem, ...] = ()
    seconds: float = 0.0

    @property
    def changed(self) -> bool:
        """Whether the library holds something else than before."""
        return bool(self.added or self.updated or self.removed)


@dataclass(frozen=True, slots=True)
class SyncProgress:
    """How far a sync has come: ``done`` of ``total`` files, ``path`` being the last one."""

    done: int
    total: int
    path: str


class Nearness(NamedTuple):
    """A word of a passage that means nearly what a word of a question does.

    Attributes:
        part: The word of the question, folded.
        start: Offset of the word in the passage's text.
        end: Offset after it.
        likeness: How close they come; 1 is the same word.
    """

    part: str
    start: int
    end: int
    likeness: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that answers a query.

    Attributes:
        source: Where it stands.
        passage: The passage.
        score: How well it answers; only the order means something.
        highlights: The spans of the passage's text that matched, in order, not overlapping.
        reprints: The other sources that have the same passage, as reprints of the same story.
        by_meaning: Whether what it means put it here: no word of the question would have, or not so high.
        nearest: Of a hit by meaning, its words that come closest to the question's, telling ones first.
    """

    source: Source
    passage: Passage
    score: float
    highlights: tuple[Span, ...] = ()
    reprints: tuple[Source, ...] = ()
    by_meaning: bool = False
    nearest: tuple[Nearness, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a query that cannot be meant as written.

    Attributes:
        start: Offset into the query of what is at fault.
        end: Offset after it.
        message: What is wrong and what would be right, as a sentence.
        instead: What could stand there, or ``""``.
    """

    start: int
    end: int
    message: str
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Why a passage is a hit: something in it that a part of the query found.

    Attributes:
        part: The part of the query, as typed.
        way: How it matched: ``literal``, ``inflected``, ``script`` (Traditional for Simplified and back),
            ``translated``, ``pinyin``, ``place`` (another name of a city), ``phrase``, ``near``, ``prefix``
            or ``fuzzy``.
        found: What was looked for: the translation, the Chinese word behind pinyin, or the part itself.
        spans: Where that stands in the passage's text.
        weight: What it counts beside a literal match, which counts 1.
    """

    part: str
    way: str
    found: str
    spans: tuple[Span, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something that an answer says about itself.

    Attributes:
        kind: ``fault`` (a part of the query is wrong), ``meant`` (a word may be a slip), ``partial``,
            ``added`` (words that were looked for as well), ``alone`` (what each part finds) or ``without``
            (what is found without a part).
        text: A sentence.
        instead: The query that it proposes, or ``""``.
        fault: Of a fault: where it is and what could stand there.
    """

    kind: str
    text: str
    instead: str = ""
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer to a query.

    Attributes:
        hits: The hits asked for, best first.
        total: How many passages match in all.
        partial: No passage has every word; these have some.
        diagnostics: What was added, relaxed or left out, and what is wrong; that hits are partial, too.
        seconds: How long it took.
    """

    hits: tuple[Hit, ...]
    total: int
    partial: bool = False
    diagnostics: tuple[Diagnostic, ...] = ()
    seconds: float = 0.0

    @property
    def remarks(self) -> tuple[Diagnostic, ...]:
        """The diagnostics, by their former name."""
        return self.diagnostics

    @property
    def notes(self) -> tuple[str, ...]:
        """The diagnostics as sentences."""
        return tuple(diagnostic.text for diagnostic in self.diagnostics)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The parts of the query that are wrong."""
        return tuple(diagnostic.fault for diagnostic in self.diagnostics if diagnostic.fault is not None)


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """How many passages, of how many sources, mention a place.

    Attributes:
        place: The place.
        passages: Those that mention it or a place that lies in it, each counted once.
        sources: The sources they are in.
        direct: Those among them that mention the place itself.
        in_names: Those among them that name it, or what lies in it, only inside longer names (北京大学).
    """

    place: Place
    passages: int
    sources: int
    direct: int = 0
    in_names: int = 0


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts under a query.

    Attributes:
        total: Passages that the query selects.
        sources: Passages for each source id that has any.
        places: The places these passages mention, most passages first.
        stories: How many independent stories the sources tell: reprints of one count once.
    """

    total: int
    sources: Mapping[str, int]
    places: Sequence[PlaceCount]
    stories: int = 0
