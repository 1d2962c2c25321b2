"""``hubtui verify``: the quotations of a draft against the sources."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hubtui.cli.options import library_option, opened_library, written_options
from hubtui.cli.talk import say
from hubtui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from hubtui.cli.output import Written
    from hubtui.library import Library
    from hubtui.verify import Draft, Verification


@click.command(epilog="Example:  hubtui verify draft.md")
@click.argument(
    "files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True)
)
@click.option("--style", help=N_("Citation style; by default the library's."))
@click.option(
    "--fix-citations",
    is_flag=True,
    help=N_("Write missing and wrong citations into a copy of the draft, beside it."),
)
@library_option
@written_options
def command(
    *,
    files: tuple[Path, ...],
    style: str | None,
    fix_citations: bool,
    library: Path | None,
    written: "Written",
) -> int:
    """Look for each quotation of a draft in the sources, and say whether it is right.

    FILE is Markdown, HTML, a Word document, or else plain text; - reads Markdown from standard input. A
    quotation is verified, altered (with its differences), moved (in another source than the one cited), not
    found, or unchecked, because it is too short. The exit status is 1 when anything is wrong.
    """
    from hubtui.cli.findings import all_right, summary  # noqa: PLC0415  # deferred: --help needs none of it

    drafts = [_draft(file) for file in files]
    with opened_library(library) as opened:
        verifications = [opened.verify(draft) for draft in drafts]
        for verification in verifications:
            _write(opened, verification, style, written)
        say(summary(verifications))
        if fix_citations:
            for file, verification in zip(files, verifications, strict=True):
                _fix(opened, file, verification, style)
    return 0 if all_right(verifications) else 1


def _draft(file: Path) -> "Draft":
    from hubtui.verify import parse_draft, read_draft  # noqa: PLC0415  # deferred: see above

    if str(file) == "-":
        return parse_draft("-", sys.stdin.buffer.read(), suffix=".md")
    return read_draft(file)


def _write(library: "Library", verification: "Verification", style: str | None, written: "Written") -> None:
    from hubtui.cli.findings import (  # noqa: PLC0415  # deferred: see above
        FIELDS,
        finding_row,
        write_fields,
        write_findings,
    )

    write = written.rows(FIELDS)
    if write is not None:
        for finding in verification.findings:
            write(finding_row(library, finding, verification, style))
    elif written.terminal:
        write_findings(verification)
    else:
        write_fields(verification)


def _fix(library: "Library", file: Path, verification: "Verification", style: str | None) -> None:
    from hubtui.text.cells import printable  # noqa: PLC0415  # deferred: see above
    from hubtui.verify import write_copy  # noqa: PLC0415  # deferred: see above

    copy = library.cited_copy(verification, style)
    if not copy.added + copy.corrected:
        say(_("{file}: no citation is missing or wrong.").format(file=printable(str(file))))
        return
    path = write_copy(file, copy.data)
    added = ngettext("{n} citation added", "{n} citations added", copy.added).format(n=copy.added)
    corrected = ngettext("{n} corrected", "{n} corrected", copy.corrected).format(n=copy.corrected)
    say(
        _("Written: {path} ({added}, {corrected})").format(
            path=printable(str(path)), added=added, corrected=corrected
        )
    )
