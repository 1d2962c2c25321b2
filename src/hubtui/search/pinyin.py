"""Chinese words typed in Latin letters: pinyin in full, with or without spaces and tones, or initials."""

import re
from collections.abc import Callable, Iterator

from hubtui.search.concepts import Rendering
from hubtui.search.lexicon import Lexicon

MOST_WORDS = 5
"""Words that one reading stands for at most."""
LONGEST = 40
"""Letters; what is longer is no pinyin."""

_TONED = re.compile(r"(?:[a-z]{1,6}[1-5])+")
_FEWEST_FOR_INITIALS = 2
_INITIALS = range(3, 7)
_LONGEST_WORD = 24  # letters of a word's reading


class Pinyin:
    """Reads pinyin as words of one library."""

    def __init__(self, lexicon: Lexicon, holding: Callable[[str], int]) -> None:
        """Take words from ``lexicon`` that some passages hold, as ``holding`` counts them."""
        self._lexicon = lexicon
        self._holding = holding

    def words(self, typed: str) -> list[Rendering]:
        """Give the words of the library that are read as ``typed`` (folded)."""
        letters = letters_of(typed)
        if not letters or len(letters) > LONGEST:
            return []
        found = self._read(letters)
        if found:
            return [Rendering(word, "pinyin", (), 1 - 0.1 * rank) for rank, word in enumerate(found)]
        if len(letters) in _INITIALS:
            meant = self._held(self._lexicon.initialled(letters), _FEWEST_FOR_INITIALS)
            return [Rendering(word, "pinyin", (), 0.7 - 0.1 * rank) for rank, word in enumerate(meant[:3])]
        return []

    def split(self, typed: str) -> list[str]:
        """Give the readings of the fewest words of the library that make up ``typed``; none if none do."""
        letters = letters_of(typed)
        if not letters or len(letters) > LONGEST:
            return []
        best: list[list[str] | None] = [[]]
        for end in range(1, len(letters) + 1):
            rows = [
                [*before, letters[start:end]]
                for start in range(max(0, end - _LONGEST_WORD), end)
                if (before := best[start]) is not None and self._read(letters[start:end])
            ]
            best.append(min(rows, key=len, default=None))
        return best[-1] or []

    def _read(self, letters: str) -> list[str]:
        return self._held(self._lexicon.read_as(letters), 1)[:MOST_WORDS]

    def _held(self, words: tuple[str, ...], fewest: int) -> list[str]:
        """Give the words that so many passages hold, the most frequent first."""
        counted = [(self._holding(word), word) for word in words]
        return [word for count, word in sorted(counted, key=lambda pair: -pair[0]) if count >= fewest]


def letters_of(typed: str) -> str:
    """Give the bare letters of pinyin as typed, tone numbers and apostrophes left out; ``""`` if none."""
    bare = typed.replace("'", "")
    if _TONED.fullmatch(bare):
        bare = "".join(_letters(bare))
    return bare if bare.isascii() and bare.isalpha() else ""


def _letters(toned: str) -> Iterator[str]:
    return (character for character in toned if character.isalpha())
