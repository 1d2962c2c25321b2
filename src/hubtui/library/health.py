"""The façade's topic of health: what is right and what is wrong with a library, its index and its folders."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from hubtui.i18n import _, ngettext
from hubtui.library.opening import OpenLibrary
from hubtui.paths import cache_folder, config_folder, data_folder, state_folder

if TYPE_CHECKING:
    from hubtui.index.inspecting import IndexState

_DAY = 86_400


class Verdict(StrEnum):
    """How good something is."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Check:
    """Something that was looked at.

    Attributes:
        area: ``versions``, ``terminal``, ``clipboard``, ``settings``, ``library``, ``index``, ``locks``
            or ``permissions``.
        name: What was looked at, in a word or two.
        verdict: How good it is.
        found: What was found, as a phrase; paths are the only private thing in it.
        remedy: What to do about it, as a sentence; ``""`` where nothing needs to be done.
    """

    area: str
    name: str
    verdict: Verdict
    found: str
    remedy: str = ""


class Health(OpenLibrary):
    """Tells what is right and what is wrong, and changes nothing."""

    def health(self) -> list[Check]:
        """Look at the library's folder, index, locks and permissions; nothing is brought up to date."""
        from hubtui.index.inspecting import inspect_index  # noqa: PLC0415  # deferred: only doctor inspects

        state = inspect_index(self.paths.index, self._gazetteer)
        return [*self._folder(), *self._contents(state), *_index(state), *self._locks(), *self._permissions()]

    def _folder(self) -> Iterator[Check]:
        yield Check("library", _("folder"), Verdict.OK, str(self.paths.root))
        settings = self.settings.file if self.settings.file.is_absolute() else None
        yield Check("library", _("settings"), Verdict.OK, str(settings) if settings else _("none of its own"))

    def _contents(self, state: "IndexState") -> Iterator[Check]:
        """Tell what the index holds, where it can be opened as it is."""
        if not state.exists or state.outdated or state.faults:
            return
        catalogue = self._opened().catalogue
        sources = catalogue.sources()
        found = ngettext("{n} source", "{n} sources", len(sources)).format(n=len(sources))
        if sources:
            yield Check("library", _("sources"), Verdict.OK, found)
        else:
            remedy = _("Put files into {folder}").format(folder=self.paths.seeds)
            yield Check("library", _("sources"), Verdict.WARNING, found, remedy)
        doubtful = sum(len(source.doubts) for source in sources)
        problems = len(catalogue.problems()) + doubtful
        if problems:
            said = ngettext("{n} problem with files", "{n} problems with files", problems).format(n=problems)
            yield Check("library", _("problems"), Verdict.WARNING, said, _("List them with: hubtui index"))
        else:
            yield Check("library", _("problems"), Verdict.OK, _("none"))

    def _locks(self) -> Iterator[Check]:
        from hubtui.index.inspecting import lock_holders  # noqa: PLC0415  # deferred: see above

        for path in sorted({self.paths.index / "lock", *self.paths.index.glob("*.lock")}):
            holders = lock_holders(path)
            if holders is None:
                yield Check("locks", path.name, Verdict.OK, _("free"))
            else:
                which = ", ".join(map(str, holders)) or _("unknown")
                yield Check(
                    "locks",
                    path.name,
                    Verdict.WARNING,
                    _("held by process {which}").format(which=which),
                    _("It is free again when that hubtui has finished, or is closed."),
                )

    def _permissions(self) -> Iterator[Check]:
        for name, folder in ((_("library"), self.paths.root), (_("sources"), self.paths.seeds)):
            yield _writable(
                name, folder, Verdict.WARNING, _("Corrections and clippings cannot be kept there.")
            )
        for name, folder in (
            (_("index"), self.paths.index),
            (_("cache"), cache_folder()),
            (_("state"), state_folder()),
            (_("settings"), config_folder()),
            (_("data"), data_folder()),
        ):
            yield _writable(name, folder, Verdict.FAULT, "")


def _index(state: "IndexState") -> Iterator[Check]:
    rebuild = _("Build it anew with: hubtui index")
    if not state.exists:
        yield Check(
            "index",
            _("index"),
            Verdict.WARNING,
            _("none yet in {folder}").format(folder=state.folder),
            rebuild,
        )
        return
    yield Check("index", _("folder"), Verdict.OK, str(state.folder))
    yield Check("index", _("size"), Verdict.OK, _("{size:.1f} MB").format(size=state.size / 1e6))
    days = (time.time() - state.written) / _DAY
    age = (
        _("written today")
        if days < 1
        else ngettext("{n} day old", "{n} days old", int(days)).format(n=int(days))
    )
    yield Check("index", _("age"), Verdict.OK, age)
    made = ", ".join(f"{name} {version}" for name, version in state.versions.items())
    yield Check(
        "index", _("made with"), Verdict.WARNING if state.outdated else Verdict.OK, made or _("unknown")
    )
    if state.outdated:
        yield Check("index", _("integrity"), Verdict.WARNING, state.outdated, rebuild)
    elif state.faults:
        yield Check("index", _("integrity"), Verdict.FAULT, " ".join(state.faults), f"{rebuild} --rebuild")
    else:
        yield Check("index", _("integrity"), Verdict.OK, _("whole"))


def _writable(name: str, folder: Path, otherwise: Verdict, why: str) -> Check:
    """Tell whether a folder, or the nearest one above it that is there, may be written to."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    if os.access(there, os.W_OK | os.X_OK):
        return Check("permissions", name, Verdict.OK, _("{folder} may be written to").format(folder=folder))
    remedy = _("Change the permissions of {folder}.").format(folder=there)
    return Check(
        "permissions",
        name,
        otherwise,
        _("{folder} may not be written to").format(folder=folder),
        f"{why} {remedy}".strip(),
    )
