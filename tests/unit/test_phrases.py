"""Phrases are found on the text itself."""

import pytest

from hubtui.search.text_patterns import phrase_spans
from hubtui.text.analyzer import fold


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("cloud computing", "Cloud  Computing hubs", ["Cloud  Computing"]),
        ("cloud computing", "cloud-computing", ["cloud-computing"]),
        ("cloud computing", "clouds computing", []),
        ("cloud computing", "cloud. Computing", []),
        ("产业互联网", "“產業互聯網”是", ["產業互聯網"]),
        ("产业 互联网", "产业互联网", ["产业互联网"]),
        ("产业互联网", "产业、互联网", []),
        ("1.6万吨", "年产1.6万吨的", ["1.6万吨"]),
        ("阿里云IoT", "阿里云 IoT（物联网）", ["阿里云 IoT"]),
        ("you're", "you’re", ["you’re"]),
        ("，", "a，b", []),
    ],
)
def test_finds(phrase: str, text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in phrase_spans(phrase, fold(text))] == found
