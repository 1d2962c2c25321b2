"""The one tree of exceptions that hubtui raises on purpose.

Each error says what went wrong (``title``), about what exactly (``message``) and what the user can do
(``remedy``), so that the screen can show it as a dialog and the command line as two lines.
"""

from collections.abc import Iterable, Sequence

from hubtui.core.i18n import N_, _


class HubtuiError(Exception):
    """Base of all errors that are meant for the user.

    Attributes:
        title: The kind of error in a few words, without a full stop.
        message: What exactly is wrong, naming the file, word or value.
        remedy: What the user can do about it, as a sentence; ``""`` when nothing can be done.
    """

    title = N_("Something went wrong")

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class LibraryError(HubtuiError):
    """A folder cannot serve as a library."""

    title = N_("No library")


class SourceError(HubtuiError):
    """A file cannot be read as a source."""

    title = N_("Unreadable source")


class UnavailableSourceError(SourceError):
    """A file cannot be read just now, for a reason that is not in the file: it is tried at each sync."""


class UnrecognisedSourceError(SourceError):
    """A file holds pictures of text, which OCR can read, and has not been read by OCR."""


class UnknownSourceError(HubtuiError):
    """No source, or more than one, goes by the given name."""

    title = N_("Unknown source")


class UnconfirmedSourceError(HubtuiError):
    """A source does not say what an index that another hubtui made holds of it."""

    title = N_("Unconfirmed source")


class UnknownPassageError(HubtuiError):
    """A source has no passage with the given number."""

    title = N_("Unknown passage")


class UnknownPlaceError(HubtuiError):
    """No place goes by the given name."""

    title = N_("Unknown city")


class UnknownSearchError(HubtuiError):
    """No saved search goes by the given name."""

    title = N_("Unknown search")


class UnknownStyleError(HubtuiError):
    """No citation style goes by the given name."""

    title = N_("Unknown citation style")


class ComparisonError(HubtuiError):
    """There is nothing to compare, or too much."""

    title = N_("No comparison")


class IndexingError(HubtuiError):
    """The index can neither be used nor rebuilt."""

    title = N_("Index trouble")


class IndexBusyError(IndexingError):
    """Another process is changing the index."""


class DamagedIndexError(IndexingError):
    """The index holds what hubtui cannot have written; the next sync rebuilds it."""

    title = N_("Damaged index")


def cause(error: OSError) -> tuple[str, str]:
    """Return what the system refused, as the end of a sentence, and what to do about it, as a sentence."""
    import errno  # deferred: few errors occur

    causes = {
        errno.ENOENT: (_("it does not exist"), _("Check the path.")),
        errno.EACCES: (_("permission is denied"), _("Change its permissions.")),
        errno.EPERM: (_("permission is denied"), _("Change its permissions.")),
        errno.EROFS: (_("it is on a disk that is read-only"), _("Choose another folder.")),
        errno.EISDIR: (_("it is a folder"), _("Name a file.")),
        errno.ENOTDIR: (_("a part of its path is a file, not a folder"), _("Check the path.")),
        errno.ENAMETOOLONG: (_("its name is too long"), _("Give it a shorter name.")),
        errno.ENOSPC: (_("the disk is full"), _("Free space on the disk.")),
        errno.EDQUOT: (_("your share of the disk is used up"), _("Free space on the disk.")),
        errno.EMFILE: (_("too many files are open"), _("Close some programs, or raise the limit: ulimit -n")),
        errno.ENFILE: (_("too many files are open"), _("Close some programs, or raise the limit: ulimit -n")),
        errno.ENOMEM: (_("memory is short"), _("Close some programs.")),
        errno.EIO: (_("the disk reports an error"), _("Check the disk it is on.")),
    }
    reason = error.strerror or type(error).__name__
    if remedy := getattr(error, "remedy", ""):  # a file that hubtui itself refused
        return reason, str(remedy)
    return causes.get(error.errno or 0, (reason, _("Check the disk it is on.")))


def nearest(word: str, known: Iterable[str], count: int = 3) -> list[str]:
    """Return the known words that resemble ``word`` most, best first (at most ``count``)."""
    import difflib  # deferred: few words are mistyped

    by_folded = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(word.casefold(), by_folded, n=count, cutoff=0.5)
    return [by_folded[name] for name in close]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``"Did you mean A or B?"`` for the known words nearest to ``word``, or ``""``."""
    return question(nearest(word, known))


def question(candidates: Sequence[str]) -> str:
    """Return ``"Did you mean A, B or C?"``, or ``""`` when there is no candidate."""
    if not candidates:
        return ""
    *others, last = candidates
    return (
        _("Did you mean {others} or {last}?").format(others=", ".join(others), last=last)
        if others
        else _("Did you mean {last}?").format(last=last)
    )
