"""``hubtui mentions``: places named in any text; and the user's word on the mentions of a library."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hubtui.cli.console import say
from hubtui.cli.options import library_option, opened_library, written_options
from hubtui.cli.output import Column, Written, write_table
from hubtui.core.errors import did_you_mean
from hubtui.core.i18n import N_, _

if TYPE_CHECKING:
    from hubtui.core.models import Mention, Passage
    from hubtui.library import Library
    from hubtui.places.corrections import MentionCorrection

MENTION_FIELDS = ("start", "end", "surface", "place", "in_name", "alternatives")
CORRECTION_FIELDS = ("id", "action", "scope", "name", "place", "source", "before", "after", "made")
_FOUND = (
    Column(N_("start"), number=True),
    Column(N_("end"), number=True),
    Column(N_("as written")),
    Column(N_("city")),
    Column("城市"),
    Column("id"),
    Column(N_("in a longer name")),
)
_SAID = (
    Column("id"),
    Column(N_("said")),
    Column(N_("of")),
    Column(N_("name")),
    Column(N_("city")),
    Column(N_("source"), grows=True),
)


class _Mentions(click.Group):
    """Finds mentions, unless the first word is the name of something else to do."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Treat what is no command as the file to read."""
        if not args or args[0] not in (*self.commands, "-h", "--help"):
            if args and not args[0].startswith("-") and not os.path.lexists(args[0]):
                known = did_you_mean(args[0], self.commands)
                message = _("{name} is neither a command nor a file.").format(name=args[0])
                raise click.UsageError(f"{message} {known}".rstrip(), ctx)
            args = ["find", *args]
        return super().parse_args(ctx, args)


@click.group(
    "mentions",
    cls=_Mentions,
    subcommand_metavar="[FILE] | COMMAND …",
    epilog="Example:  echo 腾讯在沈阳和哈尔滨 | hubtui mentions",
)
def command() -> None:
    """Find the places that a text names: FILE, or standard input. No library is needed for that.

    The other commands reject, add, list and take back mentions of a library.
    """


@command.command(
    "find", short_help="The places that a text names.", epilog="Example:  hubtui mentions draft.txt --json"
)
@click.argument("file", type=click.Path(exists=True, allow_dash=True, path_type=Path), default="-")
@written_options
def find(*, file: Path, written: Written) -> int:
    """List each place that FILE, or standard input, names: where, as written, and which one.

    Offsets count characters (code points) from 0. They are those of the text as it is in UTF-8; a text in
    another encoding is normalised first.
    """
    from hubtui.places import find_mentions  # deferred: --help needs none of it

    write_row = written.rows(MENTION_FIELDS)
    with click.open_file(str(file), "rb") as stream:
        found = find_mentions(_text(stream.read()))
    if write_row is not None:
        for mention in found:
            write_row(_found_row(mention))
    elif found:
        write_table(_FOUND, map(_found_cells, found), terminal=written.terminal)
    else:
        say(_("No place is mentioned."))
    return 0 if found else 1


@command.command(
    "list", short_help="What was said of mentions.", epilog="Example:  hubtui mentions list -L ~/sources"
)
@library_option
@written_options
def list_(*, library: Path | None, written: Written) -> int:
    """List what was said of mentions."""
    with opened_library(library) as opened:
        corrections = opened.mentions.corrections()
        _write(opened, corrections, written)
    if not corrections:
        say(_("No mention has been corrected."))
    return 0 if corrections else 1


@command.command(
    "reject",
    short_help="A name does not mean that place.",
    epilog="Example:  hubtui mentions reject harbin.txt:3 Reading --scope source",
)
@click.argument("passage", metavar="SOURCE:N")
@click.argument("name")
@click.option(
    "--scope",
    type=click.Choice(["this", "source", "library"]),
    default="this",
    show_default=True,
    help="This passage alone, the name in its source, or the name in the library.",
)
@library_option
@written_options
def reject(*, passage: str, name: str, scope: str, library: Path | None, written: Written) -> int:
    """Say that NAME in a passage does not mean the place it was taken for."""
    with opened_library(library) as opened:
        found = opened.passage(passage)
        mentions = _named(found, name, passage)
        corrections = [opened.mentions.reject(found, mention, scope) for mention in mentions]
        _write(opened, list(dict.fromkeys(corrections)), written)
    return 0


@command.command(
    "add",
    short_help="A name means a place.",
    epilog="Example:  hubtui mentions add harbin.txt:3 冰城 Harbin",
)
@click.argument("passage", metavar="SOURCE:N")
@click.argument("name")
@click.argument("city")
@library_option
@written_options
def add(*, passage: str, name: str, city: str, library: Path | None, written: Written) -> int:
    """Say that NAME in a passage means CITY, wherever it stands there."""
    with opened_library(library) as opened:
        place, found = opened.place(city), opened.passage(passage)
        corrections = [opened.mentions.add(found, *span, place) for span in _standing(found, name, passage)]
        _write(opened, corrections, written)
    return 0


@command.command(
    "undo", short_help="Take back what was said.", epilog="Example:  hubtui mentions undo 5d1f0a3c"
)
@click.argument("ids", metavar="ID…", nargs=-1, required=True)
@library_option
@written_options
def undo(*, ids: tuple[str, ...], library: Path | None, written: Written) -> int:
    """Undo corrections of mentions, by their ids in the list."""
    with opened_library(library) as opened:
        corrections = [opened.mentions.undo(id_) for id_ in ids]
        _write(opened, corrections, written)
    return 0


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        from hubtui.ingest.encodings import decode  # deferred: nearly all text is UTF-8

        return decode(data)


def _found_row(mention: "Mention") -> dict[str, object]:
    return {
        "start": mention.start,
        "end": mention.end,
        "surface": mention.surface,
        "place": asdict(mention.place),
        "in_name": mention.in_name,
        "alternatives": [place.id for place in mention.alternatives],
    }


def _found_cells(mention: "Mention") -> Sequence[object]:
    place, within = mention.place, _("yes") if mention.in_name else ""
    return mention.start, mention.end, mention.surface, place.name_en, place.name_zh, place.id, within


def _named(passage: "Passage", name: str, address: str) -> Sequence["Mention"]:
    from hubtui.places.corrections import MentionCorrectionError, name_key  # see above

    found = [mention for mention in passage.mentions if name_key(mention.surface) == name_key(name)]
    if not found:
        names = list(dict.fromkeys(mention.surface for mention in passage.mentions))
        hint = did_you_mean(name, names) or (
            _("It mentions {names}.").format(names=", ".join(names)) if names else ""
        )
        raise MentionCorrectionError(
            _("{address} mentions no {name!r}.").format(address=address, name=name), hint
        )
    return found


def _standing(passage: "Passage", name: str, address: str) -> Iterator[tuple[int, int]]:
    from hubtui.places.corrections import MentionCorrectionError  # see above

    start = passage.text.find(name) if name.strip() else -1
    if start < 0:
        raise MentionCorrectionError(
            _("{address} has no {name!r}.").format(address=address, name=name),
            _("Spell it as the passage does."),
        )
    while start >= 0:
        yield start, start + len(name)
        start = passage.text.find(name, start + len(name))


def _write(library: "Library", corrections: Sequence["MentionCorrection"], written: Written) -> None:
    write_row = written.rows(CORRECTION_FIELDS)
    if write_row is not None:
        for item in corrections:
            write_row(asdict(item))
    elif corrections:
        rows = [
            (item.id, item.action, item.scope, item.name, _city(library, item.place), item.source)
            for item in corrections
        ]
        write_table(_SAID, rows, terminal=written.terminal)


def _city(library: "Library", place_id: str) -> str:
    from hubtui.core.errors import UnknownPlaceError  # deferred: --help needs none of it

    try:
        place = library.place(place_id)
    except UnknownPlaceError:  # no longer in the library's settings
        return place_id
    return place.name_en or place.name_zh
