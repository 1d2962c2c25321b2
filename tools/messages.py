"""Brings the interface's catalogs in line with the code: `make messages`.

What is marked with `_`, `N_` or `ngettext`, the help of every command, and click's own words are messages.
New ones are added without a translation, those that are gone leave, and each .po is compiled beside itself.
"""

import ast
import datetime as dt
import inspect
import io
from collections.abc import Iterator
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from hubtui.cli.app import cli

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src" / "hubtui"
CATALOGUES = sorted((SOURCES / "locale").glob("*/LC_MESSAGES/hubtui.po"))
KEYWORDS = {"_": 1, "N_": 1, "ngettext": 2}
"""What marks messages, and how many of its arguments are one."""

_CLICK = ("core", "decorators", "exceptions", "formatting", "parser", "types")
_WIDTH = 110

Message = str | tuple[str, str]


def marked(text: str) -> Iterator[Message]:
    """Yield the messages that a module marks.

    By its syntax tree, which is the same in every Python: by its tokens, those inside f-strings show only
    from Python 3.12 on.
    """
    for call in ast.walk(ast.parse(text)):
        if isinstance(call, ast.Call):
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            texts = call.args[: KEYWORDS.get(name, 0)]
            match [
                one.value for one in texts if isinstance(one, ast.Constant) and isinstance(one.value, str)
            ]:
                case [message]:
                    yield message
                case [singular, plural]:
                    yield singular, plural


def of_code() -> Iterator[Message]:
    """Yield the messages that the code marks."""
    for path in sorted(SOURCES.rglob("*.py")):
        yield from marked(path.read_text(encoding="utf-8"))


def of_help(command: click.Command = cli) -> Iterator[Message]:
    """Return the help texts of a command and all below it, as they stand in the code."""
    options = (option for option in command.params if isinstance(option, click.Option))
    texts = (command.help, command.short_help, *(option.help for option in options))
    yield from (inspect.cleandoc(text) for text in texts if text)
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None:
                yield from of_help(inner)


def of_click() -> Iterator[Message]:
    """Return the messages of click that a user of hubtui can meet."""
    folder = Path(click.__file__).parent
    for name in _CLICK:
        yield from marked((folder / f"{name}.py").read_text(encoding="utf-8"))
    yield "required"  # which click keeps in a variable before it has it translated


def template() -> Catalog:
    """Return all messages, in the order of their texts."""
    catalog = Catalog(charset="utf-8")
    every = dict.fromkeys((*of_code(), *of_help(), *of_click()))
    for message in sorted(every, key=lambda one: one if isinstance(one, str) else one[0]):
        # A text that has a plural somewhere is one message with both forms.
        if not (
            isinstance(message, str) and any(message == two[0] for two in every if isinstance(two, tuple))
        ):
            catalog.add(message)
    return catalog


def read(path: Path) -> Catalog:
    """Read a .po file."""
    with path.open("rb") as file:
        return read_po(file)


def compiled(catalog: Catalog) -> bytes:
    """Return a catalog as a .mo file."""
    # What it would say of its making changes with every run, or is a blank to fill in.
    catalog.creation_date = catalog.revision_date = dt.datetime.fromtimestamp(0, dt.UTC)
    catalog.msgid_bugs_address = catalog.last_translator = catalog.language_team = ""
    target = io.BytesIO()
    write_mo(target, catalog)
    return target.getvalue()


def forms(text: Message | None) -> tuple[str, ...]:
    """Return the forms of a message: one, or one for each plural."""
    return (text or "",) if text is None or isinstance(text, str) else tuple(text)


def main() -> None:
    """Update and compile every catalog; say what is left to translate."""
    wanted = template()
    for path in CATALOGUES:
        catalog = read(path)
        catalog.update(wanted, no_fuzzy_matching=True, update_header_comment=False)
        catalog.obsolete.clear()
        body = io.BytesIO()
        write_po(body, catalog, width=_WIDTH, no_location=True, omit_header=True, ignore_obsolete=True)
        # The header stays as somebody wrote it, with the glossary above it.
        header = path.read_text(encoding="utf-8").partition("\n\n")[0]
        path.write_text(f"{header}\n\n{body.getvalue().decode()}", encoding="utf-8")
        path.with_suffix(".mo").write_bytes(compiled(catalog))
        missing = sum(1 for message in catalog if message.id and not all(forms(message.string)))
        print(f"{path.relative_to(ROOT)}: {len(catalog)} messages, {missing} without a translation")


if __name__ == "__main__":
    main()
