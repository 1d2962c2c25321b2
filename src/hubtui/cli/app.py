"""The command ``hubtui``: finds the command that is meant, loads and runs it."""

import importlib
import os
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import click

from hubtui import __version__
from hubtui.cli.completion import complete
from hubtui.cli.localized import click_translated, framed, write_groups
from hubtui.cli.options import library_option
from hubtui.cli.screen import open_named, open_with, screen_options
from hubtui.core.errors import HubtuiError, did_you_mean
from hubtui.core.i18n import N_, _
from hubtui.core.paths import locate, sample_library

DONE = 0
"""The exit status of a command that says nothing else."""

OPEN = "open"
"""What the invoked command is called when the first word is a library: no word for users."""

FIND = N_("Find")
QUOTE = N_("Read and quote")
LIBRARY = N_("Library")
SET_UP = N_("Set-up")


class Listed(NamedTuple):
    """A command as the help lists it.

    Attributes:
        group: The heading it stands under.
        about: What it does, in a few words.
    """

    group: str
    about: str


COMMANDS = {
    "search": Listed(FIND, N_("Find passages.")),
    "passages": Listed(FIND, N_("Passages that mention a city.")),
    "cities": Listed(FIND, N_("List the cities, with counts.")),
    "concordance": Listed(FIND, N_("List every match in its context.")),
    "collocates": Listed(FIND, N_("List the words near the matches.")),
    "compare": Listed(FIND, N_("Compare cities or queries.")),
    "show": Listed(QUOTE, N_("Show a source, or one passage of it.")),
    "cite": Listed(QUOTE, N_("Cite sources and passages, quote passages, export sources.")),
    "clips": Listed(QUOTE, N_("The passages you keep: list, add, annotate, export, check them.")),
    "dossier": Listed(QUOTE, N_("Write a briefing on cities, with citations.")),
    "verify": Listed(QUOTE, N_("Check the quotations of a draft.")),
    "sources": Listed(LIBRARY, N_("List the sources.")),
    "index": Listed(LIBRARY, N_("Bring the index up to date.")),
    "mentions": Listed(LIBRARY, N_("Places named in a text; correct those of a library.")),
    "correct": Listed(LIBRARY, N_("Correct the title, author, date… of a source.")),
    "doctor": Listed(SET_UP, N_("What is right and what is wrong, with remedies.")),
    "config": Listed(SET_UP, N_("Show and change your settings.")),
    "tour": Listed(SET_UP, N_("See what hubtui can do, in two minutes.")),
    "completion": Listed(SET_UP, N_("Print what makes the shell complete hubtui's words.")),
}
"""The commands, each in a module of its name in :mod:`hubtui.cli.commands`; groups and commands in the order
of the help. What each does stands here, since loading them all takes longer than the rest of the help."""


class Commands(click.Group):
    """The group of commands: modules load when they are needed; other first words are libraries."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # click's signature
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # see above
        """Load the command of this name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"hubtui.cli.commands.{cmd_name}")
        return framed(module.command, cmd_name, COMMANDS[cmd_name].about)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Treat a first word that is no command as the folder of a library."""
        name = args[0]
        if name in COMMANDS or name.startswith("-"):
            return super().resolve_command(ctx, args)
        if not _is_there(name) and os.sep not in name:
            hint = did_you_mean(name, COMMANDS) or _("List the commands with: hubtui --help")
            raise NoCommandError(_("{name} is neither a command nor a folder.").format(name=name), hint)
        return OPEN, framed(open_named, OPEN), args

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # see above
        """List the commands by group."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for name, listed in COMMANDS.items():
            groups.setdefault(listed.group, []).append((name, listed.about))
        write_groups(formatter, list(groups.items()))


class NoCommandError(HubtuiError):
    """The first word is neither a command nor a folder."""

    title = N_("Unknown command")


class WrongUsageError(HubtuiError):
    """An option or argument is wrong, or missing."""

    title = N_("Wrong usage")


@click.group(
    "hubtui",
    cls=Commands,
    invoke_without_command=True,
    subcommand_metavar="[LIBRARY] | COMMAND …",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="\b\nExamples:\n  hubtui\n  hubtui ~/sources --city Harbin\n"
    "  hubtui search cloud computing city:Harbin",
)
@library_option
@screen_options
@click.option("--tour", is_flag=True, help=N_("Show what hubtui can do, in two minutes."))
@click.version_option(__version__, message="hubtui %(version)s")
@click.pass_context
def cli(ctx: click.Context, *, library: Path | None, query: str, city: tuple[str, ...], tour: bool) -> int:
    """Read, search and quote a folder of Chinese and English sources about cities.

    Without a command, the screen opens on LIBRARY: a folder with the sources, or with a folder seeds/ that
    holds them. Without LIBRARY, that is the nearest library from here upwards, else the sample library.
    """
    if ctx.invoked_subcommand is not None:
        opens = ctx.invoked_subcommand == OPEN
        given = {"--tour": tour, "--query": query and not opens, "--city": city and not opens}
        for option in (name for name, is_given in given.items() if is_given):
            raise click.UsageError(_("{option} takes no command.").format(option=option), ctx)
        return DONE
    if not tour:
        return open_with(ctx.obj, library, query, city)
    locate(sample_library())
    status: int = ctx.obj(sample_library(), tour=True)
    return status


def invoke(arguments: list[str], open_screen: Callable[..., int]) -> int:
    """Run the command that the arguments name, and return the exit status.

    Args:
        arguments: The words after the program's name.
        open_screen: Opens the screen on a library, with ``tour=True`` for the tour of it, ``query=`` for the
            query to begin with, and returns an exit status.

    Raises:
        HubtuiError: What went wrong; wrong usage too.
    """
    with ExitStack() as stack:
        stack.enter_context(click_translated())

        def open_with_own_environment(folder: Path, **options: Any) -> int:
            stack.close()  # the programs that the screen starts go by the user's environment
            return open_screen(folder, **options)

        return _run(arguments, open_with_own_environment)


def _run(arguments: list[str], open_screen: Callable[..., int]) -> int:
    # Not cli.main(), which prints a line on Ctrl+C and takes a closed pipe for a failure.
    command = framed(cli)
    completed = complete(command)
    if completed is not None:
        return completed
    try:
        with command.make_context("hubtui", list(arguments), obj=open_screen) as context:
            status = command.invoke(context)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.Abort as interruption:
        raise KeyboardInterrupt from interruption
    except click.ClickException as error:
        context_of = getattr(error, "ctx", None)
        see = _("See: {command} --help").format(command=context_of.command_path if context_of else "hubtui")
        remedy = see if isinstance(error, click.UsageError) else ""
        raise WrongUsageError(error.format_message(), remedy) from error
    return status if isinstance(status, int) else DONE


def _is_there(name: str) -> bool:
    try:
        return Path(name).expanduser().exists()
    except (OSError, ValueError, RuntimeError):  # a name that cannot be one, a user that is none
        return False
