"""``hubtui dossier``: all that the library says about some cities, in one document."""

from datetime import UTC, datetime
from pathlib import Path

import click

from hubtui.cli.console import say
from hubtui.cli.options import library_option, opened_library
from hubtui.cli.output import write_text
from hubtui.core.errors import HubtuiError
from hubtui.core.files import write_atomically
from hubtui.core.i18n import N_, _


class UnwritableFileError(HubtuiError):
    """A file cannot be written."""

    title = N_("Unwritable file")


@click.command(
    epilog="Example:  hubtui dossier Harbin Guizhou --format html --output hubs.html",
)
@click.argument("cities", nargs=-1, required=True, metavar="CITY…")
@click.option("--query", default="", help=N_("Only passages that also match this query."))
@click.option(
    "--format",
    "format_",
    type=click.Choice(["markdown", "html"]),
    default="markdown",
    help=N_("The format of the document."),
)
@click.option("--style", help=N_("The citation style; by default the library's."))
@click.option("--most", type=click.IntRange(0), default=0, help=N_("Passages of each city; 0 for all."))
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help=N_("Write to this file.")
)
@library_option
def command(  # an option each
    *,
    cities: tuple[str, ...],
    query: str,
    format_: str,
    style: str | None,
    most: int,
    output: Path | None,
    library: Path | None,
) -> int:
    """Write a dossier on one or more cities, as Markdown or HTML.

    It has each city's passages by date with their citations, counts, a timeline, distinctive words, the
    cities mentioned with it, and a note on method by which another person gets the same.
    """
    from hubtui.reports.dossier import DOSSIER_FORMATS  # deferred: --help needs none of it

    today = datetime.now(UTC).astimezone().date().isoformat()
    with opened_library(library) as opened:
        dossier = opened.dossiers.build(cities, made=today, query=query, style=style, most=most)
    text = DOSSIER_FORMATS[format_](dossier)
    if output is None:
        write_text(text)
    else:
        try:
            write_atomically(output, text)
        except OSError as error:
            raise UnwritableFileError(
                _("{file} cannot be written: {reason}.").format(file=output, reason=error.strerror),
                _("Name another file with --output."),
            ) from error
        say(_("Written: {file}").format(file=output))
    return 0 if any(city.passages for city in dossier.cities) else 1
