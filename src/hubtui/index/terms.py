"""The terms of passages, counted: what a full-text engine is given to store."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hubtui.index.engine import Field
from hubtui.text.tokens import forms


@dataclass(frozen=True, slots=True)
class TermCounts:
    """How often each term stands in each of a row of passages, in one field.

    Attributes:
        terms: The terms, each once.
        term: For each posting, its term as a position in :attr:`terms`.
        passage: For each posting, its passage as a position in the row; ascending.
        count: For each posting, how often the term stands in the passage.
        lengths: For each passage, how many terms it has.
    """

    terms: Sequence[str]
    term: NDArray[np.uint32]
    passage: NDArray[np.uint32]
    count: NDArray[np.uint32]
    lengths: NDArray[np.uint32]


def count_terms(passages: Sequence[Sequence[str]]) -> TermCounts:
    """Count the terms of a row of passages, each given as the list of its terms."""
    numbers: dict[str, int] = {}
    term: list[int] = []
    count: list[int] = []
    sizes: list[int] = []
    for of_passage in passages:
        counted = Counter(of_passage)
        term.extend([numbers.setdefault(form, len(numbers)) for form in counted])
        count.extend(counted.values())
        sizes.append(len(counted))
    return TermCounts(
        terms=list(numbers),
        term=np.array(term, np.uint32),
        passage=np.repeat(np.arange(len(sizes), dtype=np.uint32), sizes),
        count=np.array(count, np.uint32),
        lengths=np.array([len(of_passage) for of_passage in passages], np.uint32),
    )


def passage_terms(title: str, passages: Sequence[tuple[str, str]]) -> dict[Field, TermCounts]:
    """Count the terms of a source's passages, field by field.

    Args:
        title: The source's title.
        passages: The section and text of each passage.
    """
    in_title, _ = forms(title)
    headings = {section: [*in_title, *forms(section)[0]] for section in {section for section, _ in passages}}
    found = [forms(text) for _, text in passages]
    return {
        Field.WORDS: count_terms([of_words for of_words, _ in found]),
        Field.GRAMS: count_terms([of_grams for _, of_grams in found]),
        Field.HEADING: count_terms([headings[section] for section, _ in passages]),
    }
