"""Which passages a query selects."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from hubtui.index.engine import Field, Mask
from hubtui.search.expansion import Need, QueryConcept, Rendering, needs
from hubtui.search.highlights import near_pattern
from hubtui.search.parser import And, Begun, Filter, Fuzzy, Near, Node, Not, Or, Phrase, Prefix, Text, Word
from hubtui.search.planner import Plan
from hubtui.search.snapshot import Snapshot
from hubtui.search.text_patterns import FoldedText, beginning, phrase_spans
from hubtui.text.analyzer import Unit, fold, gram_tokens, is_han, may_hold, units, word_tokens

Selected = Mask | None
"""The passages that a part of a query selects; ``None`` where it sets no condition at all."""

_STRICT = (Filter, Not, Phrase)
"""The parts of a query that partial answers meet as well."""

_MOST_REMEMBERED, _FEWEST_REMEMBERED = 128, 8
_ROOM = 1 << 22
"""Bytes for the selections of each kind that are remembered, a byte a passage each."""


class TermFinder:
    """Finds the passages of one snapshot that hold a word or a rendering, and remembers them.

    Safe to use from several threads.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        """Look in ``snapshot``."""
        self._snapshot = snapshot
        self._reader = snapshot.reader
        room = _ROOM // max(1, len(snapshot.live))
        remembered = min(_MOST_REMEMBERED, max(_FEWEST_REMEMBERED, room))
        self._han = lru_cache(remembered)(self._find_han)
        self.rendering = lru_cache(remembered)(self._find_rendering)

    def need(self, need: Need) -> Mask:
        """Return the passages that meet a need."""
        return self._han(need.text) if need.han else self._reader.having(Field.WORDS, need.text)

    def phrase(self, text: str) -> Selected:
        """Return the passages in which a phrase stands."""
        wanted: list[tuple[Field, str]] = []
        for unit in units(text):
            if unit.kind == "word":
                wanted.extend((Field.WORDS, token.form) for token in word_tokens(unit))
            else:
                wanted.extend(_grams(unit))
        selected = all_of(self._reader.having(field, form) for field, form in wanted)
        if selected is None:
            return None
        folded = fold(text)
        plain = all(map(is_han, folded))  # then a passage that has it as it is need not be folded
        return self.verified(
            selected,
            lambda passage: (plain and folded in passage) or bool(phrase_spans(text, fold(passage))),
        )

    def verified(self, selected: Mask, holds: Callable[[str], bool]) -> Mask:
        """Keep the passages whose text ``holds``."""
        texts = self._snapshot.texts(self._snapshot.in_order(selected))
        mask = self._snapshot.nothing()
        mask[[slot for slot, text in texts.items() if holds(text)]] = True
        return mask

    def as_written(self, stem: str) -> str:
        """Return a word of a passage that has this stem."""
        slots = self._snapshot.in_order(self._reader.having(Field.WORDS, stem))[:1]
        for text in self._snapshot.texts(slots).values():
            folded = FoldedText(text)
            for word in folded.words:
                if word.stem == stem:
                    return folded.folded[word.start : word.end]
        return stem

    def _find_rendering(self, rendering: Rendering) -> Mask:
        """Return the passages that hold a rendering."""
        if rendering.is_character and not rendering.inside:
            glued = [rendering.text + measure for measure in rendering.before]
            alone = self._reader.having(Field.WORDS, rendering.text)
            return alone | self._reader.having(Field.GRAMS, *glued) if glued else alone
        if not rendering.stems:
            return self._han(rendering.text)
        selected = all_of(self._reader.having(Field.WORDS, stem) for stem in rendering.stems)
        if selected is None or len(rendering.stems) == 1:
            return self._snapshot.nothing() if selected is None else selected
        pattern, likely = rendering.pattern, _likely(rendering.stems)

        def holds(text: str) -> bool:
            folded = FoldedText(text)
            return bool(likely.search(folded.folded) and pattern.spans(folded))

        return self.verified(selected, holds)

    def _find_han(self, text: str) -> Mask:
        selected = all_of(self._reader.having(*gram) for gram in _grams(Unit("han", text, 0)))
        if selected is None:
            return self._snapshot.nothing()
        if len(text) <= 2:
            return selected
        # A passage with the word itself needs no second look; the pairs alone may stand apart.
        sure = selected & self._reader.having(Field.WORDS, text)
        likely = may_hold(text)
        return sure | self.verified(
            selected & ~sure, lambda passage: likely(passage) and text in fold(passage)
        )


class Matcher:
    """Matches the parts of a plan against one state of the library."""

    def __init__(self, plan: Plan, snapshot: Snapshot, finder: TermFinder) -> None:
        """Match against ``snapshot``, in which ``finder`` looks."""
        self._plan = plan
        self._snapshot = snapshot
        self._finder = finder

    def select(self, node: Node, *, literal: bool = False) -> Selected:
        """Return the passages that match ``node``, or that match it in the query's own words."""
        match node:
            case And(nodes):
                return all_of(self.select(part, literal=literal) for part in nodes)
            case Or(nodes):
                return any_of(self.select(part, literal=literal) for part in nodes)
            case Not(inner):
                selected = self.select(inner, literal=True)
                return None if selected is None else self._snapshot.live & ~selected
            case Filter():
                return self._plan.conditions[node].select(self._snapshot, self._plan.view)
            case Word(text):
                return all_of(
                    self.concept(concept, literal=literal)
                    for concept in self._plan.concepts[text]
                    if not concept.common
                )
        return self.text(node)

    def select_some(self) -> Mask:
        """Return the passages that match any of the words, and meet all other conditions.

        A phrase is such a condition, since whoever quotes means it; one that no passage has is read as words
        before it comes here (:meth:`hubtui.search.planner.Planner.relaxed`).
        """
        found = [self._snapshot.nothing()]
        for leaf in self._plan.texts:
            if isinstance(leaf, Word):
                found.extend(
                    self._any(concept) for concept in self._plan.concepts[leaf.text] if not concept.common
                )
            else:
                selected = self.text(leaf)
                if selected is not None:
                    found.append(selected)
        strict = (part for part in self._plan.root.nodes if isinstance(part, _STRICT))
        selected = all_of([any_of(found), *map(self.select, strict)])
        return self._snapshot.nothing() if selected is None else selected

    def concept(self, concept: QueryConcept, *, literal: bool = False) -> Mask:
        """Return the passages that say what a concept asks for."""
        own = all_of(map(self._finder.need, concept.needs))
        selected = self._snapshot.nothing() if own is None else own
        if not literal and concept.rendered:
            others = all_of(any_of(map(self._finder.rendering, piece.sure)) for piece in concept.required)
            selected = selected if others is None else selected | others
        return selected

    def text(self, leaf: Text) -> Selected:
        """Return the passages in which a leaf stands as it is, without translation."""
        match leaf:
            case Phrase(text):
                return self._finder.phrase(text)
            case Near(words):
                wanted = near_pattern(leaf)
                selected = all_of(map(self._finder.need, needs(words)))
                if selected is None or wanted is None:
                    return selected
                return self._finder.verified(
                    selected, lambda passage: bool(wanted.spans(FoldedText(passage)))
                )
            case Prefix():
                return self._prefix(leaf)
            case Begun() | Fuzzy():
                return self._having(leaf)
            case Word(text):
                return all_of(self._finder.need(need) for need in needs(text) if not need.common)

    def _any(self, concept: QueryConcept) -> Mask:
        found = [self._snapshot.nothing(), *map(self._finder.need, concept.needs)]
        found += [self._finder.rendering(rendering) for piece in concept.pieces for rendering in piece.sure]
        united = any_of(found)
        return self._snapshot.nothing() if united is None else united

    def _having(self, leaf: Prefix | Begun | Fuzzy) -> Mask:
        forms, reader = self._plan.forms[leaf], self._snapshot.reader
        if isinstance(leaf, Prefix) and forms:  # they are all that lie between the first and the last
            return reader.having_between(Field.WORDS, forms[0], forms[-1])
        return reader.having(Field.WORDS, *forms)

    def _prefix(self, leaf: Prefix) -> Selected:
        found = list(units(leaf.text))
        if not found:
            return None
        if found[-1].kind != "word":
            return self.text(Word(leaf.text))
        return all_of([self._having(leaf), self.text(Word(fold(leaf.text)[: found[-1].start]))])


def all_of(parts: Iterable[Selected]) -> Selected:
    """Return the passages that meet all conditions."""
    common: Selected = None
    for part in parts:
        if part is not None:
            common = part if common is None else common & part
    return common


def any_of(parts: Iterable[Selected]) -> Selected:
    """Return the passages that meet one of the conditions."""
    united: Selected = None
    for part in parts:
        if part is None:
            return None
        united = part if united is None else united | part
    return united


def _likely(stems: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for every folded text in which words with these stems follow each other."""
    begun = (re.escape(beginning(stem)) for stem in stems)
    return re.compile(r"[^\W_]{0,30}[\s\-']{1,9}".join(begun))


def _grams(unit: Unit) -> list[tuple[Field, str]]:
    """Return the pairs of a run of Han; of a single character, itself."""
    forms = [token.form for token in gram_tokens(unit)]
    return [(Field.GRAMS, form) for form in forms if len(form) > 1 or len(unit.text) == 1]
