"""Reports: documents of quotations with their sources, and the dossier on some cities.

A document is a sequence of :mod:`.blocks`, which :mod:`.markdown` and :mod:`.html` write. :mod:`.dossier`
makes dossiers of blocks, :mod:`hubtui.clippings.export` exported clippings.
"""

from hubtui.reports.dossier import (
    DOSSIER_FORMATS,
    CityFacts,
    Dossier,
    TimelineYear,
    dossier_html,
    dossier_markdown,
    timeline,
)

__all__ = [
    "DOSSIER_FORMATS",
    "CityFacts",
    "Dossier",
    "TimelineYear",
    "dossier_html",
    "dossier_markdown",
    "timeline",
]
