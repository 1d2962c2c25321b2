"""What a word of a query needs in a passage: the folded strings or stems that must be there."""

from collections.abc import Iterator
from dataclasses import dataclass

from hubtui.index.engine import Field, WeightedTerm
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
    """

    text: str
    han: bool
    common: bool = False


def needs(text: str) -> list[Need]:
    """Give what the free-standing ``text`` needs.

    Chinese is cut into words; a character that is no word joins its neighbours, so that 云计算, which a
    dictionary cuts into 云 and 计算, is looked for as one. If all are common, none counts as common.
    """
    found = [need for unit in units(text) for need in _unit_needs(unit)]
    found = list(dict.fromkeys(found))
    if all(need.common for need in found):
        return [Need(need.text, need.han) for need in found]
    return found


def ranking_terms(text: str) -> Iterator[WeightedTerm]:
    """Give the terms by which passages that match ``text`` are ranked."""
    for token in words(text):
        yield WeightedTerm(Field.WORDS, token.form)
        yield WeightedTerm(Field.HEADING, token.form, HEADING_WEIGHT)
    for unit in units(text):
        if unit.kind != "word":
            for token in gram_tokens(unit):
                if len(token.form) > 1 or len(unit.text) == 1:
                    yield WeightedTerm(Field.GRAMS, token.form, GRAM_WEIGHT)


def _unit_needs(unit: Unit) -> Iterator[Need]:
    if unit.kind == "word":
        tokens = list(word_tokens(unit))
        for token in tokens[1:] or tokens:
            yield Need(token.form, han=False, common=token.form in ENGLISH)
    elif unit.kind == "kana" or len(unit.text) <= 2:
        yield Need(unit.text, han=True, common=unit.text in CHINESE)
    else:
        for word in _joined(unit.text):
            yield Need(word, han=True, common=word in CHINESE)


def _joined(run: str) -> Iterator[str]:
    from hubtui.text.segment import cut  # noqa: PLC0415  # deferred: jieba

    pending = ""
    for word, _, _ in cut(run):
        if len(word) == 1 and word not in CHINESE:
            pending += word
        elif word in CHINESE:
            if pending:
                yield pending
                pending = ""
            yield word
        else:
            yield pending + word
            pending = ""
    if pending:
        yield pending
