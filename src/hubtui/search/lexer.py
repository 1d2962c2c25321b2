"""The tokens of the query language: where words, phrases, filters and operators begin and end."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hubtui.search.filters import FILTERS

NAME = re.compile(r"([A-Za-z]+)[:：]")
"""What looks like the name of a filter."""

NEAR = 10
"""How many words may stand between those of a near phrase that names no number."""

_CLOSING = {'"': '"', "＂": '"', "“": "”", "„": "“", "「": "」", "『": "』", "《": "》"}
_OPEN, _CLOSE, _MINUS = "(（", ")）", "-－"
OPENING = "".join(_CLOSING)
"""What opens a quotation."""

STOP = re.compile(r'[\s()（）"＂“„「『《]')
"""What ends a word, or a filter's value without quotation marks."""

_WORDS = {"OR": "or", "NOT": "not", "AND": "and", "|": "or", "｜": "or"}
_NEAR = re.compile(r"[~～](\d{1,3})?(?![^\s()（）])")
_FUZZY = re.compile(r"(.*[^~～])[~～][12]?")


@dataclass(frozen=True, slots=True)
class Token:
    """A token of the query language.

    Attributes:
        kind: ``filter``, ``phrase``, ``near``, ``open``, ``close``, ``or``, ``and``, ``not``, ``prefix``,
            ``fuzzy`` or ``word``.
        value: What it says, without its marks.
        start: Offset into the query of its first character.
        end: Offset after its last one.
        name: Of a filter.
        closed: Whether a quotation mark that it opens is closed.
        distance: Of ``near``.
    """

    kind: str
    value: str
    start: int
    end: int
    name: str = ""
    closed: bool = True
    distance: int = 0


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a query, in order; whatever is typed belongs to one, but for white space."""
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        token = _token_at(text, position)
        position = token.end
        yield token


def quoted(value: str) -> str:
    """Return ``value`` as it has to stand behind a filter's colon."""
    bare = value.replace('"', "")
    return f'"{bare}"' if not bare or STOP.search(bare) or bare.endswith("*") else bare


def closing_of(mark: str) -> str:
    """Return the quotation mark that closes what one of :data:`OPENING` opens."""
    return _CLOSING[mark]


def _token_at(text: str, start: int) -> Token:
    character = text[start]
    if character in _CLOSING:
        return _quotation_at(text, start)
    if character in _OPEN + _CLOSE:
        return Token("open" if character in _OPEN else "close", character, start, start + 1)
    if character in _MINUS and start + 1 < len(text) and not text[start + 1].isspace():
        return Token("not", character, start, start + 1)
    name = NAME.match(text, start)
    if name and name[1].lower() in FILTERS:
        return _filter_at(text, name)
    stop = STOP.search(text, start)
    end = stop.start() if stop else len(text)
    return _word(text[start:end], start, end)


def _word(word: str, start: int, end: int) -> Token:
    if word in _WORDS:
        return Token(_WORDS[word], word, start, end)
    if word[-1] in "*＊" and word.strip("*＊"):
        return Token("prefix", word.rstrip("*＊"), start, end)
    fuzzy = _FUZZY.fullmatch(word)
    if fuzzy:
        return Token("fuzzy", fuzzy[1], start, end)
    return Token("word", word, start, end)


def _quotation_at(text: str, start: int) -> Token:
    phrase = _phrase_at(text, start)
    near = _NEAR.match(text, phrase.end)
    if phrase.closed and near:
        return Token("near", phrase.value, start, near.end(), distance=int(near[1] or NEAR))
    return phrase


def _phrase_at(text: str, start: int) -> Token:
    end = text.find(_CLOSING[text[start]], start + 1)
    if end < 0:
        return Token("phrase", text[start + 1 :], start, len(text), closed=False)
    return Token("phrase", text[start + 1 : end], start, end + 1)


def _filter_at(text: str, name: re.Match[str]) -> Token:
    start, at, kind = name.start(), name.end(), name[1].lower()
    if at < len(text) and text[at] in _CLOSING:
        value = _phrase_at(text, at)
        return Token("filter", value.value, start, value.end, kind, value.closed)
    stop = STOP.search(text, at)
    end = stop.start() if stop else len(text)
    return Token("filter", text[at:end], start, end, kind)
