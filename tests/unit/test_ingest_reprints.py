from hubtui.index.reprint_groups import fingerprint, group_reprints

STORY = [f"阿里巴巴与黑龙江省人民政府达成第{n}份战略合作协议，双方将共建数字龙江。" for n in range(10)]
OTHER = [f"Harbin will build hall number {n} for the machines of its cloud." for n in range(10)]


def test_the_same_story_in_several_files_is_one_group() -> None:
    found = group_reprints(
        {
            "cut.txt": fingerprint(["另一个标题", *STORY[:6]]),
            "full.txt": fingerprint(STORY),
            "traditional.txt": fingerprint(
                [text.replace("达成", "達成").replace("双", "雙") for text in STORY[:8]]
            ),
            "other.txt": fingerprint(OTHER),
        }
    )
    assert found == [("full.txt", "cut.txt", "traditional.txt")]


def test_another_story_with_a_quotation_is_none() -> None:
    assert group_reprints({"a": fingerprint(STORY), "b": fingerprint([*OTHER, *STORY[:2]])}) == []


def test_formulas_make_no_reprints() -> None:
    formula = [
        "本网转载此文仅为传递更多信息，不代表本网观点。",
        "如有侵权请与我们联系，我们将及时处理。",
        "投资有风险，入市需谨慎，请理性对待。",
    ]
    sources = {
        f"{n}": fingerprint([*formula, f"这是关于第{n}个城市的一篇完全不同的文章。"]) for n in range(50)
    }
    assert group_reprints(sources) == []


def test_punctuation_width_and_case_do_not_matter() -> None:
    loud = [text.upper().replace(".", "!") for text in OTHER]
    assert fingerprint(OTHER) == fingerprint(loud)


def test_nothing_and_little() -> None:
    assert group_reprints({}) == []
    assert group_reprints({"a": fingerprint([]), "b": fingerprint(["短"])}) == []
