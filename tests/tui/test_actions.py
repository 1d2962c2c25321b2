"""The registry of actions, and that bindings and documentation agree with it."""

import re
from pathlib import Path

import pytest
from textual.binding import Binding

from hubtui.core.actions import MODAL, TEXT_ENTRY
from hubtui.tui.app import HubtuiApp
from hubtui.tui.bindings import ACTIONS, Action, Where, actions_of, bindings_of, hints_of, key_name
from hubtui.tui.dialogs.companion import CompanionDialog
from hubtui.tui.dialogs.copy_as import CopyDialog
from hubtui.tui.dialogs.export import ExportDialog
from hubtui.tui.dialogs.headings import HeadingsDialog
from hubtui.tui.dialogs.rejection import RejectDialog
from hubtui.tui.dialogs.saved_searches import SearchesDialog
from hubtui.tui.dialogs.settings import SettingsDialog
from hubtui.tui.dialogs.text_dialogs import AnnotationDialog, Dialog
from hubtui.tui.external import LinkDialog
from hubtui.tui.panes.facet_pane import CityList, SourceList
from hubtui.tui.panes.find_bar import FindInput
from hubtui.tui.panes.search_bar import QueryInput
from hubtui.tui.screens.clippings import ClippingsScreen
from hubtui.tui.screens.compare import CompareScreen
from hubtui.tui.screens.concordance import ConcordanceScreen
from hubtui.tui.screens.main import MainScreen
from hubtui.tui.widgets.inputs import FilterInput
from hubtui.tui.widgets.reader import ReaderView
from hubtui.tui.widgets.rows import PassageList

ROOT = Path(__file__).resolve().parents[2]
OWNERS: dict[Where, tuple[type, ...]] = {
    Where.ANYWHERE: (MainScreen,),
    Where.SEARCH: (QueryInput,),
    Where.LISTS: (SourceList, CityList),
    Where.PASSAGES: (PassageList,),
    Where.READER: (ReaderView,),
    Where.DIALOGS: (Dialog,),
    Where.REJECTION: (RejectDialog,),
    Where.COPYING: (CopyDialog,),
    Where.FIND: (FindInput,),
    Where.HEADINGS: (HeadingsDialog,),
    Where.LINK: (LinkDialog,),
    Where.SEARCHES: (SearchesDialog,),
    Where.SETTINGS: (SettingsDialog,),
    Where.CONTEXT: (ConcordanceScreen,),
    Where.COMPARISON: (CompareScreen,),
    Where.COMPANION: (CompanionDialog,),
    Where.CLIPPINGS: (ClippingsScreen,),
    Where.FILTER: (FilterInput,),
    Where.ANNOTATION: (AnnotationDialog,),
    Where.EXPORT: (ExportDialog,),
}


def test_ids_are_unique() -> None:
    ids = [action.id for action in ACTIONS]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("where", Where)
def test_no_key_has_two_meanings_in_one_place(where: Where) -> None:
    keys = [key for action in actions_of(where) for key in action.keys]
    if where is not Where.ANYWHERE and where not in MODAL | TEXT_ENTRY:
        keys += [key for action in actions_of(Where.ANYWHERE) for key in action.keys]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_each_action_can_be_done_where_its_keys_work(action: Action) -> None:
    target, _, name = action.call.partition("(")[0].rpartition(".")
    owners = {"app": (HubtuiApp,), "screen": (MainScreen,)}.get(target, OWNERS[action.where])
    assert all(hasattr(owner, f"action_{name}") for owner in owners)


@pytest.mark.parametrize("where", Where)
def test_bindings_carry_the_actions_ids(where: Where) -> None:
    bindings = [binding for binding in bindings_of(where) if isinstance(binding, Binding)]
    assert [binding.id for binding in bindings] == [action.id for action in actions_of(where)]
    assert [binding for owner in OWNERS[where] for binding in owner.__dict__.get("BINDINGS", bindings)]


def test_the_footer_offers_no_letter_while_a_query_is_typed() -> None:
    assert all(len(action.keys[0]) > 1 for action in hints_of(Where.SEARCH))
    assert hints_of(Where.PASSAGES)[0].hint == "read"


@pytest.mark.parametrize(
    ("key", "name"), [("y", "y"), ("shift+tab", "Shift+Tab"), ("ctrl+d", "Ctrl+D"), ("down", "↓"), ("?", "?")]
)
def test_keys_are_named_as_people_write_them(key: str, name: str) -> None:
    assert key_name(key) == name


def test_the_documentation_lists_exactly_the_registry() -> None:
    text = (ROOT / "docs" / "keys.md").read_text(encoding="utf-8")
    documented: dict[str, list[tuple[str, ...]]] = {}
    heading = ""
    for line in text.splitlines():
        if line.startswith("## "):
            heading = line[3:]
        elif match := re.fullmatch(r"\| (`.+`) \| (.+) \| `(.+)` \|", line):
            documented.setdefault(heading, []).append(match.groups())
    registered = {
        where.value: [
            (" ".join(f"`{key_name(key)}`" for key in action.keys), action.label, action.id)
            for action in actions_of(where)
        ]
        for where in Where
    }
    assert documented == registered
