"""Verify every quotation of a draft against the sources of a library."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from hubtui.core.models import Source
from hubtui.index.catalog import Catalog
from hubtui.search.snapshot import Snapshot
from hubtui.verify.attribution import SourceNames, names_other_place
from hubtui.verify.citation_context import CitationContext, DraftCitation
from hubtui.verify.diff import Alignment, align, grams, overlap
from hubtui.verify.draft import Draft
from hubtui.verify.extract import extract_quotations, looks_like_title
from hubtui.verify.lookup import PassageLookup, PassageWindow, PassageWindows
from hubtui.verify.match import QuotationMatch, QuotationPattern
from hubtui.verify.normalize import HAN_PER_WORD, NormalizedText
from hubtui.verify.verdicts import Finding, Occurrence, Quotation, Verdict


@dataclass(frozen=True, slots=True)
class Verification:
    """What is to be said of a draft.

    Attributes:
        draft: The draft.
        findings: One for each quotation, in order.
        citations: What the draft says of each quotation's source.
    """

    draft: Draft
    findings: Sequence[Finding]
    citations: Sequence[DraftCitation]


class Verifier:
    """Verifies drafts against one state of a library."""

    def __init__(self, catalog: Catalog, snapshot: Snapshot) -> None:
        """Verify against ``snapshot`` and the texts of ``catalog``."""
        self._judge = Judge(catalog, snapshot)
        self._bibliography = SourceNames(snapshot.sources)

    def verify(self, draft: Draft) -> Verification:
        """Return a finding for each quotation of a draft."""
        found = list(self._quotations(draft))
        near = CitationContext(draft, self._bibliography, found)
        citations = [near.citation(quotation) for quotation in found]
        findings = [
            self._finding(quotation, citation) for quotation, citation in zip(found, citations, strict=True)
        ]
        return Verification(draft, findings, citations)

    def _quotations(self, draft: Draft) -> Iterator[Quotation]:
        for quotation in extract_quotations(draft):
            if not self._bibliography.is_title(quotation.text):
                yield quotation

    def _finding(self, quotation: Quotation, citation: DraftCitation) -> Finding:
        finding = self._judge.judge(quotation, citation.sources)
        if finding.verdict is Verdict.VERIFIED and citation.sources:
            ids = {source.id for source in citation.sources}
            cited = [place for place in finding.places if place.source.id in ids]
            if names_other_place(citation.text, cited):
                return replace(finding, remarks=(*finding.remarks, "locator"))
        if finding.verdict is not Verdict.MISSING or quotation.kind == "block":
            return finding
        if quotation.kind == "note" or looks_like_title(quotation.text):
            return replace(finding, verdict=Verdict.UNCHECKED, remarks=("title",), places=(), changes=())
        return finding


SHORTEST = 4 * HAN_PER_WORD
"""A quotation of fewer than eight Chinese characters, or four words, is too short to check."""

ALIKE = 0.55
"""A quotation that has at least this much in common with a passage was altered; another was not found."""

_SURELY = 0.85
"""Likeness from which a quotation whose end is a guess is taken for one."""
_CLOSING = tuple('”」』"')
_CANDIDATES = 12
"""Passages that are looked at closely when none has a quotation as it stands."""
_PREFERENCE = 0.15
"""How much less a passage of a cited source may resemble a quotation than the best one, to be shown."""


class _Found(NamedTuple):
    """Where a quotation stands."""

    window: PassageWindow
    match: QuotationMatch


class Judge:
    """Judges quotations by one state of a library."""

    def __init__(self, catalog: Catalog, snapshot: Snapshot) -> None:
        """Judge by ``snapshot`` and the texts of ``catalog``."""
        self._catalog, self._snapshot = catalog, snapshot
        self._candidates = PassageLookup(snapshot)
        self._windows = PassageWindows(catalog, snapshot)
        self._known: dict[tuple[str, tuple[str, ...]], Finding] = {}

    def judge(self, quotation: Quotation, cited: Sequence[Source]) -> Finding:
        """Return the finding for a quotation for which the draft cites ``cited``."""
        found: list[tuple[str, Finding]] = []
        for reading in quotation.readings:
            found.append((reading, self._judge(quotation, reading, cited)))
            if found[-1][1].likeness == 1:
                break
        text, best = max(found, key=lambda pair: pair[1].likeness)
        unclosed = "unclosed" in quotation.remarks
        if unclosed and best.likeness < _SURELY:
            return Finding(quotation, Verdict.UNCHECKED, remarks=quotation.remarks, cited=tuple(cited))
        if not unclosed and _stops_at_a_mark(best):
            best = next((one for longer, one in found if _goes_on(longer, text, one)), best)
        return replace(best, quotation=quotation, remarks=(*quotation.remarks, *best.remarks))

    def _judge(self, quotation: Quotation, reading: str, cited: Sequence[Source]) -> Finding:
        key = reading, tuple(source.id for source in cited)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._decide(quotation, QuotationPattern(reading), cited)
        return known

    def _decide(self, quotation: Quotation, needle: QuotationPattern, cited: Sequence[Source]) -> Finding:
        if needle.weight < SHORTEST:
            return self._short(quotation, needle, cited)
        terms = self._candidates.terms(needle.words)
        found = self._exact(needle, self._windows.alone(self._candidates.having_all(terms)))
        if found:
            return self._where(quotation, found, cited)
        slots = self._candidates.resembling(terms, _CANDIDATES)
        reach = len(needle.text)
        windows = self._windows.around(slots, reach, passages=1 if len(needle.words) == 1 else 20)
        found = self._exact(needle, windows)
        return (
            self._where(quotation, found, cited)
            if found
            else self._nearest(quotation, needle, windows, cited)
        )

    def _short(self, quotation: Quotation, needle: QuotationPattern, cited: Sequence[Source]) -> Finding:
        """Look for a few words in the source that is cited for them, and nowhere else."""
        ids = {source.id for source in cited}
        if ids and needle.weight:
            slots = self._candidates.having_all(self._candidates.terms(needle.words))
            chosen = [self._source(slot).id in ids for slot in slots.tolist()]
            found = self._exact(needle, self._windows.alone(slots[np.array(chosen, np.bool_)]))
            if found:
                return self._where(quotation, found, cited)
        return Finding(quotation, Verdict.UNCHECKED, remarks=("short",), cited=tuple(cited))

    @staticmethod
    def _exact(needle: QuotationPattern, windows: Iterable[PassageWindow]) -> list[_Found]:
        return [_Found(window, match) for window in windows for match in needle.matches(window.compared)]

    def _where(self, quotation: Quotation, found: Sequence[_Found], cited: Sequence[Source]) -> Finding:
        places = list(self._places((one.window, one.match.start, one.match.end) for one in found))
        ids = {source.id for source in cited}
        order = sorted(
            range(len(places)),
            key=lambda at: (places[at].source.id not in ids, len(found[at].match.remarks), at),
        )
        best = order[0]
        moved = bool(ids) and places[best].source.id not in ids
        remarks = found[best].match.remarks
        if len(places[best].passages) > 1:
            remarks = (*remarks, "several passages")
        ordered = tuple({(places[at].address, places[at].spans): places[at] for at in order}.values())
        verdict = Verdict.MOVED if moved else Verdict.VERIFIED
        return Finding(quotation, verdict, ordered, remarks, likeness=1.0, cited=tuple(cited))

    def _nearest(
        self,
        quotation: Quotation,
        needle: QuotationPattern,
        windows: Sequence[PassageWindow],
        cited: Sequence[Source],
    ) -> Finding:
        wanted = grams(NormalizedText(needle.text).form)
        scored = [(overlap(wanted, window.compared.form), window) for window in windows]
        if not scored:
            return Finding(quotation, Verdict.MISSING, cited=tuple(cited))
        ids = {source.id for source in cited}
        best = max(score for score, _ in scored)
        score, window = max(
            scored,
            key=lambda pair: pair[0] + (_PREFERENCE if self._source(pair[1].slots[0]).id in ids else 0),
        )
        if score < best - _PREFERENCE:
            score, window = max(scored, key=lambda pair: pair[0])
        laid = align(needle.text, window.compared.text)
        places = tuple(self._places([(window, *laid.span)])) if laid.span[1] else ()
        if laid.likeness < ALIKE:
            return Finding(quotation, Verdict.MISSING, places, (), laid.changes, laid.likeness, tuple(cited))
        remarks = self._remarks_of(laid, places, cited)
        # Something differs, or it would have been found.
        likeness = min(laid.likeness, 0.999)
        return Finding(quotation, Verdict.ALTERED, places, remarks, laid.changes, likeness, tuple(cited))

    @staticmethod
    def _remarks_of(
        laid: Alignment, places: Sequence[Occurrence], cited: Sequence[Source]
    ) -> tuple[str, ...]:
        remarks = []
        if any(change.kind == "omitted" for change in laid.changes):
            remarks.append("omission")
        if cited and places and places[0].source.id not in {source.id for source in cited}:
            remarks.append("other source")
        return tuple(remarks)

    def _places(self, found: Iterable[tuple[PassageWindow, int, int]]) -> Iterator[Occurrence]:
        rows = [window.parts(start, end) for window, start, end in found]
        keys = self._snapshot.reader.keys
        wanted = [int(keys[slot]) for row in rows for slot, _, _ in row]
        passages = self._catalog.passages(wanted)
        for row in rows:
            yield Occurrence(
                self._source(row[0][0]),
                tuple(passages[int(keys[slot])] for slot, _, _ in row),
                tuple((start, end) for _, start, end in row),
            )

    def _source(self, slot: int) -> Source:
        return self._snapshot.sources[int(self._snapshot.source[slot])]


def _stops_at_a_mark(finding: Finding) -> bool:
    """Whether the source has a quotation mark where a quotation ends: the draft's is one of its own then."""
    return any(
        place.passages[-1].text[place.spans[-1][1] :][:1] in _CLOSING
        for place in finding.places
        if place.spans[-1][1] < len(place.passages[-1].text)
    )


def _goes_on(longer: str, text: str, finding: Finding) -> bool:
    """Whether a reading goes on behind a mark at which another one stops, and resembles a passage."""
    behind = longer[len(text) :].lstrip()
    return longer.startswith(text) and behind[:1] in _CLOSING and finding.likeness >= _SURELY
