"""Containers without any drawing of their own, which Textual need not paint."""

from typing import ClassVar

from textual.containers import Horizontal, Vertical


class Row(Horizontal):
    """Children side by side, nothing of its own."""

    BLANK: ClassVar[bool] = True


class Stack(Vertical):
    """Children one above the other, nothing of its own."""

    BLANK: ClassVar[bool] = True
