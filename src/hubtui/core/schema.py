"""JSON Schemas of declared types, as the editors of TOML want them: in one piece, without references."""

from typing import Any, TypeAlias

Schema = dict[str, Any]
_Json: TypeAlias = Any

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(kind: type) -> Schema:
    """Return the JSON Schema of a file whose top level is ``kind``.

    Args:
        kind: A msgspec struct or a dataclass; the first line of its docstring is the title, and nothing but
            its fields is allowed.
    """
    from msgspec.json import schema_components  # rarely wanted

    (top,), parts = schema_components([kind], ref_template="{name}")
    return {"$schema": _DIALECT, **_in_one_piece(top, parts)}


def _in_one_piece(node: _Json, parts: Schema) -> _Json:
    if isinstance(node, list):
        return [_in_one_piece(item, parts) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        part = _in_one_piece(parts[node["$ref"]], parts)
        about = part.pop("description").partition("\n")[0].removesuffix(".")
        fields = {key: value for key, value in part.items() if key not in ("title", "required")}
        return {"title": about, **fields, "additionalProperties": False}
    return {key: _in_one_piece(value, parts) for key, value in node.items()}
