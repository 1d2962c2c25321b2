"""Commands as users meet them: click's commands, help and messages in the interface's language.

Chinese text is broken by its own rules and measured in cells, which click's formatter does not do.
"""

import copy
import gettext
import inspect
import os
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from hubtui.cli.completion import completer
from hubtui.cli.console import loudness_options
from hubtui.core.errors import did_you_mean
from hubtui.core.i18n import DOMAIN, LOCALES, N_, _, spoken


class NearChoice(click.Choice[str]):
    """A choice that answers a slip with the word that was probably meant."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:  # click's signature
        """Say what is wrong, what there is, and what was probably meant."""
        message = super().get_invalid_choice_message(value, ctx)
        return f"{message} {did_you_mean(str(value), list(self.choices))}".rstrip()


def framed(command: click.Command, name: str = "", about: str = "") -> click.Command:
    """Return a copy of a command in the interface's language.

    Its help, and that of its options and sub-commands, is in the interface's language; it takes ``--quiet``
    and ``--verbose``; and a word that is none of an option's choices is answered with the nearest.

    Args:
        command: The command, or a group of commands.
        name: What it is called; by default as it says itself.
        about: What it does, in a few words; by default as it says itself.
    """
    ours = copy.copy(command)
    ours.context_class = Context
    ours._help_option = None  # noqa: SLF001  # click makes it once, in the language of that moment
    ours.help = _translated(command.help)
    ours.short_help = _translated(about or command.short_help)
    ours.epilog = example(command.epilog or "")
    taken = {option for parameter in command.params for option in parameter.opts}
    own = [option for option in loudness_options() if not taken.intersection(option.opts)]
    ours.params = [_framed_parameter(parameter) for parameter in [*command.params, *own]]
    if isinstance(ours, click.Group):
        ours.commands = {name: framed(inner, name) for name, inner in ours.commands.items()}
    if name:
        ours.name = name
    return ours


def example(epilog: str) -> str:
    """Return the last lines of a help: an example, untranslated, under a translated heading."""
    for word in (N_("Examples:"), N_("Example:")):
        epilog = epilog.replace(word, _(word), 1)
    return epilog


@contextmanager
def click_translated() -> Iterator[None]:
    """Translate click's own words ("Usage", "No such option") into the interface's language.

    click asks gettext of the standard library, which takes the language from the environment, while here it
    may come from the settings. So hubtui's catalog, which holds click's messages, is gettext's domain, and
    ``LANGUAGE`` names the language, as long as the context lasts.
    """
    if spoken() == "en":
        yield
        return
    domain, language = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.bindtextdomain(DOMAIN, str(LOCALES))
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = spoken()
    try:
        yield
    finally:
        gettext.textdomain(domain)
        if language is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = language


def write_groups(
    formatter: click.HelpFormatter, groups: Sequence[tuple[str, Sequence[tuple[str, str]]]]
) -> None:
    """Write names and short helps under the headings of their groups, with one column of names for all."""
    longest = max(len(name) for _heading, commands in groups for name, _command in commands)
    for heading, commands in groups:
        with formatter.section(_(heading)):
            formatter.write_dl([(name.ljust(longest), _(about)) for name, about in commands])


def _framed_parameter(parameter: click.Parameter) -> click.Parameter:
    ours = copy.copy(parameter)
    if isinstance(ours, click.Option):
        ours.help = _translated(ours.help)
    if type(ours.type) is click.Choice:
        ours.type = NearChoice(ours.type.choices, case_sensitive=ours.type.case_sensitive)
    completes = completer(ours)
    if completes is not None and not isinstance(ours.type, click.Choice):
        ours._custom_shell_complete = completes  # noqa: SLF001  # where click keeps what shell_complete= gives
    return ours


def _translated(text: str | None) -> str | None:
    return _(inspect.cleandoc(text)) if text else text


class HelpFormatter(click.HelpFormatter):
    """Click's formatter, which counts characters, taught that some take two cells."""

    def write_text(self, text: str) -> None:
        """Write paragraphs, indented as the section is."""
        if not _has_wide(text):
            super().write_text(text)
            return
        indent = " " * self.current_indent
        for number, part in enumerate(text.split("\n\n")):
            self.write("\n" if number else "")
            for line in _lines(part, self.width - len(indent)):
                self.write(f"{indent}{line}\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write a list of names with what they mean beside them."""
        rows = list(rows)
        if not any(_has_wide(cell) for row in rows for cell in row):
            super().write_dl(rows, col_max, col_spacing)
            return
        from hubtui.text.cells import width  # deferred: plain help does without Rich's tables

        indent = " " * self.current_indent
        column = min(max(width(name) for name, _ in rows), col_max) + col_spacing
        beside = f"\n{indent}{' ' * column}"
        for name, meaning in rows:
            gap = column - width(name)
            self.write(f"{indent}{name}")
            if meaning:
                self.write(" " * gap if gap >= col_spacing else beside)
                self.write(beside.join(_lines(meaning, self.width - len(indent) - column)))
            self.write("\n")


class Context(click.Context):
    """Click's context, with our formatter."""

    formatter_class = HelpFormatter


def _has_wide(text: str) -> bool:
    return not text.isascii() and any(unicodedata.east_asian_width(sign) in "WF" for sign in text)


def _lines(paragraph: str, cells: int) -> list[str]:
    """Break a paragraph into lines; one that starts with a backspace keeps its own, as click has it."""
    from hubtui.text.cells import wrap  # deferred: see above

    if paragraph.startswith("\b\n"):
        return paragraph.removeprefix("\b\n").splitlines()
    flowing = " ".join(paragraph.split())
    return [flowing[start:end] for start, end in wrap(flowing, max(cells, 10))]
