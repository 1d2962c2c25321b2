"""Which passages a plan selects, and in what order they answer it.

:class:`Matcher` selects by the terms that the index holds, and by the texts where terms are not enough.
:func:`by_relevance` orders what is selected by BM25F, and the best of it by how near the words stand.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from msgspec import structs

from hubtui.core.models import Span
from hubtui.index.engine import Concept as Ranked
from hubtui.index.engine import Field, Mask, Reader, Scorer, Scores, Synonym, Synonyms, WeightedTerm
from hubtui.search.expansion import Need, Piece, QueryConcept, Rendering, needs, ranking_terms
from hubtui.search.facets import Numbers
from hubtui.search.highlights import near_pattern
from hubtui.search.parser import And, Begun, Filter, Fuzzy, Near, Node, Not, Or, Phrase, Prefix, Text, Word
from hubtui.search.planner import Plan
from hubtui.search.snapshot import Snapshot
from hubtui.search.text_patterns import FoldedText, HanString, Pattern, beginning, phrase_spans
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
        pattern, likely = rendering.pattern, _begin_likely(rendering.stems)

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


def _begin_likely(stems: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for every folded text in which words with these stems follow each other."""
    begun = (re.escape(beginning(stem)) for stem in stems)
    return re.compile(r"[^\W_]{0,30}[\s\-']{1,9}".join(begun))


def _grams(unit: Unit) -> list[tuple[Field, str]]:
    """Return the pairs of a run of Han; of a single character, itself."""
    forms = [token.form for token in gram_tokens(unit)]
    return [(Field.GRAMS, form) for form in forms if len(form) > 1 or len(unit.text) == 1]


LOOKED_AT = 100
"""Of how many of the best passages the text itself is looked at."""
CLOSENESS = 0.4
"""What a passage gains when all neighbours in the query are neighbours in it."""
CHARACTER = 0.5
"""What a Chinese character inside of words counts beside one that is a word."""
_HALF = 3  # words between two neighbours that halve the gain
_LETTERS = 6  # of an English word and its space
_EXPANSIONS = 60
_LEAST_RARITY = 0.01
_LARGEST = 0xFFFFFFFF
"""The largest number of 32 bits; a slot takes one bit less."""


def by_relevance(
    plan: Plan, snapshot: Snapshot, selected: Mask, whole: Mask, count: int | None = None
) -> tuple[Numbers, Scores]:
    """Return the selected slots, best first, with their scores; equals in the order of the library.

    Those in ``whole``, which have every word, come before the others.

    Args:
        plan: The query, made ready.
        snapshot: The state of the library.
        selected: The passages; the catalog knows them all.
        whole: Those that have every word.
        count: How many of the best are asked for; all of them unless given.
    """
    if not plan.texts:
        slots = snapshot.in_order(selected)[:count]
        return slots, np.zeros(len(slots), np.float32)
    slots, scores = _best(plan, snapshot, np.flatnonzero(selected), whole, count)
    rows = [_patterns(concept) for concept in plan.wanted if not concept.common]
    if len(rows) < 2:
        return slots[:count], scores[:count]
    looked = slots[:LOOKED_AT]
    texts = snapshot.texts(looked)
    gains = np.array([_closeness(rows, texts.get(slot, "")) for slot in looked.tolist()], np.float32)
    again = _sorted(looked, scores[: len(looked)] * (1 + CLOSENESS * gains), whole)
    slots[: len(looked)], scores[: len(looked)] = again
    return slots[:count], scores[:count]


def _best(
    plan: Plan, snapshot: Snapshot, slots: Numbers, whole: Mask, count: int | None
) -> tuple[Numbers, Scores]:
    """Return the best of ascending slots, in order, with their scores: ``count`` of them and some more."""
    enough = len(slots) if count is None else max(count, LOOKED_AT)
    has_all = whole[slots]
    groups = [slots[has_all]]
    if len(groups[0]) < enough:
        groups.append(slots[~has_all])
    scorer = snapshot.reader.scoring()
    found = [part for group in groups for part in _scored(plan, snapshot, scorer, group, enough)]
    slots = np.concatenate([part for part, _ in found] or [slots[:0]])
    scores = np.concatenate([part for _, part in found] or [np.zeros(0, np.float32)])
    at = snapshot.by_order(slots)
    return _sorted(slots[at], scores[at], whole)


def _sorted(slots: Numbers, scores: Scores, whole: Mask) -> tuple[Numbers, Scores]:
    # Scores are not negative, so their bits are ordered as they are: one key for all is sorted fastest.
    bits = scores.view(np.uint32).astype(np.uint64)
    keys = (~whole[slots]).astype(np.uint64) << np.uint64(63)
    keys |= (np.uint64(_LARGEST) - bits) << np.uint64(31)
    keys |= np.arange(len(slots), dtype=np.uint64)
    keys.sort()
    best = (keys & np.uint64(_LARGEST >> 1)).astype(np.intp)
    return slots[best], scores[best]


def by_date(snapshot: Snapshot, selected: Mask) -> Numbers:
    """Return the selected slots, those of the latest sources first and those without a date last."""
    slots = snapshot.in_order(selected)
    dates = [source.date for source in snapshot.sources]
    place_of = {date: place for place, date in enumerate(sorted(set(dates), reverse=True))}
    places = np.array([place_of[date] for date in dates], np.int64)
    return slots[np.argsort(places[snapshot.source[slots]], kind="stable")]


def _scored(
    plan: Plan, snapshot: Snapshot, scorer: Scorer, slots: Numbers, enough: int
) -> Iterator[tuple[Numbers, Scores]]:
    """Yield the best passages in some slots, ascending, with their scores.

    Those in Chinese and those in other languages are scored by themselves; of either so many at least.
    """
    in_chinese = snapshot.chinese[slots]
    for chinese in (True, False):
        among = slots[in_chinese == chinese].astype(np.int32)
        if not len(among):
            continue
        wanted = list(_Weigher(snapshot.reader, snapshot.passages_alive, chinese=chinese).ranked(plan))
        scores = scorer.rank(wanted, among)
        if len(scores) > enough:
            best = np.flatnonzero(scores >= np.partition(scores, len(scores) - enough)[len(scores) - enough])
            among, scores = among[best], scores[best]
        yield among.astype(np.int64), scores


class _Weigher:
    """Weighs a query's words for passages in Chinese, or for those in other languages.

    In passages of another language nearly every word of a query is rare, and rare words weigh most. So there
    function words do not count at all, and a word that has renderings counts as if it were as frequent as
    these. Names, which have none, keep their weight, and so do words of another script than the query's.
    """

    def __init__(self, reader: Reader, passages: int, *, chinese: bool) -> None:
        """Weigh words of a library with so many passages for those that are ``chinese``, or that are not."""
        self._reader = reader
        self._passages = passages
        self._chinese = chinese

    def ranked(self, plan: Plan) -> Iterator[Ranked]:
        """Yield what passages are ranked by."""
        foreign = not any(self._is_own(term.term) for concept in plan.wanted for term in concept.terms)
        for concept in plan.wanted:
            groups = tuple(_group(piece) for piece in concept.pieces if piece.renderings)
            if concept.is_function_word:
                terms = tuple(term for term in concept.terms if self._is_own(term.term))
            else:
                terms = tuple(self._capped(concept.terms, groups)) if foreign else concept.terms
            yield Ranked(terms, groups)
        for leaf in plan.texts:
            if not isinstance(leaf, Word):
                forms = plan.forms.get(leaf, ())[: _EXPANSIONS if isinstance(leaf, Prefix | Begun) else None]
                synonyms = tuple(Synonym(((Field.WORDS, form),)) for form in forms)
                terms = tuple(term for term, _, _ in ranking_terms(leaf.text))
                yield Ranked(terms, (Synonyms(synonyms),) if synonyms else ())

    def _is_own(self, term: str) -> bool:
        return is_han(term[0]) == self._chinese

    def _capped(self, terms: Sequence[WeightedTerm], groups: Sequence[Synonyms]) -> Iterator[WeightedTerm]:
        """Yield terms, those of the other script with the rarity of their renderings at most."""
        rendered = [group for group in groups if self._is_own(group.members[0].terms[0][1])]
        rarest = max((self._rarity(self._holding(group)) for group in rendered), default=math.inf)
        for term in terms:
            if self._is_own(term.term) or not rendered:
                yield term
            else:
                # A weight below 1 also keeps the word's passages out of the engine's count of its renderings.
                rarity = self._rarity(self._reader.count(term.field, term.term))
                yield structs.replace(term, weight=term.weight * min(1.0, rarest / rarity))

    def _holding(self, group: Synonyms) -> float:
        """Return how many passages hold a group of synonyms, each counted by its weight."""
        best = max(synonym.weight for synonym in group.members)
        return sum(
            min(self._reader.count(*term) for term in synonym.terms) * synonym.weight / best
            for synonym in group.members
        )

    def _rarity(self, holding: float) -> float:
        """Return how much a word tells that so many passages hold: BM25's inverse document frequency."""
        held = min(holding, self._passages)
        return max(math.log1p((self._passages - held + 0.5) / (held + 0.5)), _LEAST_RARITY)


def _group(piece: Piece) -> Synonyms:
    members = tuple(synonym for rendering in piece.renderings for synonym in _synonyms(rendering))
    return Synonyms(members, piece.share)


def _synonyms(rendering: Rendering) -> Iterator[Synonym]:
    word = rendering.text
    if rendering.stems:
        yield Synonym(tuple((Field.WORDS, stem) for stem in rendering.stems), rendering.weight)
    elif len(word) == 1:
        yield Synonym(((Field.WORDS, word),), rendering.weight * (1 - CHARACTER))
        yield Synonym(((Field.GRAMS, word),), rendering.weight * CHARACTER)
    else:
        grams = (word[at : at + 2] for at in range(len(word) - 1))
        yield Synonym(tuple((Field.GRAMS, gram) for gram in grams), rendering.weight)


def _patterns(concept: QueryConcept) -> list[Pattern]:
    found = [need.pattern for need in concept.needs]
    return found + [_likely(rendering) for piece in concept.pieces for rendering in piece.sure]


def _likely(rendering: Rendering) -> Pattern:
    """Return the pattern of a rendering; of a single character a quicker one, which cuts no text."""
    return HanString(rendering.text) if rendering.is_character else rendering.pattern


def _closeness(rows: Sequence[Sequence[Pattern]], text: str) -> float:
    """Return how close a query's neighbours stand to each other, from 0 (far apart) to 1 (side by side)."""
    folded = FoldedText(text)
    places = [sorted({span for pattern in row for span in pattern.spans(folded)}) for row in rows]
    gains = [_nearness(one, other, folded.folded) for one, other in pairwise(places)]
    return sum(gains) / len(gains)


def _nearness(one: Sequence[Span], other: Sequence[Span], text: str) -> float:
    least = _least_gap(one, other)
    if least is None:
        return 0.0
    start, end = least
    between = text[start:end].strip()
    words = len(between) / _LETTERS if between.isascii() else len(between)
    return 1 / (1 + words / _HALF)


def _least_gap(one: Sequence[Span], other: Sequence[Span]) -> Span | None:
    """Return the shortest stretch between a span of ``one`` and one of ``other``."""
    best: Span | None = None
    first = second = 0
    while first < len(one) and second < len(other):
        early, late = sorted((one[first], other[second]))
        gap = early[1], max(early[1], late[0])
        if best is None or gap[1] - gap[0] < best[1] - best[0]:
            best = gap
        if one[first] <= other[second]:
            first += 1
        else:
            second += 1
    return best
