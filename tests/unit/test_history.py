"""The trail of queries, and the file that keeps it."""

import json
from pathlib import Path

import pytest

from hubtui.tui.session import KEPT, PAUSE, Trail, load, save


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def typed(trail: Trail, text: str) -> None:
    for end in range(1, len(text) + 1):
        trail.type(text[:end])


def walked_back(trail: Trail) -> list[str]:
    return [trail.present, *(trail.present for _ in range(KEPT) if trail.back())]


def test_a_query_typed_letter_by_letter_is_one_state() -> None:
    trail = Trail(Clock())
    typed(trail, "cloud")
    trail.settle()
    trail.type("cloud c")
    trail.type("cloud ci")
    assert walked_back(trail) == ["cloud ci", "cloud", ""]


def test_a_pause_ends_a_query() -> None:
    clock = Clock()
    trail = Trail(clock)
    typed(trail, "tax")
    clock.now += PAUSE + 0.1
    trail.type("tax b")
    clock.now += PAUSE - 0.1
    trail.type("tax br")
    assert walked_back(trail) == ["tax br", "tax", ""]


def test_what_is_typed_and_taken_back_leaves_no_state() -> None:
    trail = Trail(Clock())
    typed(trail, "ab")
    trail.type("a")
    trail.type("")
    assert walked_back(trail) == [""]


def test_choosing_is_a_step_each_time() -> None:
    trail = Trail(Clock())
    typed(trail, "tax")
    trail.visit("tax city:Harbin")
    trail.visit("tax city:Harbin")
    trail.visit("tax city:Guizhou")
    assert walked_back(trail) == ["tax city:Guizhou", "tax city:Harbin", "tax", ""]
    assert trail.forward()
    assert trail.present == "tax"


def test_asking_on_from_an_older_query_loses_none_and_leads_back_there() -> None:
    trail = Trail(Clock())
    for query in ("a", "b", "c"):
        trail.visit(query)
    trail.back()
    trail.back()
    trail.visit("d")
    assert trail.is_newest
    assert walked_back(trail) == ["d", "a", "c", "b", "a", ""]


def test_older_queries_come_before_and_are_not_fresh() -> None:
    trail = Trail(Clock())
    trail.visit("now")
    trail.begin_after(["long ago", "before"])
    assert trail.fresh() == ["now"]
    assert walked_back(trail) == ["now", "", "before", "long ago"]


def test_a_trail_is_bounded() -> None:
    trail = Trail(Clock())
    trail.begin_after([f"old {number}" for number in range(KEPT)])
    for number in range(3 * KEPT):
        trail.visit(str(number))
    assert len(walked_back(trail)) == KEPT
    assert len(trail.fresh()) <= KEPT


def test_a_file_keeps_each_query_once_the_newest_last(tmp_path: Path) -> None:
    file = tmp_path / "history" / "hubs.json"
    save(file, ["云计算", "[A] city:Harbin", " "])
    save(file, ["x", "云计算"])
    assert load(file) == ["[A] city:Harbin", "x", "云计算"]
    save(file, (str(number) for number in range(2 * KEPT)))
    assert len(load(file)) == KEPT
    assert load(file)[-1] == str(2 * KEPT - 1)


@pytest.mark.parametrize("content", ["", "{", '{"a": 1}', "[1, null]", "\x00"])
def test_a_damaged_file_is_an_empty_one(tmp_path: Path, content: str) -> None:
    file = tmp_path / "h.json"
    file.write_text(content)
    assert load(file) == []
    save(file, ["q"])
    assert json.loads(file.read_text()) == ["q"]
    assert load(tmp_path / "missing.json") == []
