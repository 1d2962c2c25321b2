"""What the user says of mentions: applied at once, remembered, reversible, and never lost with the index."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from hubtui.core.models import Mention, Passage
from hubtui.library import Library
from hubtui.places.corrections import FILE_NAME, MentionCorrectionError, MentionCorrectionFile, plain_name

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

FIRST = "Grover Boston was a president, and Boston is a city where clouds gather every year."
SECOND = "In the harbour of Boston the data centre stands, says the report about clouds."
CHINESE = "云计算中心在冰谷，离哈尔滨很近，人才很多，数据中心也很多，电力便宜。"
FILES = {
    "a.txt": f"A title\n\n{FIRST}\n\n{SECOND}\n",
    "b.txt": f"Another title\n\n{SECOND} Twice.\n\n{CHINESE}\n",
}


@pytest.fixture
def library(make_library: MakeLibrary) -> Library:
    library = make_library(FILES)
    library.sync()
    return library


def find(library: Library, text: str, name: str, nth: int = 0) -> tuple[Passage, Mention]:
    passage = next(p for s in library.sources() for p in library.read(s.id) if p.text.startswith(text))
    return passage, [mention for mention in passage.mentions if mention.surface == name][nth]


def places(library: Library) -> list[str]:
    """The mentions of the library as ``path:start surface``."""
    return [
        f"{source.path}:{mention.start} {mention.surface}"
        for source in library.sources()
        for passage in library.read(source.id)
        for mention in passage.mentions
    ]


ALL = ["a.txt:7 Boston", "a.txt:35 Boston", "a.txt:18 Boston", "b.txt:18 Boston", "b.txt:10 哈尔滨"]


def test_without_a_word_from_the_user(library: Library) -> None:
    assert places(library) == ALL
    assert library.mentions.corrections() == ()


@pytest.mark.parametrize(
    ("scope", "left"),
    [
        ("this", [*ALL[1:]]),
        ("source", [*ALL[3:]]),
        ("library", ["b.txt:10 哈尔滨"]),
    ],
)
def test_a_mention_is_rejected_at_once_for_good_and_reversibly(
    library: Library, scope: str, left: list[str]
) -> None:
    said = library.mentions.reject(*find(library, "Grover", "Boston"), scope)
    assert places(library) == left
    boston = library.place("Boston").id
    assert sum(c.passages for c in library.places() if c.place.id == boston) == len(
        {place.partition(" ")[0] for place in left if "Boston" in place}
    )
    assert library.search("city:Boston").total == len(left) - 1
    assert [item.scope for item in library.mentions.corrections()] == [scope]
    library.sync(rebuild=True)
    assert places(library) == left
    assert library.mentions.undo(said.id) == said
    assert places(library) == ALL
    assert library.mentions.corrections() == ()
    library.sync(rebuild=True)
    assert places(library) == ALL


def test_a_missing_mention_is_added(library: Library) -> None:
    passage, _ = find(library, "云计算", "哈尔滨")
    harbin = library.place("Harbin")
    start = passage.text.index("冰谷")
    said = library.mentions.add(passage, start, start + 2, harbin)
    assert f"b.txt:{start} 冰谷" in places(library)
    assert library.search("city:Harbin").hits[0].highlights[0] == (start, start + 2)
    assert ("冰谷", 1) in library.mentions.names(harbin.id)
    library.sync(rebuild=True)
    assert f"b.txt:{start} 冰谷" in places(library)
    library.mentions.undo(said.id)
    assert places(library) == ALL


def test_an_added_mention_can_be_rejected_and_a_rejected_one_added(library: Library) -> None:
    passage, mention = find(library, "云计算", "哈尔滨")
    library.mentions.reject(passage, mention)
    library.mentions.add(passage, mention.start, mention.end, mention.place)
    assert places(library) == ALL
    library.mentions.reject(passage, mention)
    assert places(library) == ALL[:-1]
    assert [item.action for item in library.mentions.corrections()] == ["add", "reject"]


def test_the_users_word_survives_edits_elsewhere_and_passages_that_move(library: Library) -> None:
    library.mentions.reject(*find(library, "Grover", "Boston"))
    seeds = library.paths.seeds
    (seeds / "a.txt").unlink()
    (seeds / "c.txt").write_text(
        f"A title\n\nA new paragraph about nothing.\n\n{FIRST} And more.\n\n{SECOND}\n"
    )
    library.sync()
    assert places(library) == [*ALL[3:], "c.txt:35 Boston", "c.txt:18 Boston"]


def test_a_short_passage_is_only_known_again_in_its_source(make_library: MakeLibrary) -> None:
    library = make_library(
        dict.fromkeys(("a.txt", "b.txt"), "A title\n\nBoston\n\nAnd a text about clouds.\n")
    )
    library.sync()
    before = places(library)
    library.mentions.reject(*find(library, "Boston", "Boston"))
    assert places(library) == before[1:]


def test_what_is_said_while_another_hubtui_indexes_is_followed_by_the_next_sync(library: Library) -> None:
    with Library.open(library.paths.root) as other, other._opened.store().catalog.writing():
        library.mentions.reject(*find(library, "Grover", "Boston"), "library")
        assert places(library) == ALL
    library.sync()
    assert places(library) == ["b.txt:10 哈尔滨"]


def test_a_word_that_came_from_elsewhere_is_followed_by_the_next_sync(library: Library) -> None:
    library.mentions.reject(*find(library, "Grover", "Boston"), "source")
    path = library.paths.root / FILE_NAME
    kept = path.read_text()
    path.unlink()
    library.sync()
    assert places(library) == ALL
    path.write_text(kept)
    library.sync()
    assert places(library) == ALL[3:]


def test_the_same_word_said_twice_is_kept_once(library: Library) -> None:
    target = find(library, "Grover", "Boston")
    assert library.mentions.reject(*target).id == library.mentions.reject(*target).id
    assert len(library.mentions.corrections()) == 1


def test_damaged_lines_are_kept_and_named(library: Library) -> None:
    path = library.paths.root / FILE_NAME
    path.write_text('{"id": "x"\n\n[1]\n{"id": 3}\n')
    said = library.mentions.reject(*find(library, "Grover", "Boston"))
    assert path.read_text().splitlines()[:3] == ['{"id": "x"', "[1]", '{"id": 3}']
    (problem,) = library.sync().problems
    assert problem.path == FILE_NAME
    assert "Lines 1, 2, 3" in problem.message
    library.mentions.undo(said.id)
    assert path.read_text().splitlines() == ['{"id": "x"', "[1]", '{"id": 3}']


def test_a_file_that_cannot_be_read_is_never_overwritten(library: Library) -> None:
    path = library.paths.root / FILE_NAME
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(MentionCorrectionError, match="cannot be changed"):
        library.mentions.reject(*find(library, "Grover", "Boston"))
    assert path.read_bytes() == b"\xff\xfe\x00"
    assert any("can't be read" in problem.message for problem in library.sync().problems)
    assert places(library) == ALL


def test_one_line_of_json_each(library: Library) -> None:
    library.mentions.reject(*find(library, "Grover", "Boston"))
    library.mentions.reject(*find(library, "Grover", "Boston"), "library")
    rows = [json.loads(line) for line in (library.paths.root / FILE_NAME).read_text().splitlines()]
    assert [(row["action"], row["scope"], row["name"], row["source"]) for row in rows] == [
        ("reject", "this", "Boston", "a.txt"),
        ("reject", "library", "Boston", ""),
    ]
    assert rows[0]["before"] == "Grover "
    assert rows[0]["after"].startswith(" was a president")


def test_what_cannot_be_said(library: Library) -> None:
    target = find(library, "Grover", "Boston")
    with pytest.raises(MentionCorrectionError, match="no scope 'libary'") as caught:
        library.mentions.reject(*target, "libary")
    assert "library" in caught.value.remedy
    for start, end in ((0, 0), (6, 8), (5, 2), (-3, 2), (-5, -1), (900, 905)):
        with pytest.raises(MentionCorrectionError, match="is not a name"):
            library.mentions.add(target[0], start, end, library.place("Harbin"))
    with pytest.raises(MentionCorrectionError, match="There is no correction 'abc'"):
        library.mentions.undo("abc")
    assert not (library.paths.root / FILE_NAME).exists()


def test_an_empty_file_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("\n")
    loaded = MentionCorrectionFile(tmp_path, tmp_path / "lock").load()
    assert (loaded.items, loaded.problems) == ((), ())


@pytest.mark.parametrize(
    ("surface", "name"),
    [("哈尔\n 滨", "哈尔滨"), ("Hong\n  Kong", "Hong Kong"), ("北京", "北京"), ("Xi\n安", "Xi 安")],
)
def test_names_without_line_breaks(surface: str, name: str) -> None:
    assert plain_name(surface) == name
