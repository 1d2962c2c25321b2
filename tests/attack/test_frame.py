"""What the suite attacks is all there."""

import shlex
from itertools import takewhile

from tests.attack.commands import ON_THE_SCREEN, READING, WRITING, commands


def test_every_command_is_attacked() -> None:
    listed = {
        " ".join(takewhile(lambda word: not word.startswith("-"), shlex.split(line)))
        for line in (*READING, *WRITING, *ON_THE_SCREEN)
    }
    missing = [
        name for name, _ in commands() if not any(f"{line} ".startswith(f"{name} ") for line in listed)
    ]
    assert missing == []
