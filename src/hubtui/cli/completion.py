"""Completion in the shell: of commands and options by click, of sources, cities, styles and filters here."""

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hubtui.cli import COMPLETE_VARIABLE
from hubtui.cli.console import one_line
from hubtui.core.paths import library_folder, locate

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

SHELLS = ("bash", "zsh", "fish")
_MOST = 200
_SIGNS = " '\"\\()&;|<>$`!*?[]{}"

Completer = Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]


def complete(command: click.Command) -> int | None:
    """Answer a shell that asks for completions, and return the exit status; ``None`` when none asks."""
    asked = os.environ.get(COMPLETE_VARIABLE)
    if not asked:
        return None
    from click.shell_completion import shell_complete  # deferred: shells ask rarely

    return shell_complete(command, {}, "hubtui", COMPLETE_VARIABLE, asked)


def script(command: click.Command, shell: str) -> str:
    """Return the script that enables completion in a shell."""
    from click.shell_completion import get_completion_class  # deferred: see above

    known = get_completion_class(shell)
    if known is None:
        raise ValueError(shell)
    return known(command, {}, "hubtui", COMPLETE_VARIABLE).source()


def completer(parameter: click.Parameter) -> Completer | None:
    """Return the completer of a parameter, by its name; ``None`` to leave it to click."""
    return _COMPLETERS.get(parameter.name or "")


def _sources(context: click.Context) -> Iterator[str]:
    from hubtui.index.catalog_names import listed_sources  # deferred: see above

    yield from listed_sources(_index(context))


def _cities(context: click.Context) -> Iterator[str]:
    from hubtui.index.catalog_names import listed_names  # deferred: see above

    yield from listed_names(_index(context))


def _styles(_context: click.Context) -> Iterator[str]:
    from hubtui.citation.styles import style_ids  # deferred: see above

    yield from style_ids()


def _words(context: click.Context) -> Iterator[str]:
    """Yield filters for a query, those of cities and sources with their values."""
    from hubtui.search.filters import FILTERS
    from hubtui.search.parser import quoted  # deferred: see above

    values = {"city": _cities, "source": _sources}
    typed: tuple[str, ...] = context.params.get("query") or ()
    last, sign = ("", "", *typed)[-2:]
    if sign == ":" and last in values:  # bash takes a colon for the end of a word
        yield from map(quoted, values[last](context))
        return
    if sign in values:
        yield from (f":{quoted(value)}" for value in values[sign](context))
    yield from (f"{name}:" for name in FILTERS)
    for name, known in values.items():
        yield from (f"{name}:{quoted(value)}" for value in known(context))


def _index(context: click.Context) -> Path:

    named = context.params.get("library")
    return locate(library_folder(Path(named) if named else None)).index


def _completing(candidates: Callable[[click.Context], Iterator[str]]) -> Completer:
    def found(context: click.Context, _parameter: click.Parameter, begun: str) -> "list[CompletionItem]":
        from itertools import islice  # deferred: see above

        from click.shell_completion import CompletionItem  # see above

        from hubtui.core.errors import HubtuiError  # see above

        wanted = begun.replace("\\", "").strip("'\"").casefold()
        try:
            fitting = [word for word in candidates(context) if word.casefold().startswith(wanted)]
        except HubtuiError:  # a library that is none has nothing to offer; the command itself will say so
            return []
        return [CompletionItem(_written(one_line(word))) for word in islice(fitting, _MOST)]

    return found


def _written(word: str) -> str:
    """Return a word as it is typed: zsh and fish quote by themselves, bash does not."""
    if not os.environ.get(COMPLETE_VARIABLE, "").startswith("bash"):
        return word
    return "".join(f"\\{sign}" if sign in _SIGNS else sign for sign in word)


_COMPLETERS: Mapping[str, Completer] = {
    "addresses": _completing(_sources),
    "name": _completing(_sources),
    "passage": _completing(_sources),
    "source": _completing(_sources),
    "city": _completing(_cities),
    "cities": _completing(_cities),
    "queries": _completing(_words),
    "query": _completing(_words),
    "style": _completing(_styles),
}
