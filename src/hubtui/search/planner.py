"""From a parsed query to a plan for one state of a library: what each part asks for, looked up once.

Words become concepts: terms of several words first, then single ones, then parts of words. Filters become
conditions, prefixes and fuzzy words the forms that the library has.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from msgspec import Struct, structs

from hubtui.index.engine import Field, Reader, WeightedTerm
from hubtui.places import Gazetteer
from hubtui.search.expansion import (
    SURE,
    Need,
    Piece,
    QueryConcept,
    Rendering,
    Thesaurus,
    begun_stems,
    needs,
    ranking_terms,
)
from hubtui.search.filters import FILTERS, LANGUAGE, MENTIONS, Condition, MentionView
from hubtui.search.highlights import Highlighter, highlight_patterns
from hubtui.search.lexicon import Lexicon
from hubtui.search.parser import (
    And,
    Begun,
    Filter,
    Fuzzy,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Text,
    Word,
    leaves,
    terms,
)
from hubtui.search.spelling import Speller
from hubtui.text.analyzer import (
    CHINESE_STOPWORDS,
    ENGLISH_STOPWORDS,
    QUESTION_WORDS,
    Unit,
    fold,
    units,
    word_tokens,
)

SHARE = 0.8
"""What a rendering counts beside a literal match of the same worth."""
CHARACTER_SHARE = 0.4
"""What the rendering of a single character counts, which mostly is a part of a word."""
LONGEST_TERM = 4
"""Words that are looked up together at most."""
LONGEST_WORD = 8
"""Chinese characters that are."""
MOST_CONCEPTS = 60
"""What a query can ask for; further words are left out."""
_SINGLE = 2  # what a single character costs beside a word, when a word is cut
_FEW = 2  # passages: a Latin word that so few hold may be pinyin


PREFIX_TERMS = 1000
"""How many words a prefix stands for at most."""


@dataclass(frozen=True)
class Plan:
    """What is selected, ranked and highlighted.

    Attributes:
        query: As parsed.
        root: The query's tree, in which words that stand side by side are one.
        concepts: What each word of the tree asks for.
        conditions: What each filter of the tree means.
        forms: The stems in the library that each prefix, begun and fuzzy word stands for.
        view: Which mentions count for the whole query.
        marked: The places whose mentions are highlighted.
    """

    query: Query
    root: And
    concepts: Mapping[str, tuple[QueryConcept, ...]]
    conditions: Mapping[Filter, Condition]
    forms: Mapping[Text, Sequence[str]]
    view: MentionView
    marked: frozenset[str]

    @cached_property
    def wanted(self) -> Sequence[QueryConcept]:
        """What a hit may say, in the order of the query; what it must not say is left out."""
        words = (leaf.text for leaf in terms(self.root) if isinstance(leaf, Word))
        return [concept for word in words for concept in self.concepts[word]]

    @cached_property
    def texts(self) -> Sequence[Text]:
        """The parts of the query that are looked for in a passage's text."""
        return [leaf for leaf in terms(self.root) if not isinstance(leaf, Filter)]

    @cached_property
    def places(self) -> frozenset[str]:
        """The places that the query's filters name."""
        return places_of(self.root, self.conditions)

    @cached_property
    def highlighter(self) -> Highlighter:
        """What finds in a passage what the query matches."""
        patterns = highlight_patterns(self.wanted, self.texts, self.forms)
        return Highlighter(list(patterns), self.marked, names=self.view.names)

    @property
    def impossible(self) -> bool:
        """Whether a filter names a place that there is not, so that nothing can be selected."""
        return any(condition.fault for condition in self.conditions.values())

    @property
    def is_question(self) -> bool:
        """Whether it is a question in a sentence: its words are not all expected in the answer."""
        words = [leaf.text for leaf in self.root.nodes if isinstance(leaf, Word)]
        if any(mark in word for word in words for mark in "?？"):
            return True
        return any(need.typed.casefold() in QUESTION_WORDS for word in words for need in needs(word))

    def loosened(self) -> "Plan":
        """Return a plan in which every rendering makes a hit, unlikely ones too.

        For a question, which has words enough to rank by, a character does so inside other words too.
        """
        inside = self.is_question
        concepts = {
            word: tuple(concept.loosened(inside=inside) for concept in found)
            for word, found in self.concepts.items()
        }
        return replace(self, concepts=concepts)


class _Item(Struct, frozen=True):
    """A word of the query as dictionaries have it: its form is a stem where it is not Chinese."""

    form: str
    han: bool
    start: int
    end: int
    common: bool


class Planner:
    """Plans queries for one state of a library."""

    def __init__(self, reader: Reader, lexicon: Lexicon, gazetteer: Gazetteer, *, translate: bool) -> None:
        """Plan for the words of ``reader``; with ``translate``, find them in the other language too."""
        self._reader = reader
        self._lexicon = lexicon
        self._gazetteer = gazetteer
        self._thesaurus = Thesaurus(reader, lexicon, gazetteer)
        self._speller = Speller(reader)
        self._translate = translate

    def plan(self, query: Query) -> Plan:
        """Look up what each part of a query means, with words that stand side by side as one."""
        forms = dict(self._forms(query.root))
        root = And(tuple(_joined(_whole(query.root.nodes, forms))))
        found = list(leaves(root))
        filters = dict.fromkeys(leaf for leaf in found if isinstance(leaf, Filter))
        conditions = {leaf: FILTERS[leaf.name].condition(leaf.value, self._gazetteer) for leaf in filters}
        expander = _Expander(self._reader, self._lexicon, self._thesaurus, self._languages(query.root))
        concepts = {leaf.text: expander.concepts(leaf.text) for leaf in found if isinstance(leaf, Word)}
        view = _view_of(root)
        places = places_of(root, conditions)
        marked = places if view.direct else places.union(*map(self._gazetteer.within, places))
        return Plan(query, root, concepts, conditions, forms, view, marked)

    def relaxed(self, plan: Plan, finds: Callable[[Phrase], bool]) -> Plan:
        """Return a plan in which phrases that nothing has are words, and unlikely renderings are likely."""
        return self.plan(structs.replace(plan.query, root=_relaxed(plan.query.root, finds))).loosened()

    def _languages(self, root: And) -> frozenset[str]:
        """Return the languages into which words are rendered: those that ``lang:`` leaves of both."""
        if not self._translate:
            return frozenset()
        asked = (part.value for part in root.nodes if isinstance(part, Filter) and part.name == LANGUAGE.name)
        return frozenset(map(LANGUAGE.primary, asked)) or frozenset({"zh", "en"})

    def _forms(self, root: And) -> Iterator[tuple[Text, Sequence[str]]]:
        """Yield each prefix, begun and fuzzy word with the stems of the library that it stands for."""
        for leaf in leaves(root):
            if isinstance(leaf, Fuzzy):
                yield leaf, self._speller.forms(leaf.text)
            elif isinstance(leaf, Begun):
                yield leaf, begun_stems(self._reader, leaf.text)
            elif isinstance(leaf, Prefix):
                last = list(units(leaf.text))[-1:]
                begun = [unit.text for unit in last if unit.kind == "word"]
                yield leaf, [f for text in begun for f in self._reader.terms(Field.WORDS, text, PREFIX_TERMS)]


class _Expander:
    """Makes concepts of words."""

    def __init__(self, reader: Reader, lexicon: Lexicon, thesaurus: Thesaurus, into: frozenset[str]) -> None:
        """Render words into the languages of ``into`` (``zh``, ``en``)."""
        self._reader = reader
        self._lexicon = lexicon
        self._thesaurus = thesaurus
        self._into = into

    def concepts(self, text: str) -> tuple[QueryConcept, ...]:
        """Return the concepts that the words of ``text`` ask for, in their order."""
        typed = fold(text)
        wanted = needs(text)[:MOST_CONCEPTS]
        if not wanted:
            return ()
        end = wanted[-1].end
        items = [item for item in _items(text) if item.end <= end]
        pieces = [
            (first, last, structs.replace(piece, text=text[first:last]))
            for first, last, piece in self._pieces(typed, items)
        ]
        groups = list(_clusters(wanted, pieces))
        terms = _Terms(text, end)
        found = [
            QueryConcept(
                text[first:last],
                tuple(need for need in own if not need.common) or tuple(own),
                _with_optional([piece for _, _, piece in rendered]),
                terms.within(first, last),
                common=all(need.common for need in own),
            )
            for first, last, own, rendered in groups
        ]
        rest = terms.rest()
        return (*found, QueryConcept("", (), terms=rest, common=True)) if rest else tuple(found)

    def _pieces(self, typed: str, items: Sequence[_Item]) -> Iterator[tuple[int, int, Piece]]:
        position = 0
        while position < len(items):
            size, found = self._longest(typed, items, position)
            yield from found
            position += size

    def _longest(
        self, typed: str, items: Sequence[_Item], position: int
    ) -> tuple[int, list[tuple[int, int, Piece]]]:
        """Return how many words are taken from ``position`` on, and the pieces that render them."""
        first = items[position]
        if not first.han:
            read = self._as_pinyin(typed, items, position)
            if read:
                return read
        for size in range(min(LONGEST_TERM, len(items) - position), 0, -1):
            row = items[position : position + size]
            if size > 1 and not _one_term(row):
                continue
            renderings = self._renderings(typed, row)
            if renderings:
                alone = first.han and first.end - first.start == 1 and size == 1
                share = CHARACTER_SHARE if alone and len(items) > 1 else SHARE
                return size, [_piece(typed, row[0].start, row[-1].end, renderings, share)]
        return 1, list(self._split(typed, first)) if first.han and not first.common else []

    def _renderings(self, typed: str, row: Sequence[_Item]) -> tuple[Rendering, ...]:
        if all(item.common for item in row) or row[0].common:
            return ()
        surface = typed[row[0].start : row[-1].end]
        if row[0].han:
            return self._thesaurus.for_chinese(surface) if "en" in self._into else ()
        stems = tuple(item.form for item in row)
        return self._thesaurus.for_english(stems, surface, into_chinese="zh" in self._into)

    def _split(self, typed: str, word: _Item) -> Iterator[tuple[int, int, Piece]]:
        """Render an unknown Chinese word by the known words that it is made of."""
        if "en" not in self._into or len(word.form) <= 2:
            return
        unknown = word.start
        for start, end in self._parts(word.form):
            renderings = self._thesaurus.for_chinese(word.form[start:end]) if end - start > 1 else ()
            if renderings:
                first, last = word.start + start, word.start + end
                if first > unknown:
                    yield _piece(typed, unknown, first, (), SHARE)
                yield _piece(typed, first, last, renderings, SHARE)
                unknown = last
        if word.start < unknown < word.end:
            yield _piece(typed, unknown, word.end, (), SHARE)

    def _parts(self, word: str) -> list[tuple[int, int]]:
        """Cut a word into known ones and as few single characters as can be."""
        best: list[tuple[int, list[tuple[int, int]]]] = [(0, [])]
        for end in range(1, len(word) + 1):
            cuts = [(best[end - 1][0] + _SINGLE, [*best[end - 1][1], (end - 1, end)])]
            cuts += [
                (best[start][0] + 1, [*best[start][1], (start, end)])
                for start in range(max(0, end - LONGEST_WORD), end - 1)
                if end - start < len(word) and self._lexicon.english(word[start:end])
            ]
            best.append(min(cuts, key=lambda cut: (cut[0], cut[1][-1][0])))
        return best[-1][1]

    def _as_pinyin(
        self, typed: str, items: Sequence[_Item], position: int
    ) -> tuple[int, list[tuple[int, int, Piece]]] | None:
        """Read Latin words that the library hardly holds as pinyin, as many as make one word."""
        if "zh" not in self._into:
            return None
        row = [item for item in items[position : position + LONGEST_WORD] if not item.han]
        for size in range(len(row), 0, -1):
            part = row[:size]
            if not any(self._may_be_pinyin(item) for item in part):
                continue
            start, end = part[0].start, part[-1].end
            renderings = self._from_pinyin(typed[start:end].replace(" ", ""))
            if renderings:
                return size, [_piece(typed, start, end, renderings, SHARE)]
        return self._as_several(typed, items[position])

    def _from_pinyin(self, letters: str) -> tuple[Rendering, ...]:
        return self._thesaurus.for_pinyin(letters, into_english="en" in self._into)

    def _may_be_pinyin(self, item: _Item) -> bool:
        """Whether a Latin word is no English one, as far as the library and the dictionary know."""
        known = max(self._lexicon.chinese(item.form).values(), default=0.0) >= SURE
        return not known and self._reader.count(Field.WORDS, item.form) <= _FEW

    def _as_several(self, typed: str, item: _Item) -> tuple[int, list[tuple[int, int, Piece]]] | None:
        """Read one Latin word as the pinyin of several words."""
        if not self._may_be_pinyin(item):
            return None
        readings = self._thesaurus.split(typed[item.start : item.end])
        found = [
            _piece(reading, 0, len(reading), self._from_pinyin(reading), SHARE)[2] for reading in readings
        ]
        return (1, [(item.start, item.end, piece) for piece in found]) if found else None


class _Terms:
    """The terms of a query by where they were typed, each given once."""

    def __init__(self, text: str, end: int) -> None:
        best: dict[tuple[Field, str], tuple[WeightedTerm, int, int]] = {}
        for term, start, last in ranking_terms(text):
            if last <= end:
                best.setdefault((term.field, term.term), (term, start, last))
        self._left = list(best.values())

    def within(self, first: int, last: int) -> tuple[WeightedTerm, ...]:
        """Take the terms that lie between two offsets."""
        taken = [found for found in self._left if first <= found[1] and found[2] <= last]
        self._left = [found for found in self._left if found not in taken]
        return tuple(term for term, _, _ in taken)

    def rest(self) -> tuple[WeightedTerm, ...]:
        """Take what is left."""
        return tuple(term for term, _, _ in self._left)


def _items(text: str) -> Iterator[_Item]:
    for unit in units(text):
        if unit.kind == "han":
            for word, start, end in _cut(unit):
                yield _Item(word, han=True, start=start, end=end, common=word in CHINESE_STOPWORDS)
        elif unit.kind == "word":
            tokens = list(word_tokens(unit))
            for token in tokens[1:] or tokens:
                typed = unit.text[token.start - unit.start : token.end - unit.start]
                common = token.form in ENGLISH_STOPWORDS or typed in ENGLISH_STOPWORDS
                yield _Item(token.form, han=False, start=token.start, end=token.end, common=common)


def _cut(unit: Unit) -> Iterator[tuple[str, int, int]]:
    if len(unit.text) <= 2:
        yield unit.text, unit.start, unit.end
        return
    from hubtui.text.segment import cut  # deferred: jieba

    for word, start, end in cut(unit.text):
        yield word, unit.start + start, unit.start + end


def _one_term(row: Sequence[_Item]) -> bool:
    """Whether words can be one term: English ones, or Chinese ones without anything between."""
    if any(item.han != row[0].han for item in row):
        return False
    joined = all(one.end == other.start for one, other in pairwise(row))
    return not row[0].han or (joined and row[-1].end - row[0].start <= LONGEST_WORD)


def _piece(
    typed: str, start: int, end: int, renderings: tuple[Rendering, ...], share: float
) -> tuple[int, int, Piece]:
    return start, end, Piece(typed[start:end], renderings, share)


def _with_optional(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Let passages lack the single characters beside longer pieces."""
    longer = any(len(piece.text) > 1 for piece in pieces)
    return tuple(
        structs.replace(piece, optional=True)
        if longer and len(piece.text) == 1 and piece.renderings
        else piece
        for piece in pieces
    )


def _clusters(
    wanted: Sequence[Need], pieces: Sequence[tuple[int, int, Piece]]
) -> Iterator[tuple[int, int, list[Need], list[tuple[int, int, Piece]]]]:
    """Put together the needs and pieces that overlap, in the order of the text."""
    parts: list[tuple[int, int, Need | tuple[int, int, Piece]]] = [
        *((need.start, need.end, need) for need in wanted),
        *((piece[0], piece[1], piece) for piece in pieces),
    ]
    first = last = 0
    own: list[Need] = []
    rendered: list[tuple[int, int, Piece]] = []
    for start, end, part in sorted(parts, key=lambda found: found[:2]):
        if (own or rendered) and start >= last:
            yield first, last, own, rendered
            own, rendered, last = [], [], 0
        if not own and not rendered:
            first = start
        last = max(last, end)
        if isinstance(part, Need):
            own.append(part)
        else:
            rendered.append(part)
    if own or rendered:
        yield first, last, own, rendered


def places_of(root: Node, conditions: Mapping[Filter, Condition]) -> frozenset[str]:
    """Return the places that the filters of a tree name which are not negated."""
    named = (conditions[leaf].places for leaf in terms(root) if isinstance(leaf, Filter))
    return frozenset().union(*named)


def _view_of(root: Node) -> MentionView:
    """Return what the ``mentions`` filters of a query say, wherever they stand in it; they add up."""
    view = MentionView()
    for leaf in terms(root):
        if isinstance(leaf, Filter) and leaf.name == MENTIONS.name:
            view = view.narrowed(MENTIONS.view(leaf.value))
    return view


def _relaxed(root: And, finds: Callable[[Phrase], bool]) -> And:
    """Return a query in which the phrases that find nothing are free-standing words."""

    def inside(node: Node) -> Node:
        match node:
            case And(nodes):
                return And(tuple(map(inside, nodes)))
            case Or(nodes):
                return Or(tuple(map(inside, nodes)))
            case Phrase(text) if not finds(node):
                return Word(text)
        return node

    return And(tuple(map(inside, root.nodes)))


def _whole(nodes: Sequence[Node], forms: Mapping[Text, Sequence[str]]) -> list[Node]:
    """Return nodes in which a word that is being typed is whole where nothing in the library begins so."""
    found: list[Node] = []
    for node in nodes:
        match node:
            case And(inner):
                found.append(And(tuple(_whole(inner, forms))))
            case Or(inner):
                found.append(Or(tuple(_whole(inner, forms))))
            case Begun(text) if not forms[node]:
                found.append(Word(text))
            case _:
                found.append(node)
    return found


def _joined(nodes: Sequence[Node]) -> list[Node]:
    """Return nodes that must all match with those words as one that stand side by side."""
    found: list[Node] = []
    for node in nodes:
        match node:
            case And(inner):
                found.append(And(tuple(_joined(inner))))
            case Or(inner):
                found.append(Or(tuple(joined for one in inner for joined in _joined([one]))))
            case Not(inner):
                (negated,) = _joined([inner])
                found.append(Not(negated))
            case Word(text) if found and isinstance(found[-1], Word):
                found[-1] = Word(f"{found[-1].text} {text}")
            case _:
                found.append(node)
    return found
