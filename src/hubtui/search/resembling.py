"""Finding a text again that was edited or moved: the passages that share its rarest terms."""

from collections.abc import Iterator

import numpy as np

from hubtui.index.engine import Field, Reader
from hubtui.text.tokens import gram_tokens, units, word_tokens

_LOOKED_UP = 96
"""Terms of a text whose frequency is looked up, spread over it."""
_RAREST = 12
"""Terms that passages must share; the rarest one tells most."""


def resembling(reader: Reader, text: str, limit: int) -> list[int]:
    """Give the keys of the passages that share most of the rarest terms of ``text``, most first.

    The cost grows with the passages that hold these terms, not with the library. Needs no segmenter: Chinese
    is looked for by pairs of characters.
    """
    terms = list(dict.fromkeys(_terms(text)))
    step = max(1, len(terms) // _LOOKED_UP)
    known = [(reader.count(*term), term) for term in terms[::step]]
    rarest = [term for count, term in sorted(known) if count][:_RAREST]
    if not rarest:
        return []
    shared = sum(reader.having(*term).astype(np.int8) for term in rarest) * reader.live
    slots = np.flatnonzero(shared)
    best = slots[np.argsort(-shared[slots], kind="stable")][:limit]
    return [int(key) for key in reader.keys[best]]


def _terms(text: str) -> Iterator[tuple[Field, str]]:
    for unit in units(text):
        if unit.kind == "word":
            yield from ((Field.WORDS, token.form) for token in word_tokens(unit))
        else:
            yield from ((Field.GRAMS, token.form) for token in gram_tokens(unit))
