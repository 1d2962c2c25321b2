"""Turn files into sources: list them, and read the facts and passages of each."""

from hubtui.ingest.corrections import correct
from hubtui.ingest.document import Correction, Document, Paragraph, SourceFile
from hubtui.ingest.read import read_source
from hubtui.ingest.reprints import MOST_HOLDERS, fingerprint, group_reprints
from hubtui.ingest.scan import scan
from hubtui.ingest.workers import is_little_text, read_many

__all__ = [
    "MOST_HOLDERS",
    "Correction",
    "Document",
    "Paragraph",
    "SourceFile",
    "correct",
    "fingerprint",
    "group_reprints",
    "is_little_text",
    "read_many",
    "read_source",
    "scan",
]
