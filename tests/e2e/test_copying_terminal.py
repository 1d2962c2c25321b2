"""Copying in a real pseudo-terminal: ten passages, another format, the native tool beside the terminal."""

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hubtui.library import Library

Hubtui = Callable[..., Any]


def test_ten_marked_passages_are_one_copy_with_one_list_of_references(hubtui: Hubtui, library: Path) -> None:
    terminal = hubtui(library)
    terminal.sees("5 sources", "Harbin")
    terminal.press("/data\r")
    with Library.open(library) as opened:
        hits = opened.search("data", limit=10).hits
        order = [source.id for source in opened.sources()]
        passages = sorted((hit.passage for hit in hits), key=lambda p: (order.index(p.source_id), p.number))
        quoted = opened.citations.quote(passages)
    assert len({passage.source_id for passage in passages}) > 1
    terminal.sees(" 1 of ")
    for number in range(10):
        terminal.press("m")
        terminal.sees(f"{number + 1} marked")
        if number < 9:
            terminal.press("j")
            terminal.sees(f" {number + 2} of ")
    terminal.press("y")
    terminal.sees("Copied 10 passages with their citations", "OSC 52")
    assert terminal.copied() == [quoted]
    assert all(passage.text in quoted for passage in passages)


def test_the_format_that_is_chosen_is_copied(hubtui: Hubtui, library: Path) -> None:
    terminal = hubtui(library)
    terminal.sees("5 sources", "Harbin")
    terminal.press("enter")
    terminal.sees("¶1 of")
    with Library.open(library) as opened:
        passage = opened.search("", limit=1).hits[0].passage
        markdown = opened.citations.quote(passage, None, "markdown")
    terminal.press("Y")
    terminal.sees("Copy as", "Plain text", "GB/T 7714—2025")
    terminal.press("j")
    terminal.sees(markdown[:40])
    terminal.press("enter")
    terminal.sees("as Markdown")
    assert terminal.copied() == [markdown]


@pytest.mark.parametrize(("script", "said"), [("", "xclip (confirmed)"), ("exit 1", "xclip: exit status 1")])
def test_the_native_tool_gets_it_too(
    hubtui: Hubtui, library: Path, tmp_path: Path, script: str, said: str
) -> None:
    folder = tmp_path / "bin"
    folder.mkdir()
    tool = folder / "xclip"
    tool.write_text(
        f'#!/bin/sh\n{script}\nCLIP="{folder}/clip"\n'
        'case "$*" in *-out*) exec cat "$CLIP";; esac\nexec cat > "$CLIP"\n'
    )
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    terminal = hubtui(library, environ={"DISPLAY": ":9", "PATH": f"{folder}:/usr/bin:/bin"})
    terminal.sees("5 sources", "Harbin")
    terminal.press("enter")
    terminal.sees("¶1 of")
    terminal.press("y")
    terminal.sees("with its citation", said)
    (copied,) = terminal.copied()
    assert script or (folder / "clip").read_text(encoding="utf-8") == copied


def test_cite_copies_to_the_terminal_it_runs_in(hubtui: Hubtui, library: Path) -> None:
    terminal = hubtui("cite", "003:3", "--format", "plain", "--copy", "-L", library)
    assert terminal.ends() == 0
    with Library.open(library) as opened:
        quoted = opened.citations.quote(opened.passage("003:3"))
    assert terminal.copied() == [quoted]
    assert "Copied: OSC 52 (unconfirmed)" in terminal.output
