"""Sources and passages: found by name, read whole or piece by piece, and searched in."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from hubtui.core.errors import SourceError, UnknownPassageError, UnknownSourceError, did_you_mean
from hubtui.core.i18n import _
from hubtui.core.models import Entry, Passage, Source
from hubtui.library.opened import OpenedLibrary

if TYPE_CHECKING:
    from hubtui.search.find_in_source import SourceText


class SourceReader:
    """Finds and reads sources, and tells where in a source something stands.

    A place in a source counts its passages from 0.
    """

    def __init__(self, opened: OpenedLibrary) -> None:
        self._opened = opened
        self._text = lru_cache(maxsize=1)(self._read_text)

    def source(self, name: str) -> Source:
        """Return the source with this id or path, or with this unambiguous part of its path or title.

        Raises:
            UnknownSourceError: There is none, or more than one.
        """
        sources = self._opened.sources()
        wanted = name.casefold()
        for found in (
            [s for s in sources if name in (s.id, s.path)],
            [s for s in sources if wanted in s.path.casefold()],
            [s for s in sources if wanted in s.title.casefold()],
        ):
            if len(found) == 1:
                return found[0]
            if found:
                paths = ", ".join(s.path for s in found[:3])
                raise UnknownSourceError(
                    _("{number} sources match {name!r}: {paths}.").format(
                        number=len(found), name=name, paths=f"{paths}…" if len(found) > 3 else paths
                    ),
                    _("Type more of the path."),
                )
        hint = did_you_mean(name, [s.path for s in sources]) or _("List them with: hubtui sources")
        raise UnknownSourceError(_("There is no source {name!r}.").format(name=name), hint)

    def read(self, source_id: str) -> Sequence[Passage]:
        """Return the passages of a source, in order.

        Raises:
            UnknownSourceError: There is none with this id.
        """
        passages = self._opened.catalog.read(source_id)
        if not passages and all(source.id != source_id for source in self._opened.sources()):
            raise UnknownSourceError(
                _("There is no source with the id {source_id!r}.").format(source_id=source_id)
            )
        return passages

    def passage(self, address: str) -> Passage:
        """Return the passage at ``SOURCE:N``.

        Raises:
            UnknownSourceError: SOURCE names none, or more than one.
            UnknownPassageError: The source has no passage N.
        """
        name, _colon, number = address.rpartition(":")
        source = self.source(name)
        for passage in self.read(source.id):
            if number in (passage.label, str(passage.number)):
                return passage
        raise UnknownPassageError(
            _("{path} has no passage {number!r}.").format(path=source.path, number=number),
            _("It has the passages 1 to {passages}.").format(passages=source.passages),
        )

    def outline(self, source_id: str) -> Sequence[Entry]:
        """Return what is known of each passage without reading it; nothing of an unknown source."""
        return self._opened.catalog.outline(source_id)

    def read_part(self, source_id: str, first: int, after: int) -> Sequence[Passage]:
        """Return the passages from place ``first`` to before ``after``, as far as the source has any."""
        catalog = self._opened.catalog
        keys = catalog.keys(source_id, first, after)
        found = catalog.passages(keys)
        return [found[key] for key in keys if key in found]

    def positions(self, query: str, source_id: str, *, typing: bool = False) -> Sequence[int]:
        """Return the places of the passages that a query selects in a source, in order.

        A query that highlights nothing, since it has only dates or sources, selects none here. For
        ``typing`` see :meth:`Library.search`.
        """
        return self._opened.searcher().positions(query, source_id, typing=typing)

    def next_source(self, query: str, source_id: str, step: int) -> tuple[int, str] | None:
        """Return the rank (from 0) of the best hit of the source ``step`` after this one, and its id.

        The sources of a result come in the order of their best hits.
        """
        return self._opened.searcher().next_source(query, source_id, step)

    def rank(self, query: str, source_id: str, place: int, *, typing: bool = False) -> int | None:
        """Return the rank (from 0) of the passage at ``place`` in a result; ``None`` if it is no hit."""
        return self._opened.searcher().rank(query, source_id, place, typing=typing)

    def find(self, source_id: str, words: str) -> Sequence[tuple[int, int, int]]:
        """Return where words stand in a source: the place of the passage, start and end in its text.

        However they are written: in Simplified or Traditional, full or half width, upper or lower case.
        """
        return self._text(source_id, self._opened.catalog.generation).find(words)

    def file_of(self, source: Source) -> Path:
        """Return the file of a source.

        Raises:
            SourceError: It is gone.
        """
        from hubtui.ingest.scan import scan

        seeds = self._opened.paths.seeds
        file = seeds / source.path
        if file.is_file():
            return file
        # A name that cannot be shown as it is goes by another in the library.
        for known in scan(seeds)[0]:
            if known.path == source.path:
                return known.absolute
        raise SourceError(
            _("The file {path} is gone.").format(path=source.path),
            _("Press r to bring the library up to date."),
        )

    def _read_text(self, source_id: str, _generation: int) -> "SourceText":
        from hubtui.search.find_in_source import SourceText

        catalog = self._opened.catalog
        keys = catalog.keys(source_id)
        texts = catalog.texts(keys)
        return SourceText([texts[key] for key in keys])
