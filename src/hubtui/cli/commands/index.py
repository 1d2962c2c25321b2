"""``hubtui index``: bring the index up to date."""

from pathlib import Path

import click

from hubtui.cli.options import library_folder, library_option, progress_line


@click.command(short_help="Bring the index up to date.", epilog="Example:  hubtui index --rebuild")
@library_option
@click.option("--rebuild", is_flag=True, help="Forget the index and read every source again.")
def command(*, library: Path | None, rebuild: bool) -> None:
    """Index what is new, changed or gone, and list what cannot be read."""
    from hubtui.library import Library  # noqa: PLC0415  # deferred: --help needs none of it

    with Library.open(library_folder(library)) as opened:
        report = opened.sync(progress_line(), rebuild=rebuild)
    for problem in report.problems:
        click.echo(f"{problem.path or 'index'}: {problem.message}", err=True)
    click.echo(
        f"{report.added} added, {report.updated} updated, {report.removed} removed,"
        f" {report.unchanged} unchanged in {report.seconds:.1f} s",
        err=True,
    )
