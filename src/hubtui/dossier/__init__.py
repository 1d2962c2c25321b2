"""Dossiers: what a library says about some cities, as a document with citations and a note on method."""

from hubtui.dossier.facts import CityFacts, Dossier, Year, timeline
from hubtui.dossier.html import to_html
from hubtui.dossier.markdown import to_markdown

__all__ = ["FORMATS", "CityFacts", "Dossier", "Year", "timeline", "to_html", "to_markdown"]

FORMATS = {"markdown": to_markdown, "html": to_html}
"""The formats of a dossier, each with what writes it."""
