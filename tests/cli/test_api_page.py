"""The examples of docs/api.md give what the page says."""

import doctest
from pathlib import Path

import pytest
from tests.conftest import MakeLibrary

from hubtui.library import Library

PAGE = Path(__file__).resolve().parents[2] / "docs" / "api.md"


def test_the_examples_give_what_the_page_says(seeds_folder: Path) -> None:
    parsed = doctest.DocTestParser().get_doctest(
        PAGE.read_text(encoding="utf-8"), {"folder": seeds_folder}, PAGE.name, str(PAGE), 0
    )
    said: list[str] = []
    results = doctest.DocTestRunner(verbose=False).run(parsed, out=said.append)
    assert results.failed == 0, "".join(said)
    assert results.attempted > 20


def test_every_call_on_the_page_is_there(make_library: MakeLibrary) -> None:
    calls = PAGE.read_text(encoding="utf-8").partition("## The calls")[2]
    names = {
        part.partition("(")[0].strip("` ")
        for row in calls.splitlines()
        if row.startswith("|")
        for part in row.split("`")[1::2]
    }
    library = make_library({})
    called = {name for name in names if name.islower() and not name.endswith((".md", ".toml"))}
    missing = [name for name in called if not callable(_found(library, name))]
    assert len(called) > 30
    assert missing == []


def _found(library: Library, name: str) -> object:
    """Return ``library.NAME``, which may lead through a service; ``None`` where there is none."""
    found: object = library
    for part in name.split("."):
        found = getattr(found, part, None)
    return found


@pytest.mark.parametrize("name", ["Library", "HubtuiError", "__version__"])
def test_what_the_package_offers(name: str) -> None:
    import hubtui  # the package itself is looked at

    assert name in hubtui.__all__
    assert getattr(hubtui, name)
