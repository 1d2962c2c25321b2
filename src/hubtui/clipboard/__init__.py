"""The user's clipboard, by every way there is from a terminal, and what each way can prove.

A native tool reaches the clipboard of the machine hubtui runs on, and can be asked what it holds now. The
escape sequence OSC 52 reaches the clipboard of the machine the user sits at, also over ssh, but no terminal
confirms it. Where neither is to be had, or a text is too long, a file takes it.
"""

from hubtui.clipboard.copy import Copied, NothingCopiedError, copy_text, describe_copy, osc52_sequences
from hubtui.clipboard.probe import ClipboardWay, WayStatus, probe_clipboard

__all__ = [
    "ClipboardWay",
    "Copied",
    "NothingCopiedError",
    "WayStatus",
    "copy_text",
    "describe_copy",
    "osc52_sequences",
    "probe_clipboard",
]
