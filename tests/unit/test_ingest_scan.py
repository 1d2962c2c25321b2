import os
from pathlib import Path

import pytest

from hubtui.ingest import scan


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Harbin", encoding="utf-8")


def paths(folder: Path) -> list[str]:
    return [file.path for file in scan(folder)[0]]


def messages(folder: Path) -> dict[str, str]:
    return {problem.path: problem.message for problem in scan(folder)[1]}


def test_files_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a/z.md", "a/b.html", "C.pdf")
    assert paths(tmp_path) == ["C.pdf", "a/b.html", "a/z.md", "b.txt"]


def test_size_and_time_are_the_file_s(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    os.utime(tmp_path / "a.txt", ns=(5, 7))
    (file,) = scan(tmp_path)[0]
    assert (file.size, file.mtime_ns, file.absolute) == (6, 7, tmp_path / "a.txt")


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.txt",
        ".git/a.txt",
        "a.txt~",
        "~$a.docx",
        "#a.md#",
        "a.txt.swp",
        "a.bak",
        "sources.toml",
        "hubtui.toml",
    ],
)
def test_what_nobody_means_is_passed_over_in_silence(tmp_path: Path, name: str) -> None:
    write(tmp_path, name)
    assert scan(tmp_path) == ([], []) or name == "sources.toml"
    assert paths(tmp_path) == []


def test_the_folder_beside_a_saved_page_is_no_place_for_sources(tmp_path: Path) -> None:
    write(tmp_path, "Page.html", "Page_files/frame.html", "Page_files/logo.png", "Other_files/a.txt")
    assert paths(tmp_path) == ["Other_files/a.txt", "Page.html"]
    assert not messages(tmp_path)


def test_other_formats_are_named_with_what_is_read(tmp_path: Path) -> None:
    write(tmp_path, "table.xlsx")
    assert ".xlsx" in messages(tmp_path)["table.xlsx"]
    assert ".docx" in messages(tmp_path)["table.xlsx"]


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    write(outside, "secret.txt")
    seeds = tmp_path / "seeds"
    write(seeds, "a.txt")
    (seeds / "link.txt").symlink_to(outside / "secret.txt")
    (seeds / "folder").symlink_to(outside)
    (seeds / "nowhere.txt").symlink_to(seeds / "gone.txt")
    (seeds / "inside.txt").symlink_to(seeds / "a.txt")
    (seeds / "loop").symlink_to(seeds)
    assert paths(seeds) == ["a.txt"]
    assert set(messages(seeds)) == {"link.txt", "folder", "nowhere.txt"}
    assert "outside the library" in messages(seeds)["link.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_pipes_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert paths(tmp_path) == []
    assert "pipe" in messages(tmp_path)["pipe.txt"]


def test_names_that_differ_in_case_are_two_sources(tmp_path: Path) -> None:
    write(tmp_path, "Harbin.txt", "harbin.txt")
    assert paths(tmp_path) == ["Harbin.txt", "harbin.txt"]


def test_a_name_is_written_so_that_it_can_be_shown(tmp_path: Path) -> None:
    write(tmp_path, "[red]\n\x1b[31m.txt", "cafe\u0301.txt", "a\\b.txt")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xe9.txt")).write_text("x", encoding="utf-8")
    assert paths(tmp_path) == sorted(["[red]\\x0a\\x1b[31m.txt", "caf\u00e9.txt", "a\\\\b.txt", "\\xe9.txt"])


def test_two_names_that_read_the_same_are_a_problem(tmp_path: Path) -> None:
    write(tmp_path, "cafe\u0301.txt", "caf\u00e9.txt")
    assert len(paths(tmp_path)) == 1
    assert "the same name" in messages(tmp_path)["caf\u00e9.txt"]


@pytest.mark.skipif(getattr(os, "geteuid", int)() == 0, reason="root may list every folder")
def test_a_folder_that_may_not_be_listed_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, "closed/a.txt")
    (tmp_path / "closed").chmod(0)
    try:
        assert "permissions" in messages(tmp_path)["closed"]
    finally:
        (tmp_path / "closed").chmod(0o700)


def test_a_folder_that_vanished_has_no_sources(tmp_path: Path) -> None:
    found, problems = scan(tmp_path / "gone")
    assert not found
    assert len(problems) == 1
