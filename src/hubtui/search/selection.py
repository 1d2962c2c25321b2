"""What a query selects, for those who count in it, and the words that the query itself brings along."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from hubtui.index.catalogue import Catalogue
from hubtui.index.engine import Mask
from hubtui.places import Gazetteer
from hubtui.search.highlights import Highlighter
from hubtui.search.plan import Plan
from hubtui.search.query import Fuzzy, Near, Phrase, Prefix
from hubtui.search.snapshot import Snapshot
from hubtui.text.fold import fold
from hubtui.text.running import is_chinese
from hubtui.text.tokens import stem, units, word_tokens

_ENDINGS = "市省区县州"
"""What a Chinese name of a place ends with, or not: 哈尔滨市."""
_PARTS = re.compile(r"[-&.']")


@dataclass(frozen=True, slots=True)
class Selection:
    """What a query selects.

    Attributes:
        plan: The query, made ready.
        snapshot: The state of the library.
        passages: The passages; of reprints of one story, each passage once.
        places: The ids of the places that its filters name.
        highlighter: Finds what it matches in a passage.
    """

    plan: Plan
    snapshot: Snapshot
    passages: Mask
    places: frozenset[str]
    highlighter: Highlighter


def own_words(
    selections: Iterable[Selection], catalogue: Catalogue, gazetteer: Gazetteer
) -> Callable[[str], bool]:
    """Give what tells whether a word belongs to these queries: a word of theirs, or a name of their places.

    Such words stand in their passages because they were asked for, and would head every list.
    """
    texts: set[str] = set()
    for selection in selections:
        texts.update(_asked_for(selection.plan))
        for place_id in selection.places:
            texts.update(gazetteer.names(place_id))
            texts.update(name for _, name, _ in catalogue.mentions.of_place(place_id))
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
    for concept in plan.wanted():
        if not concept.common:
            yield concept.text
            yield from (one.text for piece in concept.required for one in piece.sure)
    for leaf in plan.texts():
        if isinstance(leaf, Phrase | Prefix | Fuzzy | Near):
            yield fold(leaf.text)
