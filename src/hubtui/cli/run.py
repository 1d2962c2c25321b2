"""Run hubtui: open the screen or run a command, and turn errors into lines and exit statuses."""

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

from hubtui.cli import COMPLETE_VARIABLE
from hubtui.core.errors import HubtuiError, cause
from hubtui.core.files import config_folder
from hubtui.core.i18n import _, preferred_language, use_language
from hubtui.core.paths import library_folder, locate

DONE, NOTHING_FOUND, WRONG, INTERRUPTED = 0, 1, 2, 130
"""Exit statuses: something was found or done; nothing was found; wrong usage or an error; Ctrl+C."""


def run(arguments: list[str], open_screen: Callable[..., int]) -> int:
    """Run hubtui and return the exit status. Data goes to standard output, all else to standard error.

    Args:
        arguments: The words after the program's name.
        open_screen: Opens the screen on a library, with ``tour=True`` for the tour of it, ``query=`` for the
            query to begin with, and returns an exit status.
    """
    _set_up_streams()
    try:
        # Before any command is loaded: texts may be translated where they are defined.
        use_language(preferred_language(_language_setting()))
        status = _run(arguments, open_screen)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _let_output_go()
        return DONE  # whoever read has enough
    except Exception as error:  # noqa: BLE001  # a fault of ours must not look like the user's
        try:
            sys.stdout.flush()
        except OSError:
            _let_output_go()
        return _fail(*_described(error))
    return status


def _run(arguments: list[str], open_screen: Callable[..., int]) -> int:
    if not arguments and COMPLETE_VARIABLE not in os.environ:
        # What is done most often, without loading what reads arguments: the screen is painted sooner.
        folder = library_folder(None)
        locate(folder)
        return open_screen(folder)
    from hubtui.cli.app import invoke  # deferred: see above

    return invoke(arguments, open_screen)


def _let_output_go() -> None:
    """Discard what is still to be written, which would raise again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _language_setting() -> str:
    """Return the language that the user's settings name, reading them only if there are any."""
    if not os.environ.get("HUBTUI_CONFIG") and not (config_folder() / "config.toml").exists():
        return ""
    from hubtui.core.config import read_config  # deferred: see above

    return read_config().language


def _set_up_streams() -> None:
    """Write UTF-8 with plain line ends into pipes, and on terminals whatever they can show."""
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # until the process ends
    if isinstance(sys.stdout, io.TextIOWrapper):
        if sys.stdout.isatty():
            sys.stdout.reconfigure(errors="replace")
        else:
            sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="\n")


def _described(error: Exception) -> tuple[str, str, str]:
    """Return an error's title, message and remedy."""
    match error:
        case HubtuiError():
            return _(error.title), error.message, error.remedy
        case OSError():
            where = f"{error.filename}: " if error.filename else ""
            reason, remedy = cause(error) if error.errno else (str(error), "")
            return _("Cannot read or write"), f"{where}{reason}", remedy
        case _other:
            return _(HubtuiError.title), _("this is a bug in hubtui"), _kept(error)


def _kept(error: Exception) -> str:
    """Log where a fault in hubtui itself arose, and return what the user can do."""
    from hubtui.core import log  # deferred: it is wanted once in a lifetime

    log.start_log("warning")
    log.fault(error)
    return _("Please report it with {log}").format(log=log.log_file())


def _fail(title: str, message: str, remedy: str) -> int:
    from hubtui.cli.console import write_message  # deferred: the screen opens without click

    write_message(f"hubtui: {title}: {' '.join(message.split())}", remedy)
    return WRONG
