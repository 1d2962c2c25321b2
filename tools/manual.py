"""Makes the manual page, docs/hubtui.1, from the help of the commands: `make man`."""

import re
from collections.abc import Iterator
from pathlib import Path

import click

from hubtui import __version__
from hubtui.cli.app import cli
from hubtui.cli.localized import framed

PAGE = Path(__file__).resolve().parents[1] / "docs" / "hubtui.1"
_STATUSES = (
    ("0", "Something was found, or done."),
    ("1", "Nothing was found; verify found a wrong quotation; doctor found a fault."),
    ("2", "Wrong usage, or an error, which is named with a remedy on standard error."),
    ("130", "Interrupted with Ctrl+C."),
)
_VARIABLES = (
    ("HUBTUI_LIBRARY", "The library's folder, where no option names one."),
    ("HUBTUI_CONFIG", "The settings' file, or the folder it is in."),
    ("NO_COLOR", "No colours, whatever it holds."),
    ("COLUMNS", "The width to write for."),
    ("LANG, LC_ALL, LANGUAGE", "The language of help and messages: English or Chinese."),
)


def page() -> str:
    """Return the manual page as a source for man."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    command = framed(cli)
    context = command.make_context("hubtui", [], resilient_parsing=True)
    yield f'.TH HUBTUI 1 "" "hubtui {__version__}" "User Commands"'
    yield from (".SH NAME", r"hubtui \- read, search and quote a folder of sources about cities")
    yield from (".SH SYNOPSIS", ".B hubtui", "[LIBRARY]", ".br", ".B hubtui", "COMMAND [OPTIONS] \\&...")
    yield ".SH DESCRIPTION"
    yield from _paragraphs(command.help or "")
    yield from _options(command, context)
    yield ".SH COMMANDS"
    yield from _commands(command, context)
    for heading, rows in (("EXIT STATUS", _STATUSES), ("ENVIRONMENT", _VARIABLES)):
        yield f".SH {heading}"
        for name, meaning in rows:
            yield from (".TP", f".B {_safe(name)}", _safe(meaning))


def _commands(group: click.Group, context: click.Context) -> Iterator[str]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None or command.hidden:
            continue
        inner = click.Context(command, info_name=name, parent=context)
        usage = " ".join(command.collect_usage_pieces(inner))
        path = _safe(inner.command_path)
        yield from (f".SS {path}", f".B {path}", _safe(usage))
        yield from _paragraphs(command.help or "")
        yield from _options(command, inner)
        if command.epilog:
            yield from (".PP", ".nf", _safe(command.epilog.replace("\b\n", "")), ".fi")
        if isinstance(command, click.Group):
            yield from _commands(command, inner)


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    for option in command.params:
        record = option.get_help_record(context)
        # What every command takes is told once.
        told = context.parent is not None and {"--quiet", "--verbose"}.intersection(option.opts)
        if record and record[1] and not told:
            yield from (".TP", f".B {_safe(record[0])}", _safe(record[1]))


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in text.split("\n\n"):
        yield from (".PP", _safe(" ".join(paragraph.split())))


def _safe(text: str) -> str:
    """Return text for troff: backslashes and hyphens are its own signs, as are points at a line's start."""
    quoted = text.replace("\\", r"\e").replace("-", r"\-")
    return re.sub(r"^([.'])", r"\\&\1", quoted, flags=re.MULTILINE)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
