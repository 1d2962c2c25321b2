"""CSL styles through pandoc: a stand-in on the path, since pandoc need not be installed."""

from pathlib import Path

import pytest

from hubtui.citation.pandoc import CslError, cite_with_csl

ITEM = {"type": "book", "title": "城市", "id": "anything"}


@pytest.fixture
def csl(tmp_path: Path) -> Path:
    path = tmp_path / "my style.csl"
    path.write_text("<style/>")
    return path


def stand_in(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program = folder / "pandoc"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def test_the_entry_comes_without_its_number(
    csl: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, "cat >/dev/null; printf '[1] 城市,\\n2020.\\n'", monkeypatch)
    assert cite_with_csl(ITEM, csl) == "城市, 2020."


def test_a_style_of_notes_gives_the_note(csl: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, "grep -q '@item' && printf '[1]\\n\\n[1] A note.\\n' || true", monkeypatch)
    assert cite_with_csl(ITEM, csl) == "A note."


def test_pandoc_is_given_the_item_and_the_style(
    csl: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = (
        'for word; do case "$word" in --bibliography=*) cat "${word#*=}";; --csl=*) echo "$word";; esac; done'
    )
    stand_in(tmp_path, script, monkeypatch)
    said = cite_with_csl(ITEM, csl)
    assert '"id": "item"' in said
    assert str(csl) in said


def test_failures_say_what_to_do(csl: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, "echo 'not a style' >&2; exit 83", monkeypatch)
    with pytest.raises(CslError, match="not a style"):
        cite_with_csl(ITEM, csl)
    with pytest.raises(CslError, match=r"no file .*absent\.csl"):
        cite_with_csl(ITEM, tmp_path / "absent.csl")
    other = tmp_path / "README.md"
    other.write_text("# No style at all <styles>\n" * 1_000)
    with pytest.raises(CslError, match=r"README\.md is not a CSL style"):
        cite_with_csl(ITEM, other)
    stand_in(tmp_path, "printf 'x%.0s' $(seq 5000) >&2; exit 83", monkeypatch)
    with pytest.raises(CslError) as long:
        cite_with_csl(ITEM, csl)
    assert len(long.value.message) < 300
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CslError, match="not installed") as caught:
        cite_with_csl(ITEM, csl)
    assert "--style" in caught.value.remedy
