"""Widths in cells, and what a terminal is given of a text."""

import pytest

from hubtui.text.cells import MARKS_SHOWN, fit, pad, printable, width


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain [A] text", "plain [A] text"),
        ("tab\tand\nline", "tab and line"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x1b]52;c;aGk=\x07", "]52;c;aGk="),
        ("\u202eevil\u202c", "evil"),
        ("soft\u00adhyphen, zero\u200bwidth, joi\u200dner", "softhyphen, zerowidth, joiner"),
        ("no\u00a0break", "no break"),
        ("\u3000　首行", "\u3000　首行"),
        ("e\u0301", "e\u0301"),
        ("❤\ufe0f", "❤"),
        ("\ud800", ""),
    ],
)
def test_only_what_a_terminal_shows_as_it_stands_is_left(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_a_pile_of_combining_marks_is_cut_down() -> None:
    shown = printable("a" + "\u0301" * 10_000 + "b")
    assert shown == "a" + "\u0301" * MARKS_SHOWN + "b"


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("Harbin", 6),
        ("哈尔滨", 6),
        ("云, cloud", 9),
        ("e\u0301", 1),
        ("a\tb", 3),
        ("\u202e", 0),
        ("（）", 4),
    ],
)
def test_widths(text: str, cells: int) -> None:
    assert width(text) == cells


@pytest.mark.parametrize(
    ("text", "cells", "fitted"),
    [
        ("Harbin", 6, "Harbin"),
        ("Harbin", 5, "Harb…"),
        ("哈尔滨", 5, "哈尔…"),
        ("哈尔滨", 4, "哈…"),
        ("哈尔滨", 1, "…"),
        ("哈尔滨", 0, ""),
        ("a b", 2, "a…"),
        ("with spaces", 6, "with…"),
    ],
)
def test_a_text_is_cut_to_fit(text: str, cells: int, fitted: str) -> None:
    assert fit(text, cells) == fitted


def test_a_text_is_filled_to_an_exact_width() -> None:
    assert pad("哈尔滨", 5) == "哈尔…"
    assert pad("哈尔滨", 4) == "哈… "
    assert pad("Harbin", 8) == "Harbin  "
