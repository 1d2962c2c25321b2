"""The formats of reference managers: a registry, and CSL-JSON itself.

To add a format, write a module with its writer, and list it in :data:`EXPORT_FORMATS`.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hubtui.citation.bibtex import write_bibtex
from hubtui.citation.ris import write_ris
from hubtui.core.errors import HubtuiError, did_you_mean
from hubtui.core.i18n import N_, _


class UnknownExportError(HubtuiError):
    """No export format goes by the given name."""

    title = N_("Unknown export format")


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format that reference managers read.

    Attributes:
        id: What commands call it.
        suffix: The ending of its files' names.
        write: Writes CSL-JSON items as one file.
    """

    id: str
    suffix: str
    write: Callable[[Sequence[Mapping[str, Any]]], str]


def write_csl_json(items: Sequence[Mapping[str, Any]]) -> str:
    """Return the items as a JSON array, as they are.

    CSL-JSON is the input format of citation processors (github.com/citation-style-language/schema).
    """
    return json.dumps([dict(item) for item in items], ensure_ascii=False, indent=2) + "\n"


EXPORT_FORMATS = (
    ExportFormat("bibtex", ".bib", write_bibtex),
    ExportFormat("ris", ".ris", write_ris),
    ExportFormat("csl-json", ".json", write_csl_json),
)
"""All export formats, in the order in which they are listed."""

EXPORT_FORMAT_NAMES = tuple(one.id for one in EXPORT_FORMATS)
"""The ids of the export formats."""


def export(items: Iterable[Mapping[str, Any]], format_: str) -> str:
    """Return CSL-JSON items as one file of a format, in their order.

    Raises:
        UnknownExportError: There is no format of this name.
    """
    chosen = next((one for one in EXPORT_FORMATS if one.id == format_), None)
    if chosen is None:
        raise UnknownExportError(
            _("There is no export format {format!r}.").format(format=format_),
            did_you_mean(format_, EXPORT_FORMAT_NAMES)
            or _("Use one of {formats}.").format(formats=", ".join(EXPORT_FORMAT_NAMES)),
        )
    return chosen.write(list(items))
