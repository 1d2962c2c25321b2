"""Run commands of hubtui with Python's audit hooks on, in its workers too."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Audited:
    """What commands did.

    Attributes:
        events: What they must not have done, an event each.
        out: What they wrote.
        err: What they said, and the status of each.
    """

    events: list[str]
    out: str
    err: str


def audited(
    commands: Sequence[Sequence[object]],
    folder: Path,
    log: Path,
    environ: Mapping[str, str] | None = None,
    *,
    before: Sequence[str] = (),
    seconds: float = 300.0,
) -> Audited:
    """Run commands in ``folder``, one after the other in one process.

    Args:
        commands: See :mod:`tests.audit.drive`.
        folder: The working folder.
        log: Where the events go.
        environ: The variables of the process; by default those of this one.
        before: A program that starts Python, and its options.
        seconds: How long all of it may take.
    """
    variables = {**(os.environ if environ is None else environ), "HUBTUI_AUDIT": str(log)}
    paths = [str(FOLDER), variables.get("PYTHONPATH", "")]
    variables["PYTHONPATH"] = os.pathsep.join(filter(None, paths))
    done = subprocess.run(
        [*before, sys.executable, str(FOLDER / "drive.py")],
        cwd=folder,
        env=variables,
        input="".join(f"{json.dumps(command)}\n" for command in commands),
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        timeout=seconds,
        check=False,
    )
    assert done.stderr.count("\n== ") + done.stderr.startswith("== ") == len(commands), done.stderr
    return Audited(log.read_text(encoding="utf-8").splitlines(), done.stdout, done.stderr)
