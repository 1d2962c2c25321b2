"""A library made up for the screen: it answers from values that a test sets."""

import queue
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hubtui.core.errors import UnknownPlaceError, UnknownSourceError
from hubtui.core.models import (
    Diagnostic,
    Entry,
    Facets,
    Fault,
    Hit,
    Match,
    Mention,
    Passage,
    Place,
    PlaceCount,
    Problem,
    SearchResult,
    Source,
    Span,
    SyncProgress,
    SyncReport,
)
from hubtui.core.paths import LibraryPaths
from hubtui.places.corrections import MentionCorrection
from hubtui.search.completion import Choice, slot_at
from hubtui.search.filters import FILTERS
from hubtui.search.find_in_source import SourceText
from hubtui.search.parser import get_filter, set_filter

HARBIN = Place("cn:230100", "Harbin", "哈尔滨", "city", "cn:230000")
GUIZHOU = Place("cn:520000", "Guizhou", "贵州", "province")
TEXTS: Mapping[tuple[str, str, str], Sequence[str]] = {
    ("harbin.txt", "Harbin Builds in the Cold", "en"): (
        "Cold air is free in Harbin, and a data centre needs little else for most of the year.",
        "The city rents out halls that stood empty. Cloud firms took three of them within months.",
        "Winters remain long. Whoever comes from the south stays for two, says one manager, or for good.",
    ),
    ("dongbei.txt", "东北云计算的冬天与春天", "zh"): (
        "哈尔滨的冬天很长，数据中心却喜欢这样的天气（冷却几乎不花钱）。",
        "“云计算不是口号，”一位工程师说，“在哈尔滨，它是三座旧厂房。”",
    ),
    ("guizhou.txt", "Guizhou, a Province Under the Cloud", "en"): (
        "Guizhou offered caves, rivers and cheap power; the cloud firms offered names.",
        "By the end of the decade the province counted its servers by the million.",
    ),
}


@dataclass
class FakeLibrary:
    """Answers as a library would, from values a test sets, and can be made to wait or fail."""

    listed: list[Source] = field(default_factory=list)
    texts: dict[str, tuple[Passage, ...]] = field(default_factory=dict)
    name: str = "Made-up hubs"
    report: SyncReport = field(default_factory=SyncReport)
    troubles: tuple[Problem, ...] = ()
    partial: bool = False
    notes: tuple[str, ...] = ()
    remarks: tuple[Diagnostic, ...] = ()
    faults: tuple[Fault, ...] = ()
    saved: dict[str, str] = field(default_factory=dict)
    paths: LibraryPaths = field(
        default_factory=lambda: LibraryPaths(
            Path("/hubs"), Path("/hubs/seeds"), Path("/hubs/index"), Path("/hubs/clippings.jsonl")
        )
    )
    before_search: Callable[[str], None] | None = None
    during_sync: Callable[[Callable[[SyncProgress], None], Callable[[], bool]], None] | None = None
    begun: str = ""
    """The latest query, where its last word was asked as the beginning of one."""
    searched: list[tuple[str, int]] = field(default_factory=list)
    closed: bool = False
    noticed: list[BaseException] = field(default_factory=list)
    parts_read: list[int] = field(default_factory=list)
    rejected: list[tuple[Passage, Mention, str]] = field(default_factory=list)
    bursts: "queue.SimpleQueue[None]" = field(default_factory=queue.SimpleQueue)

    def __post_init__(self) -> None:
        self.index = FakeIndex(self)
        self.mentions = FakeMentions(self)
        self.reader = FakeReader(self)
        self.queries = FakeQueries(self)
        self.searches = FakeSearches(self)
        self.citations = FakeCitations(self)

    def add(self, source: Source, passages: Sequence[str], section: str = "") -> None:
        """Take a source in, with mentions of the two places there are."""
        made = tuple(
            Passage(source.id, number, text, section, _mentions(text))
            for number, text in enumerate(passages, 1)
        )
        self.listed.append(source)
        self.texts[source.id] = made

    def close(self) -> None:
        self.closed = True

    def notice(self, error: BaseException) -> None:
        self.noticed.append(error)

    def sources(self) -> Sequence[Source]:
        return self.listed

    def source(self, name: str) -> Source:
        for source in self.listed:
            if name in (source.id, source.path):
                return source
        raise UnknownSourceError(name)

    def read(self, source_id: str) -> Sequence[Passage]:
        return self.texts[source_id]

    def _named(self, name: str) -> Place | None:
        return next((place for place in (HARBIN, GUIZHOU) if name in (place.name_en, place.name_zh)), None)

    def place(self, name: str) -> Place:
        for place in (HARBIN, GUIZHOU):
            if name.casefold() in (place.id, place.name_zh, place.name_en.casefold()):
                return place
        raise UnknownPlaceError(name)

    def search(self, query: str, *, limit: int = 20, offset: int = 0, typing: bool = False) -> SearchResult:
        if self.before_search:
            self.before_search(query)
        self.searched.append((query, offset))
        self.begun = query if typing else ""
        hits = [
            Hit(source, passage, 1.0, self.queries.highlights(query, passage))
            for source in self.listed
            for passage in self.texts[source.id]
            if self._matches(query, source, passage)
        ]
        page = tuple(hits[offset : offset + limit])
        faults = (Diagnostic("fault", fault.message, fault=fault) for fault in self.faults)
        notes = (Diagnostic("", note) for note in self.notes if not self.remarks)
        return SearchResult(page, len(hits), self.partial, (*self.remarks, *faults, *notes))

    def facets(self, query: str = "", *, typing: bool = False) -> Facets:
        hits = self.search(query, limit=10**6, typing=typing).hits
        self.searched.pop()
        sources: dict[str, int] = {}
        for hit in hits:
            sources[hit.source.id] = sources.get(hit.source.id, 0) + 1
        places = [
            PlaceCount(place, len(found), len({hit.source.id for hit in found}), len(found))
            for place in (HARBIN, GUIZHOU)
            if (found := [hit for hit in hits if any(m.place is place for m in hit.passage.mentions)])
        ]
        return Facets(len(hits), sources, places)

    def _city(self, query: str) -> Place | None:
        name = get_filter(query, "city")
        return next((one for one in (HARBIN, GUIZHOU) if name in (one.id, one.name_zh, one.name_en)), None)

    def _matches(self, query: str, source: Source, passage: Passage) -> bool:
        city, path = self._city(query), get_filter(query, "source")
        return (
            (city is None or any(mention.place is city for mention in passage.mentions))
            and path in (None, source.path)
            and all(word in passage.text.casefold() for word in _words(query))
        )


class FakeIndex:
    """Syncs as a test says."""

    def __init__(self, fake: "FakeLibrary") -> None:
        self._fake = fake
        self.generation = 1
        self.replaced = False

    def is_replaced(self) -> bool:
        replaced, self.replaced = self.replaced, False
        return replaced

    def changes(self, stopped: threading.Event) -> Iterator[None]:
        while not stopped.is_set():
            try:
                yield self._fake.bursts.get(timeout=0.02)
            except queue.Empty:
                continue

    def sync_in_subprocess(
        self,
        progress: Callable[[SyncProgress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> SyncReport:
        if self._fake.during_sync:
            assert progress is not None
            assert cancelled is not None
            self._fake.during_sync(progress, cancelled)
        return self._fake.report

    def problems(self) -> Sequence[Problem]:
        return self._fake.troubles


class FakeMentions:
    """Rejects mentions, in memory."""

    def __init__(self, fake: "FakeLibrary") -> None:
        self._fake = fake

    def reject(self, passage: Passage, mention: Mention, scope: str = "this") -> MentionCorrection:
        self._fake.rejected.append((passage, mention, scope))
        name, place = mention.surface, mention.place.id
        return MentionCorrection(
            str(len(self._fake.rejected)), "reject", scope, name, place, passage.source_id
        )

    def undo(self, correction_id: str) -> MentionCorrection:
        passage, mention, scope = self._fake.rejected.pop(int(correction_id) - 1)
        name, place = mention.surface, mention.place.id
        return MentionCorrection(correction_id, "reject", scope, name, place, passage.source_id)

    def names(self, place_id: str, query: str = "") -> Sequence[tuple[str, int]]:
        place = self._fake.place(place_id)
        return [(name, self._fake.search(f"{query} {name}").total) for name in (place.name_en, place.name_zh)]


class FakeReader:
    """Reads the made-up sources."""

    def __init__(self, fake: "FakeLibrary") -> None:
        self._fake = fake

    def outline(self, source_id: str) -> Sequence[Entry]:
        return [
            Entry(p.label, p.section, p.kind, len(p.text), len(p.text.encode(errors="replace")))
            for p in self._fake.texts.get(source_id, ())
        ]

    def read_part(self, source_id: str, first: int, after: int) -> Sequence[Passage]:
        self._fake.parts_read.append(first)
        return self._fake.texts.get(source_id, ())[first:after]

    def positions(self, query: str, source_id: str, *, typing: bool = False) -> Sequence[int]:  # noqa: ARG002  # as the real one
        found = enumerate(self._fake.texts.get(source_id, ()))
        return [place for place, passage in found if self._fake.queries.highlights(query, passage)]

    def next_source(self, query: str, source_id: str, step: int) -> tuple[int, str] | None:
        ids = [hit.source.id for hit in self._fake.search(query, limit=10**6).hits]
        order = list(dict.fromkeys(ids))
        at = order.index(source_id) + step if source_id in order else 0
        return (ids.index(order[at]), order[at]) if 0 <= at < len(order) else None

    def rank(self, query: str, source_id: str, place: int, *, typing: bool = False) -> int | None:  # noqa: ARG002  # as the real one
        passage = self._fake.texts[source_id][place]
        hits = enumerate(self._fake.search(query, limit=10**6).hits)
        return next((rank for rank, hit in hits if hit.passage is passage), None)

    def find(self, source_id: str, words: str) -> Sequence[tuple[int, int, int]]:
        return SourceText([passage.text for passage in self._fake.texts[source_id]]).find(words)

    def file_of(self, source: Source) -> Path:
        return self._fake.paths.seeds / source.path


class FakeQueries:
    """Completes and highlights queries."""

    def __init__(self, fake: "FakeLibrary") -> None:
        self._fake = fake

    def prepare(self) -> Iterator[None]:
        return iter(())

    def city_name(self, place: Place) -> str:
        return place.name_en

    def for_city(self, text: str) -> str:
        return f"city:{text}" if text in (HARBIN.name_en, GUIZHOU.name_en) else text

    def complete(self, query: str, cursor: int) -> Sequence[Choice]:
        slot = slot_at(query, cursor)
        if slot is None or slot.name not in ("", "city"):
            return ()
        typed = slot.typed.casefold()
        found = [
            Choice(f"city:{place.name_en}", place.name_en, place.name_zh, 3)
            for place in (HARBIN, GUIZHOU)
            if any(name.casefold().startswith(typed) for name in (place.name_en, place.name_zh))
        ]
        names = [Choice(f"{name}:", f"{name}:") for name in FILTERS if name.startswith(typed)]
        return [*(() if slot.name else names), *found] if slot.name or len(typed) > 1 else ()

    def without_unfinished(self, query: str, cursor: int) -> str:
        slot = slot_at(query, cursor)
        begun = slot is not None and slot.name == "city" and self._fake._named(slot.typed) is None
        return query[: slot.start] + query[slot.end :] if slot and begun else query

    def explain(self, query: str, passage: Passage) -> tuple[Match, ...]:
        spans = self.highlights(query, passage)
        return tuple(Match(passage.text[a:b], "literal", passage.text[a:b], ((a, b),)) for a, b in spans)

    def highlights(self, query: str, passage: Passage, *, typing: bool = False) -> tuple[Span, ...]:  # noqa: ARG002  # as the real one
        spans = [(m.start, m.end) for m in passage.mentions if self._fake._city(query) == m.place]
        for word in _words(query):
            start = passage.text.casefold().find(word)
            if start >= 0:
                spans.append((start, start + len(word)))
        return tuple(sorted(set(spans)))


class FakeSearches:
    """Saves searches, in memory."""

    def __init__(self, fake: "FakeLibrary") -> None:
        self._fake = fake

    def all(self) -> Mapping[str, str]:
        return dict(self._fake.saved)

    def save(self, name: str, query: str) -> None:
        self._fake.saved[name] = query

    def remove(self, name: str) -> None:
        del self._fake.saved[name]


class FakeCitations:
    """Quotes with a citation in brackets."""

    def __init__(self, fake: "FakeLibrary") -> None:
        self._fake = fake

    def quote(
        self,
        passages: Passage | Sequence[Passage | tuple[Passage, Span]],
        style: str | None = None,
        format: str | None = None,
    ) -> str:
        form = "" if (style, format or "plain") == (None, "plain") else f" [{style}, {format}]"
        quoted = []
        for one in [passages] if isinstance(passages, Passage) else passages:
            passage, (start, end) = (one, (0, None)) if isinstance(one, Passage) else one
            cited = f"{self._fake.source(passage.source_id).label}. ¶{passage.number}."
            quoted.append(f"{passage.text[start:end]}\n\n{cited}{form}")
        return "\n\n".join(quoted)

    def style_for(self, source: Source, style: str | None = None) -> str:
        assert source in self._fake.listed
        return style or "apa"


def _words(query: str) -> list[str]:
    return set_filter(set_filter(query, "city", None), "source", None).casefold().split()


def _mentions(text: str) -> tuple[Mention, ...]:
    found = []
    for place in (HARBIN, GUIZHOU):
        for name in (place.name_en, place.name_zh):
            start = text.find(name)
            if start >= 0:
                found.append(Mention(start, start + len(name), name, place))
    return tuple(sorted(found, key=lambda mention: mention.start))
