"""What the words of a query ask for: concepts, each with the ways in which a passage may say it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from hubtui.index.engine import Field, WeightedTerm
from hubtui.search.text_patterns import HanString, Pattern, Stems
from hubtui.text.tokens import (
    CHINESE_STOPWORDS,
    ENGLISH_STOPWORDS,
    Unit,
    gram_tokens,
    units,
    word_tokens,
    words,
)

GRAM_WEIGHT = 0.5
"""What a pair of characters counts beside a word: measured best with words at 1."""
HEADING_WEIGHT = 0.4
"""What a word of the title or section counts beside one of the text."""


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that a passage must hold to match a word.

    Attributes:
        text: Folded; a stem where :attr:`han` is false.
        han: Whether ``text`` is looked for as a string, wherever words begin and end.
        common: Whether a passage may lack it.
        start: Offset of what was typed.
        end: Offset after it.
        typed: What was typed.
    """

    text: str
    han: bool
    common: bool = False
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)
    typed: str = field(default="", compare=False)

    @property
    def pattern(self) -> Pattern:
        """What to look for in a text."""
        return HanString(self.text) if self.han else Stems((self.text,))


def needs(text: str) -> list[Need]:
    """Return the needs of the free-standing ``text``, in their order.

    Chinese is cut into words; a character that is no word joins its neighbours, so that 云计算, which a
    dictionary cuts into 云 and 计算, is looked for as one. If all are common, none counts as common.
    """
    found = [
        replace(need, typed=text[need.start : need.end]) for unit in units(text) for need in _unit_needs(unit)
    ]
    if all(need.common for need in found):
        return [replace(need, common=False) for need in found]
    return found


def ranking_terms(text: str) -> Iterator[tuple[WeightedTerm, int, int]]:
    """Yield the terms by which passages that match ``text`` are ranked, with where they were typed."""
    for token in words(text):
        yield WeightedTerm(Field.WORDS, token.form), token.start, token.end
        yield WeightedTerm(Field.HEADING, token.form, HEADING_WEIGHT), token.start, token.end
    for unit in units(text):
        if unit.kind != "word":
            for token in gram_tokens(unit):
                if len(token.form) > 1 or len(unit.text) == 1:
                    yield WeightedTerm(Field.GRAMS, token.form, GRAM_WEIGHT), token.start, token.end


def _unit_needs(unit: Unit) -> Iterator[Need]:
    if unit.kind == "word":
        tokens = list(word_tokens(unit))
        for token in tokens[1:] or tokens:
            typed = unit.text[token.start - unit.start : token.end - unit.start]
            common = token.form in ENGLISH_STOPWORDS or typed in ENGLISH_STOPWORDS
            yield Need(token.form, han=False, common=common, start=token.start, end=token.end)
    elif unit.kind == "kana" or len(unit.text) <= 2:
        common = unit.text in CHINESE_STOPWORDS
        yield Need(unit.text, han=True, common=common, start=unit.start, end=unit.end)
    else:
        for word, start in _joined(unit.text):
            at = unit.start + start
            yield Need(word, han=True, common=word in CHINESE_STOPWORDS, start=at, end=at + len(word))


def _joined(run: str) -> Iterator[tuple[str, int]]:
    from hubtui.text.segment import cut  # deferred: jieba

    pending, since = "", 0
    for word, start, _ in cut(run):
        if not pending:
            since = start
        if len(word) == 1 and word not in CHINESE_STOPWORDS:
            pending += word
        elif word in CHINESE_STOPWORDS:
            if pending:
                yield pending, since
            yield word, start
            pending = ""
        else:
            yield pending + word, since
            pending = ""
    if pending:
        yield pending, since


@dataclass(frozen=True, slots=True)
class Rendering:
    """Another way to say a part of a query.

    Attributes:
        text: Chinese characters, or English words, for the eye.
        way: See :class:`hubtui.core.models.Match`.
        stems: The stems of English words; none for Chinese.
        weight: How well it fits, 1 being best.
        sure: Whether a passage with it is a hit; else it only counts for the order.
    """

    text: str
    way: str
    stems: tuple[str, ...]
    weight: float
    sure: bool = True

    @property
    def pattern(self) -> Pattern:
        """What to look for in a text."""
        return Stems(self.stems) if self.stems else HanString(self.text)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a query that is rendered as a whole.

    Attributes:
        text: As typed.
        renderings: What says the same, best first; none when nothing in the library does.
        share: What they count beside a literal match.
        optional: Whether a passage may lack it: a character beside a word, which mostly belongs to it.
    """

    text: str
    renderings: tuple[Rendering, ...]
    share: float
    optional: bool = False

    @property
    def sure(self) -> tuple[Rendering, ...]:
        """The renderings that make a passage a hit."""
        return tuple(rendering for rendering in self.renderings if rendering.sure)


@dataclass(frozen=True, slots=True)
class QueryConcept:
    """Something that a query asks for.

    Attributes:
        text: As typed.
        needs: What a passage must hold to say it in the query's own words.
        pieces: What it must hold to say it in others: one rendering of each piece.
        terms: What passages are ranked by that say it in the query's own words.
        common: Whether a passage may lack it.
    """

    text: str
    needs: tuple[Need, ...]
    pieces: tuple[Piece, ...] = ()
    terms: tuple[WeightedTerm, ...] = ()
    common: bool = False

    @property
    def is_function_word(self) -> bool:
        """Whether it says nothing by itself; a common concept without a text holds what lies across words."""
        return self.common and bool(self.text)

    @property
    def rendered(self) -> bool:
        """Whether a passage can say all of it in other words."""
        return bool(self.required) and all(piece.sure for piece in self.required)

    @property
    def required(self) -> tuple[Piece, ...]:
        """The pieces of which a passage must hold a rendering."""
        return tuple(piece for piece in self.pieces if not piece.optional)

    def loosened(self) -> "QueryConcept":
        """Return the same with every rendering sure."""
        pieces = [
            replace(piece, renderings=tuple(replace(one, sure=True) for one in piece.renderings))
            for piece in self.pieces
        ]
        return replace(self, pieces=tuple(pieces))
