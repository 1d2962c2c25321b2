"""Why a query finds nothing: what each of its parts leaves when it is left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from hubtui.core.errors import UnknownPlaceError
from hubtui.core.i18n import ngettext
from hubtui.core.models import Remark, Span
from hubtui.index.engine import Mask
from hubtui.search.matching import Matcher
from hubtui.search.plan import Plan
from hubtui.search.query import Filter, Near, Node, Not, Phrase, Word, written
from hubtui.search.scanner import Token, tokens
from hubtui.search.snapshot import Snapshot

_MOST_PARTS = 12
_MOST_SAID = 3


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    selected: Mask
    span: Span | None


def left_out(text: str, plan: Plan, matcher: Matcher, snapshot: Snapshot) -> Iterator[Remark]:
    """Say without which parts of a query there are passages, the most fruitful first."""
    parts = list(islice(_parts(text, plan, matcher, snapshot), _MOST_PARTS))
    found: list[tuple[int, _Part]] = []
    for part in parts if len(parts) > 1 else ():
        rest = snapshot.live.copy()
        for other in parts:
            if other is not part:
                rest &= other.selected
        found.append((int(np.count_nonzero(rest)), part))
    for count, part in sorted(found, key=lambda pair: -pair[0])[:_MOST_SAID]:
        if count:
            said = ngettext(
                "Without {part} there is {n} passage.", "Without {part} there are {n} passages.", count
            )
            instead = replaced(text, part.span, "") if part.span else ""
            yield Remark("without", said.format(part=part.name, n=f"{count:,}"), instead)


def replaced(text: str, span: Span, other: str) -> str:
    """Give a query with ``other`` in place of a part of it, or without the part."""
    whole = text[: span[0]] + other + text[span[1] :]
    return whole if other else re.sub(r"\s{2,}", " ", whole).strip()


def word_span(text: str, word: str) -> Span | None:
    """Give where free-standing ``word`` was typed in a query."""
    # Whatever is no word cannot hold it.
    words = list(text)
    for token in tokens(text):
        if token.kind != "word":
            words[token.start : token.end] = "\0" * (token.end - token.start)
    start = "".join(words).find(word)
    return None if start < 0 else (start, start + len(word))


def _parts(text: str, plan: Plan, matcher: Matcher, snapshot: Snapshot) -> Iterator[_Part]:
    typed = list(tokens(text))
    for node in plan.root.nodes:
        if isinstance(node, Word):
            for concept in plan.concepts[node.text]:
                if not concept.common:
                    yield _Part(concept.text, matcher.concept(concept), word_span(text, concept.text))
            continue
        try:
            selected = matcher.select(node)
        except UnknownPlaceError:
            selected = snapshot.nothing()
        if selected is not None:
            yield _Part(written(node), selected, _span(typed, node))


def _span(typed: list[Token], node: Node) -> Span | None:
    """Give where a part of a query stands; ``None`` for several together."""
    for number, token in enumerate(typed):
        if isinstance(node, Not):
            inner = _span(typed[number + 1 : number + 2], node.node) if token.kind == "not" else None
            if inner:
                return token.start, inner[1]
        elif _is(token, node):
            return token.start, token.end
    return None


def _is(token: Token, node: Node) -> bool:
    match node:
        case Filter():
            return token.kind == "filter" and token.start == node.start
        case Phrase(value):
            return token.kind == "phrase" and token.value == value
        case Near(value, distance):
            return token.kind == "near" and (token.value, token.distance) == (value, distance)
        case Word(value):
            return token.kind == "word" and token.value == value
    return f"{token.value}{'*' if token.kind == 'prefix' else '~'}" == written(node)
