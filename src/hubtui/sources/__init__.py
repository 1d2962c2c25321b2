"""From files to sources: which files there are, and the facts and passages each holds."""

from hubtui.sources.corrections import Correction, correct
from hubtui.sources.document import Document, Paragraph, SourceFile
from hubtui.sources.pool import is_little_text, read_many
from hubtui.sources.reading import read
from hubtui.sources.reprints import MOST_HOLDERS, fingerprint, reprints
from hubtui.sources.scan import scan

__all__ = [
    "MOST_HOLDERS",
    "Correction",
    "Document",
    "Paragraph",
    "SourceFile",
    "correct",
    "fingerprint",
    "is_little_text",
    "read",
    "read_many",
    "reprints",
    "scan",
]
