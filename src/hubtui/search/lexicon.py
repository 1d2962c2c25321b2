"""The dictionary between the languages and the table of pinyin, read where they lie on the disk.

Each table is a text file in the order of its lines' bytes, mapped into memory and searched by halving:
opening costs nothing, a look-up some twenty comparisons. ``tools/lexicon/build.py`` makes them.
"""

import mmap
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from hubtui.search.glossary import Glossary

Weights = Mapping[str, float]
"""Words with how well they fit, 1 being best; the best ones first."""

_BEST = 9


class Table:
    """A sorted table of keys and cells."""

    def __init__(self, path: Path) -> None:
        """Map the file at ``path``."""
        with path.open("rb") as file:
            self._lines = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._first = self._lines.find(b"\n") + 1  # behind the line that names the sources

    def get(self, key: str) -> tuple[str, ...]:
        """Give the cells beside ``key``; none where it is unknown."""
        wanted = key.encode("utf-8", "replace")
        low, high = self._first, len(self._lines)
        while low < high:
            start = max(self._lines.rfind(b"\n", low, (low + high) // 2) + 1, low)
            end = self._lines.find(b"\n", start)
            found, _, cells = self._lines[start:end].partition(b"\t")
            if found == wanted:
                return tuple(cells.decode("utf-8").split("|"))
            if found < wanted:
                low = end + 1
            else:
                high = start
        return ()


class Lexicon:
    """What words mean in the other language, and how Chinese words are read. Immutable."""

    def __init__(self, glossary: Glossary) -> None:
        """Put ``glossary`` before the dictionary."""
        self._glossary = glossary

    def chinese(self, stems: str) -> Weights:
        """Give the Chinese words for English ones, which come as stems with spaces between."""
        return _best_first(_weights(_table("english"), stems), self._glossary.chinese(stems))

    def english(self, word: str) -> Weights:
        """Give the English words for a folded Chinese one."""
        return _best_first(_weights(_table("chinese"), word), self._glossary.english(word))

    @staticmethod
    def read_as(reading: str) -> tuple[str, ...]:
        """Give the Chinese words with this pinyin, without tones and spaces, the most usual first."""
        return _table("pinyin").get(reading) if reading.isascii() and reading.isalpha() else ()

    @staticmethod
    def initialled(letters: str) -> tuple[str, ...]:
        """Give the Chinese words whose syllables begin with these letters, the most usual first."""
        return _table("pinyin").get(f"-{letters}")

    @staticmethod
    def readings(character: str) -> tuple[str, ...]:
        """Give the pinyin of one Chinese character, without tones."""
        return _table("pinyin").get(f"={character}")


@cache
def _table(name: str) -> Table:
    return Table(Path(str(files("hubtui.search") / "data" / f"{name}.tsv")))


@lru_cache(maxsize=4096)
def _weights(table: Table, key: str) -> Weights:
    return {cell[:-1]: int(cell[-1]) / _BEST for cell in table.get(key)}


def _best_first(dictionary: Weights, glossary: Weights) -> Weights:
    if not glossary:
        return dictionary
    joined = {word: max(weight, dictionary.get(word, 0.0)) for word, weight in glossary.items()}
    joined |= {word: weight for word, weight in dictionary.items() if word not in joined}
    return dict(sorted(joined.items(), key=lambda pair: -pair[1]))
