"""Which indexes this user's hubtui wrote: a note of each in the user's state folder.

An index may come from anywhere and be read all the same, since nothing in it is executed. But it may have
been forged to make a lie look quoted. So before a passage is quoted from an index that this user's hubtui
did not write, its source is read again (:mod:`hubtui.index.confirmation`).

The note goes by the index's random id and holds the seals of all that was stored after the last few commits
(:meth:`.Catalogue.root`): of the last, of the one before, which a crash may leave in place, and of some more,
since copies of an index share its id. So an index may be copied and moved, and is still this user's own; once
anybody else has changed a word in it, it is not, nor when it comes back from them.
"""

from contextlib import suppress
from pathlib import Path

from hubtui.core.files import write_atomically
from hubtui.core.paths import state_folder

_KEPT = 16


def is_noted(identity: str, root: str) -> bool:
    """Whether this user's hubtui made this state of the index with this id."""
    return root in _noted(identity)


def note(identity: str, root: str) -> None:
    """Note a state that is about to be committed; one that cannot be noted is taken for another's."""
    known = [*_noted(identity), root][-_KEPT:]
    with suppress(OSError):
        path = _file(identity)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_atomically(path, "".join(f"{line}\n" for line in known))


def forget(identity: str) -> None:
    """Remove the note of an index that is no more."""
    if identity:
        with suppress(OSError):
            _file(identity).unlink(missing_ok=True)


def _noted(identity: str) -> list[str]:
    if not identity:
        return []
    try:
        return _file(identity).read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return []


def _file(identity: str) -> Path:
    return state_folder() / "indexes" / identity
