"""Run pandoc, and cite in any CSL style through its citation processor."""

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hubtui.core.errors import HubtuiError
from hubtui.core.i18n import N_, _

_SECONDS = 60
_LISTED = '---\nnocite: "@*"\n---\n'
_NOTED = "[@item]\n"
_HEAD = 20_000
_SAID = 200
_ROOT = re.compile(rb"<style[\s>/]")
_NUMBER = re.compile(r"^(?:(?:\[1\]|\(1\)|1\.) ?)+")


class PandocFailedError(Exception):
    """pandoc failed; the message is what it said, without a full stop."""


class CslError(HubtuiError):
    """A CSL style cannot be used."""

    title = N_("CSL style unusable")


def cite_with_csl(item: Mapping[str, Any], csl: Path) -> str:
    """Return the citation of a CSL-JSON item in the style of a CSL file, on one line and without markup.

    It is the entry of the list of references, or the note for a style that has only notes.

    Raises:
        CslError: pandoc is not installed, the file is not a CSL style, or pandoc fails.
    """
    pandoc = find_pandoc()
    if pandoc is None:
        raise CslError(
            _("Styles from CSL files need pandoc, which is not installed."),
            _("Install pandoc (pandoc.org), or choose a built-in style with --style."),
        )
    if not csl.is_file():
        raise CslError(
            _("There is no file {csl}.").format(csl=csl),
            _("Check the path; CSL files are on zotero.org/styles."),
        )
    if not _ROOT.search(_beginning(csl)):
        raise CslError(
            _("{csl} is not a CSL style.").format(csl=csl),
            _("Check the path; CSL files are on zotero.org/styles."),
        )
    with tempfile.TemporaryDirectory(prefix="hubtui-") as folder:
        bibliography = Path(folder, "item.json")
        bibliography.write_text(json.dumps([{**item, "id": "item"}]), encoding="utf-8")
        arguments = ["--from=markdown", "--to=plain", "--wrap=none", "--citeproc"]
        arguments += [f"--bibliography={bibliography}", f"--csl={csl.resolve()}"]
        return _entry(pandoc, arguments, _LISTED) or _entry(pandoc, arguments, _NOTED)


def _beginning(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(_HEAD)
    except OSError as error:
        raise CslError(
            _("{csl} cannot be read: {reason}.").format(csl=file, reason=error.strerror),
            _("Change its permissions."),
        ) from error


def _entry(pandoc: str, arguments: list[str], document: str) -> str:
    """Return pandoc's plain text for a document, on one line and without its number."""
    try:
        text = run_pandoc(pandoc, arguments, document, seconds=_SECONDS)
    except PandocFailedError as error:
        raise CslError(f"{error}.", _("Check that the file is a CSL style.")) from error
    return _NUMBER.sub("", " ".join(text.split()))


def find_pandoc() -> str | None:
    """Return the path of pandoc, or ``None`` where it is not installed."""
    return shutil.which("pandoc")


def run_pandoc(pandoc: str, arguments: Sequence[str], document: str, *, seconds: float) -> str:
    """Let pandoc convert a document, and return what it writes to standard output.

    Raises:
        PandocFailedError: It failed or took too long; the message is the first line of what it said.
    """
    try:
        done = subprocess.run(  # noqa: S603  # the program is pandoc, found on the path
            [pandoc, *arguments],
            input=document,
            capture_output=True,
            encoding="utf-8",
            timeout=seconds,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        message = str(getattr(error, "stderr", "") or error).strip().partition("\n")[0]
        raise PandocFailedError(message[:_SAID]) from error
    return done.stdout
