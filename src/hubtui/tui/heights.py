"""How many lines each of many blocks takes, when most of them are only estimated."""

from collections.abc import Iterable
from itertools import accumulate


class Heights:
    """Heights that can be corrected one by one, with the line each block starts on.

    A binary indexed tree (Fenwick 1994): correcting a height, and finding a block or its first line, take
    time logarithmic in the number of blocks.
    """

    def __init__(self, heights: Iterable[int]) -> None:
        """Begin with these heights, in lines, each at least 0."""
        self._heights = list(heights)
        self._tree = [0, *self._heights]
        for node in range(1, len(self._tree)):
            above = node + (node & -node)
            if above < len(self._tree):
                self._tree[above] += self._tree[node]
        self.total = sum(self._heights)
        """Lines of all blocks together."""

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, block: int) -> int:
        return self._heights[block]

    def __setitem__(self, block: int, height: int) -> None:
        change = height - self._heights[block]
        if not change:
            return
        self._heights[block] = height
        self.total += change
        node = block + 1
        while node < len(self._tree):
            self._tree[node] += change
            node += node & -node

    def top(self, block: int) -> int:
        """Give the line that a block starts on."""
        line = 0
        while block:
            line += self._tree[block]
            block &= block - 1
        return line

    def tops(self) -> list[int]:
        """Give the lines that all blocks start on."""
        return [0, *accumulate(self._heights[:-1])] if self._heights else []

    def find(self, line: int) -> tuple[int, int]:
        """Give the block that a line belongs to, and which of its lines it is.

        A line before the first or after the last belongs to the first or last block that has lines; without
        any, it is line 0 of block 0.
        """
        if not self.total:
            return 0, 0
        rest = max(0, min(line, self.total - 1))
        block = 0
        for step in (1 << power for power in reversed(range(len(self._heights).bit_length()))):
            if block + step < len(self._tree) and self._tree[block + step] <= rest:
                block += step
                rest -= self._tree[block]
        return block, rest
