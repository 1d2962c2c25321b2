"""Writing in one step: the old content or the new one, never a part."""

from pathlib import Path

import pytest

from hubtui.core.files import write_atomically
from hubtui.core.models import Mention, Place
from hubtui.places.corrections import FILE_NAME, MentionCorrectionError, MentionCorrectionFile, rejection

BOSTON = Mention(3, 9, "Boston", Place("gn:4930956", "Boston", "波士顿", "city"))


def test_content_and_permissions(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    write_atomically(file, "城市\r\n")
    assert file.read_bytes() == "城市\r\n".encode()
    file.chmod(0o600)
    write_atomically(file, "new")
    assert file.read_text() == "new"
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_a_write_that_fails_leaves_the_old_content(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    write_atomically(file, "old")
    with pytest.raises(UnicodeEncodeError):
        write_atomically(file, "\ud800")
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_correction_that_cannot_be_kept_is_an_error(tmp_path: Path) -> None:
    kept = MentionCorrectionFile(tmp_path / "gone", tmp_path / "lock")
    with pytest.raises(MentionCorrectionError, match=r"mentions\.jsonl cannot be changed") as caught:
        kept.add(rejection("this", "a.txt", "in Boston", BOSTON))
    assert "permissions" in caught.value.remedy


def test_lines_that_somebody_else_wrote_meanwhile_are_kept(tmp_path: Path) -> None:
    mine, other = (MentionCorrectionFile(tmp_path, tmp_path / "lock") for _ in range(2))
    mine.add(rejection("this", "a.txt", "in Boston", BOSTON))
    other.add(rejection("library", "a.txt", "in Boston", BOSTON))
    mine.add(rejection("source", "a.txt", "in Boston", BOSTON))
    assert [item.scope for item in mine.load().items] == ["this", "library", "source"]
    assert len((tmp_path / FILE_NAME).read_text().splitlines()) == 3


def test_control_characters_in_the_file_are_damage(tmp_path: Path) -> None:
    kept = MentionCorrectionFile(tmp_path, tmp_path / "lock")
    kept.add(rejection("library", "a.txt", "in Boston", BOSTON))
    path = tmp_path / FILE_NAME
    path.write_text(path.read_text().replace("Boston", "\\u001b[31mBoston"))
    loaded = kept.load()
    assert loaded.items == ()
    assert len(loaded.problems) == 1
