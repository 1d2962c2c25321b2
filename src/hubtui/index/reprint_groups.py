"""Group reprints: one story in several files, with another headline, a cut ending, a changed sentence.

The groups are kept up to date change by change: ``source.story`` is the id of the group's best copy, ``""``
for a source that stands alone, and null for one whose group is to be formed.
"""

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import chain, combinations
from typing import TYPE_CHECKING, Final

from hubtui.index.database import row_damaged
from hubtui.text.analyzer import fold

SHARED: Final = 0.6
"""Part of the shorter text's sentences that two reprints share at least."""
_FEWEST: Final = 3
"""Sentences that they share at least: a motto or a disclaimer makes no reprint."""
MOST_HOLDERS: Final = 40
"""A sentence in more sources than this is a formula, and says nothing."""
_SHORTEST: Final = 12
"""Letters and digits of the shortest sentence that counts."""

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]

# NumPy is imported where it is used: a list of sources needs none.

_SENTENCE = re.compile(r"[。！？!?\n；;]+|\.\s")
_SILENT = re.compile(r"[\W_]+")


def fingerprint(paragraphs: Sequence[str], folded: Sequence[str] | None = None) -> frozenset[int]:
    """Return 64-bit hashes of a text's sentences, whatever their script, width, case and punctuation.

    Args:
        paragraphs: The text.
        folded: The paragraphs folded, where they are known already.
    """
    forms = folded if folded is not None else [fold(paragraph) for paragraph in paragraphs]
    sentences = (
        _SILENT.sub("", sentence)
        for paragraph, form in zip(paragraphs, forms, strict=True)
        for sentence in _sentences(paragraph, form)
        if len(sentence) >= _SHORTEST
    )
    return frozenset(_hash(sentence) for sentence in sentences if len(sentence) >= _SHORTEST)


def _sentences(paragraph: str, folded: str) -> Iterator[str]:
    """Yield the folded sentences of a paragraph, which end where it says so as it is written."""
    start = 0
    for end in _SENTENCE.finditer(paragraph):
        yield folded[start : end.start()]
        start = end.end()
    yield folded[start:]


def group_reprints(fingerprints: Mapping[str, Collection[int]]) -> list[tuple[str, ...]]:
    """Return the groups of sources that tell the same story.

    Args:
        fingerprints: The fingerprint of each source, by its path.

    Returns:
        Groups of two or more; in each the fullest text comes first, then the others, in the order of
        their paths; the groups in the order of their first source's path.
    """
    paths = sorted(fingerprints)
    shared = Counter(
        (paths[one], paths[other])
        for holders in _holders([fingerprints[path] for path in paths])
        for one, other in combinations(holders, 2)
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


def _holders(fingerprints: Sequence[Collection[int]]) -> list[list[int]]:
    """Return who has each sentence that few share, by their positions, in order."""
    import numpy as np

    hashes = np.array(list(chain.from_iterable(fingerprints)), np.uint64)
    order = np.argsort(hashes, kind="stable")
    starts = np.flatnonzero(np.diff(hashes[order], prepend=~hashes[order[:1]]))
    counts = np.diff(starts, append=len(hashes))
    owners = np.repeat(np.arange(len(fingerprints)), list(map(len, fingerprints)))[order]
    few = (counts > 1) & (counts <= MOST_HOLDERS)
    bounds = zip(starts[few].tolist(), (starts + counts)[few].tolist(), strict=True)
    return [owners[start:end].tolist() for start, end in bounds]


def _top(leader: dict[str, str], path: str) -> str:
    while leader[path] != path:
        leader[path] = leader[leader[path]]
        path = leader[path]
    return path


def _hash(sentence: str) -> int:
    return int.from_bytes(blake2b(sentence.encode(), digest_size=8).digest())


REPRINT_SCHEMA = """
CREATE TABLE fingerprint (
    source_id TEXT PRIMARY KEY REFERENCES source (id) ON DELETE CASCADE, hashes BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX source_story ON source (story);
"""

_HASHES, _BYTES = "<u8", 8

REPRINT_VERSION = "stories"
"""The fact that counts the changes of groups."""

# From here on, forming all groups anew costs less than finding out which ones may change.
_MANY = 200


class ReprintGroups:
    """The groups of reprints in a catalog."""

    def __init__(self, connection: Callable[[], sqlite3.Connection]) -> None:
        """Work with the connection of the thread that asks."""
        self._connection = connection

    def add(self, source_id: str, fingerprint: Collection[int]) -> None:
        """Remember the sentences of a source, whose group is to be formed."""
        import numpy as np

        hashes = np.array(sorted(fingerprint), _HASHES).tobytes()
        self._connection().execute("INSERT INTO fingerprint VALUES (?, ?)", (source_id, hashes))

    def leave(self, source_id: str) -> None:
        """Have the group that a source is about to leave formed anew."""
        self._connection().execute(
            "UPDATE source SET story = NULL WHERE story <> ''"
            " AND story = (SELECT story FROM source WHERE id = ?)",
            (source_id,),
        )

    def are_formed(self) -> bool:
        """Whether no group is to be formed."""
        return not self._connection().execute("SELECT 1 FROM source WHERE story IS NULL LIMIT 1").fetchall()

    def form(self) -> None:
        """Form the groups that are to be formed."""
        open_ = {id_ for (id_,) in self._connection().execute("SELECT id FROM source WHERE story IS NULL")}
        if not open_:
            return
        known = self._fingerprints()
        affected = self._paths(known if len(open_) > _MANY else self._with_companions(open_, known))
        paths = {path: id_ for id_, path in affected.items()}
        groups = group_reprints({path: known[id_].tolist() for path, id_ in paths.items()})
        leaders = {paths[path]: paths[group[0]] for group in groups for path in group}
        self._connection().executemany(
            "UPDATE source SET story = ? WHERE id = ?", [(leaders.get(id_, ""), id_) for id_ in affected]
        )
        self._connection().execute(
            "INSERT INTO fact VALUES (?, '1')"
            " ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + 1",
            (REPRINT_VERSION,),
        )

    def _paths(self, ids: Collection[str]) -> dict[str, str]:
        rows = self._connection().execute("SELECT id, path FROM source")
        return {source_id: path for source_id, path in rows if source_id in ids}

    def _with_companions(self, open_: Collection[str], known: "Mapping[str, Hashes]") -> set[str]:
        """Return open sources, those that share a sentence with one, and those of their groups."""
        import numpy as np

        ids = list(known)
        hashes = np.concatenate(list(known.values()))
        wanted = np.unique(np.concatenate([known[source_id] for source_id in open_]))
        found = set(open_)
        if len(wanted):
            # All fingerprints are looked through: eight bytes a sentence, where an index of them takes sixty.
            at = np.minimum(np.searchsorted(wanted, hashes), len(wanted) - 1)
            held = np.flatnonzero(wanted[at] == hashes)
            few = np.bincount(at[held], minlength=len(wanted)) <= MOST_HOLDERS
            ends = np.cumsum([len(known[source_id]) for source_id in ids])
            owners = np.searchsorted(ends, held[few[at[held]]], side="right")
            found.update(ids[owner] for owner in np.unique(owners).tolist())
        for source_id in list(found):
            rows = self._connection().execute(
                "SELECT id FROM source WHERE story <> '' AND story = (SELECT story FROM source WHERE id = ?)",
                (source_id,),
            )
            found.update(other for (other,) in rows)
        return found

    def _fingerprints(self) -> "dict[str, Hashes]":
        import numpy as np

        rows = self._connection().execute("SELECT source_id, hashes FROM fingerprint").fetchall()
        if any(len(hashes) % _BYTES for _id, hashes in rows):
            raise row_damaged("fingerprint")
        found = {source_id: np.frombuffer(hashes, _HASHES) for source_id, hashes in rows}
        ids = self._connection().execute("SELECT id FROM source")
        return {source_id: found.get(source_id, np.empty(0, _HASHES)) for (source_id,) in ids}
