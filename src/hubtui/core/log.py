"""The log: a small file in the user's state folder that says what happened, and never what sources say.

Of an error that is a fault of hubtui it holds the kind and where it arose: file, line and function. It holds
neither the message, which may quote a source, nor the statements of the traceback, nor any values. Paths of
files are named.
"""

import logging
import os
import sys
import traceback
from collections.abc import Mapping
from logging.handlers import RotatingFileHandler
from pathlib import Path

from hubtui import __version__
from hubtui.core.config import LOG_LEVELS
from hubtui.core.files import make_folder, state_folder

_SIZE = 200_000
"""Bytes after which a new file is begun; the one before is kept."""

_logger = logging.getLogger("hubtui")
# Before the log is started nothing is written, and not to standard error either, as logging would.
_logger.addHandler(logging.NullHandler())


class _QuietHandler(RotatingFileHandler):
    """A log that cannot be written must not write over the screen instead."""

    def handleError(self, record: logging.LogRecord) -> None:  # logging's name for it
        """Ignore the error."""


def log_file() -> Path:
    """Return the path of the log."""
    return state_folder() / "hubtui.core.log"


def start_log(level: str, environ: Mapping[str, str] = os.environ) -> None:
    """Write the log from now on; where that is impossible, do without.

    Args:
        level: One of :data:`hubtui.core.config.LOG_LEVELS`; ``HUBTUI_LOG`` goes before it.
        environ: Where that variable is looked for.
    """
    if any(isinstance(handler, _QuietHandler) for handler in _logger.handlers):
        return
    asked = environ.get("HUBTUI_LOG", "").lower()
    _logger.setLevel((asked if asked in LOG_LEVELS else level).upper())
    _logger.propagate = False
    try:
        make_folder(log_file().parent)
        handler = _QuietHandler(log_file(), maxBytes=_SIZE, backupCount=1, encoding="utf-8", delay=True)
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(message)s"))
    _logger.addHandler(handler)
    _logger.info("hubtui %s, Python %s, %s", __version__, sys.version.split()[0], sys.platform)


def stop_log() -> None:
    """Close the log."""
    for handler in [one for one in _logger.handlers if isinstance(one, _QuietHandler)]:
        _logger.removeHandler(handler)
        handler.close()


def note(message: str, *values: object) -> None:
    """Log what went as it should; ``message`` has a ``%s`` for each value."""
    _logger.info(message, *values)


def warn(message: str, *values: object) -> None:
    """Log what the user was told of."""
    _logger.warning(message, *values)


def fault(error: BaseException) -> None:
    """Log an error that hubtui should not have: its kind, and where it arose."""
    _logger.error("%s", "\n".join(traced(error)))


def traced(error: BaseException) -> list[str]:
    """Return the kind of an error and of those behind it, and where each arose, without their messages."""
    lines: list[str] = []
    seen: BaseException | None = error
    while seen is not None:
        lines.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        lines.extend(
            f"  {frame.f_code.co_filename}:{line} {frame.f_code.co_name}"
            for frame, line in traceback.walk_tb(seen.__traceback__)
        )
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return lines
