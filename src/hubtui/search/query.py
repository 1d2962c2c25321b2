"""The query language: what the user types, as a tree; and filters written into a query's text.

    query   = either*                   all of them wanted
    either  = factor ("OR" factor)*
    factor  = ("-" | "NOT") factor | "(" query ")" | filter | phrase | prefix "*" | word

A query is never refused: what cannot be read as intended is read in the nearest way that makes sense,
and a :class:`Fault` says where and what would be right.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hubtui.errors import did_you_mean

FILTERS = ("city", "lang", "date", "source", "title", "author", "publisher", "section", "mentions")
"""The names that may stand before a colon."""


@dataclass(frozen=True, slots=True)
class Word:
    """A free-standing stretch of text; Chinese in it is cut into words later."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Text that must stand in the passage as it is, but for spaces, case and script."""

    text: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """The beginning of a word."""

    text: str


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on the passage's source or places, ``name`` being one of :data:`FILTERS`.

    ``mentions`` is none by itself: it says which mentions count for ``city`` in the whole query.
    """

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Not:
    """What must not match."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class Both:
    """All must match; with no parts, everything does."""

    nodes: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Either:
    """One must match."""

    nodes: "tuple[Node, ...]"


Node = Word | Phrase | Prefix | Filter | Not | Both | Either


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a query that cannot be meant.

    Attributes:
        start: Offset into the query of what is at fault.
        end: Offset after it.
        message: What is wrong and what would be right, as a sentence.
    """

    start: int
    end: int
    message: str


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query."""

    root: Both
    faults: tuple[Fault, ...] = ()


def parse(text: str) -> Query:
    """Parse a query; never fails."""
    return _Parser(text).parse()


def terms(node: Node) -> Iterator[Word | Phrase | Prefix | Filter]:
    """Give the leaves of ``node`` that a hit may match: those that are not negated."""
    match node:
        case Both(nodes) | Either(nodes):
            for part in nodes:
                yield from terms(part)
        case Not():
            return
        case _:
            yield node


def get_filter(text: str, name: str) -> str | None:
    """Give the value of the first filter ``name`` in a query's text, or ``None``."""
    for token in _tokens(text):
        if token.kind == "filter" and token.name == name:
            return token.value
    return None


def set_filter(text: str, name: str, value: str | None) -> str:
    """Give a query's text with its filters ``name`` replaced by one with ``value``; ``None`` removes them.

    The rest of the text stays as it is; the filter is quoted where its value needs that.
    """
    kept, position, new = [], 0, "" if value is None else f"{name}:{_quoted(value)}"
    for token in _tokens(text):
        if token.kind == "filter" and token.name == name:
            kept.append(text[position : token.start])
            kept.append(new)
            new, position = "", token.end
    rest = "".join([*kept, text[position:]])
    joined = f"{rest} {new}" if new else rest
    return re.sub(r"\s{2,}", " ", joined).strip() if joined != text else text


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # filter, phrase, open, close, or, not, prefix, word
    value: str
    start: int
    end: int
    name: str = ""
    closed: bool = True


_CLOSING = {'"': '"', "＂": '"', "“": "”", "„": "“", "「": "」", "『": "』", "《": "》"}
_OPEN, _CLOSE, _MINUS = "(（", ")）", "-－"
_STOP = re.compile(r'[\s()（）"＂“„「『《]')
_NAME = re.compile(r"([A-Za-z]+)[:：]")
_WORDS = {"OR": "or", "NOT": "not", "AND": "and", "|": "or"}


def _quoted(value: str) -> str:
    bare = value.replace('"', "")
    return f'"{bare}"' if not bare or _STOP.search(bare) or bare.endswith("*") else bare


def _tokens(text: str) -> Iterator[_Token]:
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        token = _token_at(text, position)
        position = token.end
        yield token


def _token_at(text: str, start: int) -> _Token:
    character = text[start]
    if character in _CLOSING:
        return _phrase_at(text, start)
    if character in _OPEN + _CLOSE:
        return _Token("open" if character in _OPEN else "close", character, start, start + 1)
    if character in _MINUS and start + 1 < len(text) and not text[start + 1].isspace():
        return _Token("not", character, start, start + 1)
    name = _NAME.match(text, start)
    if name and name[1].lower() in FILTERS:
        return _filter_at(text, name)
    stop = _STOP.search(text, start)
    end = stop.start() if stop else len(text)
    word = text[start:end]
    if word in _WORDS:
        return _Token(_WORDS[word], word, start, end)
    if word[-1] in "*＊" and word.strip("*＊"):
        return _Token("prefix", word.rstrip("*＊"), start, end)
    return _Token("word", word, start, end)


def _phrase_at(text: str, start: int) -> _Token:
    end = text.find(_CLOSING[text[start]], start + 1)
    if end < 0:
        return _Token("phrase", text[start + 1 :], start, len(text), closed=False)
    return _Token("phrase", text[start + 1 : end], start, end + 1)


def _filter_at(text: str, name: re.Match[str]) -> _Token:
    start, at, kind = name.start(), name.end(), name[1].lower()
    if at < len(text) and text[at] in _CLOSING:
        value = _phrase_at(text, at)
        return _Token("filter", value.value, start, value.end, kind, value.closed)
    stop = _STOP.search(text, at)
    end = stop.start() if stop else len(text)
    return _Token("filter", text[at:end], start, end, kind)


_DEEPEST = 50  # far beyond any real query, far below Python's limit on recursion


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._next = 0
        self._faults: list[Fault] = []
        self._depth = 0

    def parse(self) -> Query:
        nodes: list[Node] = []
        while self._next < len(self._tokens):
            nodes.extend(self._all().nodes)
            if self._next < len(self._tokens):  # a closing parenthesis that nothing opened
                self._fault(self._take(), "Nothing is open that this parenthesis could close.")
        return Query(Both(tuple(nodes)), tuple(self._faults))

    def _all(self) -> Both:
        nodes: list[Node] = []
        while (token := self._peek()) is not None and token.kind != "close":
            if token.kind == "and":
                self._take()
                continue
            node = self._either()
            if node is not None:
                nodes.append(node)
        return Both(tuple(nodes))

    def _either(self) -> Node | None:
        nodes = [self._factor()]
        while (token := self._peek()) is not None and token.kind == "or":
            self._take()
            following = self._peek()
            if following is None or following.kind in ("close", "or", "and"):
                self._fault(token, f"{token.value} stands between two words; the second is missing.")
            else:
                nodes.append(self._factor())
        found = [node for node in nodes if node is not None]
        return found[0] if len(found) == 1 else Either(tuple(found)) if found else None

    def _factor(self) -> Node | None:
        token = self._take()
        if token.kind in ("not", "open"):
            if self._depth == _DEEPEST:
                self._fault(token, f"Parentheses and negations nest {_DEEPEST} deep at most.")
                return None
            self._depth += 1
            try:
                return self._negated(token) if token.kind == "not" else self._group(token)
            finally:
                self._depth -= 1
        return self._leaf(token)

    def _leaf(self, token: _Token) -> Node | None:
        match token.kind:
            case "or":
                self._fault(token, f"{token.value} stands between two words; the first is missing.")
                return None
            case "filter":
                return self._filter(token)
            case "phrase":
                if not token.closed:
                    self._fault(token, "The quotation is not closed; it is read to the end.")
                return Phrase(token.value) if token.value.strip() else None
            case "prefix":
                return Prefix(token.value)
            case _:
                return self._word(token)

    def _negated(self, token: _Token) -> Node | None:
        following = self._peek()
        if following is None or following.kind in ("close", "or", "and"):
            self._fault(token, f"{token.value} stands before a word; the word is missing.")
            return None
        node = self._factor()
        return None if node is None else Not(node)

    def _group(self, token: _Token) -> Node | None:
        node = self._all()
        if self._peek() is None:
            self._fault(token, "The parenthesis is not closed; it is read to the end.")
        else:
            self._take()
        return node if node.nodes else None

    def _filter(self, token: _Token) -> Node | None:
        if not token.closed:
            self._fault(token, "The quotation is not closed; it is read to the end.")
        if not token.value.strip():
            self._fault(token, f"{token.name}: needs a value, as in {_EXAMPLES[token.name]}.")
            return None
        return Filter(token.name, token.value.strip())

    def _word(self, token: _Token) -> Node:
        name = _NAME.match(token.value)
        if name and name.end() < len(token.value) and not token.value[name.end() :].startswith("//"):
            meant = did_you_mean(name[1], FILTERS)
            if meant:
                self._fault(token, f"There is no filter {name[1]}:. {meant}")
        return Word(token.value)

    def _peek(self) -> _Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _take(self) -> _Token:
        self._next += 1
        return self._tokens[self._next - 1]

    def _fault(self, token: _Token, message: str) -> None:
        self._faults.append(Fault(token.start, token.end, message))


_EXAMPLES = {
    "city": "city:Harbin",
    "lang": "lang:zh",
    "date": "date:2018..2024",
    "source": "source:report.txt",
    "title": "title:cloud",
    "author": "author:Ouyang",
    "publisher": 'publisher:"China Daily"',
    "section": "section:Conclusion",
    "mentions": "mentions:direct",
}
