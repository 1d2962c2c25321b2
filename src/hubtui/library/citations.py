"""Citations, quotations, and exports of sources."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from hubtui.citation import (
    Excerpt,
    cite,
    export,
    quotation,
    source_item,
    source_keys,
)
from hubtui.citation.csl import title_word
from hubtui.core.models import Hit, Passage, Source, Span
from hubtui.library.opened import OpenedLibrary

Quoted: TypeAlias = Passage | tuple[Passage, Span]
"""A passage, or a passage and the span of its text that is meant."""

Likeness: TypeAlias = tuple[str, str]
"""Year and word of a title: what a citation key has, beside an author."""

_KEYED = ("markdown", "markdown-pandoc")


class _Keys:
    """The citation keys of a library in one state of its index, made when they are asked for."""

    def __init__(self, sources: Sequence[Source]) -> None:
        # Only sources whose keys could be the same have to be told apart.
        self._alike: dict[Likeness, list[Source]] = defaultdict(list)
        for source in sources:
            self._alike[_likeness(source)].append(source)
        self._made: dict[Likeness, Mapping[str, str]] = {}

    def of(self, sources: Sequence[Source]) -> Mapping[str, str]:
        """Return the keys of some sources, and perhaps of others, by the sources' ids."""
        groups = {_likeness(source) for source in sources}
        for group in groups - self._made.keys():
            self._made[group] = source_keys(self._alike.get(group, ()))
        return {id_: key for group in groups for id_, key in self._made[group].items()}


class Citations:
    """Cites sources and passages, quotes passages, and exports sources."""

    def __init__(self, opened: OpenedLibrary) -> None:
        self._opened = opened
        self._keys = lru_cache(maxsize=1)(self._new_keys)

    def cite(
        self, target: Passage | Source | Hit, style: str | None = None, *, csl: Path | None = None
    ) -> str:
        """Return the citation of a source or passage; see :meth:`hubtui.Library.cite`."""
        match target:
            case Hit(source=source, passage=found):
                passage: Passage | None = found
            case Passage():
                source, passage = self._opened.source_of(target), target
            case Source():
                source, passage = target, None
        if passage is None:
            self._opened.confirm([source.id])
        else:
            self._opened.confirm_passages([passage])
        if csl is None:
            return cite(source, self.style_for(source, style), passage)
        from hubtui.citation.pandoc import cite_with_csl  # rarely wanted

        return cite_with_csl(source_item(source), csl)

    def quote(
        self,
        passages: Passage | Sequence[Quoted],
        style: str | None = None,
        format: str | None = None,
    ) -> str:
        """Return what a copy puts on the clipboard: the exact text with its citation, in a format.

        Args:
            passages: A passage; or several, each alone or with the span of its text that is quoted, which
                share one list of references.
            style: As for :meth:`cite`; for several, the first one's source decides where nothing else does.
            format: ``plain``, ``markdown``, ``markdown-pandoc``, ``html``, ``citation``, ``passage`` or
                ``link``; by default ``plain``.

        Raises:
            UnconfirmedSourceError: As :meth:`hubtui.Library.confirm`.
            UnknownStyleError: There is no such style.
            UnknownFormatError: There is no such format.
            NoAddressError: A link is asked for, and a source has no web address.
        """
        wanted = [passages] if isinstance(passages, Passage) else passages
        self._opened.confirm_passages(one if isinstance(one, Passage) else one[0] for one in wanted)
        excerpts = []
        for quoted in wanted:
            passage, span = (quoted, None) if isinstance(quoted, Passage) else quoted
            excerpts.append(Excerpt(self._opened.source_of(passage), passage, span))
        if not excerpts:
            return ""
        chosen = self.style_for(excerpts[0].source, style)
        sources = [excerpt.source for excerpt in excerpts]
        keys = self.keys(sources) if format in _KEYED else None
        return quotation(excerpts, chosen, format or "plain", keys)

    def export(self, sources: Sequence[Source], format: str) -> str:
        """Return sources as a file of a reference manager.

        Args:
            sources: The sources, in the file's order.
            format: ``csl-json``, ``bibtex`` or ``ris``.

        Raises:
            UnconfirmedSourceError: As :meth:`hubtui.Library.confirm`.
            UnknownExportError: There is no such format.
        """
        self._opened.confirm(source.id for source in sources)
        keys = self.keys(sources)
        items = [source_item(source) for source in sources]
        for item in items:
            item["id"] = item["citation-key"] = keys[item["id"]]
        return export(items, format)

    def keys(self, sources: Sequence[Source] | None = None) -> Mapping[str, str]:
        """Return citation keys by the sources' ids: the same in quotations and in all exports.

        Args:
            sources: Whose keys are wanted; by default all. Others may be among them too.
        """
        store = self._opened.store()
        keys = self._keys(store.mark, store.catalog.generation)
        return keys.of(self._opened.sources() if sources is None else sources)

    def style_for(self, source: Source, style: str | None = None) -> str:
        """Return the style to cite a source in: the one asked for, else what the settings say."""
        return self._opened.style_for(source, style)

    def _new_keys(self, _mark: bytes, _generation: int) -> _Keys:
        return _Keys(self._opened.sources())


def _likeness(source: Source) -> Likeness:
    return source.date[:4], title_word(source.title)
