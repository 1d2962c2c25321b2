"""What only gives its children their place: Textual need not draw frames and text that it has not."""

from typing import ClassVar

from textual.containers import Horizontal, Vertical


class Row(Horizontal):
    """Children side by side, nothing of its own."""

    BLANK: ClassVar[bool] = True


class Stack(Vertical):
    """Children one above the other, nothing of its own."""

    BLANK: ClassVar[bool] = True
