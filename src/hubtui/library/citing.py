"""The façade's topic of citing: citations and quotations."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from hubtui.index.store import Store
from hubtui.library.reading import Reading
from hubtui.model import Hit, Passage, Source, Span

Quoted: TypeAlias = Passage | tuple[Passage, Span]
"""A passage, or a passage and the span of its text that is meant."""

Likeness: TypeAlias = tuple[str, str]
"""Year and word of a title: what a citation key has, beside an author."""

_KEYED = ("markdown", "markdown-pandoc")


class Citing(Reading):
    """Cites sources and passages, quotes passages, and exports sources."""

    _alike: (
        tuple[tuple[Store, int], Mapping[Likeness, Sequence[Source]], dict[Likeness, Mapping[str, str]]]
        | None
    ) = None

    def cite(
        self, target: Passage | Source | Hit, style: str | None = None, *, csl: Path | None = None
    ) -> str:
        """Give the citation of a source, or of a source with a passage of it as locator.

        Args:
            target: What to cite; a hit's passage need not be there any more.
            style: ``gb7714-2025``, ``apa``…; by default the library's, else the user's, else the source's.
            csl: A CSL style's file, which pandoc cites in instead.

        Raises:
            UnknownStyleError: There is no such style.
            CslError: pandoc is not installed, or cannot cite in the CSL style.
        """
        from hubtui.citation import cite  # noqa: PLC0415  # deferred: most commands cite nothing

        match target:
            case Hit(source=source, passage=found):
                passage: Passage | None = found
            case Passage():
                source, passage = self._source_of(target), target
            case Source():
                source, passage = target, None
        if csl is None:
            return cite(source, self.style_of(source, style), passage)
        from hubtui.citation.pandoc import cite_with_csl  # noqa: PLC0415  # deferred: see above
        from hubtui.citation.source import source_item  # noqa: PLC0415  # see above

        return cite_with_csl(source_item(source), csl)

    def quote(
        self,
        passages: Passage | Sequence[Quoted],
        style: str | None = None,
        format: str | None = None,  # noqa: A002  # the façade's word for it
    ) -> str:
        """Give what a copy puts on the clipboard: the exact text with its citation, in a format.

        Args:
            passages: A passage; or several, each alone or with the span of its text that is quoted, which
                share one list of references.
            style: As for :meth:`cite`; for several, the first one's source decides where nothing else does.
            format: ``plain``, ``markdown``, ``markdown-pandoc``, ``html``, ``citation``, ``passage`` or
                ``link``; by default ``plain``.

        Raises:
            UnknownStyleError: There is no such style.
            UnknownFormatError: There is no such format.
            NoAddressError: A link is asked for, and a source has no web address.
        """
        from hubtui.citation import Excerpt, quotation  # noqa: PLC0415  # deferred: see above

        excerpts = []
        for quoted in [passages] if isinstance(passages, Passage) else passages:
            passage, span = (quoted, None) if isinstance(quoted, Passage) else quoted
            excerpts.append(Excerpt(self._source_of(passage), passage, span))
        if not excerpts:
            return ""
        chosen = self.style_of(excerpts[0].source, style)
        sources = [excerpt.source for excerpt in excerpts]
        keys = self.citation_keys(sources) if format in _KEYED else None
        return quotation(excerpts, chosen, format or "plain", keys)

    def export(self, sources: Sequence[Source], format: str) -> str:  # noqa: A002  # as above
        """Give sources as a file of a reference manager.

        Args:
            sources: The sources, in the file's order.
            format: ``csl-json``, ``bibtex`` or ``ris``.

        Raises:
            UnknownExportError: There is no such format.
        """
        from hubtui.citation import export, source_item  # noqa: PLC0415  # deferred: see above

        keys = self.citation_keys(sources)
        items = [source_item(source) for source in sources]
        for item in items:
            item["id"] = item["citation-key"] = keys[item["id"]]
        return export(items, format)

    def citation_keys(self, sources: Sequence[Source] | None = None) -> Mapping[str, str]:
        """Give citation keys by the sources' ids: the same in quotations and in all exports.

        Args:
            sources: Whose keys are wanted; by default all. Others may be given too.
        """
        from hubtui.citation import source_keys  # noqa: PLC0415  # deferred: see above

        state = (self._opened(), self._opened().catalogue.generation)
        if self._alike is None or self._alike[0] != state:
            self._alike = state, _alike(self.sources()), {}
        _state, alike, known = self._alike
        groups = {_likeness(source) for source in (self.sources() if sources is None else sources)}
        for group in groups - known.keys():
            known[group] = source_keys(alike.get(group, ()))
        return {id_: key for group in groups for id_, key in known[group].items()}

    def style_of(self, source: Source, style: str | None = None) -> str:
        """Give the style to cite a source in: the one that is asked for, or else what settings say."""
        from hubtui.citation import default_style  # noqa: PLC0415  # deferred: see above

        return style or self.settings.style or self.style or default_style(source)


def _alike(sources: Sequence[Source]) -> Mapping[Likeness, Sequence[Source]]:
    """Group the sources whose keys could be the same, so that only these have to be told apart."""
    groups: dict[Likeness, list[Source]] = defaultdict(list)
    for source in sources:
        groups[_likeness(source)].append(source)
    return groups


def _likeness(source: Source) -> Likeness:
    from hubtui.citation.keys import title_word  # noqa: PLC0415  # deferred: see above

    return source.date[:4], title_word(source.title)
