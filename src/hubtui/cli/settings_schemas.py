"""The JSON Schemas of the two files of settings, for editors that complete and check TOML by them."""

from typing import Any

from hubtui.config import KEYS, SETTINGS, STYLES, Setting
from hubtui.places.gazetteer import PROMINENCE

Schema = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Schema = {"type": "string"}
_NAME: Schema = {"type": "string", "minLength": 1}
_NAMES: Schema = {"type": "array", "items": {"type": "string", "minLength": 2}}


def config_schema() -> Schema:
    """Give the schema of the user's ``config.toml``."""
    keys = _about(
        "Keys by the ids of actions (docs/keys.md), with commas between several",
        {"type": "object", "additionalProperties": {"anyOf": [_NAME, {"type": "object"}]}},
    )
    return _table(
        "The user's settings", {setting.key: _setting(setting) for setting in SETTINGS} | {KEYS: keys}
    )


def library_schema() -> Schema:
    """Give the schema of a library's ``hubtui.toml``."""
    place = _table(
        "A place of the library's own, or, with the id of a known place, corrections of it",
        {
            "id": _NAME,
            "name_en": _NAME,
            "name_zh": _NAME,
            "kind": {"enum": list(PROMINENCE), "default": "area"},
            "parent": _about("Name or id of the place it lies in", _NAME),
            "latitude": {"type": "number", "minimum": -90, "maximum": 90},
            "longitude": {"type": "number", "minimum": -180, "maximum": 180},
            "names": _about("What else it is called", _NAMES),
        },
    )
    rendering = {"anyOf": [_NAME, {"type": "array", "items": _NAME, "minItems": 1}]}
    return _table(
        "The settings of a library",
        {
            "name": _about("What the library is called on screen", _TEXT),
            "style": _about("Citation style; goes before the user's", {"enum": ["", *STYLES]}),
            "translate": _about(
                "Whether a query's words are looked for in the other language too",
                {"type": "boolean", "default": True},
            ),
            "glossary": _about(
                "Terms and what they are called in the other language",
                {"type": "object", "additionalProperties": rendering},
            ),
            "names": _about(
                "Further names of places, each with a name or id of the place",
                {"type": "object", "additionalProperties": _NAME},
            ),
            "not_places": _about("Characters in which no place is looked for", _NAMES),
            "places": {"type": "array", "items": place},
            "searches": _about(
                "Saved searches: names with their queries",
                {"type": "object", "additionalProperties": _TEXT},
            ),
        },
    )


def _setting(setting: Setting) -> Schema:
    kind = {"enum": list(setting.values)} if setting.values else _NAME
    return _about(setting.about, kind) | {"default": setting.default}


def _about(text: str, kind: Schema) -> Schema:
    return {"description": text, **kind}


def _table(text: str, properties: Schema) -> Schema:
    return {
        "$schema": _DIALECT,
        "title": text,
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
    }
