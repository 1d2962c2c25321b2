"""The words of hubtui as values, for programs: sources, passages, places, mentions, hits and reports.

``from hubtui.model import Source`` is part of the Python interface (``docs/api.md``); hubtui itself takes
them from :mod:`hubtui.core.models`, which defines them.
"""

from hubtui.core.models import (
    Diagnostic,
    Entry,
    Facets,
    Fault,
    Hit,
    Match,
    Mention,
    Passage,
    Place,
    PlaceCount,
    Problem,
    SearchResult,
    Source,
    Span,
    SyncProgress,
    SyncReport,
)

__all__ = [
    "Diagnostic",
    "Entry",
    "Facets",
    "Fault",
    "Hit",
    "Match",
    "Mention",
    "Passage",
    "Place",
    "PlaceCount",
    "Problem",
    "SearchResult",
    "Source",
    "Span",
    "SyncProgress",
    "SyncReport",
]
