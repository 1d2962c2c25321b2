"""Clippings on disk: appended, changed, removed, restored; damaged lines, read-only files, full disks."""

import errno
import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest

from hubtui.clippings import store as file_module
from hubtui.clippings.jsonl import DAMAGED, FILE_NAME, encode
from hubtui.clippings.model import ClippedPlace, Clipping, ClippingError, UnknownClippingError
from hubtui.clippings.store import ClippingFile
from hubtui.core.files import holding

TEXT = "哈尔滨的冬天很长，\n数据中心却喜欢 [red]“这样”[/] 的天气"


def clipping(id_: str = "a1", **values: Any) -> Clipping:
    return Clipping(id_, "2026-03-01T10:00:00Z", "冬天.txt", 3, TEXT)._replace(**values)


@pytest.fixture
def kept(tmp_path: Path) -> ClippingFile:
    return ClippingFile(tmp_path / FILE_NAME, tmp_path / "cache" / "lock")


def ids(kept: ClippingFile) -> list[str]:
    return [item.id for item in kept.load().items]


def test_no_file_holds_nothing(kept: ClippingFile) -> None:
    assert (kept.load().items, kept.load().problems) == ((), ())
    assert not kept.path.exists()


def test_what_is_kept_is_read_again_whole(kept: ClippingFile) -> None:
    whole = clipping(
        part="a",
        page=7,
        section="一、“冬天”",
        language="zh",
        highlights=((0, 3), (4, 6)),
        query='city:Harbin "冬天"',
        facts={"title": r'A \ "title"', "date": "2018-06", "colour": "red"},
        style="apa",
        citation="…",
        places=(ClippedPlace("cn:230100", "Harbin", "哈尔滨"),),
        note="one\ntwo",
        tags=("a b", "冬"),
        extra={"colour": ["future"]},
    )
    kept.append(whole)
    assert kept.load().items == (whole,)
    assert ClippingFile(kept.path, kept.path.with_name("lock")).load().items == (whole,)


def test_a_line_each_with_keys_in_their_order(kept: ClippingFile) -> None:
    for id_ in ("a1", "b2"):
        kept.append(clipping(id_, extra={"zz": 1, "aa": 2}))
    lines = kept.path.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["a1", "b2"]
    assert [*json.loads(lines[0])] == [
        "id", "made", "path", "number", "part", "page", "section", "language", "text", "highlights", "query",
        "facts", "style", "citation", "places", "note", "tags", "zz", "aa",
    ]  # fmt: skip
    assert "冬天.txt" in lines[0]


def test_a_change_touches_one_line(kept: ClippingFile) -> None:
    for id_ in ("a1", "b2", "c3"):
        kept.append(clipping(id_, extra={"colour": id_}))
    before = kept.path.read_bytes().splitlines()
    changed = kept.change("b2", lambda item: item.annotated(note=" new\x1b ", tags=["#x", "y，x"]))
    after = kept.path.read_bytes().splitlines()
    assert (changed.note, changed.tags) == ("new", ("x", "y"))
    assert [before[0], before[2]] == [after[0], after[2]]
    assert json.loads(after[1])["colour"] == "b2"
    assert kept.load().items[1] == changed


def test_removed_clippings_come_back_to_their_place(kept: ClippingFile) -> None:
    for day, id_ in enumerate(("a1", "b2", "c3"), 1):
        kept.append(clipping(id_, made=f"2026-03-0{day}T10:00:00Z"))
    before = kept.path.read_bytes()
    assert [item.id for item in kept.remove(["a1", "b2"])] == ["a1", "b2"]
    assert ids(kept) == ["c3"]
    assert [item.id for item in kept.restore()] == ["b2"]
    assert [item.id for item in kept.restore(["a1"])] == ["a1"]
    assert kept.path.read_bytes() == before
    with pytest.raises(UnknownClippingError, match="No clipping was removed"):
        kept.restore()


def test_an_unknown_id_changes_nothing(kept: ClippingFile) -> None:
    kept.append(clipping("abcdef"))
    before = kept.path.read_bytes()
    with pytest.raises(UnknownClippingError, match="no clipping 'abcdeg'") as caught:
        kept.remove(["abcdef", "abcdeg"])
    assert "abcdef" in caught.value.remedy
    with pytest.raises(UnknownClippingError):
        kept.change("x", lambda item: item)
    assert kept.path.read_bytes() == before


DAMAGE = [
    (b'{"id": "x', "not valid JSON"),
    (b"\xff\xfe{}", "UTF-8"),
    (b"[1]", "not a JSON object"),
    (b"<<<<<<< HEAD", "not valid JSON"),
    (b"[" * 100_000, "not valid JSON"),
    (b'{"id": "x", "made": "", "path": "", "number": 1}', "has no text"),
    (b'{"id": "x", "made": "", "path": "", "number": true, "text": ""}', "number of the wrong type"),
    (b'{"id": "x", "made": "", "path": "", "number": 1, "text": "\\ud800"}', "an incomplete character"),
    (b'{"id": "", "made": "", "path": "", "number": 1, "text": ""}', "empty id"),
    *(
        (b'{"id": "x", "made": "", "path": "", "number": 1, "text": "abc", %b}' % broken, "wrong type")
        for broken in (
            b'"tags": [1]',
            b'"tags": [[]]',
            b'"highlights": [1]',
            b'"highlights": [[0, 1.5]]',
            b'"highlights": [["a", "b"]]',
            b'"places": [{}]',
            b'"places": [["cn:1", "a", "b"]]',
            b'"places": [{"id": {}, "name_en": "", "name_zh": ""}]',
            b'"facts": []',
            b'"facts": {"date": 2018}',
        )
    ),
]


@pytest.mark.parametrize(("line", "fault"), DAMAGE)
def test_a_damaged_line_is_reported_and_set_aside_but_never_lost(
    kept: ClippingFile, line: bytes, fault: str
) -> None:
    kept.append(clipping("a1"))
    kept.path.write_bytes(line + b"\n" + kept.path.read_bytes())
    kept.append(clipping("b2"))
    loaded = kept.load()
    assert [item.id for item in loaded.items] == ["a1", "b2"]
    (problem,) = loaded.problems
    assert problem.path == FILE_NAME
    assert "line 1 " in problem.message
    assert fault in problem.message
    assert kept.path.read_bytes().startswith(line + b"\n")
    kept.change("a1", lambda item: item.annotated(note="new"))
    assert line not in kept.path.read_bytes().split(b"\n")
    assert kept.path.with_name(DAMAGED).read_bytes() == line + b"\n"
    (problem,) = kept.load().problems
    assert (problem.path, problem.message[:2]) == (DAMAGED, "1 ")


@pytest.mark.parametrize("torn", [encode(clipping("x"))[:-20].encode(), "冬".encode()[:2], b"{" * 70_000])
def test_a_torn_last_line_is_set_aside_and_the_next_starts_afresh(kept: ClippingFile, torn: bytes) -> None:
    kept.append(clipping("a1"))
    whole = kept.path.read_bytes()
    kept.path.write_bytes(whole + torn)
    assert ids(kept) == ["a1"]
    assert "line 2 " in kept.load().problems[0].message
    kept.append(clipping("b2"))
    assert kept.path.read_bytes() == whole + encode(clipping("b2")).encode() + b"\n"
    assert kept.path.with_name(DAMAGED).read_bytes() == torn + b"\n"


def test_a_last_line_that_an_editor_left_without_an_end_stays(kept: ClippingFile) -> None:
    kept.path.write_text(
        "\ufeff" + encode(clipping("a1")) + "\r\n\n" + encode(clipping("b2")), encoding="utf-8"
    )
    kept.append(clipping("c3"))
    assert ids(kept) == ["a1", "b2", "c3"]
    assert kept.load().problems == ()


def test_of_two_lines_with_one_id_the_later_counts(kept: ClippingFile) -> None:
    kept.append(clipping("a1"))
    kept.append(clipping("a1", note="later"))
    loaded = kept.load()
    assert [item.note for item in loaded.items] == ["later"]
    assert "1 line has the id of a later one" in loaded.problems[0].message
    assert kept.remove(["a1"])[0].note == "later"
    assert ids(kept) == []


def test_highlights_outside_the_text_are_left_out(kept: ClippingFile) -> None:
    kept.append(clipping(highlights=((0, 2), (5, 5), (-1, 3), (3, 900))))
    assert kept.load().items[0].highlights == ((0, 2),)


def test_changes_by_another_process_are_seen(kept: ClippingFile) -> None:
    assert ids(kept) == []
    ClippingFile(kept.path, kept.path.with_name("lock")).append(clipping("a1"))
    assert ids(kept) == ["a1"]
    kept.path.unlink()
    assert ids(kept) == []


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("mine\n")
    link = tmp_path / FILE_NAME
    link.symlink_to(other)
    kept = ClippingFile(link, tmp_path / "lock")
    for attempt in (
        kept.load,
        lambda: kept.append(clipping("a1")),
        lambda: kept.remove(["a1"]),
        kept.restore,
    ):
        with pytest.raises(ClippingError, match="it is a link") as caught:
            attempt()
        assert "Remove the link" in caught.value.remedy
    assert other.read_text() == "mine\n"


def test_a_file_with_another_name_becomes_one_of_its_own(kept: ClippingFile, tmp_path: Path) -> None:
    kept.append(clipping("a1"))
    other = tmp_path / "other.jsonl"
    other.hardlink_to(kept.path)
    before = other.read_bytes()
    kept.append(clipping("b2"))
    assert ids(kept) == ["a1", "b2"]
    assert other.read_bytes() == before


def test_a_read_only_file_is_left_alone(kept: ClippingFile, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.append(clipping("a1"))
    before = kept.path.read_bytes()
    kept.path.chmod(0o444)
    # To the superuser every file is writable.
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path) != kept.path)
    for attempt in (
        lambda: kept.append(clipping("b2")),
        lambda: kept.change("a1", lambda item: item),
        lambda: kept.remove(["a1"]),
        kept.restore,
    ):
        with pytest.raises(ClippingError, match="Permission denied") as caught:
            attempt()
        assert "permissions" in caught.value.remedy
    assert kept.path.read_bytes() == before
    assert ids(kept) == ["a1"]


@pytest.mark.parametrize("after", [0, 1, 40])
def test_a_full_disk_leaves_what_was_there(
    kept: ClippingFile, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    kept.append(clipping("a1"))
    before = kept.path.read_bytes()

    def full(handle: int) -> None:
        if after:  # the disk filled up while the line was written
            os.truncate(handle, len(before) + after)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        for attempt in (
            lambda: kept.append(clipping("b2")),
            lambda: kept.change("a1", lambda item: item.annotated(note="x")),
            lambda: kept.remove(["a1"]),
        ):
            with pytest.raises(ClippingError, match="No space left") as caught:
                attempt()
            assert "Free space" in caught.value.remedy
            assert kept.path.read_bytes() == before
    kept.append(clipping("b2"))
    assert ids(kept) == ["a1", "b2"]


def test_a_folder_in_its_place_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    kept = ClippingFile(tmp_path / FILE_NAME, tmp_path / "lock")
    for attempt in (kept.load, lambda: kept.append(clipping())):
        with pytest.raises(ClippingError, match="it is a folder") as caught:
            attempt()
        assert "Move it away" in caught.value.remedy


def test_a_file_that_cannot_be_read_is_named(kept: ClippingFile, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.append(clipping())

    def refuse(path: Path) -> bytes:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr("hubtui.clippings.jsonl.read_file", refuse)
    with pytest.raises(ClippingError, match="Permission denied"):
        kept.load()


def test_a_lock_that_is_held_too_long_is_named(kept: ClippingFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_module, "PATIENCE", 0.01)
    kept.append(clipping("a1"))
    with holding(kept.path.parent / "cache" / "lock"):
        with pytest.raises(ClippingError, match="Another hubtui"):
            kept.append(clipping("b2"))
        assert ids(kept) == ["a1"]


def test_several_threads_lose_nothing(kept: ClippingFile) -> None:
    def keep(thread: int) -> None:
        for number in range(10):
            kept.append(clipping(f"{thread}-{number}"))
            if number % 5 == 4:
                kept.change(f"{thread}-{number}", lambda item: item.annotated(note="seen"))

    threads = [threading.Thread(target=keep, args=(thread,)) for thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ids(kept)) == sorted(f"{thread}-{number}" for thread in range(4) for number in range(10))
    assert sum(item.note == "seen" for item in kept.load().items) == 8
    assert kept.load().problems == ()
