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
