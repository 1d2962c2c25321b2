"""East Asian Ambiguous characters count as one cell or two, everywhere alike."""

from collections.abc import Iterator

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from textual.content import Content
from textual.strip import Strip

from hubtui.text.cells import DRAWN, count_ambiguous_as, fit, pad, width, wrap

TEXTS = (
    "“云计算”……“好”",
    "α·β·γ – ①②③",
    "Zürich, São Paulo, ¶3 × 4°",
    "plain",
    "哈尔滨",
    "e\u0301…",
    "→ ↓ █▌│",
)


@pytest.fixture(params=[1, 2])
def cells(request: pytest.FixtureRequest) -> Iterator[int]:
    count_ambiguous_as(request.param)
    yield request.param
    count_ambiguous_as(1)


def test_signs_take_as_many_cells_as_is_said(cells: int) -> None:
    for sign in "“”‘’…·—–①×¶°α→↓":
        assert width(sign) == cells, sign
    assert width("云，a 。") == 2 + 2 + 1 + 1 + 2


def test_frames_stay_one_cell_wide(cells: int) -> None:
    assert cells
    assert all(width(chr(code)) == cell_len(chr(code)) == 1 for code in DRAWN)


@pytest.mark.parametrize("text", TEXTS)
def test_all_count_alike(cells: int, text: str) -> None:
    assert cells
    assert width(text) == cell_len(text) == Content(text).cell_length == Strip([Segment(text)]).cell_length


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("room", [1, 2, 3, 7, 12])
def test_what_is_cut_and_filled_fits(cells: int, text: str, room: int) -> None:
    assert cells
    assert width(fit(text, room)) <= room
    assert width(pad(text, room)) == room
    widest = max(width(character) for character in text)
    assert all(width(text[start:end]) <= max(room, widest) for start, end in wrap(text * 3, room))


def test_control_characters_count_as_before(cells: int) -> None:
    assert cells
    assert cell_len("a\x00b") == 2
