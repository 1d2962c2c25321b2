"""Write ``src/hubtui/places/data/common_words.txt``: words of two characters that can overlap a place's name.

Source: the dictionary of ``jieba`` (MIT). Words that are names themselves are left out, and so are those
that neither end with the first character of a name nor begin with its last.

Run from the project's root, after the other scripts: ``python tools/gazetteer/build_words.py``.
"""

import csv
from importlib.util import find_spec
from pathlib import Path

from common import DATA

RAREST = 100
NAMES = ("ns", "nr", "nz", "nt")


def short_names() -> set[str]:
    """The Chinese names of the table of China."""
    lines = (DATA / "cn.tsv").read_text(encoding="utf-8").splitlines()
    return {row["zh"] for row in csv.DictReader(lines[1:], delimiter="\t")}


def main() -> None:
    """Pick the words."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise SystemExit("pip install jieba")
    names = short_names()
    firsts, lasts = {name[0] for name in names}, {name[-1] for name in names}
    words = []
    for line in Path(spec.origin).with_name("dict.txt").read_text(encoding="utf-8").splitlines():
        word, count, tag = line.split(" ")
        overlaps = len(word) == 2 and (word[0] in lasts or word[1] in firsts)
        if overlaps and int(count) >= RAREST and not tag.startswith(NAMES) and word not in names:
            words.append(word)
    title = "# Made by tools/gazetteer/build_words.py from the dictionary of jieba (MIT)."
    (DATA / "common_words.txt").write_text("\n".join([title, *sorted(words)]) + "\n", encoding="utf-8")
    print(len(words), "words")


if __name__ == "__main__":
    main()
