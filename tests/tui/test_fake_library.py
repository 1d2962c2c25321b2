"""The made-up libraries of these tests against the real one: the same methods, called in the same way."""

import inspect
from typing import Any

import pytest
from tests.tui.fake_analysis import analysed
from tests.tui.fake_clippings import KeepingLibrary
from tests.tui.fake_library import FakeLibrary

from hubtui.library import Library
from hubtui.library.analysis import Analysis
from hubtui.library.citations import Citations
from hubtui.library.clippings import Clippings
from hubtui.library.index import LibraryIndex
from hubtui.library.mentions import Mentions
from hubtui.library.opened import OpenedLibrary
from hubtui.library.queries import Queries, SavedSearches
from hubtui.library.reader import SourceReader

SERVICES: dict[str, type] = {
    "analysis": Analysis,
    "citations": Citations,
    "clippings": Clippings,
    "index": LibraryIndex,
    "mentions": Mentions,
    "queries": Queries,
    "reader": SourceReader,
    "searches": SavedSearches,
}
OWN = {"add", "before_whole"}
"""What only the tests ask of a library."""


def methods_of(fake: Any) -> dict[str, Any]:
    """What a made-up object answers."""
    found = inspect.getmembers(fake, lambda member: inspect.isfunction(member) or inspect.ismethod(member))
    return {name: method for name, method in found if not name.startswith("_")}


def parameters(function: Any) -> list[tuple[str, Any, Any]]:
    """The parameters of a function but for its types, without ``self``."""
    found = inspect.signature(function).parameters.values()
    return [(one.name, one.kind, one.default) for one in found if one.name != "self"]


def fakes() -> list[Any]:
    """Each made-up method with the class whose method it stands for."""
    found: dict[str, Any] = {}
    for library in (analysed(FakeLibrary()), KeepingLibrary()):
        for name, method in methods_of(library).items():
            if name not in OWN:
                found[name] = (Library, name, method)
        for service, real in SERVICES.items():
            for name, method in methods_of(getattr(library, service, None)).items():
                owner = real if hasattr(real, name) else OpenedLibrary  # which some calls go through to
                found[f"{service}.{name}"] = (owner, name, method)
    return [pytest.param(*one, id=id_) for id_, one in sorted(found.items())]


@pytest.mark.parametrize(("real", "name", "made_up"), fakes())
def test_a_made_up_method_is_called_as_the_real_one(real: type, name: str, made_up: Any) -> None:
    method = inspect.getattr_static(real, name)
    assert inspect.isfunction(method), f"{real.__name__} has no method {name}"
    assert parameters(made_up) == parameters(method)


def test_every_service_that_the_screen_uses_is_compared() -> None:
    names = {param.id for param in fakes()}
    assert {
        "search",
        "index.sync_in_subprocess",
        "clippings.add",
        "analysis.concordance",
        "analysis.compare",
        "mentions.reject",
        "queries.highlights",
        "reader.read_part",
        "citations.quote",
        "searches.save",
    } <= names
