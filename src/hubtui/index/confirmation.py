"""Confirming what an index says of sources, by reading them again."""

from collections.abc import Collection, Sequence
from functools import partial
from pathlib import Path

from hubtui.core.errors import (
    IndexingError,
    SourceError,
    UnconfirmedSourceError,
)
from hubtui.core.i18n import _
from hubtui.core.models import Source
from hubtui.index.database import passage_rows, seal, source_row
from hubtui.index.store import Store
from hubtui.index.sync import Prepared, changing, identify, prepare, wants_ocr
from hubtui.ingest import SourceFile, read_many, scan
from hubtui.places.corrections import MentionCorrectionFile


def confirm(seeds: Path, store: Store, corrections: MentionCorrectionFile, ids: Collection[str]) -> None:
    """Read sources again and compare what they say with what the index holds, facts and passages.

    One that says something else is indexed anew.

    Args:
        seeds: The folder of the sources.
        store: The library's index.
        corrections: What the user says of mentions.
        ids: The sources.

    Raises:
        UnconfirmedSourceError: A source says something else, cannot be read, or is gone.
    """
    files = {identify(file.path): file for file in scan(seeds)[0]}
    present = [files[id_] for id_ in ids if id_ in files]
    fresh: dict[str, Prepared | SourceError | None] = dict.fromkeys(ids)
    for file, result in read_many(present, partial(prepare, gazetteer=store.gazetteer)):
        fresh[identify(file.path)] = result
    if unread := [id_ for id_, result in fresh.items() if result and wants_ocr(result)]:
        raise UnconfirmedSourceError(
            _("{paths}: another hubtui read this by OCR, and its word can't be checked at once.").format(
                paths=_paths([source for id_ in unread if (source := store.catalog.source(id_)) is not None])
            ),
            _("Read all sources again: hubtui index --rebuild"),
        )
    differing = {
        id_: result for id_, result in fresh.items() if _content(result) != store.catalog.content(id_)
    }
    if not differing:
        return
    sources = [source for id_ in differing if (source := store.catalog.source(id_)) is not None]
    try:
        _replace(
            store,
            corrections,
            [(files[id_], result) for id_, result in differing.items() if isinstance(result, Prepared)],
            [id_ for id_, result in differing.items() if not isinstance(result, Prepared)],
        )
    except IndexingError as error:  # busy, or not to be written
        raise UnconfirmedSourceError(_as_stated(sources), error.remedy) from error
    raise UnconfirmedSourceError(
        _as_stated(sources), _("It has been read again: search again, and quote what it says now.")
    )


def _replace(
    store: Store,
    message: MentionCorrectionFile,
    fresh: Sequence[tuple[SourceFile, Prepared]],
    gone: Sequence[str],
) -> None:
    """Store sources as they were just read, in place of what was stored of them, and forget others."""
    with store.syncing(), changing(store, message) as step:
        for file, prepared in fresh:
            step.remove(prepared.source.id)
            step.add(file, prepared)
        for source_id in gone:
            step.remove(source_id)


def _content(result: Prepared | SourceError | None) -> str:
    if not isinstance(result, Prepared):
        return ""
    return seal(source_row(result.source), passage_rows(result.source.id, result.passages))


def _as_stated(sources: Sequence[Source]) -> str:
    return _("{paths}: the index, which another hubtui made, holds something else than the file.").format(
        paths=_paths(sources)
    )


def _paths(sources: Sequence[Source]) -> str:
    paths = ", ".join(source.path for source in sources[:3])
    return f"{paths}…" if len(sources) > 3 else paths
