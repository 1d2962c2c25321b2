"""Turn files into sources: list them, and read the facts and passages of each.

What reads is loaded on first use: mostly nothing has changed since the last time.
"""

import importlib
from typing import TYPE_CHECKING, Any

from hubtui.ingest.document import Correction, Document, Paragraph, SourceFile
from hubtui.ingest.scan import Scanned, scan

if TYPE_CHECKING:
    from hubtui.ingest.corrections import correct
    from hubtui.ingest.read import read_source
    from hubtui.ingest.workers import is_little_text, read_many

__all__ = [
    "Correction",
    "Document",
    "Paragraph",
    "Scanned",
    "SourceFile",
    "correct",
    "is_little_text",
    "read_many",
    "read_source",
    "scan",
]

_MODULES = {
    "correct": "corrections",
    "read_source": "read",
    "is_little_text": "workers",
    "read_many": "workers",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  # the signature that PEP 562 gives
    if name not in _MODULES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(importlib.import_module(f"hubtui.ingest.{_MODULES[name]}"), name)
