"""Detect the language of a text: by its script, then by characters or function words."""

import re
from collections import Counter
from functools import cache

_SAMPLE = 6000
"""Characters that decide about a document."""

_HAN = re.compile("[\u4e00-\u9fff\u3400-\u4dbf]+")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+")
_OTHER = re.compile("[\u0370-\u1dff\u3041-\u30fa\uac00-\ud7a3]")
_SCRIPTS = (
    ("han", _HAN),
    ("kana", re.compile("[\u3041-\u30fa]+")),
    ("ko", re.compile("[\uac00-\ud7a3]+")),
    ("latin", _LATIN),
    ("cyrillic", re.compile("[\u0400-\u052f]+")),
    ("ar", re.compile("[\u0600-\u06ff]+")),
    ("he", re.compile("[\u0590-\u05ff]+")),
    ("el", re.compile("[\u0370-\u03ff]+")),
    ("th", re.compile("[\u0e00-\u0e7f]+")),
    ("hi", re.compile("[\u0900-\u097f]+")),
)
_WEIGHTS = {"latin": 0.25, "cyrillic": 0.25, "el": 0.25, "ar": 0.3, "he": 0.3, "th": 0.3}
"""What a letter says, against the 1 of a Chinese character: a word takes about four letters."""

# The commonest function words, chosen so that each language has some that its neighbours lack.
_FUNCTION_WORDS = {
    "en": "the of and to in is that for it was with as his on be at by this had are but from have they which",
    "de": "der die und das den von zu ist mit des sich auf für nicht ein eine dem auch als wird sind bei wie",
    "fr": "le la les des et en un une du est que dans qui pour pas sur avec au il sont ce plus par aux",
    "es": "el la los las de que y en un una es por con para del se no su al como más pero sus está",
    "pt": "o a os as de que e em um uma é por com para do da não se na no mais como dos das ao",
    "it": "il la di che e un una è per con del della non si gli le dei nel sono anche alla come più",
    "nl": "de het een van en in is dat op te zijn met voor niet aan er ook als bij door maar om naar",
    "sv": "och att det i en som på är av för med den till inte om ett har de var sig från",
    "da": "og at det i en som på er af for med den til ikke et har de var sig fra også",
    "pl": "i w na z do się nie że to jest o jak po co za od przez są ale dla był",
    "cs": "a v se na je že s z do to o i ve pro jako by za po jsou ale není",
    "hu": "a az és hogy nem is egy ez meg de csak volt mint már még van ki el",
    "tr": "ve bir bu da de için ile çok olarak daha ne kadar gibi olan sonra en var",
    "vi": "và của là có trong được cho các một không người những với để này đã khi đến",
    "id": "yang dan di dari untuk dengan ini pada tidak dalam adalah itu akan ke oleh",
}
_MORE = {"ru": "ыэъё", "uk": "іїєґ", "bg": "ъщ"}


def language_of(text: str) -> str:
    """Return the language of ``text`` as a BCP 47 tag, or ``""`` where it can't be told.

    Chinese is ``zh-Hans`` or ``zh-Hant``; ``zh`` where no character decides between them.
    """
    sample = text[:_SAMPLE]
    script = _script(sample)
    if script == "han":
        return _chinese(sample)
    if script == "latin":
        return _latin(sample)
    return _cyrillic(sample) if script == "cyrillic" else script


def paragraph_language(text: str, document: str) -> str:
    """Return a paragraph's language: the document's, unless its script or its words clearly say otherwise."""
    if not document:
        return language_of(text)
    script = _script(text[:400])
    if not script or _FAMILY.get(document.partition("-")[0], document) == script:
        return document
    return language_of(text) or document


_FAMILY = {"zh": "han", "ru": "cyrillic", "uk": "cyrillic", "bg": "cyrillic"} | dict.fromkeys(
    _FUNCTION_WORDS, "latin"
)


def _script(sample: str) -> str:
    """Return the script that most of a text is in, or ``""``."""
    if not _OTHER.search(sample):
        han, latin = _count(_HAN, sample), _count(_LATIN, sample) * _WEIGHTS["latin"]
        return "han" if han > latin else "latin" if latin else ""
    counts = {name: _count(pattern, sample) * _WEIGHTS.get(name, 1) for name, pattern in _SCRIPTS}
    if counts["kana"] > 0.1 * counts["han"] and counts["kana"] > counts["latin"]:
        return "ja"
    del counts["kana"]
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] else ""


def _count(letters: re.Pattern[str], sample: str) -> int:
    """Count the characters of a text that are in the runs that a pattern matches."""
    return sum(map(len, letters.findall(sample)))


def _chinese(sample: str) -> str:
    leaning = sum(map(_LEANINGS.__getitem__, set(sample)))
    return "zh-Hans" if leaning > 0 else "zh-Hant" if leaning < 0 else "zh"


class _Leanings(dict[str, int]):
    """1 for a character that only GB/T 2312 (Simplified) has, -1 for one that only Big5 (Traditional) has."""

    def __missing__(self, character: str) -> int:
        in_gb, in_big5 = (character.encode(standard, "ignore") != b"" for standard in ("gb2312", "big5"))
        self[character] = in_gb - in_big5 if "\u4e00" <= character <= "\u9fff" else 0
        return self[character]


_LEANINGS = _Leanings()


@cache
def _vocabulary() -> dict[str, frozenset[str]]:
    return {language: frozenset(words.split()) for language, words in _FUNCTION_WORDS.items()}


def _latin(sample: str) -> str:
    words = re.findall(r"[^\W\d_]+", sample.casefold())
    held = Counter(words)
    counts = {
        language: sum(held[word] for word in known & held.keys()) for language, known in _vocabulary().items()
    }
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] >= max(1, len(words) // 12) else ""


def _cyrillic(sample: str) -> str:
    text = sample.casefold()
    counts = {language: sum(map(text.count, letters)) for language, letters in _MORE.items()}
    if counts["uk"]:
        return "uk"
    return "ru" if counts["ru"] > counts["bg"] // 2 and any(letter in text for letter in "ыэё") else "bg"
