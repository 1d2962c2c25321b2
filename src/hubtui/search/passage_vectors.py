"""The vectors of passages, kept beside the index: what a question is compared with in the other language.

Each file holds the vectors of some passages by their keys, which are never used again, and is never changed.
Its header names the table and the index that it belongs to, its name tells the header's sum. What does not
fit, or is damaged, counts as missing and is made again: an index without vectors answers by words alone.
"""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from hubtui.core.errors import DamagedIndexError
from hubtui.core.files import MEANING, make_folder, remove_file, rename_file
from hubtui.index.codec.format import MappedFile, write_file
from hubtui.index.engine import Keys, Scores
from hubtui.search.meaning import VECTOR, Codes, Floats, likeness

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hubtui.index.store import Store
    from hubtui.search.meaning import Table


SUFFIX = ".vectors"
KIND = "vectors"
_STEP = 64
"""Passages that are encoded at once; time is looked at in between."""
_STORED = 4096
"""Passages whose vectors are written together."""
_MOST_FILES = 6
"""When there are more, they become one."""


@dataclass(frozen=True, eq=False, slots=True)
class _Held:
    """Some passages' vectors, by their keys, which are in order."""

    keys: Keys
    codes: Codes


Texts = Callable[[Sequence[int]], Mapping[int, str]]
"""What reads the texts of passages, by their keys."""


class PassageVectors:
    """The vectors of one index's passages. Safe to use from several threads."""

    def __init__(self, store: "Store", table: "Table") -> None:
        """Keep them in the folder of ``store``, as ``table`` makes them."""
        self._table = table
        self._folder = store.folder / MEANING
        self._writable = store.writable
        self._texts: Texts = store.catalog.texts
        index = int.from_bytes(blake2b(store.mark, digest_size=7).digest(), "little")
        self._facts = {"table": table.version, "index": index}
        self._lock = threading.Lock()
        self._files: dict[str, _Held] = {}
        self._loose: list[_Held] = []  # what could not be written

    def likeness(self, vector: Floats, keys: Keys) -> Scores:
        """Return how close passages come to a vector of length 1; ``-inf`` for those without one."""
        found = np.full(len(keys), -np.inf, np.float32)
        for held, at, here in self._places(keys):
            found[here] = likeness(vector, held.codes[at])
        return found

    def missing(self, keys: Keys) -> Keys:
        """Return the keys of the passages that have no vector yet."""
        lacking = np.ones(len(keys), np.bool_)
        for _held, _at, here in self._places(keys):
            lacking[here] = False
        return keys[lacking]

    def complete(
        self, keys: Keys, seconds: float | None = None, cancelled: Callable[[], bool] | None = None
    ) -> bool:
        """Make the vectors that are missing of some passages, and keep them; return whether all are there.

        Args:
            keys: The passages.
            seconds: How long it may take; what is made until then is kept.
            cancelled: Asked in between; true ends it.
        """
        wanted = self.missing(keys)
        end = None if seconds is None else time.perf_counter() + seconds
        at = 0
        while at < len(wanted):
            first = at
            made = []
            stop = False
            while at < len(wanted) and at - first < _STORED and not stop:
                made.append(self._encoded(wanted[at : at + _STEP]))
                at += _STEP
                late = end is not None and time.perf_counter() > end
                stop = late or (cancelled is not None and cancelled())
            self._keep(made)
            if stop:
                return at >= len(wanted)
        return True

    def _encoded(self, keys: Keys) -> _Held:
        texts = self._texts(keys.tolist())  # a passage may have gone since
        held = np.array(sorted(texts), np.int64)
        return _Held(held, self._table.encode([texts[key] for key in held.tolist()]))

    def _keep(self, made: Sequence[_Held]) -> None:
        joined = _joined(made)
        with self._lock:
            self._refresh()
            try:
                self._write_down(joined)
            except OSError:
                self._loose.append(joined)

    def _write_down(self, made: _Held) -> None:
        if not self._writable:
            self._loose.append(made)
            return
        self._write(made)
        if len(self._files) > _MOST_FILES:
            self._write(_joined([*self._files.values()]), instead_of=list(self._files))
        self._sweep()

    def _write(self, held: _Held, instead_of: Sequence[str] = ()) -> None:
        import secrets  # deferred: only who writes draws numbers

        make_folder(self._folder)
        draft = self._folder / f"{secrets.token_hex(8)}.draft"
        parts: dict[str, NDArray[Any]] = {"keys": held.keys, "codes": held.codes.ravel()}
        total = write_file(draft, KIND, self._facts, parts)
        name = f"{secrets.token_hex(4)}-{total:08x}{SUFFIX}"
        rename_file(draft, self._folder / name)
        self._files[name] = held
        for old in instead_of:
            del self._files[old]

    def _sweep(self) -> None:
        """Unlink what other tables, other indexes and interrupted writers have left, and what is damaged."""
        for path in self._folder.iterdir():
            if path.suffix in (SUFFIX, ".draft") and path.name not in self._files:
                with suppress(OSError):
                    remove_file(path)

    def _places(self, keys: Keys) -> list[tuple[_Held, Keys, Keys]]:
        """Return, for each file that has some of the passages, where they stand in it and in ``keys``."""
        with self._lock:
            self._refresh()
            files = [*self._files.values(), *self._loose]
        found = []
        for held in files:
            at = np.searchsorted(held.keys, keys)
            at[at == len(held.keys)] = 0
            here = np.flatnonzero(held.keys[at] == keys) if len(held.keys) else np.zeros(0, np.int64)
            if len(here):
                found.append((held, at[here], here))
        return found

    def _refresh(self) -> None:
        """Map the files that have come, and let go of those that have gone."""
        try:
            names = {path.name for path in self._folder.iterdir() if path.suffix == SUFFIX}
        except OSError:
            names = set()
        for name in self._files.keys() - names:
            del self._files[name]
        for name in sorted(names - self._files.keys()):
            held = self._opened(self._folder / name)
            if held is not None:
                self._files[name] = held

    def _opened(self, path: Path) -> _Held | None:
        try:
            file = MappedFile(path, KIND, int(path.stem.rpartition("-")[2], 16))
            if file.facts != self._facts:
                return None
            keys: Keys = file.part("keys", "<i8").whole()
            codes: Codes = file.part("codes", "|u1").whole()
        except (OSError, ValueError, DamagedIndexError):
            return None
        in_order = len(codes) == len(keys) * VECTOR and bool((keys[1:] > keys[:-1]).all())
        return _Held(keys, codes.reshape(-1, VECTOR)) if in_order else None


def _joined(made: Sequence[_Held]) -> _Held:
    """Return all that is held, each passage once, in the order of the keys."""
    keys, first = np.unique(np.concatenate([held.keys for held in made]), return_index=True)
    return _Held(keys, np.concatenate([held.codes for held in made])[first])
