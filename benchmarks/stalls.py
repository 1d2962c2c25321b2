"""How long the screen takes no key while it starts and answers the first search.

python benchmarks/stalls.py [RUNS]

A process each time opens an indexed copy of the seeds, and a task notes how late the event loop wakes it. The
first letters are typed at once after the first paint, or once a reader has looked at the screen. Of several
runs the best counts: what else the machine does can only add to a pause.
"""

import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from textual import events

from hubtui.tui.app import HubtuiApp
from hubtui.tui.screens.main import MainScreen

ROOT = Path(__file__).resolve().parents[1]
RUNS = 7
TICK = 0.001
LOOKED = 2.5
"""Seconds that a reader looks before the first key."""
QUERIES = {"cloud": "clo", "云计算": "云计"}


class Pauses:
    """The longest pause of the event loop since it was asked last."""

    def __init__(self) -> None:
        self._longest = 0.0

    async def watch(self) -> None:
        """Take note of each wake that comes late."""
        while True:
            before = time.perf_counter()
            await asyncio.sleep(TICK)
            self._longest = max(self._longest, time.perf_counter() - before - TICK)

    def taken(self) -> float:
        """Return the longest one in milliseconds, and begin anew."""
        longest, self._longest = self._longest, 0.0
        return longest * 1000


async def one_start(folder: Path, typed: str, looks: float) -> dict[str, float]:
    """Return the longest pauses of a start: until the first key, and until its answer is shown."""
    app = HubtuiApp(folder)
    pauses = Pauses()
    async with app.run_test(size=(120, 36)):
        watch = asyncio.create_task(pauses.watch())
        painted = pauses.taken()
        await asyncio.sleep(looks)
        shown = pauses.taken()
        for key in ("/", *typed):
            app.post_message(events.Key(key if key.isalnum() else "slash", key))
        while not _answered(app, typed):  # noqa: ASYNC110  # the screen has no event for it
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.2)
        watch.cancel()
        return {"painted": painted, "until the key": shown, "after the key": pauses.taken()}


def _answered(app: "HubtuiApp", typed: str) -> bool:
    main = app.screen
    return isinstance(main, MainScreen) and main.session.query == typed and main.settled


def main() -> None:
    """Print the longest pause of each part, the best of some runs, in milliseconds."""
    if sys.argv[1:2] == ["--once"]:
        folder, typed, looked = sys.argv[2:]
        print(json.dumps(asyncio.run(one_start(Path(folder), typed, float(looked)))))
        return
    from hubtui import Library

    runs = int(sys.argv[1]) if sys.argv[1:] else RUNS
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        shutil.copytree(ROOT / "seeds", home / "library" / "seeds")
        environ = {**os.environ, "HOME": temporary, "XDG_STATE_HOME": f"{home}/state"}
        with Library.open(home / "library") as library:
            library.sync()
        for word, typed in QUERIES.items():
            for looks in (0.0, LOOKED):
                command = [sys.executable, __file__, "--once", str(home / "library"), typed, str(looks)]
                found = [
                    json.loads(subprocess.run(command, capture_output=True, check=True, env=environ).stdout)
                    for _ in range(runs)
                ]
                least = {part: min(one[part] for one in found) for part in found[0]}
                told = ", ".join(f"{part} {pause:.0f} ms" for part, pause in least.items())
                print(f"{word} after {looks:.1f} s: {told}")


if __name__ == "__main__":
    main()
