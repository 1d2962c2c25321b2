"""From a query's text to the passages it selects, with what there is to say about them."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from hubtui.errors import UnknownPlaceError
from hubtui.index.catalogue import Catalogue
from hubtui.index.engine import Mask
from hubtui.model import Fault
from hubtui.places import Gazetteer
from hubtui.search.lexicon import Lexicon
from hubtui.search.matching import Matcher, named_places
from hubtui.search.notes import PARTIAL, added, nothing_found
from hubtui.search.plan import Plan, languages_wanted, make_plan
from hubtui.search.planning import Planner
from hubtui.search.query import Both, Either, Filter, Node, Not, Query, parse, terms
from hubtui.search.snapshot import Snapshot
from hubtui.search.thesaurus import Thesaurus

LONGEST_QUERY = 4000
"""Characters that are read of a query."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query selects from a snapshot.

    Attributes:
        plan: The query, made ready.
        snapshot: The state of the library.
        selected: The passages.
        partial: No passage has every word; these have some.
        notes: What was added, relaxed or left out, as sentences.
        faults: What is wrong with the query, by place.
    """

    plan: Plan
    snapshot: Snapshot
    selected: Mask
    partial: bool
    notes: tuple[str, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Resources:
    """What answers are made from.

    Attributes:
        catalogue: The passages.
        gazetteer: The places.
        lexicon: What words mean in the other language.
        translate: Whether words are looked for in the other language too.
    """

    catalogue: Catalogue
    gazetteer: Gazetteer
    lexicon: Lexicon
    translate: bool

    def plan(self, query: Query, snapshot: Snapshot) -> Plan:
        """Make a query ready for a state of the library."""
        into = languages_wanted(query.root) if self.translate else frozenset[str]()
        thesaurus = Thesaurus(snapshot.reader, self.lexicon, self.gazetteer)
        return make_plan(query, Planner(snapshot.reader, self.lexicon, thesaurus, into=into))

    def answer(self, text: str, snapshot: Snapshot) -> Answer:
        """Select what a query asks for; never fails."""
        query = parse(text[:LONGEST_QUERY])
        faults = [*query.faults, *_too_long(text), *self._unknown_places(query.root)]
        notes = [fault.message for fault in faults]
        plan = self.plan(query, snapshot)
        matcher = Matcher(self.catalogue, snapshot, self.gazetteer, plan)
        partial = False
        try:
            found = matcher.select(plan.root)
            selected = snapshot.live if found is None else found & snapshot.live
            if not selected.any() and plan.texts():
                plan = plan.loosened()
                matcher = Matcher(self.catalogue, snapshot, self.gazetteer, plan)
                selected = matcher.select_some() & snapshot.live
                partial = bool(selected.any())
            notes += added(plan, matcher, selected)
            if partial:
                notes.append(PARTIAL)
            if partial or not selected.any():
                notes += nothing_found(plan, matcher, snapshot, self.lexicon)
        except UnknownPlaceError:
            selected = snapshot.nothing()
        return Answer(plan, snapshot, selected, partial, tuple(notes), tuple(faults))

    def place_ids(self, plan: Plan) -> frozenset[str]:
        """Give the places that a query's filters name."""
        found: set[str] = set()
        for leaf in terms(plan.root):
            if isinstance(leaf, Filter) and leaf.name == "city":
                with suppress(UnknownPlaceError):
                    found.update(place.id for place in named_places(self.gazetteer, leaf.value))
        return frozenset(found)

    def _unknown_places(self, root: Both) -> Iterator[Fault]:
        for condition in _filters(root):
            if condition.name == "city":
                try:
                    named_places(self.gazetteer, condition.value)
                except UnknownPlaceError as error:
                    yield Fault(condition.start, condition.end, f"{error.message} {error.remedy}".strip())


def _too_long(text: str) -> Iterator[Fault]:
    if len(text) > LONGEST_QUERY:
        message = f"A query has {LONGEST_QUERY} characters at most; the rest is left out."
        yield Fault(LONGEST_QUERY, len(text), message)


def _filters(node: Node) -> Iterator[Filter]:
    match node:
        case Both(nodes) | Either(nodes):
            for part in nodes:
                yield from _filters(part)
        case Not(inner):
            yield from _filters(inner)
        case Filter():
            yield node
