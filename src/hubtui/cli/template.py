"""Templates for ``--format``: ``{path}:{number} {text}``, with the fields of the JSON objects alone.

``str.format`` would reach attributes and items of what it is given, so names are looked up here.
"""

import json
import re
from collections.abc import Mapping, Sequence

from hubtui.errors import HubtuiError, did_you_mean
from hubtui.i18n import N_, _

_PIECE = re.compile(r"\{\{|\}\}|\\[tn0\\]|\{([^{}]*)\}|[{}]")
_SIGNS = {"{{": "{", "}}": "}", r"\t": "\t", r"\n": "\n", r"\0": "\0", r"\\": "\\"}
_FLAT = str.maketrans("\t\n", "  ")


class TemplateError(HubtuiError):
    """A template cannot be meant as written."""

    title = N_("Wrong template")


class Template:
    """A checked template."""

    def __init__(self, text: str, fields: Sequence[str]) -> None:
        r"""Read a template.

        Args:
            text: Text with fields in braces; ``{{`` and ``}}`` are braces, ``\t``, ``\n`` and ``\0`` a tab, a
                line end and a NUL.
            fields: The fields there are.

        Raises:
            TemplateError: A field is unknown, or a brace stands alone.
        """
        self._pieces: list[tuple[str, str]] = []
        end = 0
        for found in _PIECE.finditer(text):
            self._pieces.append((text[end : found.start()], _field(found, fields)))
            end = found.end()
        self._rest = text[end:]

    def filled(self, row: Mapping[str, object]) -> str:
        """Give the template with a row's values; lists and the like as JSON, tabs and line ends as spaces."""
        parts = [
            before + (sign if sign in _MADE else _written(row.get(sign, ""))) for before, sign in self._pieces
        ]
        return "".join(parts) + self._rest


_MADE = frozenset(_SIGNS.values())


def _field(found: re.Match[str], fields: Sequence[str]) -> str:
    piece, name = found.group(), found.group(1)
    if piece in _SIGNS:
        return _SIGNS[piece]
    if name is None:
        raise TemplateError(
            _("the template has a single {brace} at character {number}.").format(
                brace=piece, number=found.start() + 1
            ),
            _("Write {{ and }} for braces."),
        )
    if name not in fields:
        hint = did_you_mean(name, fields) or _("The fields are {fields}.").format(fields=", ".join(fields))
        raise TemplateError(_("there is no field {name}.").format(name="{" + name + "}"), hint)
    return name


def _written(value: object) -> str:
    if isinstance(value, str):
        return value.translate(_FLAT)
    return json.dumps(value, ensure_ascii=False)
