"""``hubtui doctor``: what is right, what is wrong, and what to do about it."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hubtui.cli.options import library_option, written_options
from hubtui.cli.output import Column, Written, write_table
from hubtui.core.i18n import N_, _
from hubtui.core.paths import library_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubtui.library.health import Check

CHECK_FIELDS = ("area", "name", "verdict", "found", "remedy")
_COLUMNS = (Column(N_("of")), Column(N_("what")), Column(N_("verdict")), Column(N_("found"), grows=True))
_AREAS = {
    "versions": N_("versions"),
    "terminal": N_("terminal"),
    "clipboard": N_("clipboard"),
    "settings": N_("settings"),
    "library": N_("library"),
    "index": N_("index"),
    "locks": N_("locks"),
    "permissions": N_("permissions"),
}
_VERDICTS = {"ok": N_("ok"), "warning": N_("warning"), "fault": N_("fault")}
_PACKAGES = ("click", "jieba", "numpy", "pypdfium2", "rich", "textual", "trafilatura", "whoosh3")
"""The packages on which most depends; a wrong version of one shows in what hubtui does."""


@click.command(
    epilog="Examples:  hubtui doctor  |  hubtui doctor --json",
)
@library_option
@written_options
def command(*, library: Path | None, written: Written) -> int:
    """Look at versions, terminal, clipboard, settings, library, index, locks and permissions.

    Nothing is changed but the clipboard, for a moment: what was on it is put back. Nothing private is in
    the answer beyond the paths of folders. The exit status is 1 when there is a fault.
    """
    rows = written.rows(CHECK_FIELDS)
    checks = list(_checks(library))
    if rows is not None:
        for check in checks:
            rows(asdict(check))
    else:
        _write(checks, terminal=written.terminal)
    return 1 if any(check.verdict == "fault" for check in checks) else 0


def _checks(folder: Path | None) -> "Iterator[Check]":
    from hubtui.cli.terminal import terminal_checks  # deferred: --help needs none of it

    yield from _version_checks()
    yield from terminal_checks()
    yield from _clipboard_checks()
    yield from _settings_checks()
    yield from _library_checks(folder)


def _version_checks() -> "Iterator[Check]":
    import platform  # deferred with the rest
    import shutil  # see above
    from importlib.metadata import PackageNotFoundError, version  # see above

    from hubtui import __version__  # see above
    from hubtui.library.health import Check, CheckVerdict  # see above

    yield Check("versions", "hubtui", CheckVerdict.OK, __version__)
    yield Check("versions", "Python", CheckVerdict.OK, f"{platform.python_version()}, {sys.platform}")
    for name in _PACKAGES:
        try:
            yield Check("versions", name, CheckVerdict.OK, version(name))
        except PackageNotFoundError:
            yield Check("versions", name, CheckVerdict.FAULT, _("not installed"), _("Install hubtui again."))
    pandoc = shutil.which("pandoc")
    remedy = "" if pandoc else _("For CSL styles and Word files: install pandoc (pandoc.org)")
    yield Check("versions", "pandoc", CheckVerdict.OK, pandoc or _("not installed"), remedy)
    yield _ocr_check()


def _ocr_check() -> "Check":
    from hubtui.ingest import ocr  # deferred with the rest
    from hubtui.library.health import Check, CheckVerdict  # see above

    name = ocr.engine()
    remedy = "" if name else ocr.remedy()
    return Check("versions", "OCR", CheckVerdict.OK, name or _("not installed"), remedy)


def _clipboard_checks() -> "Iterator[Check]":
    from hubtui import clipboard  # deferred with the rest
    from hubtui.library.health import Check, CheckVerdict  # see above

    verdicts: dict[clipboard.WayStatus, CheckVerdict] = {
        clipboard.WayStatus.FAILS: CheckVerdict.WARNING,
        clipboard.WayStatus.MISSING: CheckVerdict.WARNING,
    }
    ways = clipboard.probe_clipboard()
    for way in ways:
        yield Check("clipboard", way.name, verdicts.get(way.verdict, CheckVerdict.OK), way.detail, way.remedy)


def _settings_checks() -> "Iterator[Check]":
    from hubtui.core.config import FILE, read_config  # deferred with the rest
    from hubtui.core.keymap import keymap_of  # see above
    from hubtui.library.health import Check, CheckVerdict  # see above

    config = read_config()
    faults = (*config.problems, *keymap_of(config).faults)
    for fault in faults:
        yield Check("settings", FILE, CheckVerdict.WARNING, fault.message, fault.remedy)
    if not faults:
        found = str(config.file) if config.file.exists() else _("none; the defaults are used")
        yield Check("settings", FILE, CheckVerdict.OK, found)


def _library_checks(folder: Path | None) -> "Iterator[Check]":
    from hubtui.core.errors import HubtuiError  # deferred with the rest
    from hubtui.library import Library  # see above
    from hubtui.library.health import Check, CheckVerdict  # see above

    try:
        with Library.open(library_folder(folder)) as library:
            yield from library.health()
    except HubtuiError as error:
        yield Check("library", _(error.title), CheckVerdict.FAULT, error.message, error.remedy)


def _write(checks: "list[Check]", *, terminal: bool) -> None:
    if not terminal:
        cells = [(check.area, check.name, check.verdict, check.found, check.remedy) for check in checks]
        write_table(_COLUMNS, cells, terminal=False)
        return
    from rich.text import Text  # deferred: pipes need none of Rich

    from hubtui.cli.output import console  # see above
    from hubtui.text.cells import width  # see above

    out = console()
    column = max(width(check.name) for check in checks) + 2
    styles = {"ok": "green", "warning": "yellow", "fault": "bold red"}
    area = ""
    for check in checks:
        if check.area != area:
            area = check.area
            out.print(Text(_(_AREAS[area]), style="bold"))
        line = Text.assemble(
            "  ",
            (_(_VERDICTS[check.verdict]), styles[check.verdict]),
            "  ",
            check.name + " " * (column - width(check.name)),
            check.found,
        )
        out.print(line, soft_wrap=True)
        if check.remedy:
            out.print(Text(f"      → {check.remedy}"), soft_wrap=True)
