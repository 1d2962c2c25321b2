"""Marking and copying on the screen: what is copied, in which form, and what is said of it."""

import stat
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hubtui.citation.quotations import NoAddressError
from hubtui.clipboard import osc52_sequences
from hubtui.core.config import read_config
from hubtui.core.models import Source, SyncReport
from hubtui.tui.dialogs.copy_as import CopyDialog
from hubtui.tui.widgets.page import TextSpot
from hubtui.tui.widgets.reader import ReaderView

Open = Callable[..., AbstractAsyncContextManager[Any]]


async def test_the_application_writes_to_the_terminal_and_says_which_way(
    make_app: Any, fake_library: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = tmp_path / "xclip"
    tool.write_text(
        f'#!/bin/sh\nCLIP="{tmp_path}/clip"\n'
        'case "$*" in *-out*) exec /bin/cat "$CLIP";; esac\nexec /bin/cat > "$CLIP"\n'
    )
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("PATH", str(tmp_path))
    app = make_app(fake_library)
    written: list[str] = []
    async with app.run_test(size=(120, 36)) as pilot:
        monkeypatch.setattr(app._driver, "write", written.append)
        while not app.screen.settled or app.screen.query_one("#passages").hit is None:
            await pilot.pause(0.01)
        await pilot.press("y")
        while not written:
            await pilot.pause(0.01)
        said = app.screen.query_one("#bottom").render().plain
    quoted = fake_library.citations.quote(fake_library.texts["s1"][0])
    assert written == list(osc52_sequences(quoted, {}))
    assert (tmp_path / "clip").read_text(encoding="utf-8") == quoted
    assert "Copied ¶1 with its citation: xclip (confirmed), OSC 52 (unconfirmed)" in said


async def test_m_marks_and_unmarks_and_the_count_is_in_the_status_line(
    open_screen: Open, fake_library: Any
) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("enter", "m", "j", "m")
        assert screen.lines[-1].rstrip().endswith("2 marked")
        assert screen.text.count("✓¶") == 2
        await screen.press("m")
        assert screen.lines[-1].rstrip().endswith("1 marked")
        await screen.press("M")
        assert "marked" not in screen.lines[-1]
        assert "✓" not in screen.text


async def test_a_mark_is_seen_in_the_reader_too(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("enter", "enter", "j", "m")
        assert "✓2" in screen.text


async def test_marked_passages_are_copied_in_the_order_of_the_sources(
    open_screen: Open, fake_library: Any
) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("enter", "G", "m", "g", "j", "m", "y")
        await screen.until(lambda: bool(screen.copied))
        passages = [fake_library.texts["s1"][1], fake_library.texts["s3"][1]]
        assert screen.copied == [fake_library.citations.quote(passages)]
        assert "Copied 2 passages with their citations" in screen.text


async def test_marks_go_when_their_sources_change(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("enter", "m", "j", "m", "G", "m")
        first, second, *rest = fake_library.texts["s1"]
        fake_library.texts["s1"] = (first, replace(second, text="Edited."), *rest)
        fake_library.listed.pop()
        fake_library.report = SyncReport(updated=1, removed=1)
        await screen.press("r")
        await screen.sees("2 marks were taken away: their sources have changed", "1 marked")
        await screen.press("y")
        await screen.until(lambda: bool(screen.copied))
        assert screen.copied == [fake_library.citations.quote(first)]


async def test_what_is_selected_in_the_reader_is_cited(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("enter", "enter")
        reader = screen.app.screen.query_one(ReaderView)
        passage = fake_library.texts["s1"][0]
        reader._from, reader._to = TextSpot(0, 0, 1), TextSpot(0, 3, 4)
        await screen.press("y")
        await screen.until(lambda: bool(screen.copied))
        assert screen.copied == [fake_library.citations.quote([(passage, (0, 4))])]
        assert "the selection in ¶1 with its citation" in screen.text


async def test_there_is_nothing_to_mark_or_copy_without_a_passage(
    open_screen: Open, fake_library: Any
) -> None:
    async with open_screen(fake_library) as screen:
        await screen.type("nowhere")
        await screen.press("m")
        assert "There is no passage to mark." in screen.text
        await screen.press("Y")
        assert "There is no passage to copy." in screen.text


@pytest.mark.parametrize("size", [(160, 50), (120, 36), (80, 24), (60, 20)])
async def test_the_choice_shows_what_will_be_copied(
    open_screen: Open, fake_library: Any, size: tuple[int, int]
) -> None:
    async with open_screen(fake_library, size) as screen:
        await screen.press("enter", "Y")
        await screen.sees("Copy as", "Plain text", "Cold air is free", "Harbin Builds in the Cold. ¶1.")
        await screen.press("j")
        await screen.sees("[None, markdown]")
        await screen.press("tab", "j")
        await screen.sees("[chicago-author-date, markdown]")
        await screen.press("enter")
        await screen.until(lambda: bool(screen.copied))
        passage = fake_library.texts["s1"][0]
        assert screen.copied == [fake_library.citations.quote(passage, "chicago-author-date", "markdown")]
        await screen.sees("¶1 as Markdown")


async def test_the_choice_holds_for_the_next_copies(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("enter", "Y", "j", "j", "j", "enter", "y")
        await screen.until(lambda: len(screen.copied) == 2)
        assert screen.copied[1] == fake_library.citations.quote(fake_library.texts["s1"][0], None, "html")
        await screen.press("Y")
        await screen.sees("[None, html]")


async def test_the_choice_can_be_left(open_screen: Open, fake_library: Any) -> None:
    async with open_screen(fake_library) as screen:
        await screen.press("enter", "Y", "j", "escape")
        assert not isinstance(screen.app.screen, CopyDialog)
        assert not screen.copied
        await screen.press("y")
        await screen.until(lambda: bool(screen.copied))
        assert screen.copied == [fake_library.citations.quote(fake_library.texts["s1"][0])]


async def test_d_keeps_the_choice_as_the_default(
    open_screen: Open, fake_library: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUBTUI_CONFIG", str(tmp_path / "config.toml"))
    style = "chicago-author-date"
    async with open_screen(fake_library) as screen:
        await screen.press("enter", "Y", "j", "tab", "j", "d")
        await screen.sees("This is the default from now on")
        # They are written in the background.
        await screen.until(lambda: (read_config().copy_format, read_config().style) == ("markdown", style))


async def test_a_link_without_an_address_says_so_in_the_preview(
    open_screen: Open, fake_library: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def quote(*_: object) -> str:
        raise NoAddressError("Far away has no web address to link to.", "Copy in another format.")

    monkeypatch.setattr(fake_library.citations, "quote", quote)
    async with open_screen(fake_library) as screen:
        await screen.press("enter", "Y")
        await screen.sees("Far away has no web address", "Copy in another format.")


async def test_hostile_text_is_shown_as_text_in_the_preview(open_screen: Open, empty_library: Any) -> None:
    text = "[A] [/] [@click=app.quit]x[/] \u202eabc"
    empty_library.add(Source("h", "h.txt", "[red]T", language="en"), [text])
    async with open_screen(empty_library) as screen:
        await screen.press("enter", "Y")
        await screen.sees("[A] [/] [@click=app.quit]x[/]", "[red]T. ¶1.")


async def test_a_long_text_is_previewed_in_part_and_copied_whole(
    open_screen: Open, empty_library: Any
) -> None:
    text = "word " * 10_000
    empty_library.add(Source("h", "h.txt", "T", language="en"), [text])
    async with open_screen(empty_library) as screen:
        await screen.press("enter", "Y")
        await screen.until(
            lambda: "characters more" in str(screen.app.screen.query_one("#copy-text").render())
        )
        await screen.press("enter")
        await screen.until(lambda: bool(screen.copied))
        assert screen.copied == [f"{text}\n\nT. ¶1."]
