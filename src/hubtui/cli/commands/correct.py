"""``hubtui correct``: what the library says of a source, put right."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from hubtui.cli.commands.sources import SOURCE_FIELDS, source_row
from hubtui.cli.console import say
from hubtui.cli.options import library_option, opened_library, written_options
from hubtui.cli.output import Written, write_fields
from hubtui.core.errors import IndexingError
from hubtui.core.i18n import N_, _

_SWITCHES = {"true": True, "false": False}


@click.command(
    epilog='Example:  hubtui correct harbin.txt title="Harbin in the cloud" date=2025-09',
)
@click.argument("name", metavar="SOURCE")
@click.argument("changes", nargs=-1, metavar="KEY=VALUE…")
@click.option("--undo", is_flag=True, help=N_("Undo corrections: of the named keys, or all."))
@library_option
@written_options
def command(
    *, name: str, changes: tuple[str, ...], undo: bool, library: Path | None, written: Written
) -> int:
    """Correct what is known of a source, and show it as it then is.

    KEY is title, author, publisher, date, language, url, accessed, type, first or last (the beginnings of the
    first and of the last paragraph that belong to the text), or hide. The corrections are kept in
    seeds/sources.toml, where they can be written by hand as well; the source itself is never changed.
    """
    from hubtui.ingest.metadata.facts import SOURCE_FACTS  # deferred: --help needs none of it

    wanted = _undone(changes) if undo else _changes_of(changes)
    rows = written.rows(SOURCE_FIELDS)
    with opened_library(library) as opened:
        source = opened.source(name)
        opened.correct(source, wanted)
        try:
            opened.sync()
        except IndexingError as error:
            say(_("The correction is kept; the next sync applies it. {reason}").format(reason=error.message))
            return 0
        shown = [found for found in opened.sources() if found.id == source.id]
    for found in shown:
        if rows is not None:
            rows(source_row(found))
        else:
            write_fields("path", found.path)
            for fact in SOURCE_FACTS:
                write_fields(fact, found.fact(fact))
    return 0


def _changes_of(changes: Sequence[str]) -> Mapping[str, str | bool | None]:
    if not changes:
        raise click.UsageError(_('Say what to correct: title="…", author="…", date=2018-06…'))
    wanted: dict[str, str | bool | None] = {}
    for change in changes:
        key, sign, value = change.partition("=")
        if not sign:
            raise click.UsageError(_("{change} is not KEY=VALUE.").format(change=change))
        wanted[key.strip()] = _SWITCHES.get(value, value) if key.strip() == "hide" else value
    return wanted


def _undone(keys: Sequence[str]) -> Mapping[str, str | bool | None]:
    from hubtui.core.errors import did_you_mean  # deferred: --help needs none of it
    from hubtui.ingest.corrections import correction_keys  # see above

    known = correction_keys()
    for key in keys:
        if key not in known:
            hint = did_you_mean(key, known)
            raise click.UsageError(f"{_('There is no key {key}.').format(key=key)} {hint}".rstrip())
    return dict.fromkeys(keys or known)
