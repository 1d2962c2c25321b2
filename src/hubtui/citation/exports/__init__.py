"""Items in the formats of reference managers."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from hubtui.citation.exports import bibtex, csl_json, ris
from hubtui.errors import HubtuiError, did_you_mean
from hubtui.i18n import N_, _

_WRITERS: dict[str, Callable[[list[Mapping[str, Any]]], str]] = {
    "csl-json": csl_json.write,
    "bibtex": bibtex.write,
    "ris": ris.write,
}

EXPORTS = tuple(_WRITERS)
"""The names of the export formats."""


class UnknownExportError(HubtuiError):
    """No export format goes by the given name."""

    title = N_("Unknown export format")


def export(items: Iterable[Mapping[str, Any]], format_: str) -> str:
    """Give CSL-JSON items as one file of a format, in their order.

    Raises:
        UnknownExportError: There is no format of this name.
    """
    write = _WRITERS.get(format_)
    if write is None:
        raise UnknownExportError(
            _("There is no export format {format!r}.").format(format=format_),
            did_you_mean(format_, EXPORTS) or _("Use one of {formats}.").format(formats=", ".join(EXPORTS)),
        )
    return write(list(items))
