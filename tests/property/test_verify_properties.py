"""Verifying holds for any text: what is in a source is verified, and nothing a draft holds breaks it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hubtui.library import Library
from hubtui.verify import Verdict, parse_draft
from hubtui.verify.diff import align
from hubtui.verify.extract import extract_quotations
from hubtui.verify.match import QuotationPattern
from hubtui.verify.normalize import NormalizedText, text_weight

PIECES = st.text("“”「」《》\"'‘’«» \n>[](){}…._*`<>\\^:：。，@#|-1a0字漢é\u200b\u0301A", max_size=80)
shared = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)


@shared
@given(data=st.data())
def test_any_part_of_a_passage_is_verified(seeds_library: Library, data: st.DataObject) -> None:
    source = data.draw(st.sampled_from(seeds_library.sources()))
    passage = data.draw(
        st.sampled_from([p for p in seeds_library.read(source.id) if text_weight(p.text) > 12])
    )
    start = data.draw(st.integers(0, len(passage.text) - 12))
    text = passage.text[start : data.draw(st.integers(start + 12, len(passage.text)))]
    for finding in seeds_library.drafts.verify(f"> {text}").findings[:1]:
        if finding.verdict is Verdict.UNCHECKED:
            continue
        assert finding.verdict is Verdict.VERIFIED
        assert source.id in {place.source.id for place in finding.places}


@shared
@given(text=PIECES, name=st.sampled_from(["a.md", "a.txt", "a.html"]))
def test_any_draft_is_read_and_copied(seeds_library: Library, text: str, name: str) -> None:
    draft = parse_draft(name, f"x {text}".encode())
    for quotation in extract_quotations(draft):
        start, end = quotation.span
        assert 0 <= start <= end <= len(quotation.block.text)
        assert quotation.number >= 1
    verification = seeds_library.drafts.verify(draft)
    assert seeds_library.drafts.cited_copy(verification, "apa").data


@given(st.text("abc 一二三,。“”'1.", max_size=60), st.text("abc 一二三,。“”'1.", max_size=120))
def test_a_comparison_leaves_nothing_out(draft: str, source: str) -> None:
    draft = draft.strip()
    laid = align(draft, source)
    assert "".join(change.draft for change in laid.changes) == draft
    assert 0 <= laid.likeness <= 1
    theirs = "".join(change.source for change in laid.changes)
    assert theirs.strip() == source[slice(*laid.span)].strip()


@given(PIECES)
def test_forms_know_where_their_characters_stand(text: str) -> None:
    compared = NormalizedText(text)
    assert len(compared.offsets) == len(compared.form)
    assert list(compared.offsets) == sorted(set(compared.offsets))
    assert NormalizedText(compared.form).form == compared.form or "'" in text


@pytest.mark.parametrize("before", ["", "x。", "word "])
@given(PIECES)
def test_a_text_has_itself(before: str, text: str) -> None:
    needle = QuotationPattern(text)
    if any(part.compared.form for parts in needle.spellings for part in parts):
        match = next(iter(needle.matches(NormalizedText(f"{before}{text}"))), None)
        assert match is not None
