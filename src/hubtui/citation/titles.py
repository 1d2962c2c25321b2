"""Titles as English styles write them: capitals, quotation marks, the mark that follows.

Only :func:`title_case` changes letters, and only for titles in English; the words of a title are never
touched otherwise.
"""

import re

from hubtui.citation.punctuation import ends_sentence

# The stop words of title case in CSL 1.0.2, and those that its implementations add.
_SMALL_LIST = """
a about an and as at but by c ca d de down for from in into nor of on onto or over so the till to up van via
von vs with without yet
"""
_SMALL = frozenset(_SMALL_LIST.split())

_WORD = re.compile(r"[^\s‐-]+")
_OPENING = "“‘\"'([{«「『《¿¡"
_NEW_SENTENCE = re.compile(r"[:.?!…][”’\"')\]]*\s*$")
# A full stop that ends no sentence: *U.S.*, *e.g.*, *vs.*, *Dr.*.
_ABBREVIATED = re.compile(
    r"(?<!\w)(?:(?:[^\W\d_]\.){2,}|(?:vs?|mrs?|ms|dr|st|vol|inc|co|ltd|corp|[js]r)\.)\s*$", re.IGNORECASE
)
_TURNED = re.compile(r"(?<=\w)‘(?=(?:s|t|d|m|re|ve|ll)\b)")
_SINGLE_QUOTED = re.compile(r"(?<!\w)‘([^‘’]*(?:’\w[^‘’]*)*)’(?!\w)")


def title_case(title: str) -> str:
    """Give an English title the capitals of title case.

    A word that has a capital already is left alone, as in *iPhone*; so is one of a single letter before a
    hyphen, as in *e-commerce*. The first and the last word and those after a colon have a capital always.
    """
    words = list(_WORD.finditer(title))
    pieces, end = [], 0
    for number, word in enumerate(words):
        before = title[end : word.start()]
        leads = number == 0 or _begins_sentence(title, word.start())
        last = number == len(words) - 1 and number > 0
        lone = len(word[0]) == 1 and title[word.end() : word.end() + 1] in ("-", "‐")
        pieces += [before, word[0] if lone and not leads else _capitalised(word[0], always=leads or last)]
        end = word.end()
    return "".join(pieces) + title[end:]


def _begins_sentence(title: str, start: int) -> bool:
    nearest = max(0, start - 12)
    ends = _NEW_SENTENCE.search(title, nearest, start)
    return bool(ends) and not _ABBREVIATED.search(title, nearest, start)


def _capitalised(word: str, *, always: bool) -> str:
    bare = word.strip(_OPENING + ".,;:?!”’)]}»」』》")
    if not bare.islower() or "/" in bare or not bare[0].isalpha() or (bare in _SMALL and not always):
        return word
    return word.replace(bare, bare[0].upper() + bare[1:], 1)


def typographic(text: str) -> str:
    """Replace straight quotation marks and apostrophes by curly ones."""
    text = re.sub(r'(?<![\w.,;:?!’)\]])"', "“", text).replace('"', "”")
    text = re.sub(r"(?<![\w.,;:?!”)\]])'(?=\w[^']*(?<=\w)'(?!\w))", "‘", text)
    return text.replace("'", "’")


def turned(text: str) -> str:
    """Turn an apostrophe that stands the wrong way, as in *Harbin‘s*.

    Only before the endings of English words: in *Hawai‘i* the sign is a letter.
    """
    return _TURNED.sub("’", text)


def is_supplied(title: str) -> bool:
    """Whether a title is a designation in square brackets, not the work's own."""
    return title.startswith("[") and title.endswith("]")


def quoted(title: str, mark: str) -> str:
    """Put a title into double quotation marks, with the mark that follows it inside.

    Quotation marks in the title become single ones. No mark is added to a title that ends with one of
    its own. A designation in square brackets is not quoted.
    """
    if not title or is_supplied(title):
        return title and title + mark
    return f"“{_single(marked(title, mark))}”"


def marked(title: str, mark: str) -> str:
    """Give a title with the mark that follows it, inside a closing quotation mark of its own."""
    if not title or ends_sentence(title):
        return title
    bare = title.rstrip("”’")
    if title.count("“") != title.count("”") or "”" not in title[len(bare) :]:
        return title + mark
    return bare + mark + title[len(bare) :]


def _single(text: str) -> str:
    inner = _SINGLE_QUOTED.sub("\ue000\\1\ue001", text)
    return inner.translate(str.maketrans("“”\ue000\ue001", "‘’“”"))
