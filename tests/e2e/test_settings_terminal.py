"""Settings, signals and faults in a real terminal: what is written, and that the terminal is given back."""

import os
import re
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Hubtui = Callable[..., Any]

_COLOUR = re.compile(r"\x1b\[[0-9;:]*m")
_GIVEN_BACK = ("\x1b[?1049l", "\x1b[?25h", "\x1b[?1000l", "\x1b[?1003l", "\x1b[?2004l")
"""The main screen, the cursor, the mouse twice, and what is pasted."""

FAULT = """
import sys
from hubtui.__main__ import main
import hubtui.tui.dialogs.text_dialogs as dialogs

def parts(self):
    raise KeyError("a sentence of a source")

dialogs.ProblemsDialog.parts = parts
sys.argv = ["hubtui", sys.argv[1]]
main()
"""


def given_back(terminal: Any) -> bool:
    return all(sequence in terminal.output for sequence in _GIVEN_BACK)


def english(folder: Path) -> Path:
    """A library that has no sign beyond ASCII in it."""
    (folder / "seeds").mkdir(parents=True)
    (folder / "seeds" / "cold.txt").write_text(
        "Cold Air\n\nWinters are long, and data centres like them; nobody else does, says a manager there.\n"
        * 3
    )
    return folder


def test_a_fault_gives_the_terminal_back_and_names_the_log(
    hubtui: Hubtui, own_home: dict[str, str], library: Path
) -> None:
    terminal = hubtui(library, program=("-c", FAULT))
    terminal.sees("5 sources")
    terminal.press("!")
    assert terminal.ends() == 2
    assert given_back(terminal)
    after = terminal.output.rpartition("\x1b[?1049l")[2]
    log = Path(own_home["XDG_STATE_HOME"]) / "hubtui" / "hubtui.core.log"
    assert f"in the log: {log}" in " ".join(after.split())
    assert "KeyError" in after
    assert "Traceback" not in terminal.output
    text = log.read_text()
    assert "builtins.KeyError" in text
    assert "dialogs.py" in text
    assert "a sentence of a source" not in text


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_a_signal_gives_the_terminal_back(hubtui: Hubtui, library: Path, number: signal.Signals) -> None:
    terminal = hubtui(library)
    terminal.sees("5 sources", "Harbin")
    os.kill(terminal.pid, number)
    assert terminal.ends() == 128 + number
    assert given_back(terminal)
    assert terminal.echoes


@pytest.mark.parametrize("name", ["dumb", "", "unknown"])
def test_a_terminal_that_moves_no_cursor_gets_one_line(hubtui: Hubtui, library: Path, name: str) -> None:
    terminal = hubtui(library, environ={"TERM": name})
    assert terminal.ends() == 2
    (line,) = terminal.output.splitlines()
    assert line.startswith("hubtui: No screen: ")
    assert f"(TERM={name})" in line
    assert "hubtui --help" in line
    assert line.isprintable()


def test_it_ends_with_its_terminal(hubtui: Hubtui, library: Path) -> None:
    terminal = hubtui(library)
    terminal.sees("5 sources", "Harbin")
    terminal.hang_up()
    terminal.until(lambda: not terminal.is_alive)


def test_suspending_and_coming_back_to_a_terminal_of_another_size(hubtui: Hubtui, library: Path) -> None:
    terminal = hubtui(library)
    terminal.sees("5 sources", "Harbin")
    terminal.press("\x1a")
    terminal.until(lambda: terminal.is_stopped)
    assert given_back(terminal)
    terminal.resize(80, 24)
    seen = len(terminal.output)
    os.kill(terminal.pid, signal.SIGCONT)
    terminal.until(lambda: "\x1b[?1049h" in terminal.output[seen:] and "1 of" in terminal.text)
    terminal.sees("5 sources", "All cities")
    terminal.press("enter", "enter")
    terminal.sees("¶1 of")
    terminal.press("q")
    assert terminal.ends() == 0


def test_without_colours_none_is_written(hubtui: Hubtui, library: Path) -> None:
    terminal = hubtui(library, environ={"NO_COLOR": "1"})
    terminal.sees("5 sources", "Harbin")
    terminal.press("/cloud\r")
    terminal.sees("1 of")
    terminal.press("?")
    terminal.sees("─ Keys")
    terminal.press("escape")
    terminal.misses("─ Keys")
    terminal.press("q")
    terminal.ends()
    codes = {code for found in _COLOUR.findall(terminal.output) for code in found[2:-1].split(";")}
    assert codes & {"1", "7"}, "what colours would say is said by other means"
    assert not codes & {*map(str, range(30, 39)), *map(str, range(40, 49)), *map(str, range(90, 108))}


@pytest.mark.parametrize("by", ["setting", "locale"])
def test_ascii_alone_reaches_a_terminal_that_has_no_more(
    hubtui: Hubtui, own_home: dict[str, str], tmp_path: Path, by: str
) -> None:
    folder = english(tmp_path / "hubs")
    file = Path(own_home["XDG_CONFIG_HOME"]) / "hubtui" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text('ascii = true\n[keys]\n"settings" = "f2"\n' if by == "setting" else "")
    terminal = hubtui(folder, environ={"LC_ALL": "C"} if by == "locale" else {})
    terminal.sees("1 source", "+- Cities -")
    terminal.press("/winters\r")
    terminal.sees("1 of 3")
    terminal.press("?")
    terminal.sees("+- Keys -")
    terminal.press("escape")
    terminal.misses("+- Keys -")
    terminal.press("q")
    assert terminal.ends() == 0
    ours = terminal.output.replace("云计算", "")
    assert {character for character in ours if not character.isascii()} == set()


def test_a_chinese_interface_puts_chinese_names_first(hubtui: Hubtui, library: Path) -> None:
    terminal = hubtui(library, environ={"LANG": "zh_CN.UTF-8"}, size=(80, 24))
    terminal.sees("城市", "文献", "哈尔滨 Harbin")
    terminal.press("?")
    terminal.sees("─ 按键")
    terminal.press("escape")
    terminal.misses("─ 按键")
    terminal.press(",")
    terminal.sees("─ 设置")
    terminal.press("escape")
    terminal.misses("─ 设置")
    terminal.press("q")
    assert terminal.ends() == 0


def test_the_tour_begins_on_the_sample_library(hubtui: Hubtui) -> None:
    terminal = hubtui("--tour", size=(80, 24))
    terminal.sees("Tour 1 of 8", "5 sources")
    terminal.press("escape")
    terminal.sees("The tour is over")
    terminal.press("q")
    assert terminal.ends() == 0
