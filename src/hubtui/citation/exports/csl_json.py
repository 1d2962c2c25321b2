"""CSL-JSON, the input format of citation processors (github.com/citation-style-language/schema)."""

import json
from collections.abc import Mapping
from typing import Any


def write(items: list[Mapping[str, Any]]) -> str:
    """Give the items as a JSON array, as they are."""
    return json.dumps([dict(item) for item in items], ensure_ascii=False, indent=2) + "\n"
