"""``hubtui clips``: the passages that the user keeps; listed, annotated, removed, exported, checked."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from hubtui.cli.console import say
from hubtui.cli.options import library_option, null_option, opened_library, targets, written_options
from hubtui.cli.output import Column, Row, Written, write_document, write_table
from hubtui.core.files import write_atomically
from hubtui.core.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from hubtui.clippings.model import Clipping
    from hubtui.clippings.relocate import Relocation
    from hubtui.library import Library

_ORDERS = ("time", "source", "city", "tag")
_FORMATS = ("markdown", "html", "docx", "csv", "bibtex", "ris", "csl-json")
_GROUPS = ("city", "source", "tag")

_words = click.argument("words", nargs=-1, metavar="[WORD]…")


class _Clips(click.Group):
    """Lists clippings, unless something else is asked for."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Treat options alone as those of ``list``."""
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
        found = opened.clippings.find(" ".join(words), order=order)
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
@click.option("--note", default="", help=N_("A note on them."))
@click.option("--tag", "tags", multiple=True, help=N_("A tag to file them under; may be repeated."))
@null_option
@written_options
@library_option
def add(
    *,
    addresses: tuple[str, ...],
    null: bool,
    written: Written,
    library: Path | None,
    **said: Any,  # click keeps the types
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
        kept = [opened.clippings.add(passage, **said) for passage in passages]
    write_clippings(kept, written)
    return 0


@command.command(
    "note",
    short_help=N_("Write a note on one."),
    epilog="Example:  hubtui clips note 5d1f0a3c 'the best source so far'",
)
@click.argument("id_", metavar="ID")
@click.argument("text")
@written_options
@library_option
def note(*, id_: str, text: str, written: Written, library: Path | None) -> int:
    """Change the note of a clipping; an empty TEXT removes it."""
    with opened_library(library) as opened:
        changed = opened.clippings.annotate(opened.clippings.get(id_).id, note=text)
    write_clippings([changed], written)
    return 0


@command.command(
    "tag", short_help=N_("File one under tags."), epilog="Example:  hubtui clips tag 5d1f0a3c energy cold"
)
@click.argument("id_", metavar="ID")
@click.argument("tags", nargs=-1, required=True, metavar="TAG…")
@click.option("--remove", is_flag=True, help=N_("Remove these tags instead."))
@written_options
@library_option
def tag(*, id_: str, tags: tuple[str, ...], remove: bool, written: Written, library: Path | None) -> int:
    """Add tags to a clipping, or take them away."""
    from hubtui.clippings.model import tidy_tags  # deferred: --help needs none of it

    named = tidy_tags(tags)
    with opened_library(library) as opened:
        old = opened.clippings.get(id_)
        new = [tag for tag in old.tags if tag not in named] if remove else [*old.tags, *named]
        changed = opened.clippings.annotate(old.id, tags=new)
    write_clippings([changed], written)
    return 0


@command.command("remove", short_help=N_("Remove some."), epilog="Example:  hubtui clips remove 5d1f0a3c")
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@written_options
@library_option
def remove(*, ids: tuple[str, ...], written: Written, library: Path | None) -> int:
    """Remove clippings, all of them or none. They can be restored."""
    with opened_library(library) as opened:
        removed = opened.clippings.remove([opened.clippings.get(id_).id for id_ in ids])
    write_clippings(removed, written)
    say(_("Undo with: hubtui clips restore {ids}").format(ids=" ".join(item.id for item in removed)))
    return 0


@command.command("restore", short_help=N_("Restore removed ones."), epilog="Example:  hubtui clips restore")
@click.argument("ids", nargs=-1, metavar="[ID]…")
@written_options
@library_option
def restore(*, ids: tuple[str, ...], written: Written, library: Path | None) -> int:
    """Put removed clippings back, by their whole ids; without one, that which was removed last."""
    with opened_library(library) as opened:
        back = opened.clippings.restore(ids)
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
def export(  # an option each
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
        raise click.UsageError(_("A Word document is not text: name a file with --output."))
    with opened_library(library) as opened:
        _tell_problems(opened)
        found = opened.clippings.find(" ".join(words), order=order)
        if not found:
            say(_("No clippings."))
            return 1
        content = opened.clippings.export(found, form, style=style, group=group or "")
    if output is None:
        write_document(content, text=form != "docx")
        return 0
    try:
        write_atomically(output, content)
    except OSError as error:
        raise click.FileError(str(output), error.strerror) from error
    message = ngettext("{n} clipping in {file}", "{n} clippings in {file}", len(found))
    say(message.format(n=len(found), file=output))
    return 0


@command.command(
    "check",
    short_help=N_("Find those that changed in their sources."),
    epilog="Example:  hubtui clips check --json",
)
@_words
@click.option("--all", "everything", is_flag=True, help=N_("List those that are still in place too."))
@written_options
@library_option
def check(*, words: tuple[str, ...], everything: bool, written: Written, library: Path | None) -> int:
    """List the clippings whose passage was moved or edited, or is gone; the exit status is 1 if any is."""
    with opened_library(library) as opened:
        _tell_problems(opened)
        kept = opened.clippings.find(" ".join(words), order="source")
        located = list(map(Checked, kept, opened.clippings.locate(kept)))
    changed = [one for one in located if one.located.state != "in place"]
    write_checked(located if everything else changed, written)
    say(
        _("{n} of {all} clippings in place").format(n=len(located) - len(changed), all=len(located))
        if located
        else _("No clippings.")
    )
    return 1 if changed else 0


def _by_ending(output: Path | None) -> str:
    from hubtui.clippings.export import EXPORT_FORMATS  # deferred: --help needs none of it

    ending = output.suffix.lower() if output else ""
    return next((name for name, its in EXPORT_FORMATS.items() if its == ending), "markdown")


def _tell_problems(library: "Library") -> None:
    for problem in library.clippings.problems():
        say(f"hubtui: {problem.path}: {problem.message}")


CLIPPING_FIELDS = (
    "id", "made", "path", "title", "number", "part", "page", "section", "text", "highlights", "query",
    "cities", "note", "tags", "style", "citation",
)  # fmt: skip
"""What a row tells of a clipping."""

CHECK_FIELDS = (
    "id", "state", "path", "number", "part", "now_path", "now_number", "now_part", "similarity", "now_text",
)  # fmt: skip
"""What a row tells of where a clipping's passage is now."""

_KEPT = (
    Column("id"),
    Column(N_("kept")),
    Column(N_("source"), grows=True),
    Column("¶", number=True),
    Column(N_("text"), grows=True),
    Column(N_("note"), grows=True),
    Column(N_("tags")),
)
_FOUND = (
    Column("id"),
    Column(N_("state")),
    Column(N_("kept from"), grows=True),
    Column(N_("now"), grows=True),
    Column(N_("alike"), number=True),
)


class Checked(NamedTuple):
    """A clipping, and where its passage is now."""

    clipping: "Clipping"
    located: "Relocation"


def write_clippings(clippings: Sequence["Clipping"], written: Written) -> None:
    """Write a row for each clipping."""
    if write := written.rows(CLIPPING_FIELDS):
        for clipping in clippings:
            write(_row(clipping))
    elif clippings:
        write_table(_KEPT, map(_cells, clippings), terminal=written.terminal)


def write_checked(checked: Sequence[Checked], written: Written) -> None:
    """Write a row for each clipping that was looked for."""
    if write := written.rows(CHECK_FIELDS):
        for one in checked:
            write(_checked_row(one))
    elif checked:
        write_table(_FOUND, map(_checked_cells, checked), terminal=written.terminal)


def _row(clipping: "Clipping") -> Row:
    values = {name: getattr(clipping, name) for name in CLIPPING_FIELDS if hasattr(clipping, name)}
    cities = [{"id": place.id, "name": place.label} for place in clipping.places]
    row = values | {"title": clipping.source.title, "cities": cities}
    return {name: row[name] for name in CLIPPING_FIELDS}


def _cells(clipping: "Clipping") -> Sequence[object]:
    return (
        clipping.id, clipping.made[:10], clipping.source.label, clipping.label, clipping.text, clipping.note,
        ", ".join(clipping.tags),
    )  # fmt: skip


def _checked_row(checked: Checked) -> Row:
    clipping, located = checked
    passage = located.passage
    return {
        "id": clipping.id,
        "state": located.state,
        "path": clipping.path,
        "number": clipping.number,
        "part": clipping.part,
        "now_path": located.source.path if located.source else "",
        "now_number": passage.number if passage else None,
        "now_part": passage.part if passage else "",
        "similarity": round(located.similarity, 4),
        "now_text": passage.text if passage else "",
    }


def _checked_cells(checked: Checked) -> Sequence[object]:
    clipping, located = checked
    source, passage = located.source, located.passage
    now = f"{source.path}:{passage.label}" if source and passage else ""
    return (
        clipping.id,
        _(located.state),
        f"{clipping.path}:{clipping.label}",
        now,
        f"{located.similarity:.0%}",
    )
