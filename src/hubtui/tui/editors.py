"""The user's editor: its command line, and the line of the file that a passage begins on."""

import os
import shlex
import shutil
from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate
from pathlib import Path, PurePath

from hubtui.core.errors import HubtuiError
from hubtui.core.i18n import N_, _
from hubtui.text.fold import fold

TEXT_FORMATS = frozenset({".txt", ".text", ".md", ".markdown", ".htm", ".html", ".xhtml", ".tex", ".csv"})
"""Suffixes of files that an editor of text shows as they are."""

_PLUS_LINE = frozenset(
    "vi vim nvim gvim view nano pico emacs emacsclient kak micro joe jed ne mg elvis nvi mcedit kate".split()
)
"""Editors that take ``+LINE`` before the file (POSIX vi's ``-c``, in the form all of them know)."""

_COLON_LINE = frozenset("hx helix zed subl sublime_text".split())
"""Editors that take ``FILE:LINE``."""

_GO_TO = frozenset("code code-insiders codium vscodium cursor windsurf".split())
"""Visual Studio Code and its kin: ``--goto FILE:LINE``, and ``--wait`` to stay until the file is closed."""

_SIGNIFICANT = (120, 40, 16, 8)
"""Letters and digits of a passage's beginning that are looked for in its file, most first: markup and
addresses may stand between them."""


class EditorError(HubtuiError):
    """There is no editor, or it cannot be started."""

    title = N_("No editor")


def editor_command(file: Path, line: int, environ: Mapping[str, str] = os.environ) -> list[str]:
    """Give the command line that opens a file at a line (from 1; 0 where it is not known).

    Args:
        file: An absolute path, so that no name is taken for an option.
        line: The line.
        environ: Says by ``VISUAL`` or ``EDITOR`` which editor, with arguments of its own.

    Raises:
        EditorError: Neither is set, or what is set is no command.
    """
    wanted = environ.get("VISUAL") or environ.get("EDITOR") or ""
    remedy = _("Set VISUAL or EDITOR to your editor’s command, for example: export EDITOR=nano")
    if not wanted.strip():
        raise EditorError(_("No editor is chosen."), remedy)
    try:
        command = shlex.split(wanted)
    except ValueError as error:
        raise EditorError(
            _("{wanted!r} is no command: {error}.").format(wanted=wanted, error=error), remedy
        ) from error
    if not command or shutil.which(command[0], path=environ.get("PATH")) is None:
        raise EditorError(_("There is no program {wanted!r}.").format(wanted=wanted), remedy)
    return [*command, *_arguments(PurePath(command[0]).stem.lower(), command, str(file), line)]


def line_of(text: str, passage: str, share: float) -> int:
    """Give the line (from 1) of a file's text that a passage begins on; 0 where it is not found.

    Only letters and digits count, so that markup, line breaks and spaces may differ.

    Args:
        text: The text of the file.
        passage: The text of the passage.
        share: How far into the source it stands, from 0 to 1; tells between several such beginnings.
    """
    lines = ["".join(filter(str.isalnum, fold(line))) for line in text.split("\n")]
    starts = [0, *accumulate(map(len, lines))]
    whole = "".join(lines)
    beginning = "".join(filter(str.isalnum, fold(passage[: 4 * _SIGNIFICANT[0]])))
    for length in _SIGNIFICANT:
        wanted = beginning[:length]
        if wanted and (found := _nearest(whole, wanted, share * len(whole))) >= 0:
            # Lines without letters start where the next one does.
            return bisect_right(starts, found)
    return 0


def _nearest(whole: str, wanted: str, target: float) -> int:
    """Give the occurrence nearest to an offset, or -1."""
    after = whole.find(wanted, max(0, int(target)))
    before = whole.rfind(wanted, 0, max(0, int(target)) + len(wanted) - 1)
    found = [offset for offset in (after, before) if offset >= 0]
    return min(found, key=lambda offset: abs(offset - target), default=-1)


def _arguments(name: str, command: list[str], file: str, line: int) -> list[str]:
    if name in _GO_TO:
        waits = [] if {"-w", "--wait"} & set(command) else ["--wait"]
        return [*waits, "--goto", f"{file}:{line}"] if line else [*waits, file]
    if line and name in _PLUS_LINE:
        return [f"+{line}", file]
    if line and name in _COLON_LINE:
        return [f"{file}:{line}"]
    return [file]
