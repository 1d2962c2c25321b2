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
    ],
)
def test_normalises(raw: str, stored: str) -> None:
    assert normalise(raw) == stored
