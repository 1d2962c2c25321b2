"""Front matter that a stranger wrote: bounded, and what is refused is named with its line."""

from collections.abc import Mapping

import pytest

from hubtui.ingest.document import Facts
from hubtui.ingest.metadata.front_matter import split_front_matter

_LISTS = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9))
HOSTILE: Mapping[str, tuple[str, str]] = {
    "aliases": (f"---\na0: &a0 [x, x]\n{_LISTS}\ntitle: *a8\n---\n", "line 3"),
    "merged": ("---\na: &a {b: c}\nd:\n  <<: *a\n---\n", "line 4"),
    "lists": (f"---\ntitle: x\na: {'[' * 5000}\n---\n", "line 3"),
    "mappings": (f"---\na: {'{b: ' * 100}{'}' * 100}\n---\n", "line 2"),
    "tables": (f"+++\ntitle = 'x'\na = {'[' * 5000}\n+++\n", "line 3"),
    "number": (f"+++\na = {'1' * 6000}\n+++\n", "line 2"),
    "size": (f"---\na: {'b' * 100_000}\n---\n", "characters"),
    "tab": ("---\ntitle: x\n\ta: b\n---\n", "line 3"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_refused_is_a_doubt_that_names_the_line(name: str) -> None:
    matter, said = HOSTILE[name]
    facts, doubts = Facts(), list[str]()
    assert split_front_matter(f"{matter}The text.", facts, doubts) == "The text."
    assert not facts.values
    assert len(doubts) == 1
    assert said in doubts[0]


def test_facts_come_from_either_syntax() -> None:
    for matter in (
        "---\ntitle: A city\nauthor: [Li Na]\n---\n",
        "+++\ntitle = 'A city'\nauthor = ['Li Na']\n+++\n",
    ):
        facts, doubts = Facts(), list[str]()
        assert split_front_matter(f"{matter}The text.", facts, doubts) == "The text."
        assert (facts["title"], facts["author"], doubts) == ("A city", "Li Na", [])


def test_a_rule_above_a_text_is_no_front_matter() -> None:
    text = "---\n\nA text without any keys.\n\n---\nMore of it."
    assert split_front_matter(text, Facts(), []) == text


def stated(matter: str) -> tuple[Facts, list[str]]:
    facts, doubts = Facts(), list[str]()
    assert split_front_matter(f"---\n{matter}\n---\nThe text.", facts, doubts) == "The text."
    return facts, doubts


@pytest.mark.parametrize(
    ("matter", "fact", "value"),
    [
        ("author: [[people/li|Li Na]]", "author", "Li Na"),
        ('author: "[[people/王小明]]、[[Li Na]]"', "author", "王小明; Li Na"),
        ("author: {first: Jane, last: Smith}", "author", "Smith, Jane"),
        (
            "author: {family: Beethoven, given: Ludwig, non-dropping-particle: van}",
            "author",
            "van Beethoven, Ludwig",
        ),
        ("author: {family: Humboldt, given: A., dropping_particle: von}", "author", "Humboldt, A. von"),
        ("author: [{姓: 王, 名: 小明}]", "author", "王小明"),
        ('author: "Smith, J. A., Doe, A., & Li, N."', "author", "Smith, J. A.; Doe, A.; Li, N."),
        ("author: 王小明 编著", "author", "王小明"),
        ("author: ~", "author", ""),
        ("issued: {date-parts: [[2024, 5, 20]]}", "date", "2024-05-20"),
        ("date: {year: 2024, month: 5}", "date", "2024-05"),
        ("日期: 2024年", "date", "2024"),
        ("标题: 城市", "title", "城市"),
        ('source: "[人民日报](https://example.org/a)"', "publisher", "人民日报"),
        ('source: "[人民日报](https://example.org/a)"', "url", "https://example.org/a"),
        ("url: <https://example.org/a>", "url", "https://example.org/a"),
    ],
)
def test_facts_are_stated_in_many_ways(matter: str, fact: str, value: str) -> None:
    facts, doubts = stated(matter)
    assert (facts[fact], doubts) == (value, [])


@pytest.mark.parametrize(
    "matter", ["date: spring 2020", "published: 5/20/24", "author: admin", "link: example.org"]
)
def test_what_the_user_wrote_is_never_dropped_in_silence(matter: str) -> None:
    facts, doubts = stated(matter)
    assert not facts.values
    assert len(doubts) == 1
    assert matter.partition(": ")[2] in doubts[0]


def test_what_other_programs_write_is_no_doubt() -> None:
    assert stated("type: note\ntags: [a]\ndate: null\nauthor: ''")[1] == []
