"""From a query's text to the passages it selects, with what there is to say about them."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np

from hubtui.core.errors import UnknownPlaceError
from hubtui.core.i18n import _
from hubtui.core.models import Fault, Remark
from hubtui.index.catalogue import Catalogue
from hubtui.index.engine import Mask
from hubtui.places import Gazetteer
from hubtui.search.leaving import left_out, replaced
from hubtui.search.lexicon import Lexicon
from hubtui.search.matching import Matcher, named_places, nearest_places
from hubtui.search.notes import PARTIAL, WHOLE_FIRST, added, nothing_found
from hubtui.search.plan import Plan, is_question, languages_wanted, make_plan, relaxed
from hubtui.search.planning import Planner
from hubtui.search.query import Both, Filter, Phrase, Query, leaves, parse, terms
from hubtui.search.scanner import quoted
from hubtui.search.snapshot import Snapshot
from hubtui.search.thesaurus import Thesaurus

LONGEST_QUERY = 4000
"""Characters that are read of a query."""
FEW_ANSWERS = 10
"""Below so many passages with every word of a question, those with some of its words follow."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query selects from a snapshot.

    Attributes:
        plan: The query, made ready.
        snapshot: The state of the library.
        selected: The passages.
        whole: Those of them that have every word.
        partial: No passage has every word; these have some.
        remarks: What was added, relaxed or left out.
        faults: What is wrong with the query, by place.
    """

    plan: Plan
    snapshot: Snapshot
    selected: Mask
    whole: Mask
    partial: bool
    remarks: tuple[Remark, ...]
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
        remarks = [
            Remark("fault", fault.message, replaced(text, (fault.start, fault.end), fault.instead))
            if fault.instead
            else Remark("fault", fault.message)
            for fault in faults
        ]
        plan = self.plan(query, snapshot)
        matcher = self._matcher(plan, snapshot)
        whole = snapshot.nothing()
        try:
            found = matcher.select(plan.root)
            selected = whole = snapshot.live if found is None else found & snapshot.live
            if plan.texts() and not whole.any():
                strict, exact = plan, matcher
                plan = self._relaxed(plan, matcher, snapshot)
                matcher = self._matcher(plan, snapshot)
                selected = matcher.select_some() & snapshot.live
                remarks += [Remark("partial", _(PARTIAL))] if selected.any() else []
                remarks += added(plan, matcher, selected)
                remarks += nothing_found(text, strict, exact, snapshot, self.lexicon)
                remarks += left_out(text, strict, exact, snapshot)
            else:
                if is_question(plan) and np.count_nonzero(whole) < FEW_ANSWERS:
                    selected = whole | self._matcher(plan.loosened(), snapshot).select_some() & snapshot.live
                remarks += [Remark("partial", _(WHOLE_FIRST))] if (selected & ~whole).any() else []
                remarks += added(plan, matcher, selected)
                remarks += left_out(text, plan, matcher, snapshot) if not selected.any() else ()
        except UnknownPlaceError:
            selected = whole
            remarks += left_out(text, plan, matcher, snapshot)
        partial = bool(selected.any() and not whole.any())
        return Answer(plan, snapshot, selected, whole, partial, tuple(remarks), tuple(faults))

    def _relaxed(self, plan: Plan, matcher: Matcher, snapshot: Snapshot) -> Plan:
        """Take phrases that nothing has for words, and unlikely renderings for likely ones."""

        def finds(phrase: Phrase) -> bool:
            selected = matcher.text(phrase)
            return selected is None or bool((selected & snapshot.live).any())

        query = replace(plan.query, root=relaxed(plan.query.root, finds))
        return self.plan(query, snapshot).loosened()

    def _matcher(self, plan: Plan, snapshot: Snapshot) -> Matcher:
        return Matcher(self.catalogue, snapshot, self.gazetteer, plan)

    def place_ids(self, plan: Plan) -> frozenset[str]:
        """Give the places that a query's filters name."""
        found: set[str] = set()
        for leaf in terms(plan.root):
            if isinstance(leaf, Filter) and leaf.name == "city":
                with suppress(UnknownPlaceError):
                    found.update(place.id for place in named_places(self.gazetteer, leaf.value))
        return frozenset(found)

    def _unknown_places(self, root: Both) -> Iterator[Fault]:
        for condition in (leaf for leaf in leaves(root) if isinstance(leaf, Filter)):
            if condition.name == "city":
                try:
                    named_places(self.gazetteer, condition.value)
                except UnknownPlaceError as error:
                    said = f"{error.message} {error.remedy}".strip()
                    near = nearest_places(self.gazetteer, condition.value)
                    instead = f"city:{quoted(near[0])}" if near else ""
                    yield Fault(condition.start, condition.end, said, instead)


def _too_long(text: str) -> Iterator[Fault]:
    if len(text) > LONGEST_QUERY:
        message = _("A query has {longest_query} characters at most; the rest is left out.").format(
            longest_query=LONGEST_QUERY
        )
        yield Fault(LONGEST_QUERY, len(text), message)
