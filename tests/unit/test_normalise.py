"""Normalisation: what is stored has no control characters and one form for each character."""

import pytest

from hubtui.text.analyzer import normalise


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("Cafe\u0301", "Café"),
        ("data\u00adbase", "database"),
        ("a\u00a0b\u2009c", "a b c"),
        ("\ufeffa\u200bb\u202ec\u202c", "abc"),
        ("\x1b[31mred\x07", "[31mred"),
        ("全　角", "全　角"),
        ("a\udc80b", "ab"),
        ("tab\tstays", "tab\tstays"),
        ("a" + "\u0327\u0301" * 15, "á" + "\u0327" * 15 + "\u0301" * 14),
    ],
)
def test_normalises(raw: str, stored: str) -> None:
    assert normalise(raw) == stored


def test_a_character_bears_so_many_marks() -> None:
    text = "x" + "\u0327\u0308" * 500_000 + "y"  # to put them all into their order takes hours
    stored = normalise(text)
    assert len(stored) == 31  # ẍ, 29 marks, y
    assert normalise(stored) == stored
    rule = "─" * 100 + "ᎠᎡ" * 50  # characters of the same blocks that are no marks
    assert normalise(rule) == rule
