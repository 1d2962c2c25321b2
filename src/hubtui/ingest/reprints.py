"""Group reprints: one story in several files, with another headline, a cut ending, a changed sentence."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from hashlib import blake2b
from itertools import combinations
from typing import Final

from hubtui.text.fold import fold

SHARED: Final = 0.6
"""Part of the shorter text's sentences that two reprints share at least."""
_FEWEST: Final = 3
"""Sentences that they share at least: a motto or a disclaimer makes no reprint."""
MOST_HOLDERS: Final = 40
"""A sentence in more sources than this is a formula, and says nothing."""
_SHORTEST: Final = 12
"""Letters and digits of the shortest sentence that counts."""

_SENTENCE = re.compile(r"[。！？!?\n；;]+|\.\s")
_SILENT = re.compile(r"[\W_]+")


def fingerprint(paragraphs: Iterable[str]) -> frozenset[int]:
    """Return 64-bit hashes of a text's sentences, whatever their script, width, case and punctuation."""
    sentences = (
        _SILENT.sub("", fold(sentence)) for paragraph in paragraphs for sentence in _SENTENCE.split(paragraph)
    )
    return frozenset(_hash(sentence) for sentence in sentences if len(sentence) >= _SHORTEST)


def group_reprints(fingerprints: Mapping[str, Collection[int]]) -> list[tuple[str, ...]]:
    """Return the groups of sources that tell the same story.

    Args:
        fingerprints: The fingerprint of each source, by its path.

    Returns:
        Groups of two or more; in each the fullest text comes first, then the others, in the order of
        their paths; the groups in the order of their first source's path.
    """
    holders: defaultdict[int, list[str]] = defaultdict(list)
    for path in sorted(fingerprints):
        for sentence in fingerprints[path]:
            holders[sentence].append(path)
    shared = Counter(
        pair
        for paths in holders.values()
        if 1 < len(paths) <= MOST_HOLDERS
        for pair in combinations(paths, 2)
    )
    leader = {path: path for path in fingerprints}
    for (one, other), count in shared.items():
        shorter = min(len(fingerprints[one]), len(fingerprints[other]))
        if count >= min(_FEWEST, shorter) and count >= SHARED * shorter:
            leader[_top(leader, other)] = _top(leader, one)
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(fingerprints):
        groups[_top(leader, path)].append(path)
    found = (
        sorted(paths, key=lambda path: -len(fingerprints[path]))
        for paths in groups.values()
        if len(paths) > 1
    )
    return sorted((paths[0], *sorted(paths[1:])) for paths in found)


def _top(leader: dict[str, str], path: str) -> str:
    while leader[path] != path:
        leader[path] = leader[leader[path]]
        path = leader[path]
    return path


def _hash(sentence: str) -> int:
    return int.from_bytes(blake2b(sentence.encode(), digest_size=8).digest())
