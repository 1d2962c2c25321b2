"""Whoosh's postings and columns read whole, as arrays; its own readers give values one by one.

A numeric column is its values one after the other, big-endian, without the defaults at its end; of
posting lists :mod:`hubtui.index.segments` tells.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import TermNotFound
from whoosh.util.numeric import byte_to_length

from hubtui.index.engine import NOTHING, Postings

_LENGTHS = np.array([byte_to_length(value) or 0 for value in range(256)], np.float32)


def term_postings(leaf: Any, base: int, field: str, term: str) -> Postings:  # noqa: ANN401  # Whoosh's readers have no useful types
    """Read the postings of a term in one segment, whose slots begin at ``base``.

    Those of deleted documents are among them.
    """
    format_ = leaf.schema[field].format
    try:
        # The public way hides deleted documents one by one, at twenty times the cost of reading all.
        return _all_blocks(leaf._terms.matcher(field, term.encode(), format_), base)  # noqa: SLF001
    except TermNotFound:
        return NOTHING


def segment_terms(leaf: Any, field: str) -> Iterator[tuple[str, Postings]]:  # noqa: ANN401  # see above
    """Read every term of a field in one segment, with its postings."""
    for form in leaf.lexicon(field):
        yield form.decode(), term_postings(leaf, 0, field, form.decode())


def _all_blocks(matcher: Any, base: int) -> Postings:  # noqa: ANN401  # see above
    blocks: list[Postings] = []
    while matcher.is_active():
        matcher._read_data()  # noqa: SLF001  # see above
        differences, weights, _ = matcher._data  # noqa: SLF001  # see above
        slots = np.cumsum(np.array(differences, np.int32), dtype=np.int32) + np.int32(base)
        weight = 1.0 if weights is None else weights
        counts = (
            np.full(len(slots), weight, np.float32)
            if isinstance(weight, float)
            else np.array(weight, np.float32)
        )
        blocks.append(Postings(slots, counts))
        matcher._next_block()  # noqa: SLF001  # see above
    return Postings.joined(blocks)


def column(leaf: Any, name: str, kind: str) -> NDArray[Any]:  # noqa: ANN401  # see above
    """Read a numeric column of one segment; ``kind`` is numpy's name of its values' type."""
    perdoc, count = leaf._perdoc, leaf.doc_count_all()  # noqa: SLF001  # the public way reads one value at a time
    values = np.zeros(count, kind)
    if perdoc.has_column(name):
        file, start, length = perdoc._get_column_file(name)  # noqa: SLF001  # see above
        held = np.frombuffer(bytes(file.get(start, length)), kind)
        values[: len(held)] = held
        file.close()
    return values


def lengths(leaf: Any, field: str) -> NDArray[np.float32]:  # noqa: ANN401  # see above
    """Read how many terms each document of one segment has in a field (Whoosh rounds them to a byte)."""
    found: NDArray[np.float32] = _LENGTHS[column(leaf, f"_{field}_len", "u1")]
    return found
