"""What an answer says about itself: faults, words that were added, why a query finds little or nothing."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from hubtui.core.errors import question
from hubtui.core.i18n import N_, _, ngettext
from hubtui.core.models import Diagnostic, Fault, Span
from hubtui.index.engine import Mask
from hubtui.search.lexicon import Lexicon
from hubtui.search.parser import (
    Begun,
    Filter,
    Near,
    Node,
    Not,
    Phrase,
    Token,
    Word,
    leaves,
    quoted,
    tokens,
    written,
)
from hubtui.search.planner import Plan
from hubtui.search.ranking import Matcher, TermFinder
from hubtui.search.snapshot import Snapshot
from hubtui.search.spelling import Speller
from hubtui.text.analyzer import is_han

PARTIAL = N_("No passage has every word; these have some.")
WHOLE_FIRST = N_("Passages with every word come first; the others have some.")
_MOST = 12
"""Words, or parts of a query, that are named."""
_MOST_LEFT_OUT = 3


@dataclass(frozen=True, slots=True)
class QueryPart:
    """A part of a query that can be left out.

    Attributes:
        name: As typed.
        selected: The passages that it selects.
        span: Where it stands in the query; ``None`` for several parts together.
        is_word: Whether it is a free-standing word.
        negated: Whether its matches are excluded.
    """

    name: str
    selected: Mask
    span: Span | None
    is_word: bool = False
    negated: bool = False


def faults(text: str, plan: Plan) -> Iterator[Diagnostic]:
    """Yield what is wrong with a query, each with the query that may have been meant."""
    for fault in (*plan.query.faults, *_unknown_places(plan)):
        instead = replaced(text, (fault.start, fault.end), fault.instead) if fault.instead else ""
        yield Diagnostic("fault", fault.message, instead, fault)


def added(plan: Plan, finder: TermFinder, selected: Mask) -> Iterator[Diagnostic]:
    """Name the words that were looked for as well, as far as the hits have them."""
    found: dict[str, None] = {}
    for concept in plan.wanted:
        if not concept.common:
            for piece in concept.required:
                words = (one.text for one in piece.sure if (finder.rendering(one) & selected).any())
                found.update(dict.fromkeys(words))
    if found:
        shown = ", ".join(list(found)[:_MOST])
        more = len(found) - _MOST
        message = _("Added: {shown} and {number} more.") if more > 0 else _("Added: {shown}.")
        yield Diagnostic("added", message.format(shown=shown, number=more))


def query_parts(text: str, plan: Plan, matcher: Matcher, snapshot: Snapshot) -> Sequence[QueryPart]:
    """Return the parts of the query ``text`` with what each selects."""
    return list(islice(_parts(text, plan, matcher, snapshot), _MOST))


def nothing_found(
    text: str, parts: Iterable[QueryPart], snapshot: Snapshot, finder: TermFinder, lexicon: Lexicon
) -> Iterator[Diagnostic]:
    """Say what the words of a query may be slips of, and how much each part of it finds alone."""
    counted = [
        (part, int(np.count_nonzero(part.selected & snapshot.live))) for part in parts if not part.negated
    ]
    speller = Speller(snapshot.reader)
    for part, count in counted:
        others = _alternatives(part.name, finder, speller, lexicon) if part.is_word and not count else ()
        if others:
            message = _("Nothing has {name}. {meant}").format(name=part.name, meant=question(others))
            yield Diagnostic("meant", message, replaced(text, part.span, others[0]) if part.span else "")
    if len(counted) > 1:
        message = "; ".join(f"{part.name} {count or _('none')}" for part, count in counted)
        yield Diagnostic("alone", _("Passages with each part alone: {counted}.").format(counted=message))


def left_out(text: str, parts: Sequence[QueryPart], snapshot: Snapshot) -> Iterator[Diagnostic]:
    """Say without which parts of a query there are passages, the most fruitful first."""
    found: list[tuple[int, QueryPart]] = []
    for part in parts if len(parts) > 1 else ():
        rest = snapshot.live.copy()
        for other in parts:
            if other is not part:
                rest &= other.selected
        found.append((int(np.count_nonzero(rest)), part))
    for count, part in sorted(found, key=lambda pair: -pair[0])[:_MOST_LEFT_OUT]:
        if count:
            message = ngettext(
                "Without {part} there is {n} passage.", "Without {part} there are {n} passages.", count
            )
            instead = replaced(text, part.span, "") if part.span else ""
            yield Diagnostic("without", message.format(part=part.name, n=f"{count:,}"), instead)


def replaced(text: str, span: Span, other: str) -> str:
    """Return a query with ``other`` in place of a part of it, or without the part."""
    whole = text[: span[0]] + other + text[span[1] :]
    return whole if other else re.sub(r"\s{2,}", " ", whole).strip()


def _unknown_places(plan: Plan) -> Iterator[Fault]:
    for leaf in leaves(plan.query.root):
        if isinstance(leaf, Filter) and (fault := plan.conditions[leaf].fault):
            instead = f"{leaf.name}:{quoted(fault.right)}" if fault.right else ""
            yield Fault(leaf.start, leaf.end, fault.message, instead)


def _parts(text: str, plan: Plan, matcher: Matcher, snapshot: Snapshot) -> Iterator[QueryPart]:
    typed = list(tokens(text))
    for node in plan.root.nodes:
        if isinstance(node, Word):
            for concept in plan.concepts[node.text]:
                if not concept.common:
                    span = _word_span(text, typed, concept.text)
                    yield QueryPart(concept.text, matcher.concept(concept), span, is_word=True)
            continue
        impossible = any(plan.conditions[leaf].fault for leaf in leaves(node) if isinstance(leaf, Filter))
        selected = snapshot.nothing() if impossible else matcher.select(node)
        if selected is not None:
            yield QueryPart(written(node), selected, _span(typed, node), negated=isinstance(node, Not))


def _word_span(text: str, typed: Sequence[Token], word: str) -> Span | None:
    """Return where free-standing ``word`` was typed in a query."""
    # Whatever is no word cannot hold it.
    words = list(text)
    for token in typed:
        if token.kind != "word":
            words[token.start : token.end] = "\0" * (token.end - token.start)
    start = "".join(words).find(word)
    return None if start < 0 else (start, start + len(word))


def _span(typed: Sequence[Token], node: Node) -> Span | None:
    """Return where a part of a query stands; ``None`` for several together."""
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
        case Word(value) | Begun(value):
            return token.kind == "word" and token.value == value
    return f"{token.value}{'*' if token.kind == 'prefix' else '~'}" == written(node)


def _alternatives(word: str, finder: TermFinder, speller: Speller, lexicon: Lexicon) -> Sequence[str]:
    if is_han(word[0]):
        return speller.homophones(word, lexicon)
    return [finder.as_written(form) for form in speller.alternatives(word)]
