"""Several processes that keep clippings at once, and processes that are killed while they do."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from hubtui.clippings.jsonl import FILE_NAME
from hubtui.clippings.store import ClippingFile

_KEEP = """
import sys
from pathlib import Path
from hubtui.clippings.model import Clipping
from hubtui.clippings.store import ClippingFile

folder, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
kept = ClippingFile(folder / "clippings.jsonl", folder / "lock")
for number in range(count):
    id_ = f"{name}-{number}"
    kept.append(Clipping(id_, "2026-03-01T10:00:00Z", "a.txt", 1, "冬天" * 500))
    if number % 7 == 3:
        kept.change(id_, lambda item: item.annotated(note="seen"))
    print(id_, flush=True)
"""


def _start(folder: Path, name: str, count: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", _KEEP, str(folder), name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _output(process: "subprocess.Popen[str]") -> IO[str]:
    assert process.stdout is not None
    return process.stdout


def _ids(folder: Path) -> Sequence[str]:
    return [item.id for item in ClippingFile(folder / FILE_NAME, folder / "lock").load().items]


def test_two_hubtui_lose_no_clipping(tmp_path: Path) -> None:
    with _start(tmp_path, "left", 40) as left, _start(tmp_path, "right", 40) as right:
        said = [_output(process).read().split() for process in (left, right)]
    assert (left.returncode, right.returncode) == (0, 0)
    assert [len(ids) for ids in said] == [40, 40]
    assert sorted(_ids(tmp_path)) == sorted(said[0] + said[1])


def test_a_killed_process_loses_nothing_that_was_confirmed(tmp_path: Path) -> None:
    confirmed: list[str] = []
    for attempt, lines in enumerate((1, 2, 5, 9, 17, 30)):
        with _start(tmp_path, str(attempt), 100_000) as process:
            output = _output(process)
            confirmed += [output.readline().strip() for _ in range(lines)]
            process.kill()
            confirmed += output.read().split()
    assert len(confirmed) > 20
    kept = ClippingFile(tmp_path / FILE_NAME, tmp_path / "lock")
    found = [item.id for item in kept.load().items]
    assert set(confirmed) <= set(found)
    assert len(found) - len(confirmed) <= 6  # each may have written one that it could not confirm any more
