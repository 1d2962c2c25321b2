"""The façade's topic of reading a source piece by piece, however long it is."""

from collections.abc import Sequence
from pathlib import Path

from hubtui.errors import SourceError
from hubtui.i18n import _
from hubtui.library.opening import OpenLibrary
from hubtui.model import Entry, Passage, Source
from hubtui.search.finding import SourceText


class Paging(OpenLibrary):
    """Outlines a source, reads parts of it, and tells where in it something stands.

    A place in a source counts its passages from 0.
    """

    _text: tuple[str, int, SourceText] | None = None

    def outline(self, source_id: str) -> Sequence[Entry]:
        """Give what is known of each passage of a source without reading it; nothing of an unknown source."""
        return self._opened().catalogue.outline(source_id)

    def read_part(self, source_id: str, first: int, after: int) -> Sequence[Passage]:
        """Give the passages of a source from place ``first`` to before ``after``, as far as there are any."""
        catalogue = self._opened().catalogue
        keys = catalogue.keys(source_id, first, after)
        found = catalogue.passages(keys)
        return [found[key] for key in keys if key in found]

    def positions(self, query: str, source_id: str) -> Sequence[int]:
        """Give the places of the passages that a query selects in a source, in order.

        A query that highlights nothing, since it has only dates or sources, gives none.
        """
        return self._searcher().positions(query, source_id)

    def next_source(self, query: str, source_id: str, step: int) -> tuple[int, str] | None:
        """Give the source ``step`` after this one in a result: the rank (from 0) of its best hit, and its id.

        The sources of a result come in the order of their best hits.
        """
        return self._searcher().next_source(query, source_id, step)

    def rank(self, query: str, source_id: str, place: int) -> int | None:
        """Give the rank (from 0) in a result of the passage at ``place`` of a source; ``None`` for no hit."""
        return self._searcher().rank(query, source_id, place)

    def find(self, source_id: str, words: str) -> Sequence[tuple[int, int, int]]:
        """Give where words stand in a source: the place of the passage, start and end in its text.

        However they are written: in Simplified or Traditional, full or half width, upper or lower case.
        """
        catalogue = self._opened().catalogue
        known, generation = self._text, catalogue.generation
        if known is None or known[:2] != (source_id, generation):
            keys = catalogue.keys(source_id)
            texts = catalogue.texts(keys)
            known = self._text = source_id, generation, SourceText([texts[key] for key in keys])
        return known[2].find(words)

    def file_of(self, source: Source) -> Path:
        """Give the file of a source.

        Raises:
            SourceError: It is gone.
        """
        from hubtui.sources.scan import scan  # noqa: PLC0415  # deferred: only where a file is opened

        file = self.paths.seeds / source.path
        if file.is_file():
            return file
        # A name that cannot be shown as it is goes by another in the library.
        for known in scan(self.paths.seeds)[0]:
            if known.path == source.path:
                return known.absolute
        raise SourceError(
            _("The file {path} is gone.").format(path=source.path),
            _("Press r to bring the library up to date."),
        )
