"""Other signs for terminals that cannot show ours."""

import locale
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.segment import Segment
from textual.color import Color

from hubtui.core.config import Config
from hubtui.text.cells import count_ambiguous_as, width
from hubtui.tui.ascii_fallback import AsciiFilter, ambiguous_cells, needs_ascii, sign_filter

FILE = Path("config.toml")


@pytest.fixture
def _narrow() -> Iterator[None]:
    yield
    count_ambiguous_as(1)


def config(monkeypatch: pytest.MonkeyPatch, encoding: str, stream: str = "utf-8", **said: Any) -> Config:
    class Stream:
        encoding = stream

    monkeypatch.setattr(locale, "getencoding", lambda: encoding)
    monkeypatch.setattr(sys, "__stderr__", Stream())
    return Config(FILE, **said)


@pytest.mark.parametrize(
    ("encoding", "stream", "said", "ascii_only"),
    [
        ("UTF-8", "utf-8", "auto", False),
        ("GB18030", "gb18030", "auto", False),
        ("ANSI_X3.4-1968", "utf-8", "auto", True),
        ("UTF-8", "ascii", "auto", True),
        ("ISO-8859-1", "latin-1", "auto", True),
        ("no such encoding", "utf-8", "auto", True),
        ("UTF-8", "utf-8", True, True),
        ("ISO-8859-1", "latin-1", False, False),
    ],
)
def test_ascii_where_the_encoding_has_no_more(
    monkeypatch: pytest.MonkeyPatch,
    encoding: str,
    stream: str,
    said: Any,
    ascii_only: bool,  # a parameter
) -> None:
    assert needs_ascii(config(monkeypatch, encoding, stream, ascii=said)) is ascii_only


@pytest.mark.parametrize(
    ("encoding", "said", "cells"),
    [
        ("UTF-8", "auto", 1),
        ("GBK", "auto", 2),
        ("EUC-JP", "auto", 2),
        ("Big5", "auto", 2),
        ("UTF-8", 2, 2),
        ("GBK", 1, 1),
    ],
)
def test_ambiguous_signs(monkeypatch: pytest.MonkeyPatch, encoding: str, said: Any, cells: int) -> None:
    assert ambiguous_cells(config(monkeypatch, encoding, ambiguous_width=said)) == cells


def test_a_terminal_that_can_show_all_needs_no_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sign_filter(config(monkeypatch, "UTF-8")) is None


@pytest.mark.usefixtures("_narrow")
@pytest.mark.parametrize("cells", [1, 2])
def test_what_is_drawn_and_written_becomes_ascii_of_the_same_width(cells: int) -> None:
    count_ambiguous_as(cells)
    plain = AsciiFilter(writing=True)
    ours = "╭─╮│╰╯├┤━┃═║▌▐█▉▊▋▍▎▏▁▂▃▄▅▆▇▔▀░▒▓…·•–—×¶←↑→↓▲▼◀▶●○✓✗“”‘’"
    for sign in ours:
        assert plain.plain(sign).isascii(), sign
        assert width(plain.plain(sign)) == width(sign), sign
    assert plain.plain("哈尔滨，é") == "哈尔滨，é"


def test_what_is_drawn_alone_where_two_cells_would_tear_it() -> None:
    assert AsciiFilter(writing=False).plain("╭─ 5 · 3 ─╮") == "+- 5 · 3 -+"


def test_styles_stay() -> None:
    line = [Segment("│", None), Segment("abc", None)]
    assert AsciiFilter(writing=True).apply(line, Color(0, 0, 0)) == [Segment("|", None), Segment("abc", None)]
