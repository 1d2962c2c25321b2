"""Runs the command line in this process, as a shell would."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from hubtui.cli.run import run


@dataclass(frozen=True)
class Outcome:
    """What a command gave."""

    status: int
    out: str
    err: str


Hubtui = Callable[..., Outcome]


@pytest.fixture
def opened() -> list[Path]:
    """The folders that the screen was opened on."""
    return []


@pytest.fixture
def queries() -> list[str]:
    """The queries that the screen was opened with, one for each of ``opened``."""
    return []


@pytest.fixture
def hubtui(capsys: pytest.CaptureFixture[str], opened: list[Path], queries: list[str]) -> Hubtui:
    """Run hubtui with these arguments; the screen is only noted in ``opened`` and ``queries``."""

    def open_screen(folder: Path, *, tour: bool = False, query: str = "") -> int:
        opened.append(folder / "tour" if tour else folder)
        queries.append(query)
        return 0

    def call(*arguments: str | Path) -> Outcome:
        status = run([str(argument) for argument in arguments], open_screen)
        captured = capsys.readouterr()
        return Outcome(status, captured.out, captured.err)

    return call
