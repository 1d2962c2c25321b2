"""The made-up library of the screen's tests is called as the real one is."""

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import MakeLibrary
from tests.tui.analysed import FakeAnalysis
from tests.tui.fake_library import (
    FakeCitations,
    FakeIndex,
    FakeLibrary,
    FakeMentions,
    FakeQueries,
    FakeReader,
    FakeSearches,
)
from tests.tui.keeping import FakeClippings, keeping

from hubtui.library import Library
from hubtui.library.analysis import Analysis
from hubtui.library.citations import Citations
from hubtui.library.clippings import Clippings
from hubtui.library.index import LibraryIndex
from hubtui.library.mentions import Mentions
from hubtui.library.queries import Queries
from hubtui.library.reader import SourceReader
from hubtui.library.searches import SavedSearches

PAIRS: list[tuple[type, type]] = [
    (FakeLibrary, Library),
    (FakeAnalysis, Analysis),
    (FakeCitations, Citations),
    (FakeClippings, Clippings),
    (FakeIndex, LibraryIndex),
    (FakeMentions, Mentions),
    (FakeQueries, Queries),
    (FakeReader, SourceReader),
    (FakeSearches, SavedSearches),
]
FOR_TESTS = {"add"}
"""Of :class:`FakeLibrary` alone."""


def methods(kind: type) -> Iterator[tuple[str, Any]]:
    for name, member in inspect.getmembers(kind, inspect.isfunction):
        if not name.startswith("_") and not (kind is FakeLibrary and name in FOR_TESTS):
            yield name, member


def shape(function: Any) -> list[tuple[str, Any, Any]]:
    parameters = inspect.signature(function).parameters.values()
    return [(one.name, one.kind, one.default) for one in parameters]


@pytest.mark.parametrize(("fake", "real"), PAIRS)
def test_what_is_made_up_takes_what_the_real_one_takes(fake: type, real: type) -> None:
    checked = dict(methods(fake))
    assert checked
    for name, method in checked.items():
        assert shape(method) == shape(getattr(real, name)), name


def test_each_service_of_the_made_up_library_is_one_of_the_real_one(
    tmp_path: Path, make_library: MakeLibrary
) -> None:
    fake, real = keeping(tmp_path), make_library({})
    kinds = {made: kind for made, kind in PAIRS if made is not FakeLibrary}
    services = {name: kinds[type(one)] for name, one in vars(fake).items() if type(one) in kinds}
    assert len(services) == len(kinds) - 1  # analysis is added where it is asked for
    for name, kind in services.items():
        assert isinstance(getattr(real, name), kind), name
