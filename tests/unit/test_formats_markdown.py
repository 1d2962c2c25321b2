from hubtui.ingest.document import Extract, TextBlock
from hubtui.ingest.formats.markdown import read


def extract(text: str) -> Extract:
    return read(text.encode())


def shapes(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in extract(text).blocks]


def test_blocks_of_every_kind() -> None:
    text = """\
# Title

First paragraph with *stress*, `code` and [a link](https://example.org).

> A quotation.

- one
- two

  more of two

1. three

| city | hub |
|------|-----|
| Harbin | cloud |

```python
print("code")
```

![a picture](picture.png)
"""
    assert shapes(text) == [
        ("heading", "Title"),
        ("paragraph", "First paragraph with stress, code and a link."),
        ("quote", "A quotation."),
        ("list item", "one"),
        ("list item", "two"),
        ("list item", "more of two"),
        ("list item", "three"),
        ("table", "city | hub\nHarbin | cloud"),
        ("code", 'print("code")'),
    ]


def test_levels_of_headings() -> None:
    assert extract("Title\n=====\n\n### Part\n").blocks == [
        TextBlock("Title", "heading", 1),
        TextBlock("Part", "heading", 3),
    ]


def test_lines_of_a_paragraph_are_joined() -> None:
    assert shapes("在产业互联网\n时代") == [("paragraph", "在产业互联网时代")]
    assert shapes("in the age\nof clouds") == [("paragraph", "in the age of clouds")]


def test_lines_with_labels_stay_apart() -> None:
    assert [text for _, text in shapes("作者：[SK][a]\n译者：[wi](b)\n\n[a]: c")] == ["作者：SK", "译者：wi"]


def test_a_ruby_annotation_is_put_in_brackets() -> None:
    assert shapes("<ruby>上游<rt>upstream</rt></ruby>的") == [("paragraph", "上游（upstream）的")]


def test_the_address_of_the_original_is_kept() -> None:
    assert shapes("via: [the site](https://example.org/a)") == [
        ("paragraph", "via: the site https://example.org/a")
    ]


def test_html_gives_its_text() -> None:
    text = "<h1>Title</h1>\n<p>One &amp; two.</p>\n<!-- hidden -->\n<ul><li>three</li></ul>\n"
    assert shapes(text) == [("heading", "Title"), ("paragraph", "One & two."), ("list item", "three")]


def test_a_fence_that_is_not_closed_swallows_nothing() -> None:
    assert shapes("Text.\n\n```\n\n## Part\n\nvia: https://example.org")[1:] == [
        ("heading", "Part"),
        ("paragraph", "via: https://example.org"),
    ]


def test_yaml_front_matter() -> None:
    text = """\
---
title: "The cloud: a hub"
authors: [Li Na, {name: Wang Wei}]
source: https://example.org/a
publisher: China Daily
date: 2018-06-07T10:00:00
lang: en
created: 2024-01-02
---

Text.
"""
    found = extract(text)
    assert found.facts.values == {
        "title": "The cloud: a hub",
        "author": "Li Na; Wang Wei",
        "publisher": "China Daily",
        "date": "2018-06-07",
        "language": "en",
        "url": "https://example.org/a",
        "accessed": "2024-01-02",
    }
    assert set(found.facts.origins.values()) == {"front matter"}
    assert [block.text for block in found.blocks] == ["Text."]


def test_toml_front_matter() -> None:
    found = extract('+++\ntitle = "The cloud"\ndate = 2018-06-07\n+++\nText.\n')
    assert found.facts.values == {"title": "The cloud", "date": "2018-06-07"}


def test_front_matter_that_cannot_be_parsed_is_a_doubt() -> None:
    found = extract("---\ntitle: [unclosed\n---\n\nText.\n")
    assert found.facts.values == {}
    assert [block.text for block in found.blocks] == ["Text."]
    assert len(found.doubts) == 1


def test_a_rule_at_the_beginning_is_no_front_matter() -> None:
    assert shapes("---\n\nText.\n\n---\n\nMore.") == [("paragraph", "Text."), ("paragraph", "More.")]


def test_a_gloss_with_brackets_of_its_own_is_closed_by_its_own_bracket() -> None:
    assert shapes("<ruby>减去<rt>subtract (remove)</rt></ruby>") == [
        ("paragraph", "减去（subtract (remove)）")
    ]


def test_tight_and_nested_items_are_read_one_by_one() -> None:
    assert shapes("- one\n  - two\n  - three\n- four\n") == [
        ("list item", "one"),
        ("list item", "two"),
        ("list item", "three"),
        ("list item", "four"),
    ]


def test_an_empty_code_block_is_nothing() -> None:
    assert shapes("Text.\n\n```\n```\n\nMore.") == [("paragraph", "Text."), ("paragraph", "More.")]


def test_fences_that_are_never_closed_swallow_nothing() -> None:
    text = "\n".join(f"{'`' * (40 - number)}\n\n## Part {number}\n" for number in range(15))
    assert [text for _, text in shapes(text)] == [f"Part {number}" for number in range(15)]


def test_a_nesting_of_any_depth_is_read() -> None:
    assert shapes(f"{'>' * 5_000} deep") == [("quote", "deep")]


def test_a_table_as_wide_as_it_is_long_is_no_table() -> None:
    wide = "|" + "a|" * 600
    text = f"{wide}\n{wide.replace('a', '-')}\n" + "|x|\n" * 3
    assert {kind for kind, _ in shapes(text)} == {"paragraph"}


def test_what_obsidian_adds_is_no_text() -> None:
    text = """\
See [[Shenyang|the city]], [[Harbin]] and ![[map.png]] a ==marked== word. %%private%%

%%
A comment.
%%

> [!quote]- 原文
> 正文。

- [x] done

Its id. ^abc123

A power x^2 stays, `a == b`, and so does [[1]](https://example.org).
"""
    assert shapes(text) == [
        ("paragraph", "See the city, Harbin and a marked word."),
        ("quote", "原文正文。"),
        ("list item", "done"),
        ("paragraph", "Its id."),
        ("paragraph", "A power x^2 stays, a == b, and so does [1]."),
    ]


def test_notes_are_passages_with_their_mark() -> None:
    text = "One[^1], two[^b].\n\n[^1]: First.\n[^b]: Second.\n\n    And more.\n\nThree[^x]."
    assert [text for _, text in shapes(text)] == [
        "One, two.",
        "[1] First.",
        "[b] Second.",
        "And more.",
        "Three[^x].",
    ]


def test_html_keeps_rows_readings_and_lines() -> None:
    rows = "<tr><th>城市</th><th>港</th></tr><tr><td><p>大连</p></td><td>有</td></tr>"
    assert shapes(f"<table>{rows}</table>") == [("table", "城市 | 港\n大连 | 有")]
    assert shapes("<pre>a<br>b</pre>") == [("code", "a\nb")]
    assert shapes("<p><ruby>涪<rt>fú</rt></ruby>陵</p>") == [("paragraph", "涪（fú）陵")]
    assert shapes("<ruby>涪<rp>(</rp><rt>fú</rt><rp>)</rp></ruby>陵") == [("paragraph", "涪（fú）陵")]


def test_pictures_without_words_are_a_doubt() -> None:
    assert extract("![a map](a.png)\n\nText.").doubts == []
    (doubt,) = extract("![](a.png)\n\nText ![](b.png).").doubts
    assert doubt.endswith("2.")
