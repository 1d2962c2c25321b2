"""A made-up library that keeps clippings in a real file."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.tui.fake_library import FakeLibrary

from hubtui.clippings.export import export_clippings
from hubtui.clippings.model import Clipping, make_clipping
from hubtui.clippings.query import filter_clippings, sort_clippings
from hubtui.clippings.relocate import PassageState, Relocation
from hubtui.clippings.store import ClippingFile
from hubtui.model import Passage, Problem, Source
from hubtui.paths import LibraryPaths


@dataclass
class KeepingLibrary(FakeLibrary):
    """A made-up library that keeps clippings in a real file."""

    kept: ClippingFile = field(default_factory=lambda: ClippingFile(Path("/none/a"), Path("/none/b")))
    states: dict[str, Relocation] = field(default_factory=dict)

    def clip(self, passage: Passage, *, query: str = "", **said: Any) -> Clipping:
        source = self.source(passage.source_id)
        made = make_clipping(source, passage, "gb7714-2025").annotated(**said)
        made = made._replace(query=query, highlights=self.highlights(query, passage))
        self.kept.append(made)
        return made

    def clippings(self, words: str = "", *, order: str = "time") -> Sequence[Clipping]:
        return sort_clippings(filter_clippings(self.kept.load().items, words), order)

    def clipping_problems(self) -> Sequence[Problem]:
        return self.kept.load().problems

    def annotate_clipping(
        self, id_: str, *, note: str | None = None, tags: Iterable[str] | None = None
    ) -> Clipping:
        return self.kept.change(id_, lambda clipping: clipping.annotated(note, tags))

    def remove_clippings(self, ids: Sequence[str]) -> Sequence[Clipping]:
        return self.kept.remove(ids)

    def restore_clippings(self, ids: Sequence[str] = ()) -> Sequence[Clipping]:
        return self.kept.restore(ids)

    def locate_clippings(self, clippings: Iterable[Clipping]) -> Iterator[Relocation]:
        for clipping in clippings:
            yield self.states.get(clipping.id) or self._in_place(clipping)

    def quote_clippings(self, clippings: Sequence[Clipping], style: str | None, format: str) -> str:  # noqa: A002
        assert (style, format) == (None, "plain")
        return "\n".join(f"{clipping.text} — {clipping.citation}" for clipping in clippings)

    def export_clippings(self, clippings: Sequence[Clipping], format: str, *, group: str) -> bytes:  # noqa: A002
        return export_clippings(clippings, format, "apa", group)

    def _in_place(self, clipping: Clipping) -> Relocation:
        for source in self.listed:
            for passage in self.texts[source.id]:
                if (source.path, passage.text) == (clipping.path, clipping.text):
                    return Relocation(PassageState.IN_PLACE, source, passage, 1.0)
        return Relocation(PassageState.GONE)


def keeping(folder: Path, listed: Sequence[Source] = (), texts: Any = ()) -> KeepingLibrary:
    """Make a library that keeps its clippings in ``folder``, with these sources."""
    file = folder / "clippings.jsonl"
    return KeepingLibrary(
        list(listed),
        dict(texts),
        paths=LibraryPaths(folder, folder / "seeds", folder / "index", file),
        kept=ClippingFile(file, folder / "lock"),
    )
