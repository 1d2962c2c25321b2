"""The parser of the query language: what the user types as a tree, and filters written into a query's text.

    query   = either*                   all of them wanted
    either  = factor ("OR" factor)*
    factor  = ("-" | "NOT") factor | "(" query ")" | filter | phrase | phrase "~" number
            | prefix "*" | word "~" | word

A query is never refused: what cannot be read as intended is read in the nearest way that makes sense,
and a :class:`Fault` says where and what would be right.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec import Struct, structs

from hubtui.core.errors import nearest, question
from hubtui.core.i18n import _
from hubtui.core.models import Fault
from hubtui.search.filters import FILTERS, MENTIONS, SORT
from hubtui.text.analyzer import units

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


class Token(Struct, frozen=True):
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


class Word(Struct, frozen=True):
    """A free-standing stretch of text; Chinese in it is cut into words later."""

    text: str


class Phrase(Struct, frozen=True):
    """Text that must stand in the passage as it is, but for spaces, case and script."""

    text: str


class Prefix(Struct, frozen=True):
    """The beginning of a word."""

    text: str


class Begun(Struct, frozen=True):
    """A word that is still being typed: the beginning of one, or one that is whole."""

    text: str


class Fuzzy(Struct, frozen=True):
    """A word that may be spelt a little differently."""

    text: str


class Near(Struct, frozen=True):
    """Words that must stand together, in any order, with ``distance`` others between them at most."""

    text: str
    distance: int


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on the passage's source or places.

    ``mentions`` is none by itself: it says which mentions count for ``city`` in the whole query.

    Attributes:
        name: One of :data:`hubtui.search.filters.FILTERS`, but ``sort``.
        value: What it takes.
        start: Offset of the filter in the query.
        end: Offset after it.
    """

    name: str
    value: str
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


class Not(Struct, frozen=True):
    """What must not match."""

    node: "Node"


class And(Struct, frozen=True):
    """All must match; with no parts, everything does."""

    nodes: "tuple[Node, ...]"


class Or(Struct, frozen=True):
    """One must match."""

    nodes: "tuple[Node, ...]"


Text = Word | Phrase | Prefix | Begun | Fuzzy | Near
"""What is looked for in a passage's text."""

Node = Text | Filter | Not | And | Or


class Query(Struct, frozen=True):
    """A parsed query.

    Attributes:
        root: What is wanted.
        faults: What could not be meant as written.
        sort: A value of the filter ``sort``.
    """

    root: And
    faults: tuple[Fault, ...] = ()
    sort: str = "relevance"


LONGEST_QUERY = 4000
"""Characters that are read of a query."""


def parse(text: str, *, typing: bool = False) -> Query:
    """Parse a query; never fails.

    Args:
        text: The query.
        typing: Whether a Latin word at its end may go on: it is :class:`Begun`. Chinese ones are whole, as an
            input method writes them.
    """
    query = _Parser(text[:LONGEST_QUERY], typing=typing).parse()
    if len(text) <= LONGEST_QUERY:
        return query
    message = _("A query has {longest_query} characters at most; the rest is left out.")
    fault = Fault(LONGEST_QUERY, len(text), message.format(longest_query=LONGEST_QUERY))
    return structs.replace(query, faults=(*query.faults, fault))


def is_begun(text: str) -> bool:
    """Whether a query that is being typed ends with a word that may go on."""
    return any(isinstance(leaf, Begun) for leaf in terms(parse(text, typing=True).root))


def terms(node: Node) -> Iterator[Text | Filter]:
    """Yield the leaves of ``node`` that a hit may match: those that are not negated."""
    match node:
        case And(nodes) | Or(nodes):
            for part in nodes:
                yield from terms(part)
        case Not():
            return
        case _:
            yield node


def leaves(node: Node) -> Iterator[Text | Filter]:
    """Yield all leaves of ``node``, negated ones too."""
    match node:
        case And(nodes) | Or(nodes):
            for part in nodes:
                yield from leaves(part)
        case Not(inner):
            yield from leaves(inner)
        case _:
            yield node


def written(node: Node) -> str:
    """Write a part of a query as it could have been typed."""
    match node:
        case Filter(name, value):
            text_ = f"{name}:{value}"
        case Phrase(text):
            text_ = f'"{text}"'
        case Near(text, distance):
            text_ = f'"{text}"~{distance}'
        case Prefix(text):
            text_ = f"{text}*"
        case Fuzzy(text):
            text_ = f"{text}~"
        case Word(text_) | Begun(text_):
            pass
        case Not(inner):
            text_ = f"-{written(inner)}"
        case Or(nodes):
            text_ = " OR ".join(map(written, nodes))
        case And(nodes):
            text_ = f"({' '.join(map(written, nodes))})"
    return text_


def get_filter(text: str, name: str) -> str | None:
    """Return the value of the first filter ``name`` in a query's text, or ``None``."""
    for token in tokens(text):
        if token.kind == "filter" and token.name == name:
            return token.value
    return None


def set_filter(text: str, name: str, value: str | None) -> str:
    """Return a query's text with its filters ``name`` replaced by one with ``value``; ``None`` removes them.

    The rest of the text stays as it is; the filter is quoted where its value needs that.
    """
    kept, position, new = [], 0, "" if value is None else f"{name}:{quoted(value)}"
    for token in tokens(text):
        if token.kind == "filter" and token.name == name:
            kept.append(text[position : token.start])
            kept.append(new)
            new, position = "", token.end
    rest = "".join([*kept, text[position:]])
    joined = f"{rest} {new}" if new else rest
    return re.sub(r"\s{2,}", " ", joined).strip() if joined != text else text


def views_in(text: str) -> list[str]:
    """Return the views of the mentions that a query's text asks for with ``mentions:``."""
    return MENTIONS.views(get_filter(text, MENTIONS.name) or "")


def toggle_view(text: str, view: str) -> str:
    """Return a query's text that asks for a view of the mentions, or asks for it no more."""
    views = views_in(text)
    wanted = [one for one in MENTIONS.values if (one in views) != (one == view)]
    return set_filter(text, MENTIONS.name, ",".join(wanted) or None)


_DEEPEST = 50  # far beyond any real query, far below Python's limit on recursion


class _Parser:
    def __init__(self, text: str, *, typing: bool) -> None:
        self._tokens = list(tokens(text))
        self._unfinished = len(text) if typing else -1
        self._next = 0
        self._faults: list[Fault] = []
        self._depth = 0
        self._sort = next(iter(SORT.values))

    def parse(self) -> Query:
        nodes: list[Node] = []
        while self._next < len(self._tokens):
            nodes.extend(self._all().nodes)
            if self._next < len(self._tokens):  # a closing parenthesis that nothing opened
                self._fault(self._take(), _("Nothing is open that this parenthesis could close."))
        return Query(And(tuple(nodes)), tuple(self._faults), self._sort)

    def _all(self) -> And:
        nodes: list[Node] = []
        while (token := self._peek()) is not None and token.kind != "close":
            if token.kind == "and":
                self._take()
                continue
            node = self._either()
            if node is not None:
                nodes.append(node)
        return And(tuple(nodes))

    def _either(self) -> Node | None:
        nodes = [self._factor()]
        while (token := self._peek()) is not None and token.kind == "or":
            self._take()
            following = self._peek()
            if following is None or following.kind in ("close", "or", "and"):
                self._fault(
                    token,
                    _("{value} stands between two words; the second is missing.").format(value=token.value),
                )
            else:
                nodes.append(self._factor())
        found = [node for node in nodes if node is not None]
        return found[0] if len(found) == 1 else Or(tuple(found)) if found else None

    def _factor(self) -> Node | None:
        token = self._take()
        if token.kind in ("not", "open"):
            if self._depth == _DEEPEST:
                self._fault(
                    token,
                    _("Parentheses and negations nest {deepest} deep at most.").format(deepest=_DEEPEST),
                )
                return None
            self._depth += 1
            try:
                return self._negated(token) if token.kind == "not" else self._group(token)
            finally:
                self._depth -= 1
        return self._leaf(token)

    def _leaf(self, token: Token) -> Node | None:
        match token.kind:
            case "or":
                self._fault(
                    token,
                    _("{value} stands between two words; the first is missing.").format(value=token.value),
                )
                return None
            case "filter":
                return self._filter(token)
            case "phrase":
                if not token.closed:
                    self._fault(token, _("The quotation is not closed; it is read to the end."))
                return Phrase(token.value) if token.value.strip() else None
            case "near":
                return Near(token.value, token.distance) if token.value.strip() else None
            case "prefix":
                return Prefix(token.value)
            case "fuzzy":
                return Fuzzy(token.value)
            case _:
                return self._word(token)

    def _negated(self, token: Token) -> Node | None:
        following = self._peek()
        if following is None or following.kind in ("close", "or", "and"):
            self._fault(
                token, _("{value} stands before a word; the word is missing.").format(value=token.value)
            )
            return None
        node = self._factor()
        if isinstance(node, Begun):  # what is not yet typed excludes nothing
            node = Word(node.text)
        return None if node is None else Not(node)

    def _group(self, token: Token) -> Node | None:
        node = self._all()
        if self._peek() is None:
            self._fault(token, _("The parenthesis is not closed; it is read to the end."))
        else:
            self._take()
        return node if node.nodes else None

    def _filter(self, token: Token) -> Node | None:
        meant = FILTERS[token.name]
        if not token.closed:
            self._fault(token, _("The quotation is not closed; it is read to the end."))
        value = token.value.strip()
        if not value:
            message = _("{name}: needs a value, as in {examples}.")
            self._fault(token, message.format(name=meant.name, examples=meant.examples))
            return None
        fault = meant.fault(value)
        if fault is not None:
            right = f"{meant.name}:{quoted(fault.right)}" if fault.right else ""
            self._fault(token, fault.message, right)
        if meant is SORT:
            self._sort = self._sort if fault else value.lower()
            return None
        return Filter(meant.name, value, token.start, token.end)

    def _word(self, token: Token) -> Node:
        unknown = _unknown_filter(token.value)
        if unknown:
            name, value = unknown
            meant = nearest(name, FILTERS)
            hint = question(meant) or _("There are {filters}.").format(filters=", ".join(FILTERS))
            message = _("There is no filter {name}:. {meant}").format(name=name, meant=hint)
            self._fault(token, message, f"{meant[0]}:{value}" if meant else "")
        if token.end == self._unfinished:
            return _begun(token.value)
        return Word(token.value)

    def _peek(self) -> Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _take(self) -> Token:
        self._next += 1
        return self._tokens[self._next - 1]

    def _fault(self, token: Token, message: str, instead: str = "") -> None:
        self._faults.append(Fault(token.start, token.end, message, instead))


_ADDRESS = re.compile(r"//|\\|[^@]*@|\d[\d-]*(?:/|$)|10\.\d", re.ASCII)
"""What stands behind the colon of an address: https://…, C:\\…, mailto:a@b, localhost:8080, doi:10.1…"""


def _unknown_filter(word: str) -> tuple[str, str] | None:
    """Return the name and the value of a word that looks like a filter; ``None`` for any other."""
    name = NAME.match(word)
    value = word[name.end() :] if name else ""
    if name is None or not value or len(name[1]) == 1 or _ADDRESS.match(value):
        return None
    return name[1], value


def _begun(word: str) -> Node:
    """Return a word that is being typed: what stands before its last Latin letters is whole."""
    found = list(units(word))
    if not found or found[-1].kind != "word" or found[-1].end < len(word):
        return Word(word)
    last = found[-1]
    return And((Word(word[: last.start]), Begun(last.text))) if len(found) > 1 else Begun(last.text)
