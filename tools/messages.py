"""Brings the interface's catalogues in line with the code: `make messages`.

What is marked with `_`, `N_` or `ngettext`, the help of every command, and click's own words are messages.
New ones are added without a translation, those that are gone leave, and each .po is compiled beside itself.
"""

import datetime as dt
import inspect
import io
from collections.abc import Iterator
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from hubtui.cli.app import cli

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src" / "hubtui"
CATALOGUES = sorted((SOURCES / "locale").glob("*/LC_MESSAGES/hubtui.po"))
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
_CLICK = ("core", "decorators", "exceptions", "formatting", "parser", "types")
_WIDTH = 110

Message = str | tuple[str, str]


def of_code() -> Iterator[Message]:
    """Give the messages that the code marks."""
    for _file, _line, message, _comments, _context in extract_from_dir(
        str(SOURCES), method_map=[("**.py", "python")], keywords=KEYWORDS
    ):
        yield message if isinstance(message, str) else (message[0], message[1])


def of_help(command: click.Command = cli) -> Iterator[Message]:
    """Give the help texts of a command and all below it, as they stand in the code."""
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
    """Give the messages of click that a user of hubtui can meet."""
    folder = Path(click.__file__).parent
    found = extract_from_dir(str(folder), method_map=[("**.py", "python")], keywords=KEYWORDS)
    for file, _line, message, _comments, _context in found:
        if Path(file).stem in _CLICK:
            yield message if isinstance(message, str) else (message[0], message[1])


def template() -> Catalog:
    """Give all messages, in the order of their texts."""
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
    """Give a catalogue as a .mo file."""
    # What it would say of its making changes with every run, or is a blank to fill in.
    catalog.creation_date = catalog.revision_date = dt.datetime.fromtimestamp(0, dt.UTC)
    catalog.msgid_bugs_address = catalog.last_translator = catalog.language_team = ""
    target = io.BytesIO()
    write_mo(target, catalog)
    return target.getvalue()


def forms(text: Message | None) -> tuple[str, ...]:
    """Give the forms of a message: one, or one for each plural."""
    return (text or "",) if text is None or isinstance(text, str) else tuple(text)


def main() -> None:
    """Update and compile every catalogue; say what is left to translate."""
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
