"""The façade's topic of citing: citations and quotations."""

from hubtui.library.reading import Reading
from hubtui.model import Passage, Source


class Citing(Reading):
    """Cites sources and passages, and quotes passages."""

    def cite(self, target: Passage | Source, style: str | None = None) -> str:
        """Give the citation of a source, or of a source with a passage of it as locator.

        Args:
            target: What to cite.
            style: ``gb7714-2025``, ``apa``…; by default the library's, else the user's, else the source's.

        Raises:
            UnknownStyleError: There is no such style.
        """
        from hubtui.citation import cite  # noqa: PLC0415  # deferred: most commands cite nothing

        if isinstance(target, Source):
            return cite(target, self._style(target, style))
        source = self._source_of(target)
        return cite(source, self._style(source, style), target)

    def quote(self, passage: Passage, style: str | None = None) -> str:
        """Give what a copy puts on the clipboard: the passage's exact text, a blank line, its citation.

        Raises:
            UnknownStyleError: There is no such style.
        """
        from hubtui.citation import quotation  # noqa: PLC0415  # deferred: see above

        source = self._source_of(passage)
        return quotation(source, passage, self._style(source, style))

    def _style(self, source: Source, style: str | None) -> str:
        from hubtui.citation import default_style  # noqa: PLC0415  # deferred: see above

        return style or self.settings.style or self.style or default_style(source)
