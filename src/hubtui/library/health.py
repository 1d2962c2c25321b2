"""Health: what is right and what is wrong with a library, its index and its folders."""

import os
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from hubtui.core.files import cache_folder, config_folder, data_folder, state_folder
from hubtui.core.i18n import _, ngettext
from hubtui.core.paths import LibraryPaths
from hubtui.index.inspection import IndexState, inspect_index, lock_holders
from hubtui.library.opened import OpenedLibrary

_DAY = 86_400


class CheckVerdict(StrEnum):
    """The outcome of a check."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked.

    Attributes:
        area: ``versions``, ``terminal``, ``clipboard``, ``settings``, ``library``, ``index``, ``locks``
            or ``permissions``.
        name: What was checked, in a word or two.
        verdict: The outcome.
        found: What was found, as a phrase; paths are the only private thing in it.
        remedy: What to do about it, as a sentence; ``""`` where nothing needs to be done.
    """

    area: str
    name: str
    verdict: CheckVerdict
    found: str
    remedy: str = ""


def check_library(opened: OpenedLibrary) -> list[Check]:
    """Check a library's folder, index, locks and permissions, and change nothing."""
    paths = opened.paths
    state = inspect_index(paths.index, opened.gazetteer)
    return [
        *_folder(opened),
        *_contents(opened, state),
        *_index(state),
        *_locks(paths),
        *_permissions(paths),
    ]


def _folder(opened: OpenedLibrary) -> Iterator[Check]:
    yield Check("library", _("folder"), CheckVerdict.OK, str(opened.paths.root))
    settings = opened.settings.file if opened.settings.file.is_absolute() else None
    yield Check(
        "library", _("settings"), CheckVerdict.OK, str(settings) if settings else _("none of its own")
    )


def _contents(opened: OpenedLibrary, state: IndexState) -> Iterator[Check]:
    """Check what the index holds, where it can be opened as it is."""
    if not state.exists or state.outdated or state.faults:
        return
    catalog = opened.catalog
    sources = catalog.sources()
    found = ngettext("{n} source", "{n} sources", len(sources)).format(n=len(sources))
    if sources:
        yield Check("library", _("sources"), CheckVerdict.OK, found)
    else:
        remedy = _("Put files into {folder}").format(folder=opened.paths.seeds)
        yield Check("library", _("sources"), CheckVerdict.WARNING, found, remedy)
    doubtful = sum(len(source.doubts) for source in sources)
    problems = len(catalog.problems()) + doubtful
    if problems:
        message = ngettext("{n} problem with files", "{n} problems with files", problems).format(n=problems)
        yield Check(
            "library", _("problems"), CheckVerdict.WARNING, message, _("List them with: hubtui index")
        )
    else:
        yield Check("library", _("problems"), CheckVerdict.OK, _("none"))


def _locks(paths: LibraryPaths) -> Iterator[Check]:
    for path in sorted({paths.index / "lock", *paths.index.glob("*.lock")}):
        holders = lock_holders(path)
        if holders is None:
            yield Check("locks", path.name, CheckVerdict.OK, _("free"))
        else:
            which = ", ".join(map(str, holders)) or _("unknown")
            yield Check(
                "locks",
                path.name,
                CheckVerdict.WARNING,
                _("held by process {which}").format(which=which),
                _("It is released when that hubtui finishes or is closed."),
            )


def _permissions(paths: LibraryPaths) -> Iterator[Check]:
    for name, folder in ((_("library"), paths.root), (_("sources"), paths.seeds)):
        yield _writable(
            name, folder, CheckVerdict.WARNING, _("Corrections and clippings cannot be kept there.")
        )
    yield _writable(
        _("index"),
        paths.index,
        CheckVerdict.WARNING,
        _("The index is read, and cannot be brought up to date."),
    )
    for name, folder in (
        (_("cache"), cache_folder()),
        (_("state"), state_folder()),
        (_("settings"), config_folder()),
        (_("data"), data_folder()),
    ):
        yield _writable(name, folder, CheckVerdict.FAULT, "")


def _index(state: IndexState) -> Iterator[Check]:
    rebuild = _("Build it with: hubtui index")
    if not state.exists:
        yield Check(
            "index",
            _("index"),
            CheckVerdict.WARNING,
            _("none yet in {folder}").format(folder=state.folder),
            rebuild,
        )
        return
    yield Check("index", _("folder"), CheckVerdict.OK, str(state.folder))
    if open_to_others := _writable_by_others(state.folder):
        yield Check(
            "index",
            _("others"),
            CheckVerdict.WARNING,
            _("others can write {path}").format(path=open_to_others),
            _("Take that from them: chmod -R go-w {folder}").format(folder=state.folder),
        )
    yield Check("index", _("size"), CheckVerdict.OK, _("{size:.1f} MB").format(size=state.size / 1e6))
    days = (time.time() - state.written) / _DAY
    age = (
        _("written today")
        if days < 1
        else ngettext("{n} day old", "{n} days old", int(days)).format(n=int(days))
    )
    yield Check("index", _("age"), CheckVerdict.OK, age)
    made = ", ".join(f"{name} {version}" for name, version in state.versions.items())
    yield Check(
        "index",
        _("made with"),
        CheckVerdict.WARNING if state.outdated else CheckVerdict.OK,
        made or _("unknown"),
    )
    if state.outdated:
        yield Check("index", _("integrity"), CheckVerdict.WARNING, state.outdated, rebuild)
    elif state.faults:
        yield Check(
            "index", _("integrity"), CheckVerdict.FAULT, " ".join(state.faults), f"{rebuild} --rebuild"
        )
    else:
        yield Check("index", _("integrity"), CheckVerdict.OK, _("whole"))


def _writable_by_others(folder: Path) -> Path | None:
    """Return the folder, or the first file in it, that other people can write; ``None`` for none.

    A group that is the user's own, as many systems make one for each user, is no others.
    """
    if os.name != "posix":
        return None
    own = _own_group()
    for path in (folder, *sorted(folder.rglob("*"))):
        try:
            state = path.lstat()
        except OSError:  # it has just been deleted
            continue
        others = stat.S_IWOTH | (0 if state.st_gid == own else stat.S_IWGRP)
        if not stat.S_ISLNK(state.st_mode) and state.st_mode & others:
            return path
    return None


def _own_group() -> int | None:
    """Return the group that has the user's name and nobody else in it; ``None`` where there is none."""
    import grp  # not on every system
    import pwd  # as above

    try:
        user = pwd.getpwuid(os.getuid())
        group = grp.getgrgid(user.pw_gid)
    except KeyError:  # the user has no account here
        return None
    alone = group.gr_name == user.pw_name and not set(group.gr_mem) - {user.pw_name}
    return group.gr_gid if alone else None


def _writable(name: str, folder: Path, otherwise: CheckVerdict, why: str) -> Check:
    """Check whether a folder, or the nearest one above it that is there, may be written to."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    if os.access(there, os.W_OK | os.X_OK):
        return Check("permissions", name, CheckVerdict.OK, _("{folder} is writable").format(folder=folder))
    remedy = _("Change the permissions of {folder}.").format(folder=there)
    return Check(
        "permissions",
        name,
        otherwise,
        _("{folder} is not writable").format(folder=folder),
        f"{why} {remedy}".strip(),
    )
