"""The rows of sources and passages as they are stored, with their checksums and seals.

SQLite notices when its pages make no sense, not when a letter is another one. What is quoted must be what
was stored, so a source's facts, and a passage's text and other facts, are stored with a checksum.

A seal is a cryptographic digest of all that can be quoted of a source. By a note of the seal of all seals
(:mod:`hubtui.index.provenance`) hubtui recognises what it wrote itself.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from zlib import crc32

from hubtui.core.errors import DamagedIndexError
from hubtui.core.i18n import _
from hubtui.core.models import Source
from hubtui.index.database import damage
from hubtui.ingest import Paragraph

SOURCE_FIELDS = (
    "id, path, title, author, publisher, date, language, url, passages, origins, accessed, doubts, others"
)
PASSAGE_FIELDS = "source_id, number, part, section, text, page, kind, language"

_TEXT = PASSAGE_FIELDS.split(", ").index("text")
_LOWER = 0xFFFFFFFF

Row = Sequence[object]


def source_row(source: Source) -> tuple[object, ...]:
    """Return the facts of a source in the order of :data:`SOURCE_FIELDS`."""
    return (
        source.id, source.path, source.title, source.author, source.publisher, source.date,
        source.language, source.url, source.passages,
        json.dumps(dict(source.origins), ensure_ascii=False), source.accessed,
        json.dumps(source.doubts, ensure_ascii=False), json.dumps(dict(source.others), ensure_ascii=False),
    )  # fmt: skip


def passage_rows(source_id: str, passages: Iterable[Paragraph]) -> list[tuple[object, ...]]:
    """Return passages in the order of :data:`PASSAGE_FIELDS`."""
    return [(source_id, p.number, p.part, p.section, p.text, p.page, p.kind, p.language) for p in passages]


def seal(facts: Row, rows: Iterable[Row]) -> str:
    """Return the digest of a source's facts and of the rows of its passages, in order."""
    digest = hashlib.blake2b(digest_size=24)
    for row in (facts, *rows):
        digest.update(_bytes(row))
    return digest.hexdigest()


def facts_sum(facts: Row) -> int:
    """Return the checksum of a source's facts, or of other values of a row."""
    return crc32(_bytes(facts))


def passage_sum(key: int, row: Row) -> int:
    """Return the checksum of a passage; its lower half is the text's own, since texts are read alone too."""
    text = row[_TEXT]
    return (crc32(_bytes((key, *row[:_TEXT], *row[_TEXT + 1 :]))) >> 1) << 32 | crc32(_bytes((key, text)))


def checked_text(key: int, text: str, total: int) -> str:
    """Return the text of the passage with this key, and the checksum ``total``.

    Raises:
        DamagedIndexError: It is not what was stored.
    """
    if total & _LOWER != crc32(_bytes((key, text))):
        raise row_damaged("passage")
    return text


def row_damaged(table: str) -> DamagedIndexError:
    """Make the error for a row that is not what was stored."""
    return damage(_("a checksum in the table {table} is wrong").format(table=table))


def _bytes(row: Row) -> bytes:
    """Return values so that other values are never the same bytes: ``repr`` quotes strings."""
    return repr(tuple(row)).encode("utf-8", "surrogatepass")
