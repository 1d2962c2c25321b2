"""Which passages a query selects."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from hubtui.core.errors import UnknownPlaceError, question
from hubtui.core.i18n import _
from hubtui.core.models import Place
from hubtui.index.catalogue import Catalogue
from hubtui.index.engine import Field, Mask
from hubtui.places import Gazetteer
from hubtui.search.concepts import Concept, Rendering
from hubtui.search.filters import selects
from hubtui.search.mentioned import view_of
from hubtui.search.needs import Need, needs
from hubtui.search.patterns import near_pattern
from hubtui.search.phrases import phrase_spans
from hubtui.search.plan import Plan
from hubtui.search.query import Both, Either, Filter, Fuzzy, Near, Node, Not, Phrase, Prefix, Text, Word
from hubtui.search.snapshot import Snapshot
from hubtui.search.spelling import Speller
from hubtui.search.texts import FoldedText
from hubtui.text.fold import fold
from hubtui.text.tokens import Unit, gram_tokens, units, word_tokens

PREFIX_TERMS = 1000
"""How many words a prefix stands for at most."""

Selection = Mask | None
"""The passages that a part of a query selects; ``None`` where it sets no condition at all."""


class Matcher:
    """Matches the parts of a plan against one state of the library."""

    def __init__(self, catalogue: Catalogue, snapshot: Snapshot, gazetteer: Gazetteer, plan: Plan) -> None:
        """Match against ``snapshot``, reading texts from ``catalogue``."""
        self._view = view_of(plan.root)
        self._catalogue = catalogue
        self._snapshot = snapshot
        self._reader = snapshot.reader
        self._gazetteer = gazetteer
        self._plan = plan

    def select(self, node: Node, *, literal: bool = False) -> Selection:
        """Give the passages that match ``node``, or that match it in the query's own words.

        Raises:
            UnknownPlaceError: A filter names a city that there is not.
        """
        match node:
            case Both(nodes):
                return every(self.select(part, literal=literal) for part in nodes)
            case Either(nodes):
                return some(self.select(part, literal=literal) for part in nodes)
            case Not(inner):
                selected = self.select(inner, literal=True)
                return None if selected is None else self._snapshot.live & ~selected
            case Filter("mentions"):
                return None
            case Filter():
                return self._filtered(node)
            case Word(text):
                return every(
                    self.concept(concept, literal=literal)
                    for concept in self._plan.concepts[text]
                    if not concept.common
                )
        return self.text(node)

    def select_some(self) -> Mask:
        """Give the passages that match any of the words, and meet all other conditions."""
        found = [self._snapshot.nothing()]
        for leaf in self._plan.texts():
            if isinstance(leaf, Word):
                found.extend(
                    self._any(concept) for concept in self._plan.concepts[leaf.text] if not concept.common
                )
            else:
                selected = self.text(leaf)
                if selected is not None:
                    found.append(selected)
        strict = (self.select(part) for part in self._plan.root.nodes if isinstance(part, Filter | Not))
        selected = every([some(found), *strict])
        return self._snapshot.nothing() if selected is None else selected

    def concept(self, concept: Concept, *, literal: bool = False) -> Mask:
        """Give the passages that say what a concept asks for."""
        own = every(self._having(need) for need in concept.needs)
        selected = self._snapshot.nothing() if own is None else own
        if not literal and concept.rendered:
            others = every(
                some(self.rendering(rendering) for rendering in piece.sure) for piece in concept.required
            )
            selected = selected if others is None else selected | others
        return selected

    def rendering(self, rendering: Rendering) -> Mask:
        """Give the passages that hold a rendering."""
        return self._snapshot.remembered(rendering, self._find_rendering)

    def text(self, leaf: Text) -> Selection:
        """Give the passages in which a leaf that is no word stands."""
        match leaf:
            case Phrase(text):
                return self._phrase(text)
            case Near(text):
                wanted = near_pattern(leaf)
                selected = every(self._having(need) for need in needs(text))
                if selected is None or wanted is None:
                    return selected
                return self._verified(selected, lambda passage: bool(wanted.spans(FoldedText(passage))))
            case Prefix(text):
                return self._prefix(text)
            case Fuzzy(text):
                return self._reader.having(Field.WORDS, *Speller(self._reader).forms(text))
            case Word(text):
                return every(self._having(need) for need in needs(text) if not need.common)

    def as_written(self, stem: str) -> str:
        """Give a word of a passage that has this stem."""
        slots = self._snapshot.in_order(self._reader.having(Field.WORDS, stem))[:1]
        for text in self._catalogue.texts([int(key) for key in self._reader.keys[slots]]).values():
            folded = FoldedText(text)
            for word in folded.words:
                if word.stem == stem:
                    return folded.folded[word.start : word.end]
        return stem

    def _any(self, concept: Concept) -> Mask:
        found = [self._snapshot.nothing(), *(self._having(need) for need in concept.needs)]
        found += [self.rendering(rendering) for piece in concept.pieces for rendering in piece.sure]
        united = some(found)
        return self._snapshot.nothing() if united is None else united

    def _find_rendering(self, rendering: Rendering) -> Mask:
        if not rendering.stems:
            return self._having(Need(rendering.text, han=True))
        selected = every(self._reader.having(Field.WORDS, stem) for stem in rendering.stems)
        if selected is None or len(rendering.stems) == 1:
            return self._snapshot.nothing() if selected is None else selected
        pattern, likely = rendering.pattern, _likely(rendering.stems)
        return self._verified(
            selected, lambda text: bool(likely.search(fold(text)) and pattern.spans(FoldedText(text)))
        )

    def _having(self, need: Need) -> Mask:
        if not need.han:
            return self._reader.having(Field.WORDS, need.text)
        return self._snapshot.remembered(need, self._find_han)

    def _find_han(self, need: Need) -> Mask:
        selected = every(self._reader.having(*gram) for gram in _grams(Unit("han", need.text, 0)))
        if selected is None:
            return self._snapshot.nothing()
        if len(need.text) <= 2:
            return selected
        # A passage with the word itself needs no second look; the pairs alone may stand apart.
        sure = selected & self._reader.having(Field.WORDS, need.text)
        return sure | self._verified(selected & ~sure, lambda text: need.text in fold(text))

    def _phrase(self, text: str) -> Selection:
        wanted: list[tuple[Field, str]] = []
        for unit in units(text):
            if unit.kind == "word":
                wanted.extend((Field.WORDS, token.form) for token in word_tokens(unit))
            else:
                wanted.extend(_grams(unit))
        selected = every(self._reader.having(field, form) for field, form in wanted)
        if selected is None:
            return None
        return self._verified(selected, lambda passage: bool(phrase_spans(text, fold(passage))))

    def _verified(self, selected: Mask, holds: Callable[[str], bool]) -> Mask:
        """Keep the passages whose text ``holds``."""
        slots = self._snapshot.in_order(selected)
        texts = self._catalogue.texts([int(key) for key in self._reader.keys[slots]])
        kept = [key for key, text in texts.items() if holds(text)]
        mask = self._snapshot.nothing()
        mask[self._snapshot.slots_of(kept)] = True
        return mask

    def _prefix(self, text: str) -> Selection:
        found = list(units(text))
        if not found:
            return None
        if found[-1].kind != "word":
            return self.text(Word(text))
        forms = self._reader.terms(Field.WORDS, found[-1].text, PREFIX_TERMS)
        selected = self._reader.having(Field.WORDS, *forms)
        return every([selected, self.text(Word(fold(text)[: found[-1].start]))])

    def _filtered(self, condition: Filter) -> Mask:
        if condition.name == "city":
            places = named_places(self._gazetteer, condition.value)
            wanted = {place.id for place in places}
            return self._snapshot.mentioned.select(wanted, self._view, self._snapshot.nothing())
        if condition.name == "section":
            mask = self._snapshot.nothing()
            keys = self._catalogue.keys_with_section(condition.value)
            mask[self._snapshot.slots_of(sorted(keys))] = True
            return mask
        sources = self._snapshot.sources
        if condition.name == "source" and any(condition.value == source.path for source in sources):
            return self._snapshot.of_sources([condition.value == source.path for source in sources])
        return self._snapshot.of_sources([selects(condition, source) for source in sources])


def _likely(stems: tuple[str, ...]) -> re.Pattern[str]:
    """Give what every folded text has in which words with these stems follow each other.

    A stem differs from its words in the last two letters at most (studi, study; possibl, possibility).
    """
    begun = (re.escape(stem[: max(1, len(stem) - 2)]) for stem in stems)
    return re.compile(r"[^\W_]{0,30}[\s\-']{1,9}".join(begun))


def named_places(gazetteer: Gazetteer, name: str) -> list[Place]:
    """Give the place that ``name`` means, the most prominent of several; or all places of a composite name.

    Raises:
        UnknownPlaceError: There is none.
    """
    found = gazetteer.lookup(name)
    if not found:
        raise UnknownPlaceError(
            _("There is no city {name}.").format(name=name), question(nearest_places(gazetteer, name))
        )
    readings = gazetteer.readings(fold(name.strip()))
    composite = bool(readings) and all(len(reading.places) > 1 for reading in readings)
    return found if composite else found[:1]


@lru_cache(maxsize=64)
def nearest_places(gazetteer: Gazetteer, name: str) -> tuple[str, ...]:
    """Give the names of places that resemble ``name`` most; it is asked several times for one query."""
    return tuple(gazetteer.nearest_names(name))


def query_name(gazetteer: Gazetteer, place: Place) -> str:
    """Give the name by which a query means ``place`` and no namesake (Suzhou is 苏州 and 宿州)."""

    def means(name: str) -> bool:
        return bool(gazetteer.lookup(name)) and named_places(gazetteer, name) == [place]

    return next((name for name in (place.name_en, place.name_zh) if name and means(name)), place.id)


def every(parts: Iterable[Selection]) -> Selection:
    """Give what meets all conditions."""
    common: Selection = None
    for part in parts:
        if part is not None:
            common = part if common is None else common & part
    return common


def some(parts: Iterable[Selection]) -> Selection:
    """Give what meets one of the conditions."""
    united: Selection = None
    for part in parts:
        if part is None:
            return None
        united = part if united is None else united | part
    return united


def _grams(unit: Unit) -> list[tuple[Field, str]]:
    """Give the pairs of a run of Han; of a single character, itself."""
    forms = [token.form for token in gram_tokens(unit)]
    return [(Field.GRAMS, form) for form in forms if len(form) > 1 or len(unit.text) == 1]
