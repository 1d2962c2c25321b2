"""Reading the tables of this package, and of anyone who adds to them."""

from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from importlib.resources import files

PACKAGE = "hubtui.places"


def words(table: str) -> Iterator[str]:
    """The lines of ``data/<table>.txt``, without comments."""
    lines = (files(PACKAGE) / "data" / f"{table}.txt").read_text(encoding="utf-8").splitlines()
    return (line for line in lines if line and not line.startswith("#"))


def rows(table: str) -> Iterator[dict[str, str]]:
    """The rows of ``data/<table>.tsv`` by column name; comments (``#``) and empty lines are skipped."""
    lines = (files(PACKAGE) / "data" / f"{table}.tsv").read_text(encoding="utf-8").split("\n")
    head: list[str] = []
    for line in lines:
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if head:
            yield dict(zip(head, cells, strict=False))
        else:
            head = cells


@cache
def digest() -> str:
    """A digest of all tables."""
    folder = files(PACKAGE) / "data"
    found = blake2b(digest_size=8)
    for table in sorted(folder.iterdir(), key=lambda file: file.name):
        if table.name.endswith((".tsv", ".txt")):
            found.update(table.name.encode() + table.read_bytes())
    return found.hexdigest()
