"""The façade's topic of clippings: the passages that the user keeps."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from hubtui.library.citing import Citing
from hubtui.library.searching import Searching
from hubtui.model import Passage, Problem, Span

if TYPE_CHECKING:
    from hubtui.clippings.model import Clipping
    from hubtui.clippings.relocate import Relocation, Relocator
    from hubtui.clippings.store import ClippingFile
    from hubtui.index.engine import Reader


class Keeping(Searching, Citing):
    """Keeps passages, with their citation and what the user says of them."""

    _located: "tuple[Reader, Relocator] | None" = None

    def clip(
        self,
        passage: Passage,
        *,
        query: str = "",
        highlights: Sequence[Span] | None = None,
        note: str = "",
        tags: Iterable[str] = (),
    ) -> "Clipping":
        """Keep a passage; when this returns the clipping is on the disk.

        Args:
            passage: What to keep.
            query: The query that found it.
            highlights: What the query matched in it; by default that is looked up.
            note: What the user says of it.
            tags: What the user files it under.

        Raises:
            ClippingError: It cannot be kept.
            UnknownStyleError: The library's settings name a style that there is not.
        """
        from hubtui.clippings.model import make_clipping  # noqa: PLC0415  # deferred: most keep nothing

        source = self._source_of(passage)
        if highlights is None:
            highlights = self.highlights(query, passage) if query else ()
        clipping = make_clipping(source, passage, self.style_of(source), self._asked_for(query))._replace(
            highlights=tuple(highlights), query=query
        )
        clipping = clipping.annotated(note, tags)
        self._kept.append(clipping)
        return clipping

    def clippings(self, words: str = "", *, order: str = "time") -> "Sequence[Clipping]":
        """Give what the user kept.

        Args:
            words: What a clipping must hold, see :func:`hubtui.clippings.query.filter_clippings`.
            order: ``time`` (the latest first), ``source``, ``city`` or ``tag``.

        Raises:
            ClippingError: The file cannot be read, or there is no such order.
        """
        from hubtui.clippings.query import filter_clippings, sort_clippings  # noqa: PLC0415  # deferred: see above

        return sort_clippings(filter_clippings(self._kept.load().items, words), order)

    def clipping(self, id_: str) -> "Clipping":
        """Give the clipping whose id is ``id_``, or alone begins with it.

        Raises:
            UnknownClippingError: There is none, or more than one.
        """
        from hubtui.clippings.query import find_clipping  # noqa: PLC0415  # deferred: see above

        return find_clipping(self._kept.load().items, id_)

    def clipping_problems(self) -> Sequence[Problem]:
        """Give what is wrong with the file of clippings; none of it is lost."""
        return self._kept.load().problems

    def annotate_clipping(
        self, id_: str, *, note: str | None = None, tags: Iterable[str] | None = None
    ) -> "Clipping":
        """Give a clipping another note or other tags; ``None`` leaves what there is.

        Raises:
            UnknownClippingError: There is no such clipping.
            ClippingError: The file cannot be written.
        """
        return self._kept.change(id_, lambda clipping: clipping.annotated(note, tags))

    def remove_clippings(self, ids: Collection[str]) -> "Sequence[Clipping]":
        """Remove clippings, all or none of them, and give them.

        Raises:
            UnknownClippingError: There is no such clipping.
            ClippingError: The file cannot be written.
        """
        return self._kept.remove(ids)

    def restore_clippings(self, ids: Collection[str] = ()) -> "Sequence[Clipping]":
        """Put removed clippings back, by default the one removed last, and give them.

        Raises:
            UnknownClippingError: No such clipping was removed.
            ClippingError: The file cannot be written.
        """
        return self._kept.restore(ids)

    def locate_clippings(self, clippings: "Iterable[Clipping]") -> "Iterator[Relocation]":
        """Say of each clipping where its passage is now: in place, moved, edited or gone."""
        from hubtui.clippings.relocate import Relocator  # noqa: PLC0415  # deferred: see above

        store = self._opened()
        reader = store.engine.reader()
        if self._located is None or self._located[0] is not reader:
            self._located = reader, Relocator(store.catalogue, reader, store.catalogue.sources())
        return map(self._located[1].locate, clippings)

    def quote_clippings(
        self,
        clippings: "Sequence[Clipping]",
        style: str | None = None,
        format: str = "plain",  # noqa: A002  # the façade's word for it
    ) -> str:
        """Give clippings as a text to copy, also those whose source is gone; as :meth:`quote` does.

        Raises:
            UnknownStyleError: There is no such style.
            UnknownFormatError: There is no such format.
            NoAddressError: A link is asked for, and a source has no web address.
        """
        from hubtui.citation import Excerpt, quotation  # noqa: PLC0415  # deferred: see above
        from hubtui.clippings.export import source_now  # noqa: PLC0415  # see above

        known = {source.path: source for source in self.sources()}
        excerpts = [Excerpt(source_now(one, known), one.passage) for one in clippings]
        return quotation(excerpts, style or self._usual_style(clippings), format)

    def export_clippings(
        self,
        clippings: "Sequence[Clipping]",
        format: str,  # noqa: A002  # the façade's word for it
        *,
        style: str | None = None,
        group: str = "",
    ) -> bytes:
        """Give clippings as a file: with what is known of their sources now, and was of those that are gone.

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
        from hubtui.clippings.export import export_clippings  # noqa: PLC0415  # deferred: see above

        known = {source.path: source for source in self.sources()}
        return export_clippings(clippings, format, style or self._usual_style(clippings), group, known)

    def _usual_style(self, clippings: "Sequence[Clipping]") -> str:
        from hubtui.citation import DEFAULT_STYLE  # noqa: PLC0415  # deferred: see above

        return (
            self.settings.style
            or self.style
            or next((one.style for one in clippings if one.style), DEFAULT_STYLE)
        )

    @cached_property
    def _kept(self) -> "ClippingFile":
        from hubtui.clippings.store import ClippingFile  # noqa: PLC0415  # deferred: see above

        return ClippingFile(self.paths.clippings, lock=self.paths.index / "clippings.lock")

    def _asked_for(self, query: str) -> Sequence[str]:
        """Give the ids of the places that a query asks for."""
        from hubtui.errors import UnknownPlaceError  # noqa: PLC0415  # see above
        from hubtui.search.query import get_filter  # noqa: PLC0415  # see above

        name = get_filter(query, "city")
        try:
            return [self.place(name).id] if name else []
        except UnknownPlaceError:
            return []
