"""Probe the ways to the clipboard: which this session has, which work, and what to do about the others."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from hubtui.clipboard.copy import LONGEST_TEXT, TMUX, TOOLS, Environ, Tool, ToolError, in_screen, run
from hubtui.core.files import make_folder, state_folder
from hubtui.core.i18n import _


class WayStatus(Enum):
    """How good a way is."""

    WORKS = "works"
    """Tried just now: what was put there came back."""
    UNPROVED = "unproved"
    """It should work, but nothing can confirm it, or it was not tried."""
    FAILS = "fails"
    """It is there and does not work."""
    MISSING = "missing"
    """It is not installed."""


@dataclass(frozen=True, slots=True)
class ClipboardWay:
    """A way to the clipboard.

    Attributes:
        name: ``xclip``, ``OSC 52``…
        verdict: How good it is.
        detail: What was found, as a phrase.
        remedy: What to do about it, as a sentence; ``""`` where nothing needs to be done.
    """

    name: str
    verdict: WayStatus
    detail: str
    remedy: str = ""


def probe_clipboard(
    environ: Mapping[str, str] = os.environ, *, overwrite: bool = False
) -> list[ClipboardWay]:
    """Try the ways to the clipboard that this session has.

    A tool is tried by putting a word on the clipboard and reading it back; then the text that was there is
    put back. Where something else than text is there, or it cannot be known, the tool is not tried.

    Args:
        environ: The environment.
        overwrite: Try all the same, and lose what was there.
    """
    fitting = [tool for tool in TOOLS if tool.fits(environ)]
    ways = [_tool(tool, environ, overwrite=overwrite) for tool in _one_a_session(fitting, environ)]
    if TMUX.fits(environ):
        ways.append(_tmux(environ))
    return [*ways, _terminal(environ), _file()]


def _one_a_session(fitting: list[Tool], environ: Environ) -> list[Tool]:
    """Return the tools that are installed; where none is, the one to install."""
    return [tool for tool in fitting if tool.installed(environ)] or fitting[:1]


def _tool(tool: Tool, environ: Environ, *, overwrite: bool) -> ClipboardWay:
    if not tool.installed(environ):
        remedy = _("Install {package}.").format(package=tool.package or tool.name)
        return ClipboardWay(tool.name, WayStatus.MISSING, _("not installed"), remedy)
    try:
        if not overwrite and not _holds_text_alone(tool, environ):
            detail = _("installed; not tried, as the clipboard holds more than plain text, or may do so")
            return ClipboardWay(tool.name, WayStatus.UNPROVED, detail)
        works = _tried(tool, environ, restore=not overwrite)
    except ToolError as error:
        remedy = _("Check that this session has the clipboard it is for; it is skipped when copying.")
        return ClipboardWay(tool.name, WayStatus.FAILS, str(error), remedy)
    if works:
        return ClipboardWay(tool.name, WayStatus.WORKS, _("returns what it was given"))
    return ClipboardWay(
        tool.name,
        WayStatus.FAILS,
        _("returns something else"),
        _("A clipboard manager may interfere; check what it does to what you copy."),
    )


def _tried(tool: Tool, environ: Environ, *, restore: bool) -> bool:
    """Put a word on the clipboard and read it back, then put back what was there."""
    word = f"hubtui 哈尔滨 {os.urandom(4).hex()}"
    before = tool.held(environ) if restore and _kinds(tool, environ) else ""
    try:
        tool.put(word, environ)
        return tool.held(environ) == word
    finally:
        if restore:
            tool.put(before, environ)


_TEXT = ("text/plain", "utf8_string", "string", "text", "compound_text")
_OF_THE_SYSTEM = ("targets", "timestamp", "multiple", "save_targets", "delete", "length")


def _holds_text_alone(tool: Tool, environ: Environ) -> bool:
    """Whether the clipboard is empty, or holds nothing that would be lost by putting its text back."""
    known = (*_TEXT, *_OF_THE_SYSTEM)
    return bool(tool.kinds) and all(kind.lower().partition(";")[0] in known for kind in _kinds(tool, environ))


def _kinds(tool: Tool, environ: Environ) -> list[str]:
    """Return the kinds of data on the clipboard; the tools fail where there are none."""
    try:
        return tool.kinds_held(environ)
    except ToolError:
        return []


def _tmux(environ: Environ) -> ClipboardWay:
    """Conclude from tmux's options whether what it takes reaches its terminal's clipboard."""
    try:
        held = _option("set-clipboard", environ)
    except ToolError as error:
        return ClipboardWay(
            "tmux", WayStatus.FAILS, str(error), _("Check that tmux is on the PATH in its panes.")
        )
    if held == "off":
        remedy = _("Put this into ~/.tmux.conf: set -g set-clipboard on")
        return ClipboardWay("tmux", WayStatus.FAILS, _("set-clipboard is off"), remedy)
    detail = _("set-clipboard is {held}: what is copied goes to tmux’s buffer and to its terminal")
    return ClipboardWay("tmux", WayStatus.UNPROVED, detail.format(held=held or "on"))


def _option(name: str, environ: Environ) -> str:
    return run(("tmux", "show-options", "-gv", name), environ).decode("utf-8", "replace").strip()


def _terminal(environ: Environ) -> ClipboardWay:
    """Conclude from the terminal's name whether it heeds OSC 52; no terminal says so itself."""
    name, remedy = _known_terminal(environ)
    if name:
        detail = _("{terminal}, by its own account").format(terminal=name)
    elif in_screen(environ):
        detail = _("GNU screen passes it on")
    else:
        detail = _("most terminals support it")
    bounds = _("up to {size} bytes; no terminal confirms it").format(size=LONGEST_TEXT)
    return ClipboardWay("OSC 52", WayStatus.UNPROVED, f"{detail}; {bounds}", remedy)


def _known_terminal(environ: Environ) -> tuple[str, str]:
    """Return the terminal's name and what to set or to know (from the terminals' documentation)."""
    term, program = environ.get("TERM", ""), environ.get("TERM_PROGRAM", "")
    older = _("Older versions of {terminal} ignore it: paste what you copied to see.")
    known = (
        (term == "xterm-kitty", "kitty", ""),
        (term.startswith("foot"), "foot", ""),
        (term.startswith("alacritty"), "Alacritty", ""),
        (program == "WezTerm", "WezTerm", ""),
        (program == "ghostty", "Ghostty", ""),
        (program == "vscode", "VS Code", ""),
        ("WT_SESSION" in environ, "Windows Terminal", ""),
        (
            program == "iTerm.app",
            "iTerm2",
            _("Allow it: Settings, General, Selection, “Applications in terminal may access clipboard”."),
        ),
        (
            "XTERM_VERSION" in environ,
            "xterm",
            _("Allow it in ~/.Xresources: XTerm*disallowedWindowOps: 20,21,SetXprop"),
        ),
        (program == "Apple_Terminal", "Terminal.app", older.format(terminal="Terminal.app")),
        ("VTE_VERSION" in environ, "GNOME Terminal", older.format(terminal="GNOME Terminal")),
        ("KONSOLE_VERSION" in environ, "Konsole", older.format(terminal="Konsole")),
    )
    return next(((name, remedy) for so, name, remedy in known if so), ("", ""))


def _file() -> ClipboardWay:
    folder = state_folder()
    name = _("file")
    try:
        make_folder(folder)
        usable = os.access(folder, os.W_OK)
    except OSError:
        usable = False
    if usable:
        return ClipboardWay(
            name, WayStatus.WORKS, _("what no clipboard takes goes into {folder}").format(folder=folder)
        )
    remedy = _("Make the folder writable, or set XDG_STATE_HOME to one that is.")
    return ClipboardWay(
        name, WayStatus.FAILS, _("{folder} cannot be written to").format(folder=folder), remedy
    )
