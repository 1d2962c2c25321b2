"""Reading one file: its bytes, the right reader, the article in what that finds."""

import hashlib
import os
from pathlib import PurePosixPath

from hubtui.errors import SourceError
from hubtui.sources.article import assemble
from hubtui.sources.dates import date_in_name
from hubtui.sources.document import Document, SourceFile
from hubtui.sources.readers import READERS, reader_for

LARGEST = 64 * 1024 * 1024
"""Bytes of the largest file that is read."""


def read(file: SourceFile) -> Document:
    """Read a file as a source.

    Raises:
        SourceError: it can't be read, or holds no text.
    """
    data = _bytes(file)
    reader = reader_for(PurePosixPath(file.path).suffix.lower())
    if reader is None:
        raise SourceError(
            "hubtui does not read this kind of file.", f"It reads {', '.join(filter(None, READERS))}."
        )
    extract = reader.read(data)
    passages = assemble(extract)
    facts = extract.facts
    facts.offer("date", date_in_name(PurePosixPath(file.path).stem), "file name")
    text = "".join(passage.text for passage in passages[:50])
    han = sum("\u4e00" <= character <= "\u9fff" for character in text)
    facts.offer("language", "zh" if han * 3 > len(text) else "en" if text else "", "text")
    if not passages:
        raise SourceError("The file holds no text.", "Remove it, or save the page again with its text.")
    return Document(
        digest=hashlib.blake2b(data, digest_size=16).hexdigest(),
        title=facts["title"],
        author=facts["author"],
        publisher=facts["publisher"],
        date=facts["date"],
        language=facts["language"],
        url=facts["url"],
        origins=dict(facts.origins),
        passages=passages,
    )


def _bytes(file: SourceFile) -> bytes:
    try:
        with file.absolute.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            if size > LARGEST:
                raise SourceError(
                    f"The file has {size:,} bytes, more than hubtui reads ({LARGEST:,}).",
                    "Split it into parts.",
                )
            return stream.read()
    except OSError as error:
        raise SourceError(
            f"The file can't be opened: {error.strerror}.", "Check that it exists and may be read."
        ) from error
