"""``hubtui clips``: the passages that the user keeps; listed, annotated, removed, exported, checked."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hubtui.cli.addresses import targets
from hubtui.cli.clipping_rows import Checked, write_checked, write_clippings
from hubtui.cli.lists import null_option
from hubtui.cli.options import library_option, opened_library, written_options
from hubtui.cli.output import Written
from hubtui.cli.talk import say
from hubtui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from hubtui.library import Library

_ORDERS = ("time", "source", "city", "tag")
_FORMATS = ("markdown", "html", "docx", "csv", "bibtex", "ris", "csl-json")
_GROUPS = ("city", "source", "tag")

_words = click.argument("words", nargs=-1, metavar="[WORD]…")


class _Clips(click.Group):
    """Lists clippings, unless something else is asked for."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take options alone for those of ``list``."""
        if not args or (args[0].startswith("-") and args[0] not in ("-h", "--help")):
            args = ["list", *args]
        return super().parse_args(ctx, args)


@click.group(
    "clips",
    cls=_Clips,
    subcommand_metavar="[COMMAND …]",
    epilog="Example:  hubtui clips export --group city --output clippings.md",
)
def command() -> None:
    """List the passages you keep; the other commands add, annotate, remove, export and check them.

    A clipping goes by its id, or by the beginning of it.
    """


@command.command(
    "list", short_help=N_("What you kept."), epilog="Example:  hubtui clips list tag:energy --order city"
)
@_words
@click.option("--order", type=click.Choice(_ORDERS), default="time", show_default=True, help=N_("The order."))
@written_options
@library_option
def list_(*, words: tuple[str, ...], order: str, written: Written, library: Path | None) -> int:
    """List the clippings that hold all of the words, in their text, note, tags, cities or source.

    tag:WORD, city:WORD and source:WORD look there alone.
    """
    with opened_library(library) as opened:
        _tell_problems(opened)
        found = opened.clippings(" ".join(words), order=order)
    write_clippings(found, written)
    if not found:
        say(_("No clippings."))
    return 0 if found else 1


@command.command(
    "add",
    short_help=N_("Keep passages."),
    epilog="Example:  hubtui clips add harbin.txt:3 --note 'cold air' --tag energy",
)
@click.argument("addresses", nargs=-1, required=True, metavar="SOURCE:N…")
@click.option("--query", default="", help=N_("The query whose words are highlighted."))
@click.option("--note", default="", help=N_("What you say of them."))
@click.option(
    "--tag", "tags", multiple=True, help=N_("What you file them under; may be given several times.")
)
@null_option
@written_options
@library_option
def add(
    *,
    addresses: tuple[str, ...],
    null: bool,
    written: Written,
    library: Path | None,
    **said: Any,  # noqa: ANN401  # click keeps the types
) -> int:
    """Keep passages.

    A single - reads addresses from standard input, such as the first column of what search gives.
    """
    with opened_library(library) as opened:
        found = list(targets(opened, addresses, null=null))
        passages = [target.passage for target in found if target.passage]
        if len(passages) < len(found):
            whole = next(target.address for target in found if not target.passage)
            raise click.UsageError(_("Name a passage of {source}: {source}:N").format(source=whole))
        kept = [opened.clip(passage, **said) for passage in passages]
    write_clippings(kept, written)
    return 0


@command.command(
    "note",
    short_help=N_("Say something of one."),
    epilog="Example:  hubtui clips note 5d1f0a3c 'the best source so far'",
)
@click.argument("id_", metavar="ID")
@click.argument("text")
@written_options
@library_option
def note(*, id_: str, text: str, written: Written, library: Path | None) -> int:
    """Give a clipping another note; an empty TEXT takes it away."""
    with opened_library(library) as opened:
        changed = opened.annotate_clipping(opened.clipping(id_).id, note=text)
    write_clippings([changed], written)
    return 0


@command.command(
    "tag", short_help=N_("File one under tags."), epilog="Example:  hubtui clips tag 5d1f0a3c energy cold"
)
@click.argument("id_", metavar="ID")
@click.argument("tags", nargs=-1, required=True, metavar="TAG…")
@click.option("--remove", is_flag=True, help=N_("Take these tags away instead."))
@written_options
@library_option
def tag(*, id_: str, tags: tuple[str, ...], remove: bool, written: Written, library: Path | None) -> int:
    """Add tags to a clipping, or take them away."""
    from hubtui.clippings.model import tidy_tags  # noqa: PLC0415  # deferred: --help needs none of it

    named = tidy_tags(tags)
    with opened_library(library) as opened:
        old = opened.clipping(id_)
        new = [tag for tag in old.tags if tag not in named] if remove else [*old.tags, *named]
        changed = opened.annotate_clipping(old.id, tags=new)
    write_clippings([changed], written)
    return 0


@command.command("remove", short_help=N_("Remove some."), epilog="Example:  hubtui clips remove 5d1f0a3c")
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@written_options
@library_option
def remove(*, ids: tuple[str, ...], written: Written, library: Path | None) -> int:
    """Remove clippings, all of them or none. They can be restored."""
    with opened_library(library) as opened:
        removed = opened.remove_clippings([opened.clipping(id_).id for id_ in ids])
    write_clippings(removed, written)
    say(_("Take it back with: hubtui clips restore {ids}").format(ids=" ".join(item.id for item in removed)))
    return 0


@command.command("restore", short_help=N_("Put removed ones back."), epilog="Example:  hubtui clips restore")
@click.argument("ids", nargs=-1, metavar="[ID]…")
@written_options
@library_option
def restore(*, ids: tuple[str, ...], written: Written, library: Path | None) -> int:
    """Put removed clippings back, by their whole ids; without one, that which was removed last."""
    with opened_library(library) as opened:
        back = opened.restore_clippings(ids)
    write_clippings(back, written)
    return 0


@command.command(
    "export",
    short_help=N_("As a document, a table, or for a reference manager."),
    epilog="Example:  hubtui clips export tag:energy --format html --style apa --output energy.html",
)
@_words
@click.option(
    "--format", "format_", type=click.Choice(_FORMATS), help=N_("By default as OUTPUT ends, else markdown.")
)
@click.option("--group", type=click.Choice(_GROUPS), default=None, help=N_("Divide a document by this."))
@click.option("--order", type=click.Choice(_ORDERS), default="time", show_default=True, help=N_("The order."))
@click.option("--style", help=N_("The citation style; by default the library's."))
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help=N_("A file instead of standard output."),
)
@library_option
def export(  # noqa: PLR0913  # an option each
    *,
    words: tuple[str, ...],
    format_: str | None,
    group: str | None,
    order: str,
    style: str | None,
    output: Path | None,
    library: Path | None,
) -> int:
    """Export the clippings that hold all of the words (see clips list --help)."""
    form = format_ or _by_ending(output)
    if output is None and form == "docx" and sys.stdout.isatty():
        raise click.UsageError(_("A Word document is no text: name a file with --output."))
    with opened_library(library) as opened:
        _tell_problems(opened)
        found = opened.clippings(" ".join(words), order=order)
        if not found:
            say(_("No clippings."))
            return 1
        content = opened.export_clippings(found, form, style=style, group=group or "")
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        return 0
    try:
        output.write_bytes(content)
    except OSError as error:
        raise click.FileError(str(output), error.strerror) from error
    said = ngettext("{n} clipping in {file}", "{n} clippings in {file}", len(found))
    say(said.format(n=len(found), file=output))
    return 0


@command.command(
    "check",
    short_help=N_("Which have changed in their sources."),
    epilog="Example:  hubtui clips check --json",
)
@_words
@click.option("--all", "everything", is_flag=True, help=N_("Those that are in place as well."))
@written_options
@library_option
def check(*, words: tuple[str, ...], everything: bool, written: Written, library: Path | None) -> int:
    """List the clippings whose passage was moved or edited, or is gone; the exit status is 1 if any is."""
    with opened_library(library) as opened:
        _tell_problems(opened)
        kept = opened.clippings(" ".join(words), order="source")
        located = list(map(Checked, kept, opened.locate_clippings(kept)))
    changed = [one for one in located if one.located.state != "in place"]
    write_checked(located if everything else changed, written)
    say(
        _("{n} of {all} clippings in place").format(n=len(located) - len(changed), all=len(located))
        if located
        else _("No clippings.")
    )
    return 1 if changed else 0


def _by_ending(output: Path | None) -> str:
    from hubtui.clippings.export import EXPORT_FORMATS  # noqa: PLC0415  # deferred: --help needs none of it

    ending = output.suffix.lower() if output else ""
    return next((name for name, its in EXPORT_FORMATS.items() if its == ending), "markdown")


def _tell_problems(library: "Library") -> None:
    for problem in library.clipping_problems():
        say(f"hubtui: {problem.path}: {problem.message}")
