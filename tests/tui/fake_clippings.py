"""A made-up library that keeps clippings in a real file."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.tui.fake_library import FakeLibrary

from hubtui.clippings.export import export_clippings
from hubtui.clippings.model import Clipping, make_clipping
from hubtui.clippings.query import filter_clippings, sort_clippings
from hubtui.clippings.relocate import PassageState, Relocation
from hubtui.clippings.store import ClippingFile
from hubtui.core.models import Passage, Problem, Source, Span
from hubtui.core.paths import LibraryPaths


class FakeClippings:
    """Keeps the clippings of a made-up library in a real file."""

    def __init__(self, fake: "KeepingLibrary") -> None:
        self._fake = fake

    def add(
        self,
        passage: Passage,
        *,
        query: str = "",
        highlights: Sequence[Span] | None = None,
        note: str = "",
        tags: Iterable[str] = (),
    ) -> Clipping:
        source = self._fake.source(passage.source_id)
        made = make_clipping(source, passage, "gb7714-2025").annotated(note, tags)
        found = self._fake.queries.highlights(query, passage) if highlights is None else tuple(highlights)
        made = made._replace(query=query, highlights=found)
        self._fake.kept.append(made)
        return made

    def find(self, words: str = "", *, order: str = "time") -> Sequence[Clipping]:
        return sort_clippings(filter_clippings(self._fake.kept.load().items, words), order)

    def problems(self) -> Sequence[Problem]:
        return self._fake.kept.load().problems

    def annotate(self, id_: str, *, note: str | None = None, tags: Iterable[str] | None = None) -> Clipping:
        return self._fake.kept.change(id_, lambda clipping: clipping.annotated(note, tags))

    def remove(self, ids: Collection[str]) -> Sequence[Clipping]:
        return self._fake.kept.remove(ids)

    def restore(self, ids: Collection[str] = ()) -> Sequence[Clipping]:
        return self._fake.kept.restore(ids)

    def locate(self, clippings: Iterable[Clipping]) -> Iterator[Relocation]:
        for clipping in clippings:
            yield self._fake.states.get(clipping.id) or self._in_place(clipping)

    def quote(self, clippings: Sequence[Clipping], style: str | None = None, format: str = "plain") -> str:
        assert (style, format) == (None, "plain")
        return "\n".join(f"{clipping.text} — {clipping.citation}" for clipping in clippings)

    def export(
        self, clippings: Sequence[Clipping], format: str, *, style: str | None = None, group: str = ""
    ) -> bytes:
        return export_clippings(clippings, format, style or "apa", group)

    def _in_place(self, clipping: Clipping) -> Relocation:
        for source in self._fake.listed:
            for passage in self._fake.texts[source.id]:
                if (source.path, passage.text) == (clipping.path, clipping.text):
                    return Relocation(PassageState.IN_PLACE, source, passage, 1.0)
        return Relocation(PassageState.GONE)


@dataclass
class KeepingLibrary(FakeLibrary):
    """A made-up library that keeps clippings in a real file."""

    kept: ClippingFile = field(default_factory=lambda: ClippingFile(Path("/none/a"), Path("/none/b")))
    states: dict[str, Relocation] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.clippings = FakeClippings(self)


def keeping(folder: Path, listed: Sequence[Source] = (), texts: Any = ()) -> KeepingLibrary:
    """Make a library that keeps its clippings in ``folder``, with these sources."""
    file = folder / "clippings.jsonl"
    return KeepingLibrary(
        list(listed),
        dict(texts),
        paths=LibraryPaths(folder, folder / "seeds", folder / "index", file),
        kept=ClippingFile(file, folder / "lock"),
    )
