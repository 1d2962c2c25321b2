"""Writing files that must not be lost."""

import os
import tempfile
from pathlib import Path


def write_atomically(file: Path, text: str) -> None:
    """Replace a file's content in one step, on the disk before its name is; its permissions stay.

    Raises:
        OSError: It cannot be written; it is as it was.
    """
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".tmp", dir=file.parent)
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        draft.chmod(file.stat().st_mode & 0o777 if file.exists() else 0o644)
        draft.replace(file)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
