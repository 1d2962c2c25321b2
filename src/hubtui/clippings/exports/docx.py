"""Clippings as a Word document with real footnotes, through pandoc where pandoc is installed."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from hubtui.clippings.exports.document import Document
from hubtui.clippings.exports.markdown import to_markdown
from hubtui.errors import HubtuiError
from hubtui.i18n import N_, _

_SECONDS = 120


class PandocError(HubtuiError):
    """A document cannot be converted by pandoc."""

    title = N_("No Word document")


def to_docx(document: Document) -> bytes:
    """Write a document.

    Raises:
        PandocError: pandoc is not installed, or fails.
    """
    pandoc = shutil.which("pandoc")
    if pandoc is None:
        raise PandocError(
            _("Word documents need pandoc, which is not installed."),
            _("Install pandoc (pandoc.org), or export as html and open that in the word processor."),
        )
    with tempfile.TemporaryDirectory(prefix="hubtui-") as folder:
        target = Path(folder, "clippings.docx")
        command = [pandoc, "--from=commonmark+footnotes", "--to=docx", f"--output={target}"]
        try:
            subprocess.run(  # noqa: S603  # the program is pandoc, found on the path
                command,
                input=to_markdown(document),
                capture_output=True,
                encoding="utf-8",
                timeout=_SECONDS,
                check=True,
            )
            return target.read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            said = str(getattr(error, "stderr", "") or error).strip().partition("\n")[0]
            raise PandocError(f"{said}.", _("Export as html and open that in the word processor.")) from error
