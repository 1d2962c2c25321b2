"""Any CSL style, through pandoc's citation processor where pandoc is installed."""

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hubtui.errors import HubtuiError
from hubtui.i18n import N_, _

_SECONDS = 60
_LISTED = '---\nnocite: "@*"\n---\n'
_NOTED = "[@item]\n"
_HEAD = 20_000
_SAID = 200
_ROOT = re.compile(rb"<style[\s>/]")
_NUMBER = re.compile(r"^(?:(?:\[1\]|\(1\)|1\.) ?)+")


class CslError(HubtuiError):
    """A CSL style cannot be used."""

    title = N_("No citation by CSL")


def cite_with_csl(item: Mapping[str, Any], csl: Path) -> str:
    """Give the citation of a CSL-JSON item in the style of a CSL file, on one line and without markup.

    It is the entry of the list of references, or the note for a style that has only notes.

    Raises:
        CslError: pandoc is not installed, the file is no CSL style, or pandoc fails.
    """
    pandoc = shutil.which("pandoc")
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
            _("{csl} is no CSL style.").format(csl=csl),
            _("Check the path; CSL files are on zotero.org/styles."),
        )
    with tempfile.TemporaryDirectory(prefix="hubtui-") as folder:
        bibliography = Path(folder, "item.json")
        bibliography.write_text(json.dumps([{**item, "id": "item"}]), encoding="utf-8")
        command = [pandoc, "--from=markdown", "--to=plain", "--wrap=none", "--citeproc"]
        command += [f"--bibliography={bibliography}", f"--csl={csl.resolve()}"]
        return _entry(command, _LISTED) or _entry(command, _NOTED)


def _beginning(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(_HEAD)
    except OSError as error:
        raise CslError(
            _("{csl} cannot be read: {reason}.").format(csl=file, reason=error.strerror),
            _("Change its permissions."),
        ) from error


def _entry(command: list[str], document: str) -> str:
    """Give pandoc's plain text for a document, on one line and without its number."""
    try:
        done = subprocess.run(  # noqa: S603  # the program is pandoc, found on the path
            command, input=document, capture_output=True, encoding="utf-8", timeout=_SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        said = str(getattr(error, "stderr", "") or error).strip().partition("\n")[0][:_SAID]
        raise CslError(f"{said}.", _("Check that the file is a CSL style.")) from error
    return _NUMBER.sub("", " ".join(done.stdout.split()))
