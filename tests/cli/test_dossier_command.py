"""``hubtui dossier``."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

Hubtui = Callable[..., Any]


def test_writes_markdown_to_standard_output(hubtui: Hubtui, seeds_folder: Path) -> None:
    done = hubtui("dossier", "Harbin", "贵州", "-L", seeds_folder)
    assert done.status == 0
    assert done.out.startswith("# Harbin 哈尔滨, Guizhou 贵州\n")
    assert done.out.count("\n## ") == 4
    assert done.err == ""


def test_writes_a_web_page_to_a_file(hubtui: Hubtui, seeds_folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "hubs.html"
    done = hubtui("dossier", "Harbin", "--format", "html", "--output", page, "-L", seeds_folder)
    assert (done.status, done.out) == (0, "")
    assert str(page) in done.err
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_file_that_cannot_be_written_is_a_named_error(
    hubtui: Hubtui, seeds_folder: Path, tmp_path: Path
) -> None:
    done = hubtui("dossier", "Harbin", "--output", tmp_path / "nowhere" / "x.md", "-L", seeds_folder)
    assert done.status == 2
    assert done.err.startswith("hubtui: Unwritable file: ")


def test_without_a_passage_the_status_says_so(hubtui: Hubtui, seeds_folder: Path) -> None:
    assert hubtui("dossier", "Lhasa", "-L", seeds_folder).status == 1


def test_an_unknown_city_is_answered_with_the_nearest(hubtui: Hubtui, seeds_folder: Path) -> None:
    done = hubtui("dossier", "Harbinn", "-L", seeds_folder)
    assert done.status == 2
    assert "Harbin" in done.err
