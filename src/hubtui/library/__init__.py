"""The façade: everything the screen, the command line and other programs can ask of a library."""

from hubtui.library.analysis import Analysing
from hubtui.library.citing import Citing
from hubtui.library.clipping import Keeping
from hubtui.library.completing import Completing
from hubtui.library.dossiers import Briefing
from hubtui.library.health import Health
from hubtui.library.indexing import Indexing
from hubtui.library.mentions import Mentioning
from hubtui.library.paging import Paging
from hubtui.library.saving import Saving
from hubtui.library.searching import Searching
from hubtui.library.verifying import Verifying

__all__ = ["Library"]


class Library(
    Briefing,
    Indexing,
    Keeping,
    Searching,
    Mentioning,
    Verifying,
    Citing,
    Analysing,
    Completing,
    Saving,
    Paging,
    Health,
):
    """A folder of sources and what hubtui knows about it. Safe to use from several threads.

    A class a topic: :class:`.OpenLibrary` holds the folder and its index, :class:`.Indexing` brings that up
    to date, :class:`.Reading` lists and reads sources, :class:`.Searching` finds passages,
    :class:`.Mentioning` corrects mentions, :class:`.Citing` cites, :class:`.Verifying` verifies drafts,
    :class:`.Analysing` counts and compares, :class:`.Briefing` gathers dossiers, :class:`.Keeping` keeps
    clippings, :class:`.Completing` completes queries, :class:`.Saving` saves searches, :class:`.Paging` reads
    a source piece by piece, :class:`.Health` tells what is right and what is wrong.
    """
