"""A tiny table of meanings for tests: words of both languages, alike where they mean the same."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from hubtui.index.codec.format import write_file
from hubtui.search.meaning import KIND, SPACE, VECTOR, WHOLE, WIDTH, Table, key_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

PAIRS: Mapping[str, str] = {
    "harbour": "港口",
    "whale": "鲸",
    "lantern": "灯笼",
    "glacier": "冰川",
    "orchard": "果园",
    "violin": "小提琴",
    "the": "的",
}
"""English words with their Chinese ones; the last are common."""


def write_table(
    path: Path, pairs: Mapping[str, str] = PAIRS, pieces: Sequence[str] = ("bro", "ken")
) -> Table:
    """Write a table of these words, and of pieces that make up others, and open it."""
    draw = np.random.default_rng(7)
    forms = [*(SPACE + word for word in pairs), *pairs.values(), SPACE + pieces[0], *pieces[1:], SPACE]
    meanings = draw.integers(0, 256, (len(pairs), WIDTH // 2), dtype=np.uint8)
    others = draw.integers(0, 256, (len(pieces) + 1, WIDTH // 2), dtype=np.uint8)
    known = {key_of(form): 60 if "the" in form or form == "的" else 160 for form in forms[: 2 * len(pairs)]}
    parts: dict[str, NDArray[Any]] = {
        "forms": np.frombuffer("\n".join(forms).encode(), np.uint8),
        "codes": np.concatenate([meanings, meanings, others]).ravel(),
        "sizes": np.full(len(forms), 100, np.uint8),
        "pieces": np.ones(len(forms), np.uint8),
        "scores": np.array([WHOLE] * 2 * len(pairs) + [50] * (len(pieces) + 1), np.uint8),
        "known": np.array(sorted(known), np.int64),
        "rarity": np.array([known[key] for key in sorted(known)], np.uint8),
        "centres": np.zeros(2 * WIDTH, np.uint32),
        "offset": np.zeros(64, np.uint32),
    }
    for name, high, wide in (
        ("first", WIDTH, 64), ("second", 32, 32), ("third", 32, 48), ("last", 80, 96), ("out", 96, VECTOR),
    ):  # fmt: skip
        parts[name] = draw.integers(-127, 128, high * wide).astype(np.int8).view(np.uint8)
        parts[f"{name}_scale"] = np.full(wide, 0.01, np.float32).view(np.uint32)
    return Table(path, write_file(path, KIND, {}, parts))
