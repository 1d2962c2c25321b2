"""Open a source outside of hubtui: its file in the user's editor, its address in the browser."""

import os
import shlex
import shutil
import subprocess
import sys
from bisect import bisect_right
from collections.abc import Callable, Mapping
from itertools import accumulate
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit

from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from hubtui.core.errors import HubtuiError
from hubtui.core.i18n import N_, _
from hubtui.text.analyzer import fold
from hubtui.tui.bindings import Where, bindings_of
from hubtui.tui.render import content
from hubtui.tui.widgets.bars import Notice
from hubtui.tui.worker import LibraryWorker, Priority, callback

if TYPE_CHECKING:
    from hubtui.core.models import Passage, Source
    from hubtui.library import Library

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
    """Return the command line that opens a file at a line (from 1; 0 where it is not known).

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
    """Return the line (from 1) of a file's text that a passage begins on; 0 where it is not found.

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
    """Return the occurrence nearest to an offset, or -1."""
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


PATIENCE = 1.0
"""Seconds after which an opener that still runs counts as having opened: some stay with the browser."""


def opener(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> str:
    """Return the program that opens things on this desktop, or ``""`` where there is no desktop."""
    if platform == "darwin":
        # Over ssh it would open on a screen that the user does not sit at.
        names = [] if "SSH_CONNECTION" in environ else ["open"]
    elif platform == "win32":
        names = ["explorer.exe"]
    elif "WSL_DISTRO_NAME" in environ:
        names = ["wslview", "explorer.exe"]
    else:
        names = ["xdg-open", "gio"] if {"DISPLAY", "WAYLAND_DISPLAY"} & environ.keys() else []
    return next((name for name in names if shutil.which(name, path=environ.get("PATH"))), "")


def is_web_address(url: str) -> bool:
    """Whether this is the address of a page, and nothing that a desktop might run."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and url.isprintable()
    except ValueError:
        return False


def open_with(program: str, target: str, environ: Mapping[str, str] = os.environ) -> bool:
    """Have ``program`` open an absolute path or an address; return whether it seems to have worked."""
    command = [program, "open", target] if program == "gio" else [program, target]
    try:
        started = subprocess.Popen(  # noqa: S603  # a fixed program and one argument, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=dict(environ),
        )
        # Explorer gives 1 also when all is well.
        return started.wait(PATIENCE) == 0 or program == "explorer.exe"
    except subprocess.TimeoutExpired:
        return True
    except OSError:
        return False


def edit_source(
    screen: Screen[Any],
    worker: LibraryWorker,
    at_hand: "tuple[Source | None, Passage | None, float]",
    sync: Callable[[], None],
) -> None:
    """Open a source's file in the user's editor, at a passage; what is no text, with the desktop.

    Args:
        screen: Lends its terminal to the editor.
        worker: Finds the line.
        at_hand: The source, the passage, and how far into the source it is (0 to 1).
        sync: Called when the editor has ended.
    """
    source, passage, share = at_hand
    if source is None:
        screen.post_message(Notice(_("No source is open"), trouble=True))
        return

    def prepare(library: "Library") -> Message:
        file = library.reader.file_of(source).resolve()
        if file.suffix.lower() in TEXT_FORMATS:
            command = editor_command(file, _line(file.read_bytes(), passage, share))
            return callback(_edit, screen, command, sync)
        program = opener()
        if not program:
            raise EditorError(
                _("{path} is no text, and there is no desktop that could open it.").format(path=source.path),
                _("Open it on the machine you sit at."),
            )
        open_with(program, str(file))
        return Notice(_("Opened {path} with {program}").format(path=source.path, program=program))

    worker.submit("open", prepare, Priority.LONG, screen.post_message)


def _edit(screen: Screen[Any], command: list[str], sync: Callable[[], None]) -> None:
    try:
        with screen.app.suspend():
            done = subprocess.run(command, check=False)  # noqa: S603  # the user's own editor, no shell
    except SuspendNotSupported:
        screen.post_message(Notice(_("This terminal cannot be lent to an editor"), trouble=True))
        return
    except OSError as error:
        message = _("The editor did not start: {error}").format(error=error)
        screen.post_message(Notice(message, trouble=True))
        return
    if done.returncode:
        message = _("The editor ended with status {status}").format(status=done.returncode)
        screen.post_message(Notice(message, trouble=True))
    sync()


def _line(data: bytes, passage: "Passage | None", share: float) -> int:
    """Return the line of a file that a passage begins on; 0 where that is not known."""
    from hubtui.ingest.encodings import decode  # after the first paint

    try:
        return line_of(decode(data), passage.text, share) if passage else 0
    except HubtuiError:
        return 0


def browse_source(
    screen: Screen[Any],
    worker: LibraryWorker,
    at_hand: "tuple[Source | None, Passage | None, float]",
    copy_text: Callable[[str], None],
) -> None:
    """Open a source's address in the browser, at a passage; without a browser, offer to copy it.

    Args:
        screen: Says what happened.
        worker: Waits for the browser to start.
        at_hand: The source, the passage, and how far into the source it is (0 to 1).
        copy_text: Copies the address.
    """
    source, passage, _share = at_hand
    if source is None or not is_web_address(source.url):
        screen.post_message(Notice(_why_no_address(source), trouble=True))
        return

    def hand(_library: "Library") -> Message:
        from hubtui.citation.escape import passage_link  # after the first paint

        url = passage_link(source.url, passage.text) if passage else source.url
        program = opener()
        if program and open_with(program, url):
            return Notice(_("Opened {url}").format(url=source.url))
        return callback(show_link, url)

    def show_link(url: str) -> None:
        def answered(copies: bool | None) -> None:  # the dialog's result
            if copies:
                copy_text(url)

        screen.app.push_screen(LinkDialog(url), answered)

    worker.submit("open", hand, Priority.LONG, screen.post_message, awaited=True)


def _why_no_address(source: "Source | None") -> str:
    """Say why a source cannot be opened in a browser."""
    if source is None:
        return _("No source is open")
    if source.url:
        return _("{url} is no web address").format(url=source.url)
    return _("This source has no address; seeds/sources.toml can give it one")


class LinkDialog(ModalScreen[bool]):
    """Shows an address; its result is whether to copy it."""

    CSS_PATH = "external.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Where.LINK)

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url

    def compose(self) -> ComposeResult:
        """Say why, and show the address."""
        frame = VerticalScroll(
            Static(content(_("No browser can be opened from here. The address of the passage:"))),
            Static(content(self._url), id="link"),
            id="link-dialog",
            can_focus=False,
        )
        frame.border_title = content(_("Open in a browser"))
        frame.border_subtitle = content(_("Enter copies it · Esc closes"))
        yield frame

    def action_choose(self, copies: bool) -> None:  # called from a key binding
        """Go back."""
        self.dismiss(copies)
