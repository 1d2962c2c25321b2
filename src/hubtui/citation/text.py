"""Text of citations: punctuation, title case, quotation marks, ranges of pages, ordinal numbers."""

import re
from collections.abc import Iterable

_CLOSING = "\"'”’»」』"
_STOPS = ".?!…。？！．"


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends with a mark that ends a sentence, perhaps inside quotation marks."""
    return text.rstrip(_CLOSING)[-1:] in tuple(_STOPS)


def with_stop(text: str, stop: str = ".") -> str:
    """Append a full stop, unless the text ends like a sentence already."""
    return text if not text or ends_sentence(text) else text + stop


def join_sentences(parts: Iterable[str]) -> str:
    """Join the parts that are not empty as sentences, each with its full stop."""
    return " ".join(with_stop(part) for part in parts if part)


def upper_case(letter: str) -> str:
    """Return the capital of a letter; one that has no capital of one letter (ß) stays as it is."""
    capital = letter.upper()
    return capital if len(capital) == 1 else letter


def capitalize(text: str) -> str:
    """Capitalize the first letter, unless the first word has capitals of its own (bioRxiv) or a colon."""
    first = text.split(" ", 1)[0]
    return upper_case(text[:1]) + text[1:] if first.islower() and ":" not in first else text


def join_parts(parts: Iterable[str], delimiter: str = ", ") -> str:
    """Join the parts that are not empty."""
    return delimiter.join(part for part in parts if part)


def with_locator(source: str, locator: str) -> str:
    """Append a locator to where a work was published; alone, it starts the sentence with a capital."""
    return join_parts((source, locator)) if source else capitalize(locator)


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
    """Convert an English title to title case.

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
    return word.replace(bare, upper_case(bare[0]) + bare[1:], 1)


def curly_quotes(text: str) -> str:
    """Replace straight quotation marks and apostrophes by curly ones."""
    text = re.sub(r'(?<![\w.,;:?!’)\]])"', "“", text).replace('"', "”")
    text = re.sub(r"(?<![\w.,;:?!”)\]])'(?=\w[^']*(?<=\w)'(?!\w))", "‘", text)
    return text.replace("'", "’")


def fix_apostrophes(text: str) -> str:
    """Correct apostrophes that are opening quotation marks, as in *Harbin‘s*.

    Only before the endings of English words: in *Hawai‘i* the sign is a letter.
    """
    return _TURNED.sub("’", text)


def is_supplied_title(title: str) -> bool:
    """Whether a title is a designation in square brackets, not the work's own."""
    return title.startswith("[") and title.endswith("]")


def quote_title(title: str, mark: str) -> str:
    """Put a title into double quotation marks, with the mark that follows it inside.

    Quotation marks in the title become single ones. No mark is added to a title that ends with one of
    its own. A designation in square brackets is not quoted.
    """
    if not title or is_supplied_title(title):
        return title and title + mark
    return f"“{_single(with_mark(title, mark))}”"


def with_mark(title: str, mark: str) -> str:
    """Append a punctuation mark to a title, inside a closing quotation mark that ends it."""
    if not title or ends_sentence(title):
        return title
    bare = title.rstrip("”’")
    if title.count("“") != title.count("”") or "”" not in title[len(bare) :]:
        return title + mark
    return bare + mark + title[len(bare) :]


def _single(text: str) -> str:
    inner = _SINGLE_QUOTED.sub("\ue000\\1\ue001", text)
    return inner.translate(str.maketrans("“”\ue000\ue001", "‘’“”"))


_RANGE = re.compile(r"(?<!\d)(\d+)\s*[-‐‑–—]+\s*(\d+)")


def en_dash_ranges(pages: str) -> str:
    """Write ranges of pages with en dashes, their digits as they are: *117–27*."""
    return re.sub(r"(?<=\w)\s*[-‐‑–—]+\s*(?=\w)", "–", pages)


def full_ranges(pages: str) -> str:
    """Write ranges of pages with all digits: *117–127*."""
    return en_dash_ranges(_RANGE.sub(lambda match: f"{match[1]}–{_complete(match[1], match[2])}", pages))


def short_ranges(pages: str) -> str:
    """Shorten the second number of a range to two digits, or as many as it needs: *117–27*, *96–101*."""
    return en_dash_ranges(_RANGE.sub(_shortened, pages))


def _is_plural(pages: str) -> bool:
    """Whether there is more than one page."""
    return bool(re.search(r"[-‐‑–—,&]", pages))


def with_page_label(pages: str) -> str:
    """Return ``p. 15`` or ``pp. 15–17``."""
    return f"{'pp.' if _is_plural(pages) else 'p.'} {pages}"


def _complete(first: str, last: str) -> str:
    missing = len(first) - len(last)
    return first[:missing] + last if missing > 0 else last


def _shortened(match: re.Match[str]) -> str:
    first, last = match[1], _complete(match[1], match[2])
    if len(first) == len(last) and len(first) > 2 and first[:-2] == last[:-2]:
        last = last[-2:]
    return f"{first}–{last}"


def ordinal(number: int) -> str:
    """Return ``1st``, ``2nd``, ``3rd``, ``4th``, ``11th`` and so on."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return str(number) + {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
