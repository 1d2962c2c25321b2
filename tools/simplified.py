"""Write the table of Traditional characters and their Simplified forms, by OpenCC's ``t2s``."""

import unicodedata
from collections.abc import Iterator

from opencc import OpenCC

from hubtui.text.analyzer import SIMPLIFIED, is_han


def pairs() -> Iterator[tuple[str, str]]:
    """Yield each Han character that has another Simplified form of one character, with that form."""
    convert = OpenCC("t2s").convert
    for code in range(0x3000, 0x32400):
        character = chr(code)
        if is_han(character) and unicodedata.normalize("NFKC", character) == character:
            simplified = convert(character)
            if simplified != character and len(simplified) == 1:
                yield character, simplified


def main() -> None:
    """Write the table."""
    found = list(pairs())
    rows = ("".join(one for one, _ in found), "".join(other for _, other in found))
    SIMPLIFIED.write_text("\n".join(rows) + "\n", encoding="utf-8")
    print(f"{SIMPLIFIED.name}: {len(found)} characters")


if __name__ == "__main__":
    main()
