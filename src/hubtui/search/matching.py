"""Which passages a query selects."""

from collections.abc import Callable, Iterable

from hubtui.errors import UnknownPlaceError, question
from hubtui.index.catalogue import Catalogue
from hubtui.index.engine import Field, Mask
from hubtui.model import Place
from hubtui.places import Gazetteer
from hubtui.search.filters import selects
from hubtui.search.mentioned import View
from hubtui.search.needs import Need, needs
from hubtui.search.phrases import phrase_spans
from hubtui.search.query import Both, Either, Filter, Node, Not, Phrase, Prefix, Word, terms
from hubtui.search.snapshot import Snapshot
from hubtui.text.fold import fold
from hubtui.text.tokens import Unit, gram_tokens, units, word_tokens

PREFIX_TERMS = 1000
"""How many words a prefix stands for at most."""

Selection = Mask | None
"""The passages that a part of a query selects; ``None`` where it sets no condition at all."""


class Matcher:
    """Matches the parts of queries against one state of the library."""

    def __init__(self, catalogue: Catalogue, snapshot: Snapshot, gazetteer: Gazetteer, view: View) -> None:
        """Match against ``snapshot``, reading texts from ``catalogue``; ``view`` says what counts."""
        self._catalogue = catalogue
        self._snapshot = snapshot
        self._reader = snapshot.reader
        self._gazetteer = gazetteer
        self._view = view

    def select(self, node: Node) -> Selection:
        """Give the passages that match ``node``.

        Raises:
            UnknownPlaceError: A filter names a city that there is not.
        """
        match node:
            case Both(nodes):
                return every(self.select(part) for part in nodes)
            case Either(nodes):
                return some(self.select(part) for part in nodes)
            case Not(inner):
                selected = self.select(inner)
                return None if selected is None else self._snapshot.live & ~selected
            case Word(text):
                return every(self._having(need) for need in needs(text) if not need.common)
            case Phrase(text):
                return self._phrase(text)
            case Prefix(text):
                return self._prefix(text)
            case Filter("mentions"):
                return None
            case Filter():
                return self._filtered(node)

    def select_some(self, root: Both) -> Mask:
        """Give the passages that match any of the words, and meet all other conditions."""
        found = [self._snapshot.nothing()]
        for leaf in terms(root):
            match leaf:
                case Word(text):
                    found.extend(self._having(need) for need in needs(text) if not need.common)
                case Phrase() | Prefix():
                    selected = self.select(leaf)
                    if selected is not None:
                        found.append(selected)
        any_word = some(found)
        strict = (self.select(part) for part in root.nodes if isinstance(part, Filter | Not))
        selected = every([any_word, *strict])
        return self._snapshot.nothing() if selected is None else selected

    def _having(self, need: Need) -> Mask:
        if not need.han:
            return self._reader.having(Field.WORDS, need.text)
        selected = every(self._reader.having(*gram) for gram in _grams(Unit("han", need.text, 0)))
        if selected is None:
            return self._snapshot.nothing()
        if len(need.text) <= 2:
            return selected
        # A passage with the word itself needs no second look; the pairs alone may stand apart.
        sure = selected & self._reader.having(Field.WORDS, need.text)
        return sure | self._verified(selected & ~sure, lambda text: need.text in text)

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
        return self._verified(selected, lambda folded: bool(phrase_spans(text, folded)))

    def _verified(self, selected: Mask, holds: Callable[[str], bool]) -> Mask:
        """Keep the passages whose folded text ``holds``."""
        slots = self._snapshot.in_order(selected)
        texts = self._catalogue.texts([int(key) for key in self._reader.keys[slots]])
        kept = [key for key, text in texts.items() if holds(fold(text))]
        mask = self._snapshot.nothing()
        mask[self._snapshot.slots_of(kept)] = True
        return mask

    def _prefix(self, text: str) -> Selection:
        found = list(units(text))
        if not found:
            return None
        if found[-1].kind != "word":
            return self.select(Word(text))
        forms = self._reader.terms(Field.WORDS, found[-1].text, PREFIX_TERMS)
        selected = some(
            [self._snapshot.nothing(), *(self._reader.having(Field.WORDS, form) for form in forms)]
        )
        return every([selected, self.select(Word(fold(text)[: found[-1].start]))])

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
        return self._snapshot.of_sources([selects(condition, source) for source in self._snapshot.sources])


def named_places(gazetteer: Gazetteer, name: str) -> list[Place]:
    """Give the place that ``name`` means, the most prominent of several; or all places of a composite name.

    Raises:
        UnknownPlaceError: There is none.
    """
    found = gazetteer.lookup(name)
    if not found:
        raise UnknownPlaceError(f"There is no city {name}.", question(gazetteer.nearest_names(name)))
    readings = gazetteer.readings(fold(name.strip()))
    composite = bool(readings) and all(len(reading.places) > 1 for reading in readings)
    return found if composite else found[:1]


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
