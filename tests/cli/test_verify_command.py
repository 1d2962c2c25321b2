"""``hubtui verify``: what it writes for eyes, pipes and programs, and its exit statuses."""

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hubtui.text.cells import width

Hubtui = Callable[..., Any]

RIGHT = "“Guizhou has attracted hundreds of companies”"
ALTERED = "“Guizhou has attracted thousands of companies”"
INVENTED = "“The moon over Harbin is made of green cheese”"
MOVED = (
    "“Shanghai is not lagging behind but sticking to its own pace”[^1]\n\n"
    "[^1]: Guizhou to become nation’s digital hub"
)
FIELDS = {
    "file", "line", "paragraph", "quotation", "kind", "verdict", "remarks", "likeness", "source_id", "path",
    "title", "number", "text", "citation", "places", "cited", "changes",
}  # fmt: skip


@pytest.fixture
def draft(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str, name: str = "draft.md") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (RIGHT, "verified"),
        (ALTERED, "altered"),
        (INVENTED, "not found"),
        (MOVED, "moved"),
        ("“a term”", "unchecked"),
    ],
)
def test_the_status_says_whether_anything_is_wrong(
    hubtui: Hubtui, draft: Callable[..., Path], seeds_folder: Path, text: str, verdict: str
) -> None:
    found = hubtui("verify", draft(text), "-L", seeds_folder)
    assert found.status == int(verdict in ("altered", "not found", "moved"))
    fields = found.out.rstrip("\n").split("\t")
    assert fields[0].endswith("draft.md:1")
    assert fields[1] == verdict
    assert f"1 quotation: 1 {verdict}" in found.err


def test_a_draft_without_quotations(hubtui: Hubtui, draft: Callable[..., Path], seeds_folder: Path) -> None:
    found = hubtui("verify", draft("No marks."), "-L", seeds_folder)
    assert (found.status, found.out) == (0, "")
    assert "No quotation" in found.err


def test_as_json(hubtui: Hubtui, draft: Callable[..., Path], seeds_folder: Path) -> None:
    path = draft(f"{RIGHT}\n\n{ALTERED}\n\n{MOVED}\n")
    found = hubtui("verify", path, "--json", "--style", "apa", "-L", seeds_folder)
    right, altered, moved = (json.loads(line) for line in found.out.splitlines())
    assert set(right) == set(altered) == FIELDS
    assert right["file"] == str(path)
    assert [row["line"] for row in (right, altered, moved)] == [1, 3, 5]
    assert (right["paragraph"], right["likeness"], right["changes"]) == (None, 1, [])
    assert right["quotation"] == right["text"] == RIGHT.strip("“”")
    assert right["citation"].startswith("Ouyang, S. (2018, June 7).")
    assert right["places"][0]["address"] == f"{right['path']}:{right['number']}"
    start, end = right["places"][0]["spans"][0]
    assert end - start == len(right["text"])
    assert [change for change in altered["changes"] if change["kind"] != "same"] == [
        {"kind": "changed", "draft": "thousands", "source": "hundreds"}
    ]
    assert [source["path"] for source in moved["cited"]] == [right["path"]]
    assert moved["path"] != right["path"]


def test_on_a_terminal(
    hubtui: Hubtui, draft: Callable[..., Path], seeds_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    for columns in (60, 80, 120):
        monkeypatch.setenv("COLUMNS", str(columns))
        found = hubtui(
            "verify",
            draft(f"{RIGHT}\n\n{ALTERED}\n\n{INVENTED}\n\n{MOVED}\n"),
            "--color",
            "always",
            "-L",
            seeds_folder,
        )
        shown = re.sub(r"\x1b\[[0-9;]*m", "", found.out)
        assert "[-thousands-]{+hundreds+}" in shown
        assert "cited Guizhou to become" in shown
        _, *lines = shown.splitlines()  # the first is the draft's path
        assert max(width(line.rstrip()) for line in lines) <= columns
        starts = {
            line.index(word)
            for line in lines
            if line.strip()[:1].isdigit()
            for word in ("Guizhou has", "The moon")
            if f"  {word}" in line
        }
        assert len(starts) == 1  # the quotations stand in a column


def test_hostile_text_reaches_no_terminal(hubtui: Hubtui, tmp_path: Path, seeds_folder: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(
        "“Guizhou [red]companies[/] \x1b]0;owned\x07 has \x1b[31mattracted more\u202e of them”\n".encode()
    )
    for how in (["--color", "always"], [], ["--json"]):
        out = hubtui("verify", path, *how, "-L", seeds_folder).out
        assert "\x1b]" not in out
        assert "\x1b[31mattracted" not in out
        assert "\u202e" not in out
        assert "[red]companies[/]" in out


def test_standard_input(hubtui: Hubtui, seeds_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(f"> {RIGHT[1:-1]}\n".encode())))
    found = hubtui("verify", "-", "-L", seeds_folder)
    assert found.status == 0
    assert found.out.startswith("-:1\tverified\t")


def test_several_drafts(hubtui: Hubtui, draft: Callable[..., Path], seeds_folder: Path) -> None:
    found = hubtui("verify", draft(RIGHT, "a.md"), draft(ALTERED, "b.txt"), "-L", seeds_folder)
    assert found.status == 1
    assert "2 quotations: 1 verified, 1 altered" in found.err


def test_fixing_citations_writes_a_copy_and_never_the_draft(
    hubtui: Hubtui, draft: Callable[..., Path], seeds_folder: Path
) -> None:
    path = draft(f"{RIGHT}\n\n{MOVED}\n")
    before = path.read_bytes()
    for name in ("draft.cited.md", "draft.cited-2.md"):
        found = hubtui("verify", path, "--fix-citations", "--style", "apa", "-L", seeds_folder)
        assert f"{name} (1 citation added, 1 corrected)" in found.err
        copy = (path.parent / name).read_text(encoding="utf-8")
        assert "companies”[^2]\n" in copy
        assert "pace”[^3]\n" in copy
    assert path.read_bytes() == before


def test_nothing_to_fix_writes_nothing(
    hubtui: Hubtui, draft: Callable[..., Path], seeds_folder: Path
) -> None:
    path = draft("“a term”")
    assert "no citation is missing" in hubtui("verify", path, "--fix-citations", "-L", seeds_folder).err
    assert sorted(path.parent.iterdir()) == [path]


def test_faults_are_named(
    hubtui: Hubtui, tmp_path: Path, seeds_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04broken")
    for name in ("missing.md", ".", "broken.docx"):
        found = hubtui("verify", tmp_path / name, "-L", seeds_folder)
        assert (found.status, found.out) == (2, "")
        assert found.err.startswith("hubtui: Unreadable draft: ")
    (tmp_path / "a.md").write_text(RIGHT, encoding="utf-8")
    assert hubtui("verify", tmp_path / "a.md", "--style", "nosuch", "--json", "-L", seeds_folder).status == 2
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(RIGHT.encode())))
    found = hubtui("verify", "-", "--fix-citations", "-L", seeds_folder)
    assert found.status == 2
    assert "no file to put a copy beside" in found.err
