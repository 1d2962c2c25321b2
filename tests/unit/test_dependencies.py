"""Every locked package is named in the documentation, with its licence and what it is for; and no other."""

import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "dependencies.md"
RUN_TIME = ("At run time", "What comes along")
OCR = r"With the extra `hubtui\[ocr\]`"
DEVELOPMENT = (*RUN_TIME, "For development")


def _rows(text: str, *sections: str) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the packages that a row of these sections is about, and its other cells."""
    for section in sections:
        (body,) = re.findall(rf"^## {section}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
        for line in body.splitlines():
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if line.startswith("|") and cells[0] != "package" and not cells[0].startswith("--"):
                names = re.sub(r"\([^)]*\)", "", cells[0]).split(",")
                yield [str(canonicalize_name(name.strip())) for name in names], cells[1:]


def _named(text: str, *sections: str) -> set[str]:
    return {name for names, _cells in _rows(text, *sections) for name in names}


def _locked(*files: str) -> set[str]:
    """Return the packages of lock files, for every platform and Python."""
    return {
        str(canonicalize_name(name))
        for file in files
        for name in re.findall(r"^([\w.-]+)==", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)
    }


def test_what_is_installed_with_hubtui_is_named() -> None:
    assert _locked("constraints.txt") - _named(PAGE.read_text(encoding="utf-8"), *RUN_TIME) == set()


def test_what_is_installed_for_development_is_named() -> None:
    locked = _locked("constraints-dev.txt", "constraints-build.txt")
    assert locked - _named(PAGE.read_text(encoding="utf-8"), *DEVELOPMENT) == set()


def test_nothing_is_named_that_is_not_installed() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert _named(text, *RUN_TIME) - _locked("constraints.txt") == set()
    assert _named(text, "For development") - _locked("constraints-dev.txt", "constraints-build.txt") == set()


def test_what_the_extra_installs_is_named() -> None:
    """What the extra asks for itself, and what that brings where it is installed."""
    named = _named(PAGE.read_text(encoding="utf-8"), *RUN_TIME, OCR)
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "optional-dependencies"
    ]
    wanted, known = list(map(Requirement, extras["ocr"])), set()
    while wanted:
        name = str(canonicalize_name(wanted.pop().name))
        if name in known:
            continue
        known.add(name)
        with suppress(PackageNotFoundError):
            brought = map(Requirement, requires(name) or ())
            wanted += [one for one in brought if one.marker is None or one.marker.evaluate({"extra": ""})]
    assert {"rapidocr", "onnxruntime"} <= known
    assert known - named == set()


def test_each_has_a_licence_and_a_reason() -> None:
    rows = list(_rows(PAGE.read_text(encoding="utf-8"), *DEVELOPMENT, OCR))
    assert len(rows) > 50
    assert [names for names, cells in rows if not all(cells)] == []


@pytest.mark.parametrize("name", ["urllib3", "tld", "textual"])
def test_a_package_that_is_not_named_is_noticed(name: str) -> None:
    text = PAGE.read_text(encoding="utf-8")
    without = "\n".join(line for line in text.splitlines() if not line.startswith(f"| {name} "))
    assert _locked("constraints.txt") - _named(without, *RUN_TIME) == {name}
