"""``hubtui tour`` and ``hubtui --tour`` open the same."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hubtui.core.paths import sample_library

Hubtui = Callable[..., Any]


@pytest.mark.parametrize("word", ["tour", "--tour"])
def test_the_tour_is_of_the_sample_library(hubtui: Hubtui, opened: list[Path], word: str) -> None:
    assert hubtui(word).status == 0
    assert opened == [sample_library() / "tour"]


def test_the_tour_takes_no_command(hubtui: Hubtui, opened: list[Path]) -> None:
    assert hubtui("--tour", "sources").status == 2
    assert opened == []
