"""From files to sources: which files there are, and the facts and passages each holds."""

from hubtui.sources.document import Document, Paragraph, SourceFile
from hubtui.sources.reading import read
from hubtui.sources.scan import scan

__all__ = ["Document", "Paragraph", "SourceFile", "read", "scan"]
