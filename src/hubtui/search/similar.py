"""Passages that resemble a text that was edited, moved or quoted: those that share its rarest terms."""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from hubtui.index.engine import Field, Reader
from hubtui.search.facets import Numbers
from hubtui.text.analyzer import gram_tokens, units, word_tokens

Term = tuple[Field, str]

_LOOKED_UP = 96
"""Terms of a text whose frequency is looked up, spread over it."""
_RAREST = 12
"""Terms that passages must share; the rarest one tells most."""


class TermCount(NamedTuple):
    """A term of a text.

    Attributes:
        passages: How many passages hold it.
        term: Its field and form.
        whole: Whether a passage with the text must hold it; the words at both ends may be cut in two.
    """

    passages: int
    term: Term
    whole: bool


def similar_passages(reader: Reader, text: str, limit: int) -> list[int]:
    """Return the keys of the passages that share most of the rarest terms of ``text``, most first.

    The cost grows with the passages that hold these terms, not with the library. Needs no segmenter: Chinese
    is looked for by pairs of characters.
    """
    terms = rare_terms(reader, [text], _LOOKED_UP)
    slots = resembling(reader, [counted for counted in terms if counted.passages][:_RAREST])
    keys: list[int] = reader.keys[slots[:limit]].tolist()
    return keys


def rare_terms(reader: Reader, texts: Iterable[str], most: int) -> list[TermCount]:
    """Return the terms of some stretches of text, the rarest first.

    Args:
        reader: Knows how many passages hold a term.
        texts: The stretches.
        most: How many terms are looked up; of more, evenly spaced ones.
    """
    known: dict[Term, bool] = {}
    for text in texts:
        for term, whole in _terms(text):
            known[term] = whole or known.get(term, False)
    chosen = list(known)
    if len(chosen) > most:
        chosen = [chosen[at * len(chosen) // most] for at in range(most)]
    return sorted(TermCount(reader.count(*term), term, known[term]) for term in chosen)


def resembling(reader: Reader, terms: Sequence[TermCount]) -> Numbers:
    """Return the slots of the passages that hold some of ``terms``, best first.

    Each term that a passage holds counts the more, the fewer passages hold it.
    """
    votes = np.zeros(len(reader.keys), np.float32)
    for counted in terms:
        votes[reader.having(*counted.term)] += math.log(1 + len(votes) / counted.passages)
    votes[~reader.live] = 0
    chosen = np.flatnonzero(votes)
    return chosen[np.argsort(-votes[chosen], kind="stable")]


def _terms(text: str) -> Iterator[tuple[Term, bool]]:
    """Yield the pairs of Chinese characters and the stems of words in a text, each with whether it is whole.

    The first and the last word may be cut in two. A compound's own term is left out: where a quotation
    cuts one, the source has another.
    """
    found = list(units(text))
    for unit in found:
        if unit.kind == "word":
            tokens = list(word_tokens(unit))
            tokens = tokens[1:] if len(tokens) > 1 else tokens
            for token in tokens:
                first = unit is found[0] and token is tokens[0]
                last = unit is found[-1] and token is tokens[-1]
                yield (Field.WORDS, token.form), not (first or last)
        else:
            forms = [(token.form, token.end - token.start) for token in gram_tokens(unit)]
            pairs = [form for form, size in forms if size == 2]
            yield from (((Field.GRAMS, form), True) for form in pairs or [form for form, _ in forms])
