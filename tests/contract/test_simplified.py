"""The table of Simplified characters says what OpenCC says, but for the variants that OpenCC leaves alone."""

import unicodedata

from opencc import OpenCC

from hubtui.text.analyzer import VARIANTS, fold, is_han


def test_each_han_character_is_folded_as_opencc_simplifies_it() -> None:
    convert = OpenCC("t2s").convert
    wrong = []
    for code in range(0x3000, 0x32400):
        if not 0xD800 <= code < 0xE000 and is_han(chr(code)):
            plain = unicodedata.normalize("NFKC", chr(code))
            plain = VARIANTS.get(plain, plain)
            simplified = convert(plain)
            if fold(chr(code)) != (simplified if len(simplified) == 1 else plain):
                wrong.append(chr(code))
    assert wrong == []
