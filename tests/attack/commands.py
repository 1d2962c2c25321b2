"""Every command of hubtui, as it is typed, for tests that let all of them loose on something hostile."""

from collections.abc import Iterator

import click

from hubtui.cli.app import COMMANDS, cli

READING: tuple[str, ...] = (
    "sources",
    "sources --json",
    "sources --format '{path} {title} {author}'",
    "search cloud",
    "search cloud --json",
    "search 云计算",
    "search cloud --facets",
    "search cloud --context 1",
    "passages Harbin",
    "cities",
    "cities --names --countries",
    "concordance cloud",
    "collocates Harbin",
    "compare Harbin Guizhou",
    "show 003",
    "show 003:3",
    "show 003 --json",
    "cite 003:3 --style apa",
    "cite --all --format bibtex",
    "cite --all --format ris",
    "clips list",
    "clips list --json",
    "clips check",
    "clips export",
    "dossier Harbin --most 2",
    "verify draft.md",
    "mentions find draft.md",
    "mentions list",
    "doctor",
    "config show",
    "config path",
    "config schema",
    "completion bash",
    "index",
    "index --rebuild",
)
"""What reads the library and what belongs to it, run in the library's folder, where a ``draft.md`` lies."""

WRITING: tuple[str, ...] = (
    "clips add 003:3 000:4 --tag energy --note draft",
    "clips note {clip} 'for the introduction'",
    "clips tag {clip} land",
    "clips remove {clip}",
    "clips restore {clip}",
    "mentions add 003:3 cloud Harbin",
    "mentions reject 003:3 Guizhou",
    "mentions undo 003:3",
    "correct 003 title='A hub' date=2018-06",
    "correct 003 --undo",
    "config set style apa",
    "config unset style",
)
"""What changes the user's own files, in an order that makes sense; ``{clip}`` is a clipping's id."""

ON_THE_SCREEN: tuple[str, ...] = ("tour",)
"""What opens the screen, and so needs a terminal."""


def commands() -> Iterator[tuple[str, click.Command]]:
    """Yield every command that does something, with what is typed for it."""
    context = cli.make_context("hubtui", [], resilient_parsing=True)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        inner = command.commands if isinstance(command, click.Group) else {}
        yield from ((f"{name} {word}", each) for word, each in inner.items()) if inner else [(name, command)]
