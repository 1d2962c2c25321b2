"""What a text typed as words needs in a passage, and what passages are ranked by, each with its place."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from hubtui.index.engine import Field, WeightedTerm
from hubtui.search.texts import HanString, Pattern, Stems
from hubtui.text.stopwords import CHINESE, ENGLISH
from hubtui.text.tokens import Unit, gram_tokens, units, word_tokens, words

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
    """Give what the free-standing ``text`` needs.

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
    """Give the terms by which passages that match ``text`` are ranked, with where they were typed."""
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
            common = token.form in ENGLISH or typed in ENGLISH
            yield Need(token.form, han=False, common=common, start=token.start, end=token.end)
    elif unit.kind == "kana" or len(unit.text) <= 2:
        common = unit.text in CHINESE
        yield Need(unit.text, han=True, common=common, start=unit.start, end=unit.end)
    else:
        for word, start in _joined(unit.text):
            at = unit.start + start
            yield Need(word, han=True, common=word in CHINESE, start=at, end=at + len(word))


def _joined(run: str) -> Iterator[tuple[str, int]]:
    from hubtui.text.segment import cut  # deferred: jieba

    pending, since = "", 0
    for word, start, _ in cut(run):
        if not pending:
            since = start
        if len(word) == 1 and word not in CHINESE:
            pending += word
        elif word in CHINESE:
            if pending:
                yield pending, since
            yield word, start
            pending = ""
        else:
            yield pending + word, since
            pending = ""
    if pending:
        yield pending, since
