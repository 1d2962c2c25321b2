"""What all commands have in common: their help in the interface's language, loudness, nearest right words."""

import copy
import inspect
from collections.abc import Sequence
from typing import Any

import click

from hubtui import i18n
from hubtui.cli.completing import completer
from hubtui.cli.helptext import Context
from hubtui.cli.talk import loudness_options
from hubtui.errors import did_you_mean
from hubtui.i18n import N_, _


class NearChoice(click.Choice[str]):
    """A choice that answers a slip with the word that was probably meant."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:  # noqa: ANN401  # click's signature
        """Say what is wrong, what there is, and what was probably meant."""
        said = super().get_invalid_choice_message(value, ctx)
        return f"{said} {did_you_mean(str(value), list(self.choices))}".rstrip()


def framed(command: click.Command, name: str = "", about: str = "") -> click.Command:
    """Give a copy of a command as users meet it.

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
    ours.help = _said(command.help)
    ours.short_help = _said(about or command.short_help)
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
    """Give a help's last lines: an example, which is the same in every language, under a translated word."""
    for word in (N_("Examples:"), N_("Example:")):
        epilog = epilog.replace(word, _(word), 1)
    return epilog


def speak_through_click() -> None:
    """Let click's own words ("Usage", "No such option") be said in the interface's language.

    Click asks ``gettext`` of the standard library, which goes by the environment alone, while the
    language here may come from the settings.
    """
    from click import core, decorators, exceptions, formatting, parser, types  # noqa: PLC0415  # beside its use

    for module in (core, decorators, exceptions, formatting, parser, types):
        for name, function in (("_", i18n._), ("ngettext", i18n.ngettext)):
            setattr(module, name, function)


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
        ours.help = _said(ours.help)
    if type(ours.type) is click.Choice:
        ours.type = NearChoice(ours.type.choices, case_sensitive=ours.type.case_sensitive)
    completes = completer(ours)
    if completes is not None and not isinstance(ours.type, click.Choice):
        ours._custom_shell_complete = completes  # noqa: SLF001  # where click keeps what shell_complete= gives
    return ours


def _said(text: str | None) -> str | None:
    return _(inspect.cleandoc(text)) if text else text
