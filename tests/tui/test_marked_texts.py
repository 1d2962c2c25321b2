"""What the screen says is marked for the catalogs: no sentence in the code is only English."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import hubtui.core.actions
import hubtui.core.config
import hubtui.tui

FILES = [
    *sorted(Path(hubtui.tui.__file__).parent.rglob("*.py")),
    Path(hubtui.core.actions.__file__),
    Path(hubtui.core.config.__file__),
]
MARKS = {"_", "N_", "ngettext"}
SHOWN = {
    "content",
    "say",
    "tell",
    "Segment",
    "fit",
    "pad",
    "notify",
    "SystemCommand",
    "Setting",
    "Action",
    "_command",
}
"""What shows the texts it is given."""

_WORD = re.compile(r"[A-Za-z]{2,} |^[A-Z][a-z]+")
_STYLE = re.compile(r"[$]|^(bold|italic|dim)|^\(|^[a-z]+([-_.+][a-z]+)+$|^hubtui$|^screen|^app")


def called(node: ast.AST) -> str:
    """Return the name of what is called, or an empty one."""
    if not isinstance(node, ast.Call):
        return ""
    return getattr(node.func, "id", "") or getattr(node.func, "attr", "")


def unmarked(node: ast.AST, *, shown: bool = False) -> Iterator[str]:
    """Return the words that are shown and not marked."""
    name = called(node)
    if name in MARKS:
        return
    if shown and isinstance(node, ast.Constant) and isinstance(node.value, str):
        if _WORD.search(node.value) and not _STYLE.search(node.value):
            yield node.value
        return
    within = name in SHOWN or (shown and not isinstance(node, ast.Call | ast.Compare | ast.Subscript))
    for child in ast.iter_child_nodes(node):
        of_format = isinstance(node, ast.FormattedValue) and child is node.format_spec
        yield from unmarked(child, shown=within and not of_format)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_text_is_marked(file: Path) -> None:
    found = unmarked(ast.parse(file.read_text(encoding="utf-8")))
    ids = {action.id for action in hubtui.core.actions.ACTIONS} | {
        key for a in hubtui.core.actions.ACTIONS for key in a.keys
    }
    settings = {str(value) for s in hubtui.core.config.SETTINGS for value in (s.key, *s.values)}
    calls = {action.call for action in hubtui.core.actions.ACTIONS}
    assert [text for text in found if text not in ids | settings | calls] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_nothing_is_filled_in_before_it_is_translated(file: Path) -> None:
    calls = [node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if called(node) in MARKS]
    parts = [part for node in calls if isinstance(node, ast.Call) for part in node.args]
    assert [part.lineno for part in parts if isinstance(part, ast.JoinedStr)] == []
