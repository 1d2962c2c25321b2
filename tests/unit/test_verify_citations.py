"""Which source a draft cites for a quotation, and copies with the citations that it lacks."""

from collections.abc import Callable, Mapping

import pytest

from hubtui.citation import STYLES
from hubtui.library import Library
from hubtui.verify import Finding, Verdict, parse_draft

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

CHEN = "We will boost the digital economy and its added value will comprise 33 percent"
SHANGHAI = "Shanghai is not lagging behind but sticking to its own pace"
GUIZHOU, POWERHOUSE = "003_9c6913e47e9d125d.txt", "004_68366a63da31424d.txt"


def _cited(finding: Finding) -> list[str]:
    return [source.path for source in finding.cited]


NAMED = [
    "“{}”[^1]\n\n[^1]: Ouyang Shijia, Guizhou to become nation’s digital hub, 2018.\n",
    "“{}.”[^a-b] And more.\n\n[^a-b]: Ouyang, 'Guizhou to Become Nation's Digital Hub', p. 3\n",
    "“{}” [1].\n\n[1] Ouyang Shijia. Guizhou to become nation’s digital hub[N].\n",
    "“{}” [@ouyang2018guizhou, para. 4].\n",
    "As @ouyang2018guizhou has it, “{}”.\n",
    "“{}” (Ouyang, 2018).\n",
    "“{}”（Ouyang，2018：第4段）。\n",
    "Ouyang (2018) writes: “{}”.\n",
    "“{}” ([China Daily](003_9c6913e47e9d125d.txt)).\n",
    "In 《Guizhou to become nation’s digital hub》 it says “{}”.\n",
    "> {}[^1]\n\n[^1]: Guizhou to become nation’s digital hub\n",
    "> {} (Ouyang, 2018)\n",
    "> {}\n> — Ouyang Shijia, Guizhou to become nation’s digital hub, 2018\n",
    "> {}\n>\n> — Ouyang Shijia, *China Daily*, 2018\n",
    "> {}\n\n— Guizhou to become nation’s digital hub\n",
    "> {}\n\nOuyang, S. (2018, June 7). Guizhou to become nation’s digital hub. China Daily.\n",
    "Ouyang (2018) says:\n\n> {}\n",
]


@pytest.mark.parametrize("draft", NAMED)
def test_a_citation_is_found_and_right(seeds_library: Library, draft: str) -> None:
    (finding,) = seeds_library.drafts.verify(draft.format(CHEN)).findings
    assert (finding.verdict, _cited(finding)) == (Verdict.VERIFIED, [GUIZHOU])


@pytest.mark.parametrize("draft", NAMED)
def test_a_quotation_from_another_source_is_moved(seeds_library: Library, draft: str) -> None:
    (finding,) = seeds_library.drafts.verify(draft.format(SHANGHAI)).findings
    assert (finding.verdict, _cited(finding)) == (Verdict.MOVED, [GUIZHOU])
    assert finding.places[0].source.path == POWERHOUSE


@pytest.mark.parametrize(
    "draft",
    [
        "“{}”[^1]\n\n[^1]: Smith, Another Work, 2018.\n",  # not in the library
        "“{}”[^9]\n",
        "“{}” (Chen, 2018).\n",
        "“{}” [3].\n",
        "“{}” [@smith2018work].\n",
        "“{}” ([there](https://example.org/x)).\n",
        "“{}”. Guizhou to become nation’s digital hub is another article.\n",
        "Guizhou to become nation’s digital hub is another article. “{}”.\n",
        "“{}”, and then “We will boost the digital economy and its added value” (Ouyang, 2018).\n",
        "Ouyang (2018) wrote. And so did others.\n\n> {}\n",
        "> {}\n\nGuizhou to become nation’s digital hub has another view.\n",
    ],
)
def test_what_cannot_be_told_is_not_held_against_a_quotation(seeds_library: Library, draft: str) -> None:
    finding = seeds_library.drafts.verify(draft.format(SHANGHAI)).findings[0]
    assert (finding.verdict, _cited(finding)) == (Verdict.VERIFIED, [])


@pytest.mark.parametrize("style", [*STYLES])
def test_the_notes_that_hubtui_writes_lead_back(seeds_library: Library, style: str) -> None:
    for source in seeds_library.sources():
        passage = max(seeds_library.read(source.id), key=lambda one: len(one.text))
        draft = f"「{passage.text[:300]}」[^1]\n\n[^1]: {seeds_library.cite(passage, style)}\n"
        (finding,) = [
            one for one in seeds_library.drafts.verify(draft).findings if one.quotation.kind == "marks"
        ]
        assert (finding.verdict, _cited(finding)) == (Verdict.VERIFIED, [source.path])


@pytest.mark.parametrize("format_", ["markdown", "markdown-pandoc", "html", "plain"])
def test_what_hubtui_copies_is_verified(seeds_library: Library, format_: str) -> None:
    for source in seeds_library.sources():
        passage = max(seeds_library.read(source.id), key=lambda one: len(one.text))
        copied = seeds_library.citations.quote(passage, format=format_)
        if format_ == "plain":
            copied = "".join(
                f"> {line}\n" if line == passage.text else f"{line}\n" for line in copied.split("\n")
            )
        name = "draft.html" if format_ == "html" else "draft.md"
        found = seeds_library.drafts.verify(parse_draft(name, copied.encode())).findings
        assert [finding.verdict for finding in found if finding.quotation.kind != "note"] == [
            Verdict.VERIFIED
        ]
        assert _cited(found[0]) == [source.path]


def test_an_altered_quotation_is_compared_with_the_source_that_is_cited(make_library: MakeLibrary) -> None:
    line = "The harbour froze over in the winter of 1998 and stayed so until April."
    library = make_library(
        {
            "a.txt": f"A report on harbours in winter\n\n{line}",
            "b.txt": f"Another account of the ice\n\n{line}",
        }
    )
    library.sync()
    for path, title in (("a.txt", "A report on harbours in winter"), ("b.txt", "Another account of the ice")):
        altered = line.replace("1998", "1997")
        (finding,) = library.drafts.verify(f"“{altered}”[^1]\n\n[^1]: {title}\n").findings
        assert finding.verdict is Verdict.ALTERED
        assert finding.places[0].source.path == path
        assert finding.remarks == ()


def _copy(library: Library, name: str, draft: str) -> str:
    verification = library.drafts.verify(parse_draft(name, draft.encode()))
    return library.drafts.cited_copy(verification, "apa").data.decode()


def test_a_copy_gets_the_citations_that_are_missing_or_wrong(seeds_library: Library) -> None:
    draft = (
        f"# Notes\n\nHe says “{CHEN}” today.\n\n> {SHANGHAI}\n\n- “{SHANGHAI}”[^1]\n\n"
        f"“{CHEN}” (Ouyang, 2018)\n\n"
        "“The moon is made of green cheese”\n\n[^1]: Guizhou to become nation’s digital hub\n"
    )
    verification = seeds_library.drafts.verify(draft)
    copy = seeds_library.drafts.cited_copy(verification, "apa")
    assert (copy.added, copy.corrected) == (2, 1)
    text = copy.data.decode()
    assert f"He says “{CHEN}”[^2] today." in text
    assert f"> {SHANGHAI}[^3]\n" in text
    assert f"- “{SHANGHAI}”[^3]\n" in text
    assert f"“{CHEN}” (Ouyang, 2018)\n" in text
    assert "cheese”\n" in text
    assert "\n[^2]: Ouyang, S. (2018, June 7)." in text
    assert {finding.verdict for finding in seeds_library.drafts.verify(text).findings} == {
        Verdict.VERIFIED,
        Verdict.MISSING,
    }
    again = seeds_library.drafts.cited_copy(seeds_library.drafts.verify(text), "apa")
    assert (again.added, again.corrected) == (0, 0)


def test_a_copy_of_plain_text_gets_numbers(seeds_library: Library) -> None:
    text = _copy(
        seeds_library,
        "a.txt",
        f"One “{CHEN}”, two\n“{SHANGHAI}” [4].\n\n[4] Guizhou to become nation’s digital hub\n",
    )
    assert f"One “{CHEN}”[5], two\n“{SHANGHAI}” [6]." in text
    assert "\n[5] Ouyang, S." in text


def test_a_copy_of_html_gets_numbers_and_a_list(seeds_library: Library) -> None:
    text = _copy(
        seeds_library,
        "a.html",
        f"<html><body><p>One <b>“{CHEN}”</b>, two.</p><blockquote><p>{SHANGHAI}</p></blockquote>",
    )
    assert f"“{CHEN}”[1]</b>, two." in text
    assert f"<p>{SHANGHAI}[2]</p>" in text
    assert "<p>[1] Ouyang, S." in text
    assert text.startswith("<html>")


def test_a_number_stands_behind_the_element_that_quotes(seeds_library: Library) -> None:
    text = _copy(seeds_library, "a.html", f"<!DOCTYPE html>\n<p>One <q>{CHEN}</q>, <q>{SHANGHAI}</q></p>")
    assert f"<q>{CHEN}</q>[1], <q>{SHANGHAI}</q>[2]</p>" in text
    assert text.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("draft", "right"),
    [
        ("“{}”[^1]\n\n[^1]: Guizhou to become nation’s digital hub, para. 4\n", True),
        ("“{}”[^1]\n\n[^1]: Guizhou to become nation’s digital hub, paras. 3–5\n", True),
        ("“{}”[^1]\n\n[^1]: Guizhou to become nation’s digital hub, para. 14\n", False),
        ("“{}”[^1]\n\n[^1]: Guizhou to become nation’s digital hub, p. 9\n", True),  # it has no pages
        ("“{}” [@ouyang2018guizhou, para. 6].\n", False),
        ("“{}”（Ouyang，2018：第4段）。\n", True),
        ("“{}”（Ouyang，2018：第7段）。\n", False),
        ("“{}” [1]第7段.\n\n[1] Guizhou to become nation’s digital hub[N].\n", False),
    ],
)
def test_a_wrong_paragraph_is_remarked_on_and_corrected(
    seeds_library: Library, draft: str, *, right: bool
) -> None:
    verification = seeds_library.drafts.verify(draft.format(CHEN))
    (finding,) = verification.findings
    assert finding.verdict is Verdict.VERIFIED
    assert ("locator" in finding.remarks) is not right
    copy = seeds_library.drafts.cited_copy(verification, "apa")
    assert (copy.added, copy.corrected) == (0, int(not right))


def test_a_block_quotation_of_many_paragraphs_is_looked_at_once(seeds_library: Library) -> None:
    draft = "> paragraph of some length without a source\n>\n" * 5000 + "> — Ouyang Shijia, 2018\n"
    assert len(seeds_library.drafts.verify(draft).findings) >= 5000


def test_a_copy_puts_no_citation_into_a_quotation_that_is_not_closed(seeds_library: Library) -> None:
    whole = CHEN + " of the province’s total GDP growth by 2022"
    draft = parse_draft("a.md", f"He said “{whole}".encode())
    verification = seeds_library.drafts.verify(draft)
    copy = seeds_library.drafts.cited_copy(verification, "apa")
    assert (copy.added, copy.corrected) == (0, 0)
