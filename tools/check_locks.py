"""Check that the lock files hold what the installed packages need, and nothing else: part of ``make check``.

Installing goes by the lock files alone (``pip install --no-deps``), so a package that one of them lacks
is lacking after the installation. Judged for the environment that this runs in: its Python, its platform.
"""

import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]

_PINNED = re.compile(r"(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)(?: ; (?P<marker>[^\\]+?))? \\")
_HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")

NeedsOf = Callable[[str], Iterable[Requirement] | None]
"""What a package's metadata says it needs; ``None`` for a package that is not installed."""


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock file, and the requirements that it was made from.

    Attributes:
        name: The file's name.
        versions: The locked packages that this environment takes, by their canonical names.
        roots: What it is meant to install, with all that this needs.
    """

    name: str
    versions: Mapping[str, str]
    roots: tuple[Requirement, ...]


def pinned(file: Path) -> dict[str, str]:
    """Return the versions that a lock file holds for this environment.

    Raises:
        ValueError: A line is neither a package with its version nor a hash: an address, say.
    """
    versions: dict[str, str] = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        package = _PINNED.fullmatch(line)
        if package is None:
            if not _HASH.fullmatch(line):
                raise ValueError(f"{file.name}, line {number} is neither a package nor a hash: {line}")
        elif package["marker"] is None or Marker(package["marker"]).evaluate():
            versions[canonicalize_name(package["name"])] = package["version"]
    return versions


def group(groups: Mapping[str, list[Any]], name: str) -> Iterator[str]:
    """Yield the requirements of a dependency group, with those of the groups that it includes (PEP 735)."""
    for entry in groups[name]:
        if isinstance(entry, str):
            yield entry
        else:
            yield from group(groups, entry["include-group"])


def needed(roots: Iterable[Requirement], needs_of: NeedsOf) -> dict[str, list[Requirement]]:
    """Return all requirements that follow from ``roots`` in this environment, by the package they name."""
    found: dict[str, list[Requirement]] = {}
    done: set[tuple[str, str]] = set()
    left = [one for one in roots if one.marker is None or one.marker.evaluate()]
    while left:
        requirement = left.pop()
        name = canonicalize_name(requirement.name)
        found.setdefault(name, []).append(requirement)
        for extra in {"", *requirement.extras}:
            if (name, extra) not in done:
                done.add((name, extra))
                inner = needs_of(name) or ()
                left += [one for one in inner if one.marker is None or one.marker.evaluate({"extra": extra})]
    return found


def faults(lock: Lock, needs_of: NeedsOf) -> Iterator[str]:
    """Yield what is wrong with a lock file, a line each."""
    wanted = needed(lock.roots, needs_of)
    for name in sorted({*wanted, *lock.versions}):
        version = lock.versions.get(name)
        if version is None:
            yield f"{lock.name} lacks {name}, which is needed here."
        elif name not in wanted:
            yield f"{lock.name} holds {name}, which nothing needs here."
        elif needs_of(name) is None:
            yield f"{lock.name} holds {name}, which is not installed."
        else:
            for requirement in wanted[name]:
                if not requirement.specifier.contains(version, prereleases=True):
                    yield f"{lock.name} holds {name} {version}, but {requirement} is needed."


def disagreements(locks: Iterable[Lock]) -> Iterator[str]:
    """Yield the packages of which two lock files hold different versions."""
    first: dict[str, tuple[str, str]] = {}
    for lock in locks:
        for name, version in lock.versions.items():
            where, other = first.setdefault(name, (lock.name, version))
            if other != version:
                yield f"{where} holds {name} {other}, but {lock.name} {version}."


def project_locks(root: Path = ROOT) -> list[Lock]:
    """Return the lock files of the project, with the requirements in its ``pyproject.toml``.

    Extras are not locked: they are large, and neither ``make run`` nor ``make test`` installs them.
    """
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    base = project["project"]["dependencies"]
    build = [*project["build-system"]["requires"], *group(groups, "build")]
    made_from = {
        "constraints.txt": base,
        "constraints-build.txt": build,
        "constraints-dev.txt": [*base, *group(groups, "dev")],
    }
    return [
        Lock(name, pinned(root / name), tuple(map(Requirement, requirements)))
        for name, requirements in made_from.items()
    ]


def installed_needs(name: str) -> list[Requirement] | None:
    """Return what an installed package needs; ``None`` when it is not installed."""
    try:
        return [Requirement(one) for one in metadata.requires(name) or ()]
    except metadata.PackageNotFoundError:
        return None


def main() -> int:
    """Print what is wrong with the lock files; return the exit status."""
    try:
        locks = project_locks()
    except ValueError as error:
        sys.exit(str(error))
    found = [*disagreements(locks), *(fault for lock in locks for fault in faults(lock, installed_needs))]
    for fault in found:
        print(fault, file=sys.stderr)
    if found:
        print("Renew the lock files with: make lock", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
