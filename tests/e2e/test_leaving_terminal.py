"""Leaving in a real terminal: Ctrl+C twice, a terminal that goes, the place that the next start offers."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

Hubtui = Callable[..., Any]

WITHOUT_SIGNAL = (
    "-c",
    "import runpy, signal, sys;"  # noqa: ISC004  # one program
    "signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP});"
    "sys.argv[0] = 'hubtui';"
    "runpy.run_module('hubtui', run_name='__main__')",
)
"""hubtui in a process that never gets SIGHUP."""


def test_a_terminal_that_goes_without_a_signal_ends_it(hubtui: Hubtui, library: Path) -> None:
    terminal = hubtui(library, program=WITHOUT_SIGNAL)
    terminal.sees("5 sources", "Harbin")
    terminal.hang_up()
    terminal.until(lambda: not terminal.is_alive)


def test_ctrl_c_empties_the_query_and_quits_the_second_time(hubtui: Hubtui, library: Path) -> None:
    terminal = hubtui(library, "--query", "cloud")
    terminal.sees("5 sources", "│ cloud", "passages in")
    terminal.press("ctrl+c")
    terminal.sees("Search emptied")
    terminal.misses("│ cloud")
    terminal.press("ctrl+c", "ctrl+c")
    assert terminal.ends() == 0


def test_the_next_start_offers_the_place_and_goes_there_on_a_key(hubtui: Hubtui, library: Path) -> None:
    first = hubtui(library, "--query", "cloud")
    first.sees("5 sources", "│ cloud", "passages in", "1 of")
    first.press("n", "m")
    first.until(lambda: re.search(r"✓¶\d+", first.text) and " 2 of " in first.text)
    first.press("q")
    assert first.ends() == 0
    second = hubtui(library)
    second.sees("5 sources", "R goes back to", "cloud · 1 marked")
    assert "│ cloud" not in second.text
    second.press("R")
    second.sees("│ cloud", " 2 of ", "1 marked")
    second.press("q")
    assert second.ends() == 0
