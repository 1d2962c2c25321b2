"""Which passages a query selects, as sets of keys."""

from collections.abc import Iterable
from functools import reduce

from hubtui.errors import UnknownPlaceError, question
from hubtui.index.catalogue import Catalogue
from hubtui.index.engine import Field, Reader
from hubtui.model import Place, Source
from hubtui.places import Gazetteer
from hubtui.search.filters import selects
from hubtui.search.needs import Need, needs
from hubtui.search.phrases import phrase_spans
from hubtui.search.query import Both, Either, Filter, Node, Not, Phrase, Prefix, Word, terms
from hubtui.text.fold import fold
from hubtui.text.tokens import Unit, gram_tokens, units, word_tokens

PREFIX_TERMS = 1000
"""How many words a prefix stands for at most."""

Keys = set[int] | None
"""Keys of passages; ``None`` where there is no condition at all."""


class Matcher:
    """Matches the parts of queries against one state of the index."""

    def __init__(self, catalogue: Catalogue, reader: Reader, gazetteer: Gazetteer) -> None:
        """Match against what ``catalogue`` and ``reader`` hold."""
        self._catalogue = catalogue
        self._reader = reader
        self._gazetteer = gazetteer
        self._sources: list[Source] | None = None
        self._universe: set[int] | None = None

    def universe(self) -> set[int]:
        """The keys of all passages."""
        if self._universe is None:
            self._universe = set(self._catalogue.keys())
        return self._universe

    def select(self, node: Node) -> Keys:
        """Give the passages that match ``node``."""
        match node:
            case Both(nodes):
                return _all(self.select(part) for part in nodes)
            case Either(nodes):
                found = [self.select(part) for part in nodes]
                return None if None in found else set().union(*(keys or () for keys in found))
            case Not(inner):
                keys = self.select(inner)
                return None if keys is None else self.universe() - keys
            case Word(text):
                return _all(self._having(need) for need in needs(text) if not need.common)
            case Phrase(text):
                return self._phrase(text)
            case Prefix(text):
                return self._prefix(text)
            case Filter():
                return self._filtered(node)

    def select_some(self, root: Both) -> tuple[set[int], Keys]:
        """Give the passages that match any of the words, and those that meet the other conditions."""
        hard = _all(self.select(part) for part in root.nodes if isinstance(part, Filter | Not))
        some: set[int] = set()
        for leaf in terms(root):
            match leaf:
                case Word(text):
                    for need in needs(text):
                        some |= set() if need.common else self._having(need)
                case Phrase(text):
                    some |= self._phrase(text) or set()
                case Prefix(text):
                    some |= self._prefix(text) or set()
        return some, hard

    def prefix_terms(self, text: str) -> list[str]:
        """Give the words of the index that begin with the last word of ``text``."""
        return self._reader.terms(Field.WORDS, fold(text), PREFIX_TERMS)

    def _having(self, need: Need) -> set[int]:
        if not need.han:
            return self._reader.having(Field.WORDS, need.text)
        grams = list(gram_tokens(Unit("han", need.text, 0)))
        wanted = [token.form for token in grams if len(token.form) > 1 or len(need.text) == 1]
        candidates = _all(self._reader.having(Field.GRAMS, form) for form in wanted) or set()
        if len(need.text) <= 2:
            return candidates
        sure = candidates & self._reader.having(Field.WORDS, need.text)
        texts = self._catalogue.texts(candidates - sure)
        return sure | {key for key, text in texts.items() if need.text in fold(text)}

    def _phrase(self, text: str) -> Keys:
        wanted: list[tuple[Field, str]] = []
        for unit in units(text):
            if unit.kind == "word":
                wanted.extend((Field.WORDS, token.form) for token in word_tokens(unit))
            else:
                wanted.extend(
                    (Field.GRAMS, token.form)
                    for token in gram_tokens(unit)
                    if len(token.form) > 1 or len(unit.text) == 1
                )
        candidates = _all(self._reader.having(field, form) for field, form in wanted)
        if candidates is None:
            return None
        texts = self._catalogue.texts(candidates)
        return {key for key, found in texts.items() if phrase_spans(text, fold(found))}

    def _prefix(self, text: str) -> Keys:
        found = list(units(text))
        if not found:
            return None
        if found[-1].kind != "word":
            return self.select(Word(text))
        keys: set[int] = set()
        for form in self.prefix_terms(found[-1].text):
            keys |= self._reader.having(Field.WORDS, form)
        return _all([keys, self.select(Word(fold(text)[: found[-1].start]))])

    def _filtered(self, condition: Filter) -> Keys:
        if condition.name == "city":
            return self._catalogue.keys_with_places(
                {place.id for place in named_places(self._gazetteer, condition.value)}
            )
        if condition.name == "section":
            return self._catalogue.keys_with_section(condition.value)
        if self._sources is None:
            self._sources = self._catalogue.sources()
        chosen = {source.id for source in self._sources if selects(condition, source)}
        return set(self._catalogue.keys(chosen))


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


def _all(parts: Iterable[Keys]) -> Keys:
    """Give what all conditions have in common; ``None`` when there is no condition."""
    found = sorted((keys for keys in parts if keys is not None), key=len)
    return reduce(set.intersection, found) if found else None
