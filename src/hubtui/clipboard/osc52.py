r"""Make OSC 52, the escape sequence by which a terminal copies (XTerm Control Sequences).

Multiplexers keep the sequence from the terminal, unless it is wrapped in one of theirs: tmux in
``ESC P tmux; … ESC \\`` with each ESC doubled, GNU screen in ``ESC P … ESC \\``.
"""

import base64
from collections.abc import Mapping

LONGEST_SEQUENCE = 100_000
"""Bytes of a sequence: the least limit among terminals, hterm's (``osc52.sh`` in Chromium's libapps)."""

LONGEST_TEXT = (LONGEST_SEQUENCE - 8) // 4 * 3
"""Bytes of a text that fits into it: base64 makes four of three."""

SCREEN_STRING = 256
"""Bytes of a string that GNU screen passes on: 4.0's limit, the least (768 since 4.2.1)."""


def osc52_sequences(text: str, environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return what to write to the terminal so that it copies ``text``; nothing for a text that is too long.

    Inside tmux there are two: one for tmux, which heeds it with ``set-clipboard on``, and one that tmux
    passes on to its terminal, with ``allow-passthrough on``.
    """
    sequence = f"\x1b]52;c;{base64.b64encode(text.encode('utf-8', 'replace')).decode()}\a"
    if len(sequence) > LONGEST_SEQUENCE:
        return ()
    if "TMUX" in environ:
        doubled = sequence.replace("\x1b", "\x1b\x1b")
        return sequence, f"\x1bPtmux;{doubled}\x1b\\"
    if in_screen(environ):
        return (_through_screen(sequence),)
    return (sequence,)


def in_screen(environ: Mapping[str, str]) -> bool:
    """Whether GNU screen is what draws the terminal."""
    return "TMUX" not in environ and "STY" in environ


def _through_screen(sequence: str) -> str:
    """Cut a sequence into strings that screen passes on, two bytes of wrapping on either side of each."""
    size = SCREEN_STRING - 4
    pieces = (sequence[start : start + size] for start in range(0, len(sequence), size))
    return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
