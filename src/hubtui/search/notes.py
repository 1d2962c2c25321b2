"""What an answer says about itself: what was added, what finds nothing, and what may have been meant."""

from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np

from hubtui.core.errors import question
from hubtui.core.i18n import N_, _
from hubtui.core.models import Remark
from hubtui.index.engine import Mask
from hubtui.search.leaving import replaced, word_span
from hubtui.search.lexicon import Lexicon
from hubtui.search.matching import Matcher
from hubtui.search.plan import Plan
from hubtui.search.query import Not, Word, written
from hubtui.search.snapshot import Snapshot
from hubtui.search.spelling import Speller
from hubtui.text.fold import is_han

PARTIAL = N_("No passage has every word; these have some.")
WHOLE_FIRST = N_("Passages with every word come first; the others have some.")
_MOST = 12
"""Words, or parts of a query, that are named."""


def added(plan: Plan, matcher: Matcher, selected: Mask) -> Iterator[Remark]:
    """Say which words were looked for as well, as far as the hits have them."""
    found: dict[str, None] = {}
    for concept in plan.wanted():
        if not concept.common:
            for piece in concept.required:
                words = (one.text for one in piece.sure if (matcher.rendering(one) & selected).any())
                found.update(dict.fromkeys(words))
    if found:
        shown = ", ".join(list(found)[:_MOST])
        more = len(found) - _MOST
        said = _("Added: {shown} and {number} more.") if more > 0 else _("Added: {shown}.")
        yield Remark("added", said.format(shown=shown, number=more))


def nothing_found(
    text: str, plan: Plan, matcher: Matcher, snapshot: Snapshot, lexicon: Lexicon
) -> Iterator[Remark]:
    """Say what the words of the query ``text`` may be slips of, and how much each part of it finds alone."""
    parts = list(islice(_parts(plan, matcher, snapshot), _MOST))
    speller = Speller(snapshot.reader)
    for name, count, is_word in parts:
        others = _alternatives(name, matcher, speller, lexicon) if is_word and not count else ()
        if others:
            said = _("Nothing has {name}. {meant}").format(name=name, meant=question(others))
            span = word_span(text, name)
            yield Remark("meant", said, replaced(text, span, others[0]) if span else "")
    if len(parts) > 1:
        counted = "; ".join(f"{name} {count or _('none')}" for name, count, _word in parts)
        yield Remark("alone", _("Passages with each part alone: {counted}.").format(counted=counted))


def _parts(plan: Plan, matcher: Matcher, snapshot: Snapshot) -> Iterator[tuple[str, int, bool]]:
    """Give each part as typed, with how many passages it finds and whether it is a word."""
    for node in plan.root.nodes:
        if isinstance(node, Word):
            for concept in plan.concepts[node.text]:
                if not concept.common:
                    held = matcher.concept(concept) & snapshot.live
                    yield concept.text, int(np.count_nonzero(held)), True
        elif not isinstance(node, Not):
            selected = matcher.select(node)
            if selected is not None:
                yield written(node), int(np.count_nonzero(selected & snapshot.live)), False


def _alternatives(word: str, matcher: Matcher, speller: Speller, lexicon: Lexicon) -> Sequence[str]:
    if is_han(word[0]):
        return speller.homophones(word, lexicon)
    return [matcher.as_written(form) for form in speller.alternatives(word)]
