"""Widths in cells, and what a terminal is given of a text."""

import pytest

from hubtui.text.cells import MARKS_SHOWN, before, behind, fit, pad, printable, width


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


@pytest.mark.parametrize(
    ("text", "cells", "shown"),
    [
        ("abc", 2, "bc"),
        ("哈尔滨", 3, "滨"),
        ("哈尔滨", 4, "尔滨"),
        ("ae\u0301", 1, "e\u0301"),
        ("", 3, ""),
        ("a", 0, ""),
    ],
)
def test_the_end_of_a_text_that_fits(text: str, cells: int, shown: str) -> None:
    start, taken = before(text, 0, len(text), cells)
    assert (text[start:], taken) == (shown, width(shown))


@pytest.mark.parametrize(
    ("text", "cells", "shown"),
    [("abc", 2, "ab"), ("哈尔滨", 5, "哈尔"), ("e\u0301a", 1, "e\u0301"), ("", 3, "")],
)
def test_the_beginning_of_a_text_that_fits(text: str, cells: int, shown: str) -> None:
    end, taken = behind(text, 0, len(text), cells)
    assert (text[:end], taken) == (shown, width(shown))
