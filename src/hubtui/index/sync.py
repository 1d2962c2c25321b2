"""One sync brings the catalog and the engine up to date with the files.

:func:`prepare` makes of a document what both store of it, in the worker that has read it. A sync then works
in steps. Each prepares the engine's commit, commits the catalog with the engine's new generation, and
publishes what was prepared; so a kill or a full disk at any moment leaves the state before a step or after
it. After a kill between the last two, whoever opens or syncs the index next publishes.
"""

import hashlib
import os
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from hubtui.core.errors import SourceError, UnavailableSourceError
from hubtui.core.i18n import _
from hubtui.core.models import FACT_FIELDS, Mention, Problem, Source, SyncProgress, SyncReport
from hubtui.index.catalog import Catalog, FileState
from hubtui.index.engine import Field, TermCounts, Writer
from hubtui.index.reprint_groups import fingerprint
from hubtui.index.store import PASSING, Due, Store, Tally, due_files, how_much_is_due
from hubtui.ingest import Document, Paragraph, SourceFile, read_many, scan
from hubtui.places import Gazetteer, find_mentions
from hubtui.places.corrections import MentionCorrectionFile, MentionCorrections, PlacedName, plain_name
from hubtui.text.analyzer import fold, forms


@dataclass(frozen=True, slots=True)
class Prepared:
    """A source, ready to be stored.

    Attributes:
        source: The source.
        digest: Of what it was made from.
        passages: Its passages, in order.
        mentions: For each passage, the places it names.
        terms: Their terms, field by field.
        fingerprint: What reprints of it are recognised by.
    """

    source: Source
    digest: str
    passages: Sequence[Paragraph]
    mentions: Sequence[Sequence[PlacedName]]
    terms: Mapping[Field, TermCounts]
    fingerprint: Collection[int]


def prepare(file: SourceFile, document: Document, gazetteer: Gazetteer) -> Prepared:
    """Make what is stored of a document; its mentions are of the places of ``gazetteer``."""
    source = Source(
        id=identify(file.path),
        path=file.path,
        title=document.title,
        author=document.author,
        publisher=document.publisher,
        date=document.date,
        language=document.language,
        url=document.url,
        passages=len(document.passages),
        origins=dict(document.origins),
        accessed=document.accessed,
        doubts=document.doubts,
        others={name: fact for name, fact in document.facts.items() if name not in FACT_FIELDS},
    )
    texts = [passage.text for passage in document.passages]
    return Prepared(
        source=source,
        digest=document.digest,
        passages=document.passages,
        mentions=[
            [PlacedName(m.start, m.end, m.place.id, m.in_name, plain_name(m.surface)) for m in mentions]
            for mentions in all_mentions(texts, gazetteer)
        ],
        terms=passage_terms(
            document.title, [(passage.section, passage.text) for passage in document.passages]
        ),
        fingerprint=fingerprint(texts),
    )


def identify(path: str) -> str:
    """Return the id of the source at ``path``: twelve hexadecimal digits that depend on the path alone."""
    return hashlib.blake2b(os.fsencode(path), digest_size=6).hexdigest()


def all_mentions(texts: Sequence[str], gazetteer: Gazetteer) -> list[list[Mention]]:
    """Find the mentions in the passages of a source.

    A name that several places share is looked at again, knowing what else the source speaks of.
    """
    found = [find_mentions(text, gazetteer=gazetteer) for text in texts]
    context = {mention.place.id for mentions in found for mention in mentions}
    return [
        find_mentions(text, context=context, gazetteer=gazetteer)
        if any(len(gazetteer.readings(fold(mention.surface))) > 1 for mention in mentions)
        else mentions
        for text, mentions in zip(texts, found, strict=True)
    ]


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


Progress = Callable[[SyncProgress], None]
Cancelled = Callable[[], bool]

# Passages in a step. The first is small, so that something can be read at once; each further one is
# larger, up to what a crash may cost and what memory the engine may take.
_FIRST_STEP, _GROWTH, _LARGEST_STEP = 400, 8, 40_000


def sync(
    seeds: Path,
    store: Store,
    said: MentionCorrectionFile,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> SyncReport:
    """Index what is new, changed or gone.

    What a cancelled sync has read is kept; the next one goes on from there. An index that may not be written
    is left as it is while nothing is due.

    Args:
        seeds: The folder of the sources.
        store: The library's index.
        said: What the user says of mentions.
        progress: Called after each file that had to be read.
        cancelled: Asked before each file; true ends the sync early.

    Raises:
        IndexingError: Another process is indexing the library, or the index cannot be written.
    """
    started = time.perf_counter()
    if not store.writable and how_much_is_due(seeds, store) is Due.NOTHING:
        known = tuple(problem for _size, _time, problem in store.catalog.problems())
        unchanged = len(store.catalog.files())
        return SyncReport(unchanged=unchanged, problems=known, seconds=time.perf_counter() - started)
    with store.syncing():
        notes = repair(store, said)
        files, skipped = scan(seeds)
        tally = Tally()
        tally.problems.extend((0, 0, problem) for problem in (*skipped, *said.load().problems))
        _Sync(store, said, tally).run(files, progress, cancelled)
    problems = [Problem("", note) for note in notes] + [problem for _size, _time, problem in tally.problems]
    return SyncReport(
        added=tally.added,
        updated=tally.updated,
        removed=tally.removed,
        unchanged=tally.unchanged,
        problems=tuple(problems),
        seconds=time.perf_counter() - started,
    )


class _Sync:
    def __init__(self, store: Store, said: MentionCorrectionFile, tally: Tally) -> None:
        self._store = store
        self._said = said
        self._tally = tally
        self._known = store.catalog.files()

    def run(
        self, files: Sequence[SourceFile], progress: Progress | None, cancelled: Cancelled | None
    ) -> None:
        gone = self._known.keys() - {file.path for file in files}
        with _step(self._store, self._said) as step:
            for path in sorted(gone):
                step.remove(self._known[path].source_id)
        self._tally.removed += len(gone)
        due = due_files(files, self._known, self._store.catalog.problems(), self._tally)
        with closing(_read(due, self._store.gazetteer, progress, cancelled)) as results:
            size, left = _FIRST_STEP, True
            while left:
                with _step(self._store, self._said) as step:
                    left = self._fill(step, results, size)
                size = min(size * _GROWTH, _LARGEST_STEP)
        catalog = self._store.catalog
        self._tally.problems.sort(key=lambda row: row[2].path)
        with catalog.writing():
            catalog.apply_corrections(self._said.load())
            catalog.reprint_groups.form()
            if self._tally.problems != catalog.problems():
                catalog.set_problems(self._tally.problems)
        with suppress(sqlite3.OperationalError):  # there is no need to hurry
            catalog.checkpoint()

    def _fill(self, step: "_Step", results: "Iterator[_Result]", size: int) -> bool:
        """Take results into a step until it has ``size`` passages; give whether there may be more."""
        passages = 0
        for file, result in results:
            passages += self._take(step, file, result)
            if passages >= size:
                return True
        return False

    def _take(self, step: "_Step", file: SourceFile, result: Prepared | SourceError) -> int:
        state, tally = self._known.get(file.path), self._tally
        if isinstance(result, SourceError):
            if state is not None:
                step.remove(state.source_id)
                tally.removed += 1
            message = f"{result.message} {result.remedy}".strip()
            size, mtime = (
                PASSING if isinstance(result, UnavailableSourceError) else (file.size, file.mtime_ns)
            )
            tally.problems.append((size, mtime, Problem(file.path, message)))
            return 0
        if state is not None and state.digest == result.digest:
            step.touch(state.source_id, file)
            tally.unchanged += 1
            return 0
        if state is not None:
            step.remove(state.source_id)
            tally.updated += 1
        else:
            tally.added += 1
        step.add(file, result)
        return len(result.passages)


_Result = tuple[SourceFile, Prepared | SourceError]


def _read(
    files: Sequence[SourceFile],
    gazetteer: Gazetteer,
    progress: Progress | None,
    cancelled: Cancelled | None,
) -> Generator[_Result, None, None]:
    """Read and prepare files, telling how far it has come, until the sync is cancelled."""
    if cancelled is not None and cancelled():
        return
    with closing(read_many(files, partial(prepare, gazetteer=gazetteer), cancelled=cancelled)) as results:
        for done, (file, result) in enumerate(results, 1):
            yield file, result
            if progress is not None:
                progress(SyncProgress(done, len(files), file.path))
            if cancelled is not None and cancelled():
                return


class _Step:
    """A change of the catalog and the engine."""

    def __init__(self, store: Store, said: MentionCorrections) -> None:
        self._store = store
        self._catalog: Catalog = store.catalog
        self._engine = store.engine
        self._said = said
        self._writer: Writer | None = None
        self._removed: list[int] = []
        self._own = store.is_own()

    def add(self, file: SourceFile, prepared: Prepared) -> None:
        state = FileState(file.size, file.mtime_ns, prepared.digest, prepared.source.id)
        mentions = [
            self._said.applied(file.path, passage.text, found)
            for passage, found in zip(prepared.passages, prepared.mentions, strict=True)
        ]
        keys = self._catalog.add_source(prepared.source, state, prepared.passages, mentions)
        self._catalog.reprint_groups.add(prepared.source.id, prepared.fingerprint)
        self.writer().add(keys, prepared.terms)

    def remove(self, source_id: str) -> None:
        self._removed.extend(self._catalog.remove_source(source_id))

    def touch(self, source_id: str, file: SourceFile) -> None:
        self._catalog.touch(source_id, file.size, file.mtime_ns)

    def writer(self) -> Writer:
        if self._writer is None:
            self._writer = self._engine.writer()
        return self._writer

    def prepare(self) -> None:
        """Write what the engine is to hold, and tell the catalog which state that will be."""
        if self._removed:
            self.writer().remove(self._removed)
        if self._writer is not None:
            self._catalog.set_generation(self._writer.prepare())
            if self._own:  # what a stranger wrote does not become this user's by what is added
                self._store.note()

    def publish(self) -> None:
        """Let what was prepared be seen, now that the catalog has committed."""
        if self._writer is not None:
            self._writer.publish()

    def cancel(self) -> None:
        if self._writer is not None:
            self._writer.cancel()


@contextmanager
def _step(store: Store, file: MentionCorrectionFile) -> Iterator[_Step]:
    """Yield a change that is committed when its block ends, and dropped when an error leaves it.

    It begins by following what the user has said of mentions in the meantime.
    """
    catalog, step = store.catalog, None
    # Begun with an empty journal, a step that fails on a full disk can give back all the room it took.
    catalog.checkpoint()
    try:
        with catalog.writing():
            store.engine.settle(catalog.generation)
            said = file.load()
            catalog.apply_corrections(said)
            step = _Step(store, said)
            yield step
            step.prepare()
    except BaseException:
        if step is not None:
            step.cancel()
        raise
    step.publish()


def replace_sources(
    store: Store,
    said: MentionCorrectionFile,
    fresh: Sequence[tuple[SourceFile, Prepared]],
    gone: Sequence[str],
) -> None:
    """Store sources as they were just read, in place of what was stored of them, and forget others.

    Raises:
        IndexingError: Another process is indexing the library, or the index cannot be written.
    """
    with store.syncing(), _step(store, said) as step:
        for file, prepared in fresh:
            step.remove(prepared.source.id)
            step.add(file, prepared)
        for source_id in gone:
            step.remove(source_id)


def repair(store: Store, said: MentionCorrectionFile) -> list[str]:
    """Make the engine fit the catalog: finish its last commit, or else build it anew."""
    catalog = store.catalog
    store.engine.settle(catalog.generation)
    if store.engine.generation == catalog.generation:
        return []
    with _step(store, said) as step:
        writer = step.writer()
        writer.clear()
        for source in catalog.sources():
            passages = catalog.read(source.id)
            terms = passage_terms(source.title, [(passage.section, passage.text) for passage in passages])
            writer.add(catalog.keys(source.id), terms)
    return [_("The full-text index was out of date and has been rebuilt.")]
