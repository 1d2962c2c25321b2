"""Verdicts on quotations: exact ones, those that editors changed as they may, and all that is wrong."""

from collections.abc import Callable, Mapping

import pytest

from hubtui.library import Library
from hubtui.verify import Finding, Verdict

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

CHEN = (
    "We will boost the digital economy and its added value will comprise 33 percent"
    " of the province’s total GDP"
)
TENCENT = "6月12日,腾讯与辽宁省人民政府、沈阳市人民政府、沈抚新区分别签订战略合作协议"


def _only(library: Library, draft: str) -> Finding:
    (finding,) = library.drafts.verify(draft).findings
    return finding


def _differences(finding: Finding) -> list[tuple[str, str, str]]:
    changes = [(change.kind, change.draft.strip(), change.source.strip()) for change in finding.changes]
    return [change for change in changes if change[0] != "same"]


@pytest.mark.parametrize(
    ("text", "remarks"),
    [
        ("居民看着老屋被拆", {"script"}),
        ("计划仍在周期之中", {"script"}),
        ("grew 5.5 per cent in 2020--slower than Shenyang’s", {"dashes"}),
        ("grew 5.5 per cent in 2020---slower than Shenyang’s", {"dashes"}),
        ("两年--也许三年--就能建成", {"dashes"}),
    ],
)
def test_forms_of_other_regions_and_typed_dashes_are_no_alteration(
    make_library: MakeLibrary, text: str, remarks: set[str]
) -> None:
    library = make_library(
        {
            "a.txt": "臺灣的城市\n\n隨著城市發展，居民看著老屋被拆，計畫仍在週期之中。\n\n"
            "官员说，两年——也许三年——就能建成。",
            "b.txt": "Harbin\n\nHarbin’s GDP grew 5.5 per cent in 2020—slower than Shenyang’s.",
        }
    )
    library.sync()
    finding = _only(library, f"“{text}”")
    assert (finding.verdict, set(finding.remarks)) == (Verdict.VERIFIED, remarks)


@pytest.mark.parametrize("text", [CHEN, TENCENT, "直到人口红利消退,互联网开始进入下半场"])
@pytest.mark.parametrize("marks", ["“{}”", "「{}」", "『{}』", '"{}"', "> {}", "（说：“{}”）"])
def test_an_exact_quotation_is_verified(seeds_library: Library, text: str, marks: str) -> None:
    finding = _only(seeds_library, marks.format(text))
    assert (finding.verdict, finding.likeness) == (Verdict.VERIFIED, 1)
    place = finding.places[0]
    found = place.passages[0].text[slice(*place.spans[0])]
    assert found == text
    assert not set(finding.remarks) - {"quotation marks"}


@pytest.mark.parametrize(
    ("text", "remarks"),
    [
        (CHEN.replace("’", "'"), {"quotation marks"}),
        (TENCENT.replace(",", "，"), {"width"}),
        ("騰訊與遼寧省人民政府、瀋陽市人民政府、瀋撫新區分別簽訂戰略合作協議", {"script"}),
        (TENCENT.replace("6月12日", "6 月 12 日"), {"spaces"}),
        (CHEN.replace(" and ", "\nand "), set()),
        ("腾讯与辽宁省人民\n政府、沈阳市人民政府", set()),
        ("6月12日,腾讯与……沈抚新区分别签订战略合作协议", {"omission"}),
        ("We will boost the digital economy … 33 percent of the province’s total GDP", {"omission"}),
        ("We will boost [...] 33 percent of the province’s total GDP", {"omission"}),
        ("[Guizhou] will boost the digital economy and its added value", {"insertion"}),
        ("the digital economy [of Guizhou] and its added value will comprise", {"insertion"}),
        ("[t]he digital economy and its added value will comprise", {"insertion"}),
        ("The digital economy and its added value will comprise", {"capital"}),
        ("the digital economy and its added value,", {"ending"}),
        ("推进辽宁数字经济发展,加快全省数字化转型升级，", {"ending"}),
        ("e digital economy and its added value will comprise", {"cut"}),
        ("’s total GDP growth by 2022", {"quotation marks"}),
        ("the digital economy and its added value’", {"quotation marks"}),
    ],
)
def test_what_an_editor_may_change_is_verified_with_a_remark(
    seeds_library: Library, text: str, remarks: set[str]
) -> None:
    finding = _only(seeds_library, f"“{text}”")
    assert finding.verdict is Verdict.VERIFIED
    assert set(finding.remarks) == remarks


@pytest.mark.parametrize(
    ("text", "differences"),
    [
        (CHEN.replace("33", "38"), [("changed", "38", "33")]),
        (CHEN.replace("boost", "weaken"), [("changed", "weaken", "boost")]),
        (CHEN.replace("will comprise", "will not comprise"), [("added", "not", "")]),
        (CHEN.replace("total ", ""), [("dropped", "", "total")]),
        (TENCENT.replace("沈阳市", "大连市"), [("changed", "大连", "沈阳")]),
        (
            "直到人口红利消退,腾讯提出“没有产业互联网支撑的消费互联网是空中楼阁”",
            [("dropped", "", ",互联网开始进入下半场")],
        ),
        (TENCENT.replace("12", "21"), [("changed", "21", "12")]),
        ("东北互联网的发展不要看高端人才愿不愿意来东三省", [("added", "不", "")]),
        (CHEN.replace("We ", "They "), [("changed", "They", "We")]),
        (CHEN.replace("percent", "Percent"), [("changed", "P", "p")]),
    ],
)
def test_an_altered_quotation_shows_what_was_altered(
    seeds_library: Library, text: str, differences: list[tuple[str, str, str]]
) -> None:
    finding = _only(seeds_library, f"“{text}”")
    assert finding.verdict is Verdict.ALTERED
    assert _differences(finding) == differences
    assert "".join(change.draft for change in finding.changes).strip() == text
    assert 0.5 < finding.likeness < 1


def test_an_omission_excuses_no_other_change(seeds_library: Library) -> None:
    finding = _only(seeds_library, "“6月13日,腾讯与……沈抚新区分别签订战略合作协议”")
    assert finding.verdict is Verdict.ALTERED
    assert [kind for kind, _, _ in _differences(finding)] == ["changed", "omitted"]
    assert "omission" in finding.remarks


def test_an_invented_quotation_is_not_found(seeds_library: Library) -> None:
    for text in (
        "The moon over the river is made of green cheese, they said",
        "月亮是绿色奶酪做的,这一点没有人怀疑过",
    ):
        assert _only(seeds_library, f"“{text}”").verdict is Verdict.MISSING


def test_words_of_a_passage_in_another_order_are_no_quotation(seeds_library: Library) -> None:
    shuffled = "economy comprise the GDP will of boost value digital total percent its We added and province"
    assert _only(seeds_library, f"“{shuffled}”").verdict is Verdict.MISSING


@pytest.mark.parametrize("text", ["压舱石", "数字龙江", "Silicon Valley", "the digital economy"])
def test_a_few_words_are_not_checked(seeds_library: Library, text: str) -> None:
    finding = _only(seeds_library, f"So-called “{text}” it is.")
    assert (finding.verdict, finding.remarks) == (Verdict.UNCHECKED, ("short",))


def test_a_few_words_are_looked_for_in_the_source_that_is_cited(seeds_library: Library) -> None:
    draft = (
        "It will “boost the digital economy”[^1] soon. “压舱石”[^1]\n\n"
        "[^1]: Guizhou to become nation’s digital hub\n"
    )
    boost, ballast = seeds_library.drafts.verify(draft).findings
    assert boost.verdict is Verdict.VERIFIED
    assert ballast.verdict is Verdict.UNCHECKED


def test_marks_of_the_source_that_its_quotation_cuts_in_two(seeds_library: Library) -> None:
    text = "互联网的发展是靠人才而非资金推动的,东北互联网的发展要看高端人才愿不愿意来东三省。”李光辉指出"
    assert _only(seeds_library, f"“{text}。”").verdict is Verdict.VERIFIED
    assert _only(seeds_library, f"“{text.replace('高端', '低端')}。”").verdict is Verdict.ALTERED
    assert _only(seeds_library, f"“{text.replace('指出', '否认')}。”").verdict is Verdict.ALTERED
    marked = text.split("”", maxsplit=1)[0]
    for draft in (f"“**{marked}**”", f"“{marked}[^1]”", f"“{marked}”[^1]"):
        assert _only(seeds_library, draft).verdict is Verdict.VERIFIED
    beside = text.removesuffix("李光辉指出") + "这一点我们都还没有想到，也没有人这样写过”"
    assert _only(seeds_library, f"“{beside}").verdict is Verdict.VERIFIED


def test_every_place_is_named(make_library: MakeLibrary) -> None:
    line = "The harbour froze over in the winter of that year."
    library = make_library({"a.txt": f"One\n\n{line}\n\n{line}", "b.txt": f"Two\n\nThen. {line} After."})
    library.sync()
    places = _only(library, f"“{line}”").places
    assert sorted({place.source.path for place in places}) == ["a.txt", "b.txt"]
    assert len(places) == 3


def test_a_quotation_may_run_over_two_passages(seeds_library: Library) -> None:
    text = "“阿里巴巴集团投资必过山海关”。而此前,腾讯曾和辽宁省政府签约,推进辽宁数字经济发展。"
    finding = _only(seeds_library, f"> {text}")
    assert finding.verdict is Verdict.VERIFIED
    assert "several passages" in finding.remarks
    (place,) = finding.places
    assert [passage.number for passage in place.passages] == [
        place.passages[0].number,
        place.passages[0].number + 1,
    ]
    assert place.address.endswith(f":{place.passages[0].number}-{place.passages[1].number}")


def test_an_omission_may_run_over_passages(seeds_library: Library) -> None:
    finding = _only(
        seeds_library, "“Guizhou province has announced plans … become a big data and cloud computing hub.”"
    )
    assert finding.verdict is Verdict.VERIFIED
    assert "omission" in finding.remarks


def test_a_title_is_no_quotation(seeds_library: Library) -> None:
    draft = (
        "“Guizhou to become nation’s digital hub” and “Harbin's Cloud Computing Rise” and"
        " 《阿里与腾讯为何重仓东北?产业互联网是下一个增长点》 and 《辽宁日报》"
    )
    assert list(seeds_library.drafts.verify(draft).findings) == []


def test_english_written_as_a_title_is_not_called_missing(seeds_library: Library) -> None:
    finding = _only(seeds_library, "He wrote “The Great Silence of Northern Factories” last year.")
    assert (finding.verdict, finding.remarks) == (Verdict.UNCHECKED, ("title",))


def test_a_long_quotation_is_judged_in_parts(seeds_library: Library) -> None:
    passages = seeds_library.read(seeds_library.source("000_").id)
    text = " ".join(passage.text for passage in passages[1:8])
    assert len(text) > 4000
    findings = seeds_library.drafts.verify(f"“{text}”").findings
    assert len(findings) > 2
    assert {finding.verdict for finding in findings} == {Verdict.VERIFIED}


def test_an_empty_library_finds_nothing(make_library: MakeLibrary) -> None:
    library = make_library({})
    library.sync()
    assert _only(library, f"“{CHEN}”").verdict is Verdict.MISSING
