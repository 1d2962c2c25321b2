"""Clippings: the passages that the user keeps."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from hubtui.clippings.model import Clipping, make_clipping
from hubtui.clippings.query import filter_clippings, find_clipping, sort_clippings
from hubtui.clippings.relocate import Relocation, Relocator
from hubtui.clippings.store import ClippingFile
from hubtui.core.errors import UnknownPlaceError
from hubtui.core.models import Passage, Problem, Source, Span
from hubtui.library.opened import OpenedLibrary
from hubtui.search.filters import named_places
from hubtui.search.parser import get_filter


class Clippings:
    """Keeps passages, with their citation and the user's note and tags."""

    def __init__(self, opened: OpenedLibrary) -> None:
        self._opened = opened
        paths = opened.paths
        self._file = ClippingFile(paths.clippings, lock=opened.lock_folder / "clippings.lock")
        self._locator = lru_cache(maxsize=1)(self._new_locator)

    def add(
        self,
        passage: Passage,
        *,
        query: str = "",
        highlights: Sequence[Span] | None = None,
        note: str = "",
        tags: Iterable[str] = (),
    ) -> Clipping:
        """Keep a passage; when this returns the clipping is on the disk.

        Args:
            passage: What to keep.
            query: The query that found it.
            highlights: What the query matched in it; by default that is looked up.
            note: The user's note.
            tags: What the user files it under.

        Raises:
            ClippingError: It cannot be kept.
            UnconfirmedSourceError: As :meth:`hubtui.Library.confirm`.
            UnknownStyleError: The library's settings name a style that there is not.
        """
        source = self._opened.source_of(passage)
        self._opened.confirm_passages([passage])
        if highlights is None:
            highlights = self._opened.searcher().highlights(query, passage) if query else ()
        clipping = make_clipping(
            source, passage, self._opened.style_for(source), self._places_of(query)
        )._replace(highlights=tuple(highlights), query=query)
        clipping = clipping.annotated(note, tags)
        self._file.append(clipping)
        return clipping

    def find(self, words: str = "", *, order: str = "time") -> Sequence[Clipping]:
        """Return the clippings that match, in order.

        Args:
            words: What a clipping must hold, see :func:`hubtui.clippings.query.filter_clippings`.
            order: ``time`` (the latest first), ``source``, ``city`` or ``tag``.

        Raises:
            ClippingError: The file cannot be read, or there is no such order.
        """
        return sort_clippings(filter_clippings(self._file.load().items, words), order)

    def get(self, id_: str) -> Clipping:
        """Return the clipping whose id is ``id_``, or alone begins with it.

        Raises:
            UnknownClippingError: There is none, or more than one.
        """
        return find_clipping(self._file.load().items, id_)

    def problems(self) -> Sequence[Problem]:
        """Return what is wrong with the file of clippings; none of it is lost."""
        return self._file.load().problems

    def annotate(self, id_: str, *, note: str | None = None, tags: Iterable[str] | None = None) -> Clipping:
        """Change the note or tags of a clipping; ``None`` leaves them as they are.

        Raises:
            UnknownClippingError: There is no such clipping.
            ClippingError: The file cannot be written.
        """
        return self._file.change(id_, lambda clipping: clipping.annotated(note, tags))

    def remove(self, ids: Collection[str]) -> Sequence[Clipping]:
        """Remove clippings, all or none of them, and give them.

        Raises:
            UnknownClippingError: There is no such clipping.
            ClippingError: The file cannot be written.
        """
        return self._file.remove(ids)

    def restore(self, ids: Collection[str] = ()) -> Sequence[Clipping]:
        """Put removed clippings back, by default the one removed last, and give them.

        Raises:
            UnknownClippingError: No such clipping was removed.
            ClippingError: The file cannot be written.
        """
        return self._file.restore(ids)

    def locate(self, clippings: Iterable[Clipping]) -> Iterator[Relocation]:
        """Find out of each clipping where its passage is now: in place, moved, edited or gone."""
        store = self._opened.store()
        return map(self._locator(store.mark, store.engine.generation).locate, clippings)

    def quote(
        self,
        clippings: Sequence[Clipping],
        style: str | None = None,
        format: str = "plain",
    ) -> str:
        """Return clippings as a text to copy, also those whose source is gone; as :meth:`quote` does.

        Raises:
            UnknownStyleError: There is no such style.
            UnknownFormatError: There is no such format.
            NoAddressError: A link is asked for, and a source has no web address.
        """
        from hubtui.citation import Excerpt, quotation  # lists of clippings cite nothing
        from hubtui.clippings.export import source_now  # see above

        known = self._sources_of(clippings)
        excerpts = [Excerpt(source_now(one, known), one.passage) for one in clippings]
        return quotation(excerpts, self._style(clippings, style), format)

    def export(
        self,
        clippings: Sequence[Clipping],
        format: str,
        *,
        style: str | None = None,
        group: str = "",
    ) -> bytes:
        """Return clippings as a file, with what is or, of sources that are gone, was known of their sources.

        Args:
            clippings: What to export, in its order.
            format: ``markdown``, ``html``, ``docx``, ``csv``, ``bibtex``, ``ris`` or ``csl-json``.
            style: The citation style; by default the library's, else that of the first clipping.
            group: What a document is divided by: ``city``, ``source``, ``tag``, or ``""``.

        Raises:
            ClippingError: There is no such format or group.
            UnknownStyleError: There is no such style.
            PandocError: A Word document is wanted, and pandoc is not installed or fails.
        """
        from hubtui.clippings.export import export_clippings  # see above

        known = self._sources_of(clippings)
        return export_clippings(clippings, format, self._style(clippings, style), group, known)

    def _sources_of(self, clippings: Sequence[Clipping]) -> Mapping[str, Source]:
        """Return the sources of clippings that are still there, by path, confirmed."""
        paths = {clipping.path for clipping in clippings}
        known = {source.path: source for source in self._opened.sources() if source.path in paths}
        self._opened.confirm(source.id for source in known.values())
        return known

    def _style(self, clippings: Sequence[Clipping], style: str | None) -> str:
        usual = next((one.style for one in clippings if one.style), "")
        return self._opened.style_for_many(style, usual)

    def _new_locator(self, _mark: bytes, _generation: int) -> Relocator:
        store = self._opened.store()
        return Relocator(store.catalog, store.engine.reader(), store.catalog.sources())

    def _places_of(self, query: str) -> Sequence[str]:
        """Return the ids of the places that a query asks for."""
        name = get_filter(query, "city")
        try:
            return [named_places(self._opened.gazetteer, name)[0].id] if name else []
        except UnknownPlaceError:
            return []
