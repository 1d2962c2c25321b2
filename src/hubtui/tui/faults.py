"""Describe errors beyond their message: a report to copy, and the log's name after a crash."""

import platform
import traceback

from hubtui import __version__
from hubtui.core.errors import HubtuiError
from hubtui.core.i18n import N_, _


class FaultError(HubtuiError):
    """Something that hubtui should not have done; what it was is its cause."""

    title = N_("A fault in hubtui")


def named(error: Exception) -> HubtuiError:
    """Return an error with a title, a message and a remedy; log what is a fault of hubtui."""
    from hubtui.core import log  # after the first paint

    if isinstance(error, HubtuiError):
        log.warn("%s: %s", type(error).__name__, error.title)
        return error
    log.fault(error)
    fault = FaultError(
        f"{type(error).__name__}: {error}",
        _("Please report it with this message; the log is {path}.").format(path=log.log_file()),
    )
    fault.__cause__ = error
    return fault


def detail(error: HubtuiError) -> str:
    """Return all there is to say of an error, to be copied into a report."""
    parts = [
        _(error.title),
        error.message,
        error.remedy,
        f"hubtui {__version__}, Python {platform.python_version()}, {platform.platform()}",
    ]
    if error.__cause__ is not None and isinstance(error, FaultError):
        parts.append("".join(traceback.format_exception(error.__cause__)).rstrip())
    return "\n".join(filter(None, parts)) + "\n"


def crashed(error: BaseException, level: str) -> FaultError:
    """Log what ended the screen, and return it as an error to show once the terminal is free again."""
    from hubtui.core import log  # there is time now

    log.start_log(level)
    log.fault(error)
    fault = FaultError(
        _("the screen has ended with {kind}.").format(kind=type(error).__name__),
        _("Please report it; what happened is in the log: {path}").format(path=log.log_file()),
    )
    fault.__cause__ = error
    return fault
