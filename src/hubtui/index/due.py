"""What a sync would have to do, found out without loading what reads sources and writes the index."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hubtui.core.models import Problem, SyncReport
from hubtui.ingest import scan

if TYPE_CHECKING:
    from hubtui.index.catalog import FileState
    from hubtui.index.store import Store
    from hubtui.ingest import SourceFile
    from hubtui.places.corrections import MentionCorrectionFile

LITTLE: Final = 100_000
"""Bytes of a library whose texts are read and written in about the time that a process takes to start."""


@dataclass(slots=True)
class Tally:
    """What a sync has done so far, or would not have to do."""

    added: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0
    problems: list[tuple[int, int, Problem]] = field(default_factory=list)


class Due(Enum):
    """How much a sync would have to do."""

    NOTHING = auto()
    LITTLE = auto()
    """A few small texts, in a library that has no more: done sooner than another process starts."""
    MUCH = auto()


def how_much_is_due(seeds: Path, store: "Store") -> Due:
    """Return how much a sync would have to read, remove or repair."""
    if store.engine.generation != store.catalog.generation:
        return Due.MUCH
    files, _problems = scan(seeds)
    known = store.catalog.files()
    gone = known.keys() - {file.path for file in files}
    due = due_files(files, known, store.catalog.problems(), Tally())
    if not gone and not due:
        return Due.NOTHING
    from hubtui.ingest import is_little_text  # deferred: mostly nothing is due

    # Writing takes as long as the index is large, whatever is added to it.
    held = sum(state.size for state in known.values())
    return Due.LITTLE if is_little_text(due, LITTLE - held) else Due.MUCH


def settled(seeds: Path, store: "Store", said: "MentionCorrectionFile") -> SyncReport | None:
    """Return the report of a sync that has nothing to do; ``None`` where there is something to do.

    Nothing is locked: who finds the index up to date needs not wait for who is about to change it.
    """
    started = time.perf_counter()
    catalog = store.catalog
    corrections = said.load()
    if store.engine.generation != catalog.generation or not catalog.has_applied(corrections):
        return None
    files, skipped = scan(seeds)
    tally, known = Tally(), catalog.files()
    tally.problems.extend((0, 0, problem) for problem in (*skipped, *corrections.problems))
    failed = catalog.problems()
    due = due_files(files, known, failed, tally)
    tally.problems.sort(key=lambda row: row[2].path)
    if due or known.keys() - {file.path for file in files}:
        return None
    if tally.problems != failed or not catalog.reprint_groups.are_formed():
        return None
    problems = tuple(problem for _size, _time, problem in tally.problems)
    return SyncReport(unchanged=tally.unchanged, problems=problems, seconds=time.perf_counter() - started)


def due_files(
    files: "Sequence[SourceFile]",
    known: "Mapping[str, FileState]",
    problems: Sequence[tuple[int, int, Problem]],
    tally: Tally,
) -> "list[SourceFile]":
    """Return the files that have to be read, and count the others."""
    failed = {row[2].path: row for row in problems}
    due = []
    for file in files:
        state, problem, stamp = known.get(file.path), failed.get(file.path), (file.size, file.mtime_ns)
        if state and (state.size, state.mtime_ns) == stamp:
            tally.unchanged += 1
        elif problem and problem[:2] == stamp:
            tally.problems.append(problem)
        else:
            due.append(file)
    return due
