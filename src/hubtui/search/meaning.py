"""What texts mean, in numbers that Chinese and English share: a table of words, and no model that runs.

Google's multilingual sentence encoder sums what the tokens of a text mean and sends the sum through a few
dense layers. What each word and each piece of a word adds to that sum was tabled by
``tools/meaning/build.py``. A text's vector is the weighted sum over its words, through the same layers: texts
that mean the same lie close to each other, in whichever of the two languages. And single words can be
compared, which tells which word of a passage answers which of a question.

The table is one of the index's kind of files (:mod:`hubtui.index.codec.format`), mapped into memory.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from math import inf
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hubtui.core.models import Span
from hubtui.index.codec.format import MappedFile
from hubtui.text.analyzer import HAN, LETTER, fold

# Resolved, since some installers make links, and the index's files must be none.
TABLE = (Path(__file__).with_name("data") / "meaning.table").resolve()
TABLE_SUM = 0xC8AE5239
"""The sum of the table's header, which ``tools/meaning/build.py`` prints: tells this table from others."""
KIND = "meaning"

WIDTH = 256
"""Numbers in a row of the table."""
VECTOR = 128
"""Numbers in the vector of a text, a byte each."""
SPACE = "\u2581"
"""What the form of a word of letters begins with, as in the encoder's vocabulary."""

STEP = 0.335
"""Between two of the 16 values of a number in a row, in standard deviations: best for normal ones."""
SIZE_STEP = 24
"""Lengths of rows are stored as so many steps to each doubling."""
SCORE_STEP = 12
"""Logarithms of how likely a piece is, as so many steps to each unit."""
RARITY_STEP = 32
"""Decimal logarithms of how rare a word is, as so many steps to each unit."""
UNKNOWN_RARITY = 7.0
"""How rare a word is that the table does not know: one in ten million."""
COMMON_RARITY = 1.5
"""Of a word that is more frequent than this, the likeness of another tells nothing."""
FREQUENT = 1e-3
"""The share of all running words at which a word counts half of what a rare one does."""
LONGEST_PIECE = 16
_UNKNOWN = -20.0
"""What a character without a piece counts as, when a word is cut."""

Floats = NDArray[np.float32]
Codes = NDArray[np.uint8]

_QUIET = np.errstate(all="ignore")
"""Some builds of BLAS leave flags of what they compute in their padding; the results are finite."""

_WORD = re.compile(rf"(?P<word>{LETTER}+(?:'{LETTER}+)*)|[{HAN}]+")


def key_of(form: str) -> int:
    """Return the number under which a form stands in the table."""
    return int.from_bytes(
        blake2b(form.encode("utf-8", "replace"), digest_size=8).digest(), "little", signed=True
    )


Places = Mapping[str, Span]
"""The words of a text, each with the offsets of where it first stands and ends."""


def words_of(text: str) -> tuple[tuple[str, int, int], ...]:
    """Return the words of a text as the table has them: Chinese ones, and those of letters."""
    from hubtui.text.segment import cut  # deferred: rjieba

    found: list[tuple[str, int, int]] = []
    for match in _WORD.finditer(fold(text)):
        start = match.start()
        if match.lastgroup == "word":
            found.append((SPACE + match[0], start, match.end()))
        else:
            found += [(word, start + first, start + last) for word, first, last in cut(match[0])]
    return tuple(found)


class Entry(NamedTuple):
    """A word, as the table has it.

    Attributes:
        rows: The rows whose sum it is: one of its own, or those of its pieces.
        pieces: Of how many pieces it is.
        weight: What it counts in a text: function words little, rare ones 1.
        telling: What the likeness of another word to it counts: more for rare words, 0 for common ones.
        chinese: Whether it is Chinese.
    """

    rows: tuple[int, ...]
    pieces: int
    weight: float
    telling: float
    chinese: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A question, made ready for comparing.

    Attributes:
        vector: Its vector, of length 1.
        words: The forms of its telling words.
        rows: The vectors of these words, each of length 1 around the mean of its language.
        telling: What each counts.
    """

    vector: Floats
    words: tuple[str, ...]
    rows: Floats
    telling: Floats


class Likeness(NamedTuple):
    """How well a passage's words answer a question's.

    Attributes:
        score: The better, the higher; comparable within one question.
        nearest: For each word of the question, the start and end of the word that comes closest, and how
            close it comes, 1 being the word itself.
    """

    score: float
    nearest: tuple[tuple[int, int, float], ...]


class Table:
    """The table, opened. Safe to use from several threads."""

    def __init__(self, path: Path = TABLE, total: int = TABLE_SUM) -> None:
        """Map the table at ``path``.

        Raises:
            OSError: It is missing, or cannot be read.
            DamagedIndexError: It is not the table that was made.
        """
        file = MappedFile(path, KIND, total)
        self.version = total
        forms = file.part("forms", "|u1").whole().tobytes().decode("utf-8").split("\n")
        self._rows = {form: number for number, form in enumerate(forms)}
        self._known = file.part("known", "<i8").numbers()
        self._rarity: Codes = file.part("rarity", "|u1").whole()
        self._codes: Codes = file.part("codes", "|u1").whole().reshape(-1, WIDTH // 2)
        self._sizes: Codes = file.part("sizes", "|u1").whole()
        self._pieces = file.part("pieces", "|u1").numbers()
        self._scores = file.part("scores", "|u1").numbers()
        self._centres = _floats(file, "centres").reshape(2, WIDTH)
        self._offset = _floats(file, "offset")
        self._layers = {name: _layer(file, name) for name in ("first", "second", "third", "last", "out")}
        self._entry = lru_cache(1 << 16)(self._find_entry)

    def entry(self, form: str) -> Entry | None:
        """Return a word, or None where nothing of it is in the table."""
        return self._entry(form)

    def encode(self, texts: Sequence[str]) -> Codes:
        """Return the vectors of texts, a row each; see :func:`likeness`."""
        found = [self._unit_vectors(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)]
        if not found:
            return np.zeros((0, VECTOR), np.uint8)
        numbers = np.clip(np.rint(np.concatenate(found) * _SCALE), -127, 127) + _ZERO
        return np.asarray(numbers, np.uint8)

    def question(self, text: str) -> Question | None:
        """Make a question ready; None where the table knows none of its telling words."""
        entries = {form: entry for form, _, _ in words_of(text) if (entry := self.entry(form))}
        telling = {form: entry for form, entry in entries.items() if entry.telling > 0}
        if not telling:
            return None
        (vector,) = self._unit_vectors([text])
        return Question(
            vector,
            tuple(telling),
            self._directions(list(telling.values())),
            np.array([entry.telling for entry in telling.values()], np.float32),
        )

    @_QUIET
    def compare(self, question: Question, passages: Sequence[str]) -> list[Likeness]:
        """Compare the words of passages with those of a question.

        For each word of the question the closest of the passage counts. Among many words one is close by
        chance, so what comes of a passage's mere length is taken out, as far as the passages show it.
        """
        if not passages:
            return []
        places = [_first_places(text) for text in passages]
        forms = list(dict.fromkeys(form for found in places for form in found))
        known = {form: entry for form in forms if (entry := self.entry(form)) and entry.telling > 0}
        column = {form: number for number, form in enumerate(known)}
        close = question.rows @ self._directions(list(known.values())).T
        for number, form in enumerate(question.words):
            if form in column:
                close[number, column[form]] = 1.0
        nearest = [self._nearest(close, column, found) for found in places]
        best = np.array([[near for _, _, near in row] for row in nearest], np.float32)
        best = best.reshape(len(passages), len(question.words))
        scores = _without_length(best, [len(found) for found in places]) @ question.telling
        return [Likeness(float(score), row) for score, row in zip(scores, nearest, strict=True)]

    @staticmethod
    def _nearest(
        close: Floats, column: Mapping[str, int], places: Places
    ) -> tuple[tuple[int, int, float], ...]:
        held = [form for form in places if form in column]
        if not held:
            return tuple((0, 0, 0.0) for _ in close)
        near = close[:, [column[form] for form in held]]
        at = near.argmax(axis=1)
        values = near[np.arange(len(near)), at].tolist()
        return tuple((*places[held[best]], value) for best, value in zip(at.tolist(), values, strict=True))

    def _find_entry(self, form: str) -> Entry | None:
        whole = self._rows.get(form)
        rows = self._cut(form) if whole is None else (whole,)
        if not rows:
            return None
        place = _place(self._known, key_of(form))
        rarity = float(self._rarity[place]) / RARITY_STEP if place >= 0 else UNKNOWN_RARITY
        return Entry(
            rows,
            sum(self._pieces[row] for row in rows),
            FREQUENT / (FREQUENT + 10**-rarity),
            max(0.0, min(rarity, UNKNOWN_RARITY) - COMMON_RARITY),
            not form.startswith(SPACE),
        )

    def _cut(self, form: str) -> tuple[int, ...]:
        """Cut a word into the pieces that are likeliest together; characters without a piece are left out."""
        best = [0.0] + [-inf] * len(form)
        came = [(0, -1)] * (len(form) + 1)
        for start in range(len(form)):
            so_far = best[start] + _UNKNOWN
            if so_far > best[start + 1]:
                best[start + 1], came[start + 1] = so_far, (start, -1)
            for end in range(start + 1, min(len(form), start + LONGEST_PIECE) + 1):
                row = self._rows.get(form[start:end])
                if row is not None and self._scores[row] < WHOLE:
                    score = best[start] - self._scores[row] / SCORE_STEP
                    if score > best[end]:
                        best[end], came[end] = score, (start, row)
        found, at = [], len(form)
        while at > 0:
            at, row = came[at]
            found.append(row)
        space = self._rows.get(SPACE)
        return tuple(row for row in reversed(found) if row not in (-1, space))

    def _numbers(self, rows: NDArray[np.intp]) -> Floats:
        """Return rows of the table as numbers."""
        codes = self._codes[rows]
        numbers = np.empty((len(rows), WIDTH), np.float32)
        numbers[:, 0::2], numbers[:, 1::2] = codes & 15, codes >> 4
        numbers -= 7.5
        sizes = np.exp2(self._sizes[rows].astype(np.float32) / SIZE_STEP - 1)
        numbers *= (sizes * np.float32(STEP / WIDTH**0.5))[:, None]
        return numbers

    def _sums(self, entries: Sequence[Entry]) -> Floats:
        """Return what words add to the sum, a row each."""
        sizes = np.fromiter((len(entry.rows) for entry in entries), np.intp, len(entries))
        rows = np.fromiter((row for entry in entries for row in entry.rows), np.intp, int(sizes.sum()))
        starts = np.cumsum(sizes) - sizes
        sums = self._numbers(rows[starts])
        for position in range(1, int(sizes.max())):
            longer = np.flatnonzero(sizes > position)
            sums[longer] += self._numbers(rows[starts[longer] + position])
        return sums

    def _directions(self, entries: Sequence[Entry]) -> Floats:
        """Return words' vectors around the mean of their language, of length 1."""
        if not entries:
            return np.zeros((0, WIDTH), np.float32)
        chinese = np.array([entry.chinese for entry in entries])
        return _units(self._sums(entries) - self._centres[np.where(chinese, 0, 1)])

    def _unit_vectors(self, texts: Sequence[str]) -> Floats:
        column: dict[int, int] = {}
        of_text: list[int] = []
        of_row: list[int] = []
        weights: list[float] = []
        pieces = np.zeros(len(texts), np.float32)
        for number, text in enumerate(texts):
            summed = 0.0
            for form, _, _ in words_of(text):
                entry = self.entry(form)
                if entry is not None:
                    summed += entry.weight * entry.pieces
                    for row in entry.rows:
                        of_text.append(number)
                        of_row.append(column.setdefault(row, len(column)))
                        weights.append(entry.weight)
            pieces[number] = summed
        if not weights:
            return self._through_layers(np.zeros((len(texts), WIDTH), np.float32), pieces)
        at = np.array(of_text) * len(column) + np.array(of_row)
        counted = np.bincount(at, weights, len(texts) * len(column)).reshape(len(texts), -1)
        sums = counted.astype(np.float32) @ self._numbers(np.fromiter(column, np.intp, len(column)))
        return self._through_layers(sums, pieces)

    @_QUIET
    def _through_layers(self, sums: Floats, pieces: Floats) -> Floats:
        root = np.sqrt(pieces)[:, None]
        layers = self._layers
        entered = (sums / np.maximum(root, _LEAST)) @ layers["first"] + root * self._offset
        wide = len(layers["second"])
        hidden = np.maximum(entered[:, wide:] + np.maximum(entered[:, :wide], 0) @ layers["second"], 0)
        deeper = np.maximum(hidden @ layers["third"], 0)
        return _units(np.tanh(np.concatenate([hidden, deeper], axis=1) @ layers["last"]) @ layers["out"])


_BATCH = 64
"""Texts that are encoded together."""
_SCALE = 360.0
"""What the numbers of a vector of length 1 are multiplied by, so that nearly all fit into a byte."""
_ZERO = 128
WHOLE = 255
"""In place of its likelihood: a row is no piece but a word."""
_LEAST = np.float32(1e-6)


@cache
def shipped_table() -> Table:
    """Return the package's own table, opened once."""
    return Table()


@_QUIET
def likeness(vector: Floats, codes: Codes) -> Floats:
    """Return how close the vectors in ``codes`` come to one of length 1; 1 is the same."""
    found = np.empty(len(codes), np.float32)
    for at in range(0, len(codes), _SCANNED):
        numbers = codes[at : at + _SCANNED].astype(np.float32) - _ZERO
        lengths = np.sqrt(np.einsum("ij,ij->i", numbers, numbers))
        found[at : at + _SCANNED] = numbers @ vector / np.maximum(lengths, _LEAST)
    return found


_SCANNED = 4096
"""Vectors that are compared at once: few enough to stay in the processor's cache."""


def _without_length(best: Floats, lengths: Iterable[int]) -> Floats:
    """Take out of each column what a straight line over the logarithm of the passages' lengths explains.

    Few passages, or such of one length, tell little of how steep it is: there it is as steep as usual.
    """
    size = np.log(np.maximum(np.fromiter(lengths, np.float32), 1))
    size -= size.mean()
    slope = (size @ best + _TRUST * _USUAL_SLOPE) / (float(size @ size) + _TRUST)
    return best - np.outer(size, slope)


_USUAL_SLOPE = 0.06
"""How much closer the closest word comes when a passage is e times as long: measured, in both directions."""
_TRUST = 3.0
"""How much the usual slope counts, as a sum of squares: half as much as forty passages of usual lengths."""


@lru_cache(maxsize=1024)
def _first_places(text: str) -> Places:
    found: dict[str, Span] = {}
    for form, start, end in words_of(text):
        if form not in found:
            found[form] = start, end
    return found


def _units(rows: Floats) -> Floats:
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))[:, None]
    return np.asarray(rows / np.maximum(lengths, _LEAST), np.float32)


def _place(keys: memoryview, key: int) -> int:
    at = bisect_left(keys, key)
    return at if at < len(keys) and keys[at] == key else -1


def _floats(file: MappedFile, name: str) -> Floats:
    return np.asarray(file.part(name, "<u4").whole().view("<f4"), np.float32)


def _layer(file: MappedFile, name: str) -> Floats:
    """Return the weights of a layer, which are stored as bytes with one scale for each column."""
    scale = _floats(file, f"{name}_scale")
    stored = file.part(name, "|u1").whole().view(np.int8)
    return stored.reshape(-1, len(scale)).astype(np.float32) * scale
