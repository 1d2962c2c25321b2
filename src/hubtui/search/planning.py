"""From typed words to concepts: terms of several words first, then single ones, then parts of words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from hubtui.index.engine import Field, Reader, WeightedTerm
from hubtui.search.concepts import Concept, Piece, Rendering
from hubtui.search.lexicon import Lexicon
from hubtui.search.needs import Need, needs, ranking_terms
from hubtui.search.thesaurus import SURE, Thesaurus
from hubtui.text.fold import fold
from hubtui.text.stopwords import CHINESE, ENGLISH
from hubtui.text.tokens import Unit, units, word_tokens

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


@dataclass(frozen=True, slots=True)
class _Item:
    """A word of the query as dictionaries have it: its form is a stem where it is not Chinese."""

    form: str
    han: bool
    start: int
    end: int
    common: bool


class Planner:
    """Makes concepts of words for one state of a library."""

    def __init__(
        self, reader: Reader, lexicon: Lexicon, thesaurus: Thesaurus, *, into: frozenset[str] = frozenset()
    ) -> None:
        """Render words into the languages of ``into`` (``zh``, ``en``)."""
        self._reader = reader
        self._lexicon = lexicon
        self._thesaurus = thesaurus
        self._into = into

    def concepts(self, text: str) -> tuple[Concept, ...]:
        """Give what the words of ``text`` ask for, in their order."""
        typed = fold(text)
        wanted = needs(text)[:MOST_CONCEPTS]
        if not wanted:
            return ()
        end = wanted[-1].end
        items = [item for item in _items(text) if item.end <= end]
        pieces = [
            (first, last, replace(piece, text=text[first:last]))
            for first, last, piece in self._pieces(typed, items)
        ]
        groups = list(_clusters(wanted, pieces))
        terms = _Terms(text, end)
        found = [
            Concept(
                text[first:last],
                tuple(need for need in own if not need.common) or tuple(own),
                _with_optional([piece for _, _, piece in rendered]),
                terms.within(first, last),
                common=all(need.common for need in own),
            )
            for first, last, own, rendered in groups
        ]
        rest = terms.rest()
        return (*found, Concept("", (), terms=rest, common=True)) if rest else tuple(found)

    def _pieces(self, typed: str, items: Sequence[_Item]) -> Iterator[tuple[int, int, Piece]]:
        position = 0
        while position < len(items):
            size, found = self._longest(typed, items, position)
            yield from found
            position += size

    def _longest(
        self, typed: str, items: Sequence[_Item], position: int
    ) -> tuple[int, list[tuple[int, int, Piece]]]:
        """Give how many words are taken from ``position`` on, and what renders them."""
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
            renderings = self._thesaurus.for_pinyin(typed[start:end].replace(" ", ""))
            if renderings:
                return size, [_piece(typed, start, end, renderings, SHARE)]
        return self._as_several(typed, items[position])

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
            _piece(reading, 0, len(reading), self._thesaurus.for_pinyin(reading), SHARE)[2]
            for reading in readings
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
                yield _Item(word, han=True, start=start, end=end, common=word in CHINESE)
        elif unit.kind == "word":
            tokens = list(word_tokens(unit))
            for token in tokens[1:] or tokens:
                typed = unit.text[token.start - unit.start : token.end - unit.start]
                common = token.form in ENGLISH or typed in ENGLISH
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
        replace(piece, optional=True) if longer and len(piece.text) == 1 and piece.renderings else piece
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
