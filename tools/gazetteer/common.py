"""Files that the gazetteer's scripts share."""

from collections.abc import Iterable, Sequence
from pathlib import Path

HERE = Path(__file__).parent
DATA = HERE.parent.parent / "src" / "hubtui" / "places" / "data"


def read_rows(path: Path) -> list[list[str]]:
    """The tab-separated rows of a file, without comments and empty lines."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]


def read_pairs(path: Path) -> dict[str, str]:
    """A file of two columns."""
    return {row[0]: row[1] for row in read_rows(path)}


def write_table(path: Path, head: Sequence[str], rows: Iterable[Sequence[str]], title: str) -> None:
    """Write a table with a title as comment and its column names in the first row."""
    lines = [f"# {title}", "\t".join(head), *("\t".join(row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
