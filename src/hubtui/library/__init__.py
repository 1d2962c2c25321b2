"""The façade: everything the screen, the command line and other programs ask of a library."""

from hubtui.library.library import Library

__all__ = ["Library"]
