"""``hubtui mentions``: in any text without a library, and corrected in one."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Hubtui = Callable[..., Any]
PASSAGE = "Grover Boston was a president, and his clouds gather over 冰谷 and Harbin every year."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text(f"A title\n\n{PASSAGE}\n", encoding="utf-8")
    return tmp_path


def rows(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def give(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_standard_input_without_a_library(
    hubtui: Hubtui, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    give(monkeypatch, "🏙️腾讯在沈阳\r\n和吉林大学".encode())
    found = hubtui("mentions")
    assert found.status == 0
    assert found.out.splitlines() == [
        "5\t7\t沈阳\tShenyang\t沈阳\tcn:210100\t",
        "10\t12\t吉林\tJilin\t吉林\tcn:220000\tyes",
    ]
    assert list(tmp_path.iterdir()) == []


def test_a_file_as_json(hubtui: Hubtui, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("From Suzhou to 北京大学", encoding="utf-8")
    suzhou, beijing = rows(hubtui("mentions", draft, "--json").out)
    assert (suzhou["start"], suzhou["end"], suzhou["surface"], suzhou["in_name"]) == (5, 11, "Suzhou", False)
    assert suzhou["place"]["id"] == "cn:320500"
    assert set(suzhou["place"]) == {"id", "name_en", "name_zh", "kind", "parent", "latitude", "longitude"}
    assert "cn:341300" in suzhou["alternatives"]
    assert beijing["in_name"]


def test_a_file_in_another_encoding(hubtui: Hubtui, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_bytes(("我们在哈尔滨的云计算中心工作，" * 20).encode("gb18030"))
    assert hubtui("mentions", draft).out.startswith("3\t6\t哈尔滨\t")


def test_a_table_for_eyes(hubtui: Hubtui, monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, "哈尔滨".encode())
    assert "in a longer name" in hubtui("mentions", "--color", "always").out


def test_nothing_found_and_no_file(hubtui: Hubtui, monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, b"no place")
    nothing = hubtui("mentions", "-")
    assert (nothing.status, nothing.out) == (1, "")
    missing = hubtui("mentions", "no-such-file")
    assert missing.status == 2
    assert "no-such-file" in missing.err


def test_a_mention_is_rejected_listed_and_taken_back(hubtui: Hubtui, folder: Path) -> None:
    before = hubtui("cities", "-L", folder).out
    said = hubtui("mentions", "reject", "a.txt:1", "boston", "--scope", "library", "-L", folder)
    assert said.status == 0
    (id_, *shown) = said.out.rstrip("\n").split("\t")
    assert shown == ["reject", "library", "Boston", "Boston", ""]
    assert hubtui("passages", "Boston", "-L", folder).status == 1
    assert hubtui("mentions", "list", "-L", folder).out == said.out
    assert rows(hubtui("mentions", "list", "--json", "-L", folder).out)[0]["id"] == id_
    assert hubtui("mentions", "undo", id_, "-L", folder).out == said.out
    assert hubtui("mentions", "list", "-L", folder).status == 1
    assert hubtui("cities", "-L", folder).out == before


def test_a_missing_mention_is_added(hubtui: Hubtui, folder: Path) -> None:
    assert hubtui("mentions", "add", "a.txt:1", "冰谷", "哈尔滨", "-L", folder).status == 0
    names = rows(hubtui("cities", "--json", "-L", folder).out)
    harbin = next(row for row in names if row["id"] == "cn:230100")
    assert {"name": "冰谷", "passages": 1} in harbin["names"]


@pytest.mark.parametrize(
    ("arguments", "message", "remedy"),
    [
        (["reject", "a.txt:1", "Bostom"], "mentions no 'Bostom'", "Did you mean Boston"),
        (["reject", "a.txt:9", "Boston"], "no passage '9'", "1 to"),
        (["add", "a.txt:1", "雪谷", "Harbin"], "has no '雪谷'", "as the passage does"),
        (["add", "a.txt:1", "冰谷", "Harbinn"], "no city Harbinn", "Harbin"),
        (["undo", "0000"], "no correction '0000'", "mentions list"),
    ],
)
def test_what_cannot_be_done_is_said(
    hubtui: Hubtui, folder: Path, arguments: list[str], message: str, remedy: str
) -> None:
    found = hubtui("mentions", *arguments, "-L", folder)
    assert (found.status, found.out) == (2, "")
    first, second = found.err.splitlines()
    assert message in first
    assert remedy in second


def test_finding_mentions_loads_nothing_of_a_library() -> None:
    probe = "import sys; from hubtui.cli.run import run; run(['mentions'], lambda _: 0); print(*sys.modules)"
    shown = subprocess.run(
        [sys.executable, "-c", probe],
        input="哈尔滨",
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    first, modules = shown.stdout.splitlines()
    assert first.startswith("0\t3\t哈尔滨")
    assert not set(modules.split()) & {"whoosh", "jieba", "sqlite3", "textual", "rich", "hubtui.library"}
