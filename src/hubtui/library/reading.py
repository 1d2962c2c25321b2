"""The façade's topic of sources and passages: listing, finding, reading and correcting them."""

from collections.abc import Mapping, Sequence

from hubtui.errors import UnknownPassageError, UnknownSourceError, did_you_mean
from hubtui.i18n import _
from hubtui.library.opening import OpenLibrary
from hubtui.model import Passage, Source
from hubtui.sources import correct


class Reading(OpenLibrary):
    """Lists, finds, reads and corrects sources."""

    def sources(self) -> Sequence[Source]:
        """All sources, in the order of their paths."""
        store, known = self._opened(), self._answers
        # What the searcher has read need not be read again.
        return known[1].sources if known and known[0] is store else store.catalogue.sources()

    def correct(self, source: Source, changes: Mapping[str, str | bool | None]) -> None:
        """Write a correction of a source's facts to ``seeds/sources.toml``; the next sync applies it.

        Args:
            source: The source.
            changes: A new value for ``title``, ``author``, ``date``…, as ``docs/sources.md`` lists them;
                ``None`` takes a correction back.

        Raises:
            CorrectionError: A key is unknown, a value unusable, or the file cannot be read or written.
        """
        correct(self.paths.seeds, source.path, changes)

    def source(self, name: str) -> Source:
        """Give the source with this id or path, or with this unambiguous part of its path or title.

        Raises:
            UnknownSourceError: There is none, or more than one.
        """
        sources = self.sources()
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
                    _("{number} sources go by {name!r}: {paths}.").format(
                        number=len(found), name=name, paths=f"{paths}…" if len(found) > 3 else paths
                    ),
                    _("Write more of the path."),
                )
        hint = did_you_mean(name, [s.path for s in sources]) or _("List them with: hubtui sources")
        raise UnknownSourceError(_("There is no source {name!r}.").format(name=name), hint)

    def read(self, source_id: str) -> Sequence[Passage]:
        """Give the passages of a source, in order.

        Raises:
            UnknownSourceError: There is none with this id.
        """
        passages = self._opened().catalogue.read(source_id)
        if not passages and all(source.id != source_id for source in self.sources()):
            raise UnknownSourceError(
                _("There is no source with the id {source_id!r}.").format(source_id=source_id)
            )
        return passages

    def passage(self, address: str) -> Passage:
        """Give the passage at ``SOURCE:N``.

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

    def _source_of(self, passage: Passage) -> Source:
        found = self._opened().catalogue.source(passage.source_id)
        if found is None:
            raise UnknownSourceError(
                _("There is no source with the id {source_id!r}.").format(source_id=passage.source_id)
            )
        return found
