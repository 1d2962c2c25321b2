"""Which terminals can show the screen."""

import io
import sys

import pytest

from hubtui.core.terminal import TerminalError, check_terminal, moves_cursor


@pytest.mark.parametrize(
    "name", ["xterm-256color", "xterm-kitty", "screen", "tmux-256color", "linux", "vt100", "ansi"]
)
def test_terminals_that_move_their_cursor(name: str) -> None:
    assert moves_cursor({"TERM": name})


@pytest.mark.parametrize("environ", [{}, {"TERM": ""}, {"TERM": "dumb"}, {"TERM": "unknown"}])
def test_terminals_of_which_nothing_is_known(environ: dict[str, str]) -> None:
    assert not moves_cursor(environ)


def test_one_that_the_database_does_not_list_is_believed_to() -> None:
    assert moves_cursor({"TERM": "a-terminal-of-next-year"})


def test_one_that_the_database_says_cannot_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    curses = pytest.importorskip("curses")
    monkeypatch.setattr(curses, "setupterm", lambda _name, _descriptor: None)
    monkeypatch.setattr(curses, "tigetstr", lambda _capability: None)
    assert not moves_cursor({"TERM": "teletype"})


def test_a_pipe_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "__stdin__", io.StringIO())
    with pytest.raises(TerminalError, match="there is no terminal"):
        check_terminal({"TERM": "xterm"})
