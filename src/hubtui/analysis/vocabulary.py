"""The words of a set of passages as they are written there, and those that a query itself brings along."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from hubtui.index.catalog import Catalog
from hubtui.index.engine import Mask
from hubtui.places import Gazetteer
from hubtui.search.facets import Numbers
from hubtui.search.parser import Begun, Fuzzy, Near, Phrase, Prefix
from hubtui.search.planner import Plan
from hubtui.search.searcher import Selection
from hubtui.search.snapshot import Snapshot
from hubtui.text.analyzer import fold, is_chinese, is_telling, running_words, stem, units, word_tokens

_ENDINGS = "市省区县州"
"""What a Chinese name of a place ends with, or not: 哈尔滨市."""
_PARTS = re.compile(r"[-&.']")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that say something in some passages.

    Attributes:
        holding: For each word, as the index stores it, how many of the passages have it.
        written: How each word is mostly written there.
        passages: How many passages were read.
        chinese: How many of them have Chinese words.
        western: How many of them have other words.
    """

    holding: Mapping[str, int]
    written: Mapping[str, str]
    passages: int
    chinese: int
    western: int

    def sized(self, form: str) -> int:
        """Return how many of the passages have words of the script of ``form``."""
        return self.chinese if is_chinese(form) else self.western


def languages(snapshot: Snapshot) -> tuple[Numbers, int]:
    """Number the languages of the sources: give the number for each slot, and how many numbers there are."""
    tags = [source.language.casefold().split("-")[0] for source in snapshot.sources]
    numbers = {tag: number for number, tag in enumerate(sorted(set(tags)))}
    of_source = np.array([*(numbers[tag] for tag in tags), len(numbers)], np.int64)
    return of_source[snapshot.source], len(numbers) + 1


def spread(snapshot: Snapshot, selected: Mask, most: int) -> Sequence[int]:
    """Return the slots of at most ``most`` of the selected passages, evenly spread over the library."""
    slots = snapshot.in_order(selected)
    if len(slots) > most:
        slots = slots[np.linspace(0, len(slots) - 1, most).astype(np.int64)]
    return [int(slot) for slot in slots]


def vocabulary(catalog: Catalog, snapshot: Snapshot, slots: Sequence[int]) -> Vocabulary:
    """Read the words of the passages in these slots."""
    keys = [int(snapshot.reader.keys[slot]) for slot in slots]
    return words_of(catalog.texts(keys).values())


def words_of(texts: Iterable[str]) -> Vocabulary:
    """Read the words of some texts."""
    holding: Counter[str] = Counter()
    spelt: dict[str, Counter[str]] = {}
    passages = chinese = western = 0
    for text in texts:
        seen: set[str] = set()
        for form, start, end in running_words(text):
            if is_telling(form):
                seen.add(form)
                spelt.setdefault(form, Counter())[text[start:end]] += 1
        holding.update(seen)
        passages += 1
        in_chinese = sum(map(is_chinese, seen))
        chinese += in_chinese > 0
        western += in_chinese < len(seen)
    written = {form: max(ways.items(), key=lambda way: (way[1], way[0]))[0] for form, ways in spelt.items()}
    return Vocabulary(holding, written, passages, chinese, western)


def own_words(
    selections: Iterable[Selection], catalog: Catalog, gazetteer: Gazetteer
) -> Callable[[str], bool]:
    """Return a test whether a word belongs to these queries: a word of theirs, or a name of their places.

    Such words stand in their passages because they were asked for, and would head every list.
    """
    texts: set[str] = set()
    for selection in selections:
        texts.update(_asked_for(selection.plan))
        for place_id in selection.places:
            texts.update(gazetteer.names(place_id))
            texts.update(name for _, name, _ in catalog.mentions.of_place(place_id))
    found = [unit for text in texts for unit in units(text)]
    western = {token.form for unit in found if unit.kind == "word" for token in word_tokens(unit)}
    chinese = [unit.text for unit in found if unit.kind == "han"]

    def owns(form: str) -> bool:
        if not is_chinese(form):
            return form in western or all(stem(part) in western for part in _PARTS.split(form))
        bare = form[:-1] if form[-1] in _ENDINGS else form
        return any(form in name or bare == name for name in chinese)

    return owns


def _asked_for(plan: Plan) -> Iterator[str]:
    for concept in plan.wanted:
        if not concept.common:
            yield concept.text
            yield from (one.text for piece in concept.required for one in piece.sure)
    for leaf in plan.texts:
        if isinstance(leaf, Phrase | Prefix | Begun | Fuzzy | Near):
            yield fold(leaf.text)
