"""The interface's catalogs say everything that the code says, and are compiled."""

import gettext
import importlib.util
import io
import re
import string
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = sorted((ROOT / "src" / "hubtui" / "locale").glob("*/LC_MESSAGES/hubtui.po"))


def _tool() -> ModuleType:
    found = importlib.util.spec_from_file_location("messages", ROOT / "tools" / "messages.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    return _tool()


@pytest.fixture(scope="module", params=CATALOGUES, ids=lambda path: path.parents[1].name)
def catalog(tool: ModuleType, request: pytest.FixtureRequest) -> Any:
    return tool.read(request.param)


def _texts(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _placeholders(text: str) -> set[str]:
    if "%(" in text:
        return set(re.findall(r"%\(\w+\)\w", text))
    return {name for _text, name, _spec, _how in string.Formatter().parse(text) if name is not None}


def test_there_are_catalogs() -> None:
    assert CATALOGUES


def test_every_message_of_the_code_is_there(tool: ModuleType, catalog: Any) -> None:
    known = {_texts(message.id)[0] for message in catalog}
    wanted = {_texts(message.id)[0] for message in tool.template()}
    assert sorted(wanted - known) == [], "run: make messages"
    assert sorted(known - wanted) == [], "run: make messages"


def test_messages_are_found_wherever_they_are_marked(tool: ModuleType) -> None:
    code = """
def said(n, name):
    first = f"## {_('In an f-string')} {ngettext('{n} hit', '{n} hits', n).format(n=n)}"
    return first + i18n.N_("Over "
                           "two lines") + _(name) + other("not marked") + _("With an {x}", x)
"""
    assert sorted(tool.marked(code), key=str) == [
        ("{n} hit", "{n} hits"),
        "In an f-string",
        "Over two lines",
        "With an {x}",
    ]


def test_every_message_is_translated(catalog: Any) -> None:
    missing = [message.id for message in catalog if message.id and not all(_texts(message.string))]
    assert missing == []
    assert [message.id for message in catalog if message.id and message.fuzzy] == []


def test_placeholders_stay(catalog: Any) -> None:
    for message in catalog:
        if not message.id:
            continue
        expected = _placeholders_of(_texts(message.id)[-1], message)  # of a plural: its general form
        for text in filter(None, _texts(message.string)):
            assert _placeholders_of(text, message) == expected, message.id


def _placeholders_of(text: str, message: Any) -> set[str]:
    """Return the fields of a text that is formatted; one that is not may hold any braces."""
    formatted = {"python-brace-format", "python-format"} & set(message.flags)
    return _placeholders(text) if formatted else set()


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parents[1].name)
def test_the_compiled_catalog_is_that_of_the_source(tool: ModuleType, path: Path) -> None:
    wanted = gettext.GNUTranslations(io.BytesIO(tool.compiled(tool.read(path))))
    with path.with_suffix(".mo").open("rb") as file:
        found = gettext.GNUTranslations(file)
    assert found._catalog == wanted._catalog, "run: make messages"  # type: ignore[attr-defined]
