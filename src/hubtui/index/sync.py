"""One sync brings the catalogue and the engine up to date with the files."""

import hashlib
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from hubtui.errors import SourceError
from hubtui.index.catalogue import Catalogue, FileState
from hubtui.index.engine import Field, Writer
from hubtui.index.store import Store
from hubtui.model import Passage, Problem, Source, SyncProgress, SyncReport
from hubtui.places import find_mentions
from hubtui.sources import Document, SourceFile, read, scan
from hubtui.text.tokens import grams, words

Progress = Callable[[SyncProgress], None]


@dataclass(slots=True)
class _Tally:
    added: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0
    problems: list[tuple[int, int, Problem]] = field(default_factory=list)


def sync(
    seeds: Path,
    store: Store,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> SyncReport:
    """Index what is new, changed or gone.

    What a cancelled sync has read is kept; the next one goes on from there.

    Args:
        seeds: The folder of the sources.
        store: The library's index.
        progress: Called after each file that had to be read.
        cancelled: Asked before each file; true ends the sync early.

    Raises:
        IndexingError: Another process is indexing the library.
    """
    started = time.perf_counter()
    files, skipped = scan(seeds)
    tally = _Tally()
    with store.catalogue.writing():
        notes = _repair(store)
        change = _Change(store, tally)
        try:
            change.apply(files, progress, cancelled)
            tally.problems.extend((0, 0, problem) for problem in skipped)
            if {p.path: p for _, _, p in tally.problems} != {
                path: problem for path, (_, _, problem) in store.catalogue.problems().items()
            }:
                store.catalogue.set_problems(tally.problems)
            change.commit()
        except BaseException:
            change.cancel()
            raise
    problems = [Problem("", note) for note in notes] + [problem for _, _, problem in tally.problems]
    return SyncReport(
        added=tally.added,
        updated=tally.updated,
        removed=tally.removed,
        unchanged=tally.unchanged,
        problems=tuple(problems),
        seconds=time.perf_counter() - started,
    )


class _Change:
    """The changes of one sync, in the catalogue and, once there is any, in the engine."""

    def __init__(self, store: Store, tally: _Tally) -> None:
        self._store = store
        self._catalogue = store.catalogue
        self._tally = tally
        self._writer: Writer | None = None

    def apply(
        self,
        files: list[SourceFile],
        progress: Progress | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        known = self._catalogue.files()
        failed = self._catalogue.problems()
        for path in known.keys() - {file.path for file in files}:
            self._remove(known[path].source_id)
            self._tally.removed += 1
        due = []
        for file in files:
            state, problem = known.get(file.path), failed.get(file.path)
            if state and (state.size, state.mtime_ns) == (file.size, file.mtime_ns):
                self._tally.unchanged += 1
            elif problem and problem[:2] == (file.size, file.mtime_ns):
                self._tally.problems.append(problem)
            else:
                due.append(file)
        for done, file in enumerate(due, 1):
            if cancelled is not None and cancelled():
                return
            self._update(file, known.get(file.path))
            if progress is not None:
                progress(SyncProgress(done, len(due), file.path))

    def commit(self) -> None:
        if self._writer is not None:
            writer, self._writer = self._writer, None
            self._catalogue.set_generation(writer.commit())

    def cancel(self) -> None:
        if self._writer is not None:
            self._writer.cancel()

    def _update(self, file: SourceFile, state: FileState | None) -> None:
        try:
            document = read(file)
        except SourceError as error:
            if state is not None:
                self._remove(state.source_id)
                self._tally.removed += 1
            message = f"{error.message} {error.remedy}".strip()
            self._tally.problems.append((file.size, file.mtime_ns, Problem(file.path, message)))
            return
        if state is not None and state.digest == document.digest:
            self._catalogue.touch(state.source_id, file.size, file.mtime_ns)
            self._tally.unchanged += 1
            return
        if state is not None:
            self._remove(state.source_id)
            self._tally.updated += 1
        else:
            self._tally.added += 1
        self._add(file, document)

    def _add(self, file: SourceFile, document: Document) -> None:
        source, passages = compose(file, document)
        state = FileState(file.size, file.mtime_ns, document.digest, source.id)
        keys = self._catalogue.add_source(source, state, passages)
        _write(self._engine(), source, zip(keys, passages, strict=True))

    def _remove(self, source_id: str) -> None:
        self._engine().remove(self._catalogue.remove_source(source_id))

    def _engine(self) -> Writer:
        if self._writer is None:
            self._writer = self._store.engine.writer()
        return self._writer


def compose(file: SourceFile, document: Document) -> tuple[Source, list[Passage]]:
    """Give the source and passages of what was read, with the mentions found."""
    source_id = identify(file.path)
    passages = [
        Passage(source_id, number, paragraph.text, paragraph.section, tuple(find_mentions(paragraph.text)))
        for number, paragraph in enumerate(document.passages, 1)
    ]
    source = Source(
        id=source_id,
        path=file.path,
        title=document.title,
        author=document.author,
        publisher=document.publisher,
        date=document.date,
        language=document.language,
        url=document.url,
        passages=len(passages),
        origins=document.origins,
    )
    return source, passages


def identify(path: str) -> str:
    """Give the id of the source at ``path``: twelve hexadecimal digits that depend on the path alone."""
    return hashlib.blake2b(os.fsencode(path), digest_size=6).hexdigest()


def _write(writer: Writer, source: Source, passages: Iterable[tuple[int, Passage]]) -> None:
    for key, passage in passages:
        heading = f"{source.title}\n{passage.section}"
        writer.add(
            key,
            {
                Field.WORDS: [token.form for token in words(passage.text)],
                Field.GRAMS: [token.form for token in grams(passage.text)],
                Field.HEADING: [token.form for token in words(heading)],
            },
        )


def _repair(store: Store) -> list[str]:
    """Build the engine anew from the catalogue when a crash came between their commits."""
    catalogue: Catalogue = store.catalogue
    if store.engine.generation == catalogue.generation:
        return []
    writer = store.engine.writer()
    try:
        writer.clear()
        for source in catalogue.sources():
            keys = catalogue.keys(source.id)
            passages = catalogue.passages(keys)
            _write(writer, source, [(key, passages[key]) for key in keys])
        catalogue.set_generation(writer.commit())
    except BaseException:
        writer.cancel()
        raise
    return ["The full-text index did not fit the catalogue and has been built anew."]
