"""The façade: everything the screen, the command line and other programs can ask of a library."""

from hubtui.library.analysis import Analysing
from hubtui.library.citing import Citing
from hubtui.library.clipping import Keeping
from hubtui.library.indexing import Indexing
from hubtui.library.mentions import Mentioning
from hubtui.library.searching import Searching

__all__ = ["Library"]


class Library(Indexing, Keeping, Searching, Mentioning, Citing, Analysing):
    """A folder of sources and what hubtui knows about it. Safe to use from several threads.

    A class a topic: :class:`.OpenLibrary` holds the folder and its index, :class:`.Indexing` brings that up
    to date, :class:`.Reading` lists and reads sources, :class:`.Searching` finds passages,
    :class:`.Mentioning` corrects mentions, :class:`.Citing` cites, :class:`.Analysing` counts and compares,
    :class:`.Keeping` keeps clippings.
    """
