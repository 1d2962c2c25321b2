"""Folding: what a reader takes as the same becomes the same."""

import pytest

from hubtui.text.fold import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("哈爾濱的雲計算", "哈尔滨的云计算"),
        ("ＡＢＣ１２３", "abc123"),
        ("Café ÜBER", "cafe uber"),
        ("“x” 「y」", '"x" "y"'),
        ("city’s", "city's"),
        ("著名", "著名"),
        ("İstanbul", "istanbul"),
        ("Straße ﬁ ㈱ 𠀀😀", "straße ﬁ ㈱ 𠀀😀"),
    ],
)
def test_folds(text: str, folded: str) -> None:
    assert fold(text) == folded
