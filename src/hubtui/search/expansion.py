"""What the words of a query ask for: concepts, each with the ways in which a passage may say it.

The thesaurus has other words for a query's words: translations, names of a city, irregular forms, pinyin.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from msgspec import Struct, structs

from hubtui.index.engine import Field, Reader, WeightedTerm
from hubtui.places import Gazetteer
from hubtui.search.lexicon import Lexicon, english_key, english_words, other_forms
from hubtui.search.text_patterns import HanString, HanWord, Pattern, Stems
from hubtui.text.analyzer import (
    CHINESE_PARTICLES,
    CHINESE_STOPWORDS,
    ENGLISH_STOPWORDS,
    MEASURES,
    NUMERALS,
    Unit,
    fold,
    gram_tokens,
    is_han,
    stem,
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


class Rendering(Struct, frozen=True):
    """Another way to say a part of a query.

    Attributes:
        text: Chinese characters, or English words, for the eye.
        way: See :class:`hubtui.core.models.Match`.
        stems: The stems of English words; none for Chinese.
        weight: How well it fits, 1 being best.
        sure: Whether a passage with it is a hit; else it only counts for the order.
        inside: Whether a single character makes a hit inside other words too.
    """

    text: str
    way: str
    stems: tuple[str, ...]
    weight: float
    sure: bool = True
    inside: bool = False

    @property
    def pattern(self) -> Pattern:
        """What to look for in a text."""
        if self.stems:
            return Stems(self.stems)
        return HanWord(self.text, self.before) if self.is_character else HanString(self.text)

    @property
    def is_character(self) -> bool:
        """Whether it is a single character, which counts only where it is a word: most stand in others."""
        return self.way == "translated" and len(self.text) == 1 and not self.stems

    @property
    def before(self) -> str:
        """The characters with which the segmenter takes a single one together, though it is a word."""
        return MEASURES if self.text in NUMERALS else ""


class Piece(Struct, frozen=True):
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


class QueryConcept(Struct, frozen=True):
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

    def loosened(self, *, inside: bool) -> "QueryConcept":
        """Return the same with every rendering sure, single characters also ``inside`` other words."""
        pieces = [
            structs.replace(
                piece,
                renderings=tuple(structs.replace(r, sure=True, inside=inside) for r in piece.renderings),
            )
            for piece in self.pieces
        ]
        return structs.replace(self, pieces=tuple(pieces))


MOST_RENDERINGS = 6
"""Renderings of one word that count for the order."""
MOST_SURE = 5
"""Renderings of one word that make a hit."""
SURE = 0.34
"""What a sure rendering weighs at least, and beside the best one that the library has."""
CHARACTER = 0.6
"""What a single character, which stands in so many words, weighs beside the best rendering to be sure."""
INFLECTED = 0.9
"""What an irregular form counts beside the word itself."""
PLACE = 1.0
"""What another name of a city counts."""
_PART, _HEAD = 0.1, 0.2  # what a word of a gloss counts, and the last one
_PLACE_NAMES = 4
_KINDS = frozenset({"province", "city", "region", "country", "area", "continent"})


class Thesaurus:
    """Other words that passages of one library hold."""

    def __init__(self, reader: Reader, lexicon: Lexicon, gazetteer: Gazetteer) -> None:
        """Look among the words of ``reader``."""
        self._reader = reader
        self._lexicon = lexicon
        self._gazetteer = gazetteer
        self._pinyin = Pinyin(lexicon, self.holding)

    def holding(self, word: str) -> int:
        """Return how many passages may hold a Chinese word, at most."""
        if len(word) == 1:
            return self._reader.count(Field.GRAMS, word)
        return min(self._reader.count(Field.GRAMS, word[at : at + 2]) for at in range(len(word) - 1))

    def for_english(self, stems: tuple[str, ...], typed: str, *, into_chinese: bool) -> tuple[Rendering, ...]:
        """Return renderings of English words; ``typed`` is how they were written, folded."""
        found: list[Rendering] = []
        if into_chinese:
            weights = dict(self._lexicon.chinese(" ".join(stems)))
            if len(stems) == 1:
                for form in other_forms(stems[0]):
                    for word, weight in self._lexicon.chinese(form).items():
                        weights[word] = max(weights.get(word, 0.0), weight)
            found += self._chinese(weights)
            found += self._places(typed, chinese=True)
        if len(stems) == 1:
            found += [
                Rendering(form, "inflected", (form,), INFLECTED)
                for form in other_forms(stems[0])
                if self._reader.count(Field.WORDS, form)
            ]
        return _chosen(found)

    def for_chinese(self, word: str) -> tuple[Rendering, ...]:
        """Return English renderings of a folded Chinese word."""
        found = list(self._english(self._lexicon.english(word)))
        found += self._places(word, chinese=False)
        return _chosen(found)

    def for_pinyin(self, typed: str, *, into_english: bool) -> tuple[Rendering, ...]:
        """Return the Chinese words of the library that are read so; ``typed`` is folded.

        With the English names of the place that the first of them names: ``haerbin`` finds what 哈尔滨 does.
        """
        found = self._pinyin.words(typed)
        names = self._places(found[0].text, chinese=False) if found and into_english else ()
        return _chosen([*found, *names])

    def split(self, typed: str) -> list[str]:
        """Return the readings of the words of the library that make up ``typed``."""
        return self._pinyin.split(typed)

    def _chinese(self, weights: Mapping[str, float]) -> Iterator[Rendering]:
        best = max(weights.values(), default=0.0)
        ranked = sorted(weights.items(), key=lambda pair: -pair[1])
        held = ((word, weight) for word, weight in ranked if self.holding(word))
        for word, weight in islice(held, MOST_RENDERINGS):
            sure = len(word) > 1 or (weight >= CHARACTER * best and word not in CHINESE_PARTICLES)
            yield Rendering(word, "translated", (), weight, sure)

    def _english(self, glosses: Mapping[str, float]) -> Iterator[Rendering]:
        weighed: dict[tuple[str, ...], tuple[float, str]] = {}
        for gloss, weight in glosses.items():
            for stems, written, share in _parts(gloss):
                if weight * share > weighed.get(stems, (0.0, ""))[0]:
                    weighed[stems] = weight * share, written
        ranked = sorted(weighed.items(), key=lambda pair: -pair[1][0])
        held = ((stems, found) for stems, found in ranked if self._all_held(stems))
        for stems, (weight, written) in islice(held, MOST_RENDERINGS):
            yield Rendering(written, "translated", stems, weight)
            for form in other_forms(stems[0]) if len(stems) == 1 else ():
                if self._reader.count(Field.WORDS, form):
                    yield Rendering(form, "translated", (form,), weight * INFLECTED)

    def _places(self, typed: str, *, chinese: bool) -> Iterator[Rendering]:
        """Yield the names in the other language of the place that ``typed`` names."""
        readings = self._gazetteer.readings(typed)
        ids = [reading.places[0] for reading in readings if len(reading.places) == 1]
        ids = [place_id for place_id in ids if self._listed(place_id)]
        if not ids:
            return
        best = max(ids, key=self._gazetteer.prominence)
        names = [name for name in self._gazetteer.names(best) if is_han(name[0]) == chinese and len(name) > 1]
        for name in names[:_PLACE_NAMES]:
            stems = () if chinese else tuple(english_key(name).split())
            held = self.holding(fold(name)) if chinese else self._all_held(stems)
            if held:
                yield Rendering(fold(name) if chinese else name, "place", stems, PLACE)

    def _listed(self, place_id: str) -> bool:
        place = self._gazetteer.place(place_id)
        return place is not None and place.kind in _KINDS

    def _all_held(self, stems: tuple[str, ...]) -> bool:
        return bool(stems) and all(self._reader.count(Field.WORDS, stem) for stem in stems)


def _parts(gloss: str) -> Iterator[tuple[tuple[str, ...], str, float]]:
    """Yield the stems of a gloss, as written and what they count; then those of its single words.

    Function words around a single word are left out: *for example* is found by *example*.
    """
    pairs = english_words(gloss)
    telling = [(stem, word) for stem, word in pairs if stem not in ENGLISH_STOPWORDS]
    if len(telling) > 1:
        yield tuple(form for form, _ in pairs), gloss, 1.0
    for position, (form, word) in enumerate(telling):
        share = 1.0 if len(telling) == 1 else _HEAD if position == len(telling) - 1 else _PART
        yield (form,), word, share


def _chosen(found: Iterable[Rendering]) -> tuple[Rendering, ...]:
    """Return the renderings best first, each once, and mark those that are sure."""
    best_of: dict[tuple[str, tuple[str, ...]], Rendering] = {}
    for rendering in found:
        key = (rendering.text if not rendering.stems else "", rendering.stems)
        if key not in best_of or best_of[key].weight < rendering.weight:
            best_of[key] = rendering
    ranked = sorted(best_of.values(), key=lambda rendering: -rendering.weight)
    least = max(SURE, SURE * ranked[0].weight) if ranked else SURE
    return tuple(
        structs.replace(rendering, sure=rendering.sure and rendering.weight >= least and position < MOST_SURE)
        for position, rendering in enumerate(ranked)
    )


MOST_WORDS = 5
"""Words that one reading stands for at most."""
LONGEST = 40
"""Letters; what is longer is no pinyin."""

_TONED = re.compile(r"(?:[a-z]{1,6}[1-5])+")
_FEWEST_FOR_INITIALS = 2
_INITIALS = range(3, 7)
_LONGEST_WORD = 24  # letters of a word's reading


class Pinyin:
    """Reads pinyin as words of one library."""

    def __init__(self, lexicon: Lexicon, holding: Callable[[str], int]) -> None:
        """Take words from ``lexicon`` that some passages hold, as ``holding`` counts them."""
        self._lexicon = lexicon
        self._holding = holding

    def words(self, typed: str) -> list[Rendering]:
        """Return the words of the library that are read as ``typed`` (folded)."""
        letters = letters_of(typed)
        if not letters or len(letters) > LONGEST:
            return []
        found = self._read(letters)
        if found:
            return [Rendering(word, "pinyin", (), 1 - 0.1 * rank) for rank, word in enumerate(found)]
        if len(letters) in _INITIALS:
            meant = self._held(self._lexicon.initialled(letters), _FEWEST_FOR_INITIALS)
            return [Rendering(word, "pinyin", (), 0.7 - 0.1 * rank) for rank, word in enumerate(meant[:3])]
        return []

    def split(self, typed: str) -> list[str]:
        """Return the readings of the fewest words of the library that make up ``typed``; none if none do."""
        letters = letters_of(typed)
        if not letters or len(letters) > LONGEST:
            return []
        best: list[list[str] | None] = [[]]
        for end in range(1, len(letters) + 1):
            rows = [
                [*before, letters[start:end]]
                for start in range(max(0, end - _LONGEST_WORD), end)
                if (before := best[start]) is not None and self._read(letters[start:end])
            ]
            best.append(min(rows, key=len, default=None))
        return best[-1] or []

    def _read(self, letters: str) -> list[str]:
        return self._held(self._lexicon.read_as(letters), 1)[:MOST_WORDS]

    def _held(self, words: tuple[str, ...], fewest: int) -> list[str]:
        """Return the words that so many passages hold, the most frequent first."""
        counted = [(self._holding(word), word) for word in words]
        return [word for count, word in sorted(counted, key=lambda pair: -pair[0]) if count >= fewest]


def letters_of(typed: str) -> str:
    """Return the bare letters of pinyin as typed, tone numbers and apostrophes left out; ``""`` if none."""
    bare = typed.replace("'", "")
    if _TONED.fullmatch(bare):
        bare = "".join(_letters(bare))
    return bare if bare.isascii() and bare.isalpha() else ""


def _letters(toned: str) -> Iterator[str]:
    return (character for character in toned if character.isalpha())


_BEGINNINGS = 1000
"""Stems that one beginning stands for at most."""
_SUFFIXES = (
    "able ably al ally ance ances ant ants ate ated ates ating ation ational ations ative ed ence ences ent"
    " ents er ers es est ful fully fulness ible ibly ic ical ically ies iness ing ingly ings ion ions ish"
    " ism isms ist ists ities ity ive ively iveness ization izations ize ized izer izes izing less lessness"
    " ly ment ments ness or ors ous ously ousness sion sions tion tional tions y"
)
"""English endings that the stemmer takes off."""
_TAILS = tuple(dict.fromkeys(suffix[at:] for suffix in _SUFFIXES.split() for at in range(len(suffix))))


def begun_stems(reader: Reader, beginning: str) -> list[str]:
    """Return the stems in the library of words that begin so.

    A stem may be shorter than the beginning: *governm* begins *government*, whose stem is *govern*.
    """
    typed = fold(beginning)
    found = dict.fromkeys(reader.terms(Field.WORDS, typed, _BEGINNINGS))
    whole = stem(typed)
    shorter = (form for form in map(stem, (typed + tail for tail in _TAILS)) if len(form) <= len(typed))
    held = (form for form in (whole, *shorter) if reader.count(Field.WORDS, form))
    return list(found | dict.fromkeys(held))
