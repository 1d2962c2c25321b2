"""The user's clipboard, by every way there is from a terminal, and what each way can prove.

A native tool reaches the clipboard of the machine hubtui runs on, and can be asked what it holds now. The
escape sequence OSC 52 reaches the clipboard of the machine the user sits at, also over ssh, but no terminal
confirms it. Where neither is to be had, or a text is too long, a file takes it.
"""

from hubtui.clipboard.copying import Copied, NothingCopiedError, copy, said
from hubtui.clipboard.probing import ClipboardWay, Verdict, probe
from hubtui.clipboard.terminal import sequences

__all__ = ["ClipboardWay", "Copied", "NothingCopiedError", "Verdict", "copy", "probe", "said", "sequences"]
