"""What a library holds, by name, straight from its catalog: for completion, which nobody waits for."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from hubtui.core.errors import DamagedIndexError
from hubtui.index.database import connect

_CATALOG = "catalogue.sqlite"  # as in hubtui.index.store, which loads the engine


def listed_sources(folder: Path) -> Sequence[str]:
    """Return the paths of the sources in an index folder, in order; nothing where there is no index."""
    return _column(folder, "SELECT path FROM source ORDER BY path")


def listed_names(folder: Path) -> Sequence[str]:
    """Return the names of cities as the sources write them, in both languages, the most frequent first."""
    return _column(
        folder, "SELECT name FROM mention WHERE rejected = 0 GROUP BY name ORDER BY count(*) DESC, name"
    )


def _column(folder: Path, statement: str) -> Sequence[str]:
    path = folder / _CATALOG
    if not path.exists():
        return []
    try:
        with closing(connect(path, writable=False, patience=0.2)) as catalog:
            return [value for (value,) in catalog.execute(statement)]
    except (sqlite3.Error, DamagedIndexError):
        return []
