"""Turn files into sources: list them, and read the facts and passages of each."""

from hubtui.ingest.corrections import correct
from hubtui.ingest.document import Correction, Document, Paragraph, SourceFile
from hubtui.ingest.read import read_source
from hubtui.ingest.scan import scan
from hubtui.ingest.workers import is_little_text, read_many

__all__ = [
    "Correction",
    "Document",
    "Paragraph",
    "SourceFile",
    "correct",
    "is_little_text",
    "read_many",
    "read_source",
    "scan",
]
