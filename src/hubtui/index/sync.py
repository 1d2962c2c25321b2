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
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from hubtui.core.errors import SourceError, UnavailableSourceError, UnrecognisedSourceError
from hubtui.core.i18n import _
from hubtui.core.models import FACT_FIELDS, Problem, Source, SyncProgress, SyncReport
from hubtui.index.catalog import Catalog, FileState
from hubtui.index.engine import CHARACTER, Field, PackedTerms, TermCounts, Writer, count_terms
from hubtui.index.reprint_groups import fingerprint
from hubtui.index.store import PASSING, UNRECOGNISED, Due, Store, Tally, due_files, how_much_is_due
from hubtui.ingest import Document, Paragraph, Scanned, SourceFile, read_many
from hubtui.ingest.ocr import engine
from hubtui.places import Gazetteer
from hubtui.places.corrections import MentionCorrectionFile, MentionCorrections, PlacedName, plain_name
from hubtui.places.finder import find_all_mentions
from hubtui.text.analyzer import fold, gram_kinds, word_forms


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
        unrecognised: Whether some of it is pictures of text that were not read by OCR.
    """

    source: Source
    digest: str
    passages: Sequence[Paragraph]
    mentions: Sequence[Sequence[PlacedName]]
    terms: Mapping[Field, TermCounts]
    fingerprint: Collection[int]
    unrecognised: bool = False


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
    folded = [fold(text) for text in texts]
    return Prepared(
        source=source,
        digest=document.digest,
        passages=document.passages,
        mentions=[
            [PlacedName(m.start, m.end, m.place.id, m.in_name, plain_name(m.surface)) for m in mentions]
            for mentions in find_all_mentions(texts, folded, gazetteer)
        ],
        terms=passage_terms(document.title, [passage.section for passage in document.passages], folded),
        fingerprint=fingerprint(texts, folded),
        unrecognised=document.unrecognised,
    )


def identify(path: str) -> str:
    """Return the id of the source at ``path``: twelve hexadecimal digits that depend on the path alone."""
    return hashlib.blake2b(os.fsencode(path), digest_size=6).hexdigest()


_CODE = np.uint64(PackedTerms.BITS)
_CODE_MASK = np.uint64((1 << PackedTerms.BITS) - 1)
_MOST_AT_ONCE = 1 << (64 - PackedTerms.BITS)


def count_grams(folded: Sequence[str]) -> TermCounts:
    """Count every Han or kana character, and every pair of neighbours, of some folded passages."""
    if len(folded) > _MOST_AT_ONCE:
        raise OverflowError("too many passages for one source")
    sizes = np.array([len(text) + 1 for text in folded], np.int64)
    characters = np.frombuffer("\n".join([*folded, ""]).encode("utf-32-le", "surrogatepass"), "<u4")
    kinds = _gram_kinds()[characters]
    singles = np.flatnonzero(kinds)
    pairs = singles[:-1][kinds[singles[:-1]] == kinds[singles[:-1] + 1]]
    codes = characters.astype(np.uint64)
    first = codes << np.uint64(CHARACTER)
    owners = np.repeat(np.arange(len(folded), dtype=np.uint64) << _CODE, sizes)
    packed = np.concatenate(
        (
            owners[singles] | first[singles],
            owners[pairs] | first[pairs] | codes[pairs + 1],
        )
    )
    found, count = np.unique(packed, return_counts=True)
    owner = (found >> _CODE).astype(np.int64)
    return TermCounts(
        terms=PackedTerms(found & _CODE_MASK),
        term=np.arange(len(found), dtype=np.uint32),
        passage=owner.astype(np.uint32),
        count=count.astype(np.uint32),
        lengths=np.bincount(owner, count, len(folded)).astype(np.uint32),
    )


@cache
def _gram_kinds() -> NDArray[np.uint8]:
    return np.frombuffer(gram_kinds(), np.uint8)


def passage_terms(title: str, sections: Sequence[str], folded: Sequence[str]) -> dict[Field, TermCounts]:
    """Count the terms of a source's passages, field by field.

    Args:
        title: The source's title.
        sections: The section of each passage.
        folded: The text of each passage, folded.
    """
    different = list(dict.fromkeys(sections))
    in_title, *in_headings = word_forms([fold(heading) for heading in (title, *different)])
    headings = count_terms([[*in_title, *in_heading] for in_heading in in_headings])
    numbers = {section: number for number, section in enumerate(different)}
    return {
        Field.WORDS: count_terms(word_forms(folded)),
        Field.GRAMS: count_grams(folded),
        Field.HEADING: _spread(headings, np.array([numbers[section] for section in sections], np.int64)),
    }


def _spread(counts: TermCounts, rows: NDArray[np.int64]) -> TermCounts:
    """Return the counts of a row of passages of which each has the terms of one of the counted."""
    bounds = np.searchsorted(counts.passage, np.arange(len(counts.lengths) + 1))
    sizes = np.diff(bounds)[rows]
    shifts = np.repeat(bounds[rows] - np.cumsum(sizes) + sizes, sizes)
    taken = np.arange(len(shifts)) + shifts
    return TermCounts(
        terms=counts.terms,
        term=counts.term[taken],
        passage=np.repeat(np.arange(len(rows), dtype=np.uint32), sizes),
        count=counts.count[taken],
        lengths=counts.lengths[rows],
    )


Progress = Callable[[SyncProgress], None]
Cancelled = Callable[[], bool]
Rescan = Callable[[], Scanned]

_LOOK = 2.0
"""Seconds between two looks, during OCR, at what else has changed."""

# Passages in a step. The first is small, so that something can be read at once; each further one is
# larger, up to what a crash may cost and what memory the engine may take.
_FIRST_STEP, _GROWTH, _LARGEST_STEP = 400, 8, 40_000


def sync(  # noqa: PLR0913  # what it works on, and how it is watched
    scanned: Scanned,
    store: Store,
    corrections: MentionCorrectionFile,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    *,
    rescan: Rescan | None = None,
) -> SyncReport:
    """Index what is new, changed or gone.

    What a cancelled sync has read is kept; the next one goes on from there. An index that may not be written
    is left as it is while nothing is due.

    Args:
        scanned: What :func:`hubtui.ingest.scan` found just now.
        store: The library's index.
        corrections: What the user says of mentions.
        progress: Called after each file that had to be read.
        cancelled: Asked before each file; true ends the sync early.
        rescan: Lists the files anew, so that what changes while others are read by OCR need not wait.

    Raises:
        IndexingError: Another process is indexing the library, or the index cannot be written.
    """
    started = time.perf_counter()
    if not store.writable and how_much_is_due(scanned, store) is Due.NOTHING:
        known = tuple(problem for _size, _time, problem in store.catalog.problems())
        unchanged = len(store.catalog.files())
        return SyncReport(unchanged=unchanged, problems=known, seconds=time.perf_counter() - started)
    with store.syncing():
        notes = repair(store, corrections)
        files, skipped = scanned
        tally = Tally()
        tally.problems.extend((0, 0, problem) for problem in (*skipped, *corrections.load().problems))
        _Sync(store, corrections, tally, progress, cancelled).run(files, rescan)
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
    """What is done in one sync: first what is read soon, then what has to be read by OCR."""

    def __init__(
        self,
        store: Store,
        corrections: MentionCorrectionFile,
        tally: Tally,
        progress: Progress | None,
        cancelled: Cancelled | None,
    ) -> None:
        self._store = store
        self._corrections = corrections
        self._tally = tally
        self._progress = progress
        self._cancelled: Cancelled = cancelled or (lambda: False)
        self._known = store.catalog.files()
        self._files: dict[str, SourceFile] = {}
        self._pictured: list[SourceFile] = []
        self._changed: set[str] = set()
        self._done = self._total = 0

    def run(self, files: Sequence[SourceFile], rescan: Rescan | None) -> None:
        self._files = {file.path: file for file in files}
        self._remove(self._known.keys() - self._files.keys())
        due = due_files(files, self._known, self._store.catalog.problems(), self._tally)
        self._read(due)
        self._finish()
        while self._pictured and not self._cancelled():
            pictured, self._pictured = self._pictured, []
            self._recognise(pictured, rescan)
            self._finish()

    def _remove(self, gone: Collection[str]) -> None:
        with changing(self._store, self._corrections) as step:
            for path in sorted(gone):
                step.remove(self._known[path].source_id)
        self._tally.removed += len(gone)

    def _read(self, due: Sequence[SourceFile]) -> None:
        """Read and store files, without the pictures of text in them."""
        self._total += len(due)
        if self._cancelled():
            return
        then = partial(prepare, gazetteer=self._store.gazetteer)
        with closing(read_many(due, then, cancelled=self._cancelled)) as results:
            size, left = _FIRST_STEP, True
            while left:
                with changing(self._store, self._corrections) as step:
                    left = self._fill(step, results, size)
                size = min(size * _GROWTH, _LARGEST_STEP)
        self._known = self._store.catalog.files()

    def _fill(self, step: "_Step", results: "Iterator[_Result]", size: int) -> bool:
        """Take results into a step until it has ``size`` passages; give whether there may be more."""
        passages = 0
        for file, result in results:
            passages += self._take(step, file, result)
            if self._cancelled():
                return False
            if passages >= size:
                return True
        return False

    def _take(self, step: "_Step", file: SourceFile, result: Prepared | SourceError) -> int:
        state, tally = self._known.get(file.path), self._tally
        if later := wants_ocr(result) and bool(engine()):
            self._pictured.append(file)
        else:
            self._tell(file, 1)
        if isinstance(result, SourceError):
            if state is not None:
                step.remove(state.source_id)
                tally.removed += 1
            if not later:
                self._note(file, result)
            return 0
        if state is not None and state.digest == result.digest:
            step.touch(state.source_id, file, unrecognised=result.unrecognised)
            tally.unchanged += 1
            return 0
        self._put(step, file, result)
        return len(result.passages)

    def _put(self, step: "_Step", file: SourceFile, prepared: Prepared) -> None:
        """Store a source in place of what was stored of it."""
        state = self._known.get(file.path)
        if state is not None:
            step.remove(state.source_id)
        if file.path not in self._changed:
            self._changed.add(file.path)
            self._tally.added += state is None
            self._tally.updated += state is not None
        step.add(file, prepared)

    def _note(self, file: SourceFile, error: SourceError) -> None:
        """Take note of what is wrong with a file, and when it is worth another try."""
        size, mtime = file.size, file.mtime_ns
        if isinstance(error, UnavailableSourceError):
            size, mtime = PASSING
        elif isinstance(error, UnrecognisedSourceError):
            size = UNRECOGNISED - size
        message = f"{error.message} {error.remedy}".strip()
        self._tally.problems.append((size, mtime, Problem(file.path, message)))

    def _recognise(self, pictured: Sequence[SourceFile], rescan: Rescan | None) -> None:
        """Read files by OCR, and store each as soon as it is read.

        Meanwhile what else changes is read and stored: nothing waits for OCR, which may take hours.
        """
        looked = time.monotonic()
        waiting = list(pictured)

        def cancelled() -> bool:
            nonlocal looked
            if waiting and rescan is not None and time.monotonic() > looked + _LOOK:
                self._tell(waiting[0], 0)
                self._follow(rescan()[0])
                looked = time.monotonic()
            return self._cancelled()

        then = partial(prepare, gazetteer=self._store.gazetteer)
        with closing(read_many(pictured, then, cancelled=cancelled, recognising=True)) as results:
            for file, result in results:
                waiting.remove(file)
                if self._files.get(file.path) == file:  # else another one has taken its place meanwhile
                    with changing(self._store, self._corrections) as step:
                        self._take_recognised(step, file, result)
                    self._known = self._store.catalog.files()
                self._tell(file, 1)

    def _take_recognised(self, step: "_Step", file: SourceFile, result: Prepared | SourceError) -> None:
        state = self._known.get(file.path)
        if isinstance(result, Prepared):
            self._tally.unchanged -= state is not None and file.path not in self._changed
            self._put(step, file, result)
            return
        self._note(file, result)
        if state is not None and not isinstance(result, UnavailableSourceError):
            step.touch(state.source_id, file)  # it keeps the text that it has without OCR

    def _follow(self, files: Sequence[SourceFile]) -> None:
        """Read what has changed since the files were listed, and forget what is gone."""
        before, self._files = self._files, {file.path: file for file in files}
        changed = [file for file in files if before.get(file.path) != file]
        gone = before.keys() - self._files.keys()
        if not changed and not gone:
            return
        other = gone | {file.path for file in changed}
        self._tally.problems = [row for row in self._tally.problems if row[2].path not in other]
        self._pictured = [file for file in self._pictured if file.path not in other]
        self._remove(self._known.keys() & gone)
        self._read(changed)
        self._finish()

    def _tell(self, file: SourceFile, done: int) -> None:
        self._done += done
        if self._progress is not None:
            self._progress(SyncProgress(self._done, self._total, file.path))

    def _finish(self) -> None:
        """Store what belongs to no single source."""
        catalog = self._store.catalog
        self._tally.problems.sort(key=lambda row: row[2].path)
        with catalog.writing():
            catalog.apply_corrections(self._corrections.load())
            catalog.reprint_groups.form()
            if self._tally.problems != catalog.problems():
                catalog.set_problems(self._tally.problems)
        with suppress(sqlite3.OperationalError):  # there is no need to hurry
            catalog.checkpoint()


_Result = tuple[SourceFile, Prepared | SourceError]


def wants_ocr(result: Prepared | SourceError) -> bool:
    """Whether some of a file is pictures of text that were not read by OCR."""
    return (
        result.unrecognised if isinstance(result, Prepared) else isinstance(result, UnrecognisedSourceError)
    )


class _Step:
    """A change of the catalog and the engine."""

    def __init__(self, store: Store, corrections: MentionCorrections) -> None:
        self._store = store
        self._catalog: Catalog = store.catalog
        self._engine = store.engine
        self._corrections = corrections
        self._writer: Writer | None = None
        self._removed: list[int] = []
        self._own: bool | None = None

    def add(self, file: SourceFile, prepared: Prepared) -> None:
        self._look_whose()
        size = UNRECOGNISED - file.size if prepared.unrecognised else file.size
        state = FileState(size, file.mtime_ns, prepared.digest, prepared.source.id)
        mentions = [
            self._corrections.applied(file.path, passage.text, found)
            for passage, found in zip(prepared.passages, prepared.mentions, strict=True)
        ]
        keys = self._catalog.add_source(prepared.source, state, prepared.passages, mentions)
        self._catalog.reprint_groups.add(prepared.source.id, prepared.fingerprint)
        self.writer().add(keys, prepared.terms)

    def remove(self, source_id: str) -> None:
        self._look_whose()
        self._removed.extend(self._catalog.remove_source(source_id))

    def touch(self, source_id: str, file: SourceFile, *, unrecognised: bool = False) -> None:
        size = UNRECOGNISED - file.size if unrecognised else file.size
        self._catalog.touch(source_id, size, file.mtime_ns)

    def _look_whose(self) -> None:
        """Find out, before the first change, whether the index is this user's own."""
        if self._own is None:
            self._own = self._store.is_own()

    def writer(self) -> Writer:
        self._look_whose()
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
def changing(store: Store, file: MentionCorrectionFile) -> Iterator[_Step]:
    """Yield a change that is committed when its block ends, and dropped when an error leaves it.

    It begins by following what the user has said of mentions in the meantime.
    """
    catalog, step = store.catalog, None
    # Begun with an empty journal, a step that fails on a full disk can give back all the room it took.
    catalog.checkpoint()
    try:
        with catalog.writing():
            store.engine.settle(catalog.generation)
            corrections = file.load()
            catalog.apply_corrections(corrections)
            step = _Step(store, corrections)
            yield step
            step.prepare()
    except BaseException:
        if step is not None:
            step.cancel()
        raise
    step.publish()


def repair(store: Store, corrections: MentionCorrectionFile) -> list[str]:
    """Make the engine fit the catalog: finish its last commit, or else build it anew."""
    catalog = store.catalog
    store.engine.settle(catalog.generation)
    if store.engine.generation == catalog.generation:
        return []
    with changing(store, corrections) as step:
        writer = step.writer()
        writer.clear()
        for source in catalog.sources():
            passages = catalog.read(source.id)
            sections = [passage.section for passage in passages]
            terms = passage_terms(source.title, sections, [fold(passage.text) for passage in passages])
            writer.add(catalog.keys(source.id), terms)
    return [_("The full-text index was out of date and has been rebuilt.")]
