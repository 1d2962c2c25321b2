"""The façade: everything the screen, the command line and other programs can ask of a library."""

from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from hubtui.model import (
    Facets,
    Passage,
    Place,
    Problem,
    SearchResult,
    Source,
    Span,
    SyncProgress,
    SyncReport,
)


class Library:
    """A folder of sources and what hubtui knows about it. Safe to use from several threads."""

    root: Path
    name: str

    @classmethod
    def open(cls, folder: str | Path) -> Self:
        """Open the library in ``folder``; reads no source and does not wait for an index."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of the index's files."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def sync(
        self,
        progress: Callable[[SyncProgress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> SyncReport:
        """Bring the index up to date with the files. ``progress`` is called in this thread."""
        raise NotImplementedError

    def problems(self) -> Sequence[Problem]:
        """What the last sync could not read."""
        raise NotImplementedError

    def sources(self) -> Sequence[Source]:
        """All sources, in the order of their paths."""
        raise NotImplementedError

    def source(self, name: str) -> Source:
        """The source with this id or path, or with this unambiguous part of its path or title."""
        raise NotImplementedError

    def read(self, source_id: str) -> Sequence[Passage]:
        """The passages of a source, in order."""
        raise NotImplementedError

    def passage(self, address: str) -> Passage:
        """The passage at ``SOURCE:N``."""
        raise NotImplementedError

    def search(self, query: str, *, limit: int = 20, offset: int = 0) -> SearchResult:
        """The hits for a query; an empty one selects every passage, in the order of the sources."""
        raise NotImplementedError

    def facets(self, query: str = "") -> Facets:
        """How many passages the query selects, in all, by source and by place."""
        raise NotImplementedError

    def highlights(self, query: str, passage: Passage) -> tuple[Span, ...]:
        """The spans of one passage that a query matches (for the reader, beyond the hits)."""
        raise NotImplementedError

    def place(self, name: str) -> Place:
        """The place that goes by ``name``, in either language, or has this id."""
        raise NotImplementedError

    def cite(self, target: Passage | Source, style: str | None = None) -> str:
        """The citation of a source or passage; the style defaults to the source's language's."""
        raise NotImplementedError

    def quote(self, passage: Passage, style: str | None = None) -> str:
        """What ``y`` copies: the passage's exact text, a blank line, and its citation."""
        raise NotImplementedError
