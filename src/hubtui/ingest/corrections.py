"""Read and write the user's corrections of sources, in ``seeds/sources.toml``.

A table for each source, named by the source's path, overrides facts, hides the source, or marks the
first and the last paragraph of its real text::

    ["harbin.txt"]
    title = "Harbin's cloud"
    author = ["Li Na", "Wang Wei"]
    date = "2018-06"
    first = "Harbin, a city"      # the real text begins with the paragraph that begins so
    hide = false
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from hubtui.core.errors import HubtuiError, cause, did_you_mean
from hubtui.core.files import PATIENCE, file_status, holding, read_file, write_atomically
from hubtui.core.i18n import N_, _
from hubtui.core.models import Problem
from hubtui.core.toml import parse_toml
from hubtui.ingest.document import CORRECTIONS_FILE, Correction
from hubtui.ingest.metadata.facts import SOURCE_FACTS, SourceFact
from hubtui.text.analyzer import normalise

FILE_NAME = CORRECTIONS_FILE
_MOST_HINTS = 20
"""Unknown paths for which one that resembles them is looked for, which takes long in a large library."""


def correction_keys() -> tuple[str, ...]:
    """Return the keys that a correction may have: the facts, and what belongs to the text."""
    return (*SOURCE_FACTS, "first", "last", "hide")


class CorrectionError(HubtuiError):
    """The file of corrections can't be read or written."""

    title = N_("Unusable correction")


@dataclass(frozen=True, slots=True)
class Corrections:
    """All corrections of a library.

    Attributes:
        by_path: The correction of each source, by its path.
        problems: What in the file can't be used.
    """

    by_path: Mapping[str, Correction] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def unknown_paths(self, paths: Iterable[str]) -> list[Problem]:
        """Return a problem for each correction whose source is not among ``paths``."""
        known = dict.fromkeys(paths)
        unknown = [path for path in self.by_path if path not in known]
        return [
            _problem(
                _('There is no source "{path}".').format(path=path),
                (did_you_mean(path, known) if n < _MOST_HINTS else "") or _("Correct or remove its table."),
            )
            for n, path in enumerate(unknown)
        ]


def load_corrections(seeds: Path) -> Corrections:
    """Read the corrections of the library with this folder of sources; there may be none."""
    try:
        return _parse(read_file(seeds / FILE_NAME))
    except FileNotFoundError:
        return Corrections()
    except OSError as error:
        reason, remedy = cause(error)
        message = _("The corrections can't be read: {error}.").format(error=reason)
        return Corrections(problems=(_problem(message, remedy),))


@lru_cache(maxsize=4)
def _parse(data: bytes) -> Corrections:
    """Understand the file; each sync asks, and it has seldom changed."""
    try:
        tables = parse_toml(data.decode("utf-8-sig"))
    except ValueError as error:
        message = _("The corrections can't be read: {error}.").format(error=error)
        return Corrections(problems=(_problem(message, _("Repair the file.")),))
    problems: list[Problem] = []
    by_path = {}
    for path, table in tables.items():
        if isinstance(table, dict):
            by_path[normalise(path)] = _read_table(path, table, problems)
        else:
            problems.append(
                _problem(
                    _('"{path}" stands outside any table.').format(path=path),
                    _('Put it under ["PATH OF THE SOURCE"].'),
                )
            )
    return Corrections(by_path, tuple(problems))


def correct(seeds: Path, path: str, changes: Mapping[str, str | bool | None], lock: Path) -> None:
    """Write a correction of the source at ``path``; the rest of the file stays as it is.

    Args:
        seeds: The folder of the sources.
        path: The source's path in it.
        changes: A new value for each key; ``None`` takes the key out.
        lock: A file that whoever writes holds.

    Raises:
        CorrectionError: a key is unknown, a value unusable, or the file can't be read or written.
    """
    import tomlkit  # deferred: only writing needs it
    from tomlkit.exceptions import TOMLKitError

    problems: list[Problem] = []
    _read_table(path, {key: value for key, value in changes.items() if value is not None}, problems)
    if problems:
        raise CorrectionError(problems[0].message)
    file = seeds / FILE_NAME
    try:
        with holding(lock, file, patience=PATIENCE):
            text = read_file(file).decode() if file_status(file) else ""
            parse_toml(text)  # which says what is wrong, and in which line, also where tomlkit would not
            document = tomlkit.parse(text)
            table: Any = document.setdefault(path, tomlkit.table())
            for key, value in changes.items():
                if value is None:
                    table.pop(key, None)
                else:
                    table[key] = value
            if not table:
                document.pop(path)
            write_atomically(file, tomlkit.dumps(document))
    except OSError as error:
        reason, remedy = cause(error)
        raise CorrectionError(
            _("{name} can't be changed: {error}.").format(name=file.name, error=reason), remedy
        ) from error
    except (ValueError, TOMLKitError) as error:
        raise CorrectionError(
            _("{name} can't be changed: {error}.").format(name=file.name, error=error), _("Repair the file.")
        ) from error


def _read_table(path: str, table: Mapping[str, object], problems: list[Problem]) -> Correction:
    facts: dict[str, str] = {}
    known = correction_keys()
    for key, value in table.items():
        if key not in known:
            hint = did_you_mean(key, known) or _("The keys are {keys}.").format(keys=", ".join(known))
            problems.append(
                _problem(_('["{path}"] has the unknown key "{key}".').format(path=path, key=key), hint)
            )
        elif (text := _as_text(key, value)) is None:
            problems.append(
                _problem(
                    _('["{path}"] has an unusable {key}: {value!r}.').format(path=path, key=key, value=value),
                    _("Write true or false.") if key == "hide" else _(_fact(key).hint),
                )
            )
        elif key in SOURCE_FACTS:
            facts[key] = text
    return Correction(
        facts=facts,
        first=_as_text("first", table.get("first", "")) or "",
        last=_as_text("last", table.get("last", "")) or "",
        hide=table.get("hide") is True,
    )


def _as_text(key: str, value: object) -> str | None:
    """Return the value of a key as text, or ``None`` where it is of the wrong kind."""
    if key == "hide":
        return "" if isinstance(value, bool) else None
    return _fact(key).corrected(value)


def _fact(key: str) -> SourceFact:
    """Return the fact that a key corrects; the beginnings of paragraphs are checked as any other text."""
    return SOURCE_FACTS.get(key, _ANY_TEXT)


_ANY_TEXT = SourceFact("", "", ())


def _problem(message: str, remedy: str) -> Problem:
    return Problem(FILE_NAME, f"{message} {remedy}".strip())
