"""Find words in one source, as find commands do: in order, wherever they stand."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from hubtui.text.analyzer import fold

_BETWEEN = "\0"
"""Stands between passages; no stored text has it."""


class SourceText:
    """The passages of a source as one folded text; it costs as much memory as the source is long."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Fold these texts."""
        self._folded = fold(_BETWEEN.join(texts))
        self._starts = [0, *accumulate(len(text) + 1 for text in texts)]

    def find(self, words: str) -> list[tuple[int, int, int]]:
        """Return where ``words`` stand: the passage's place in the source (from 0), start and end in it.

        As in a query, Simplified stands for Traditional, half for full width, lower for upper case; any
        white space stands for any other.
        """
        wanted = fold(words).split()
        if not wanted:
            return []
        found = []
        # Between words a run of at most some spaces: a longer one is no text that someone looks for.
        for match in re.finditer(r"\s{1,9}".join(map(re.escape, wanted)), self._folded):
            index = bisect_right(self._starts, match.start()) - 1
            start = self._starts[index]
            found.append((index, match.start() - start, match.end() - start))
        return found
