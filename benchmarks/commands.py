"""How long whole commands take, beside a Python that imports argparse and Rich's console.

Seconds of the clock and of the processor, each run beside one of the reference. Modules come as bytecode, as
they do where hubtui is installed.
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = [sys.executable, "-c", "import argparse, rich.console"]
COMMANDS = {
    "--version": ["--version"],
    "--help": ["--help"],
    "sources": ["sources"],
    "search, English": ["search", "cloud computing"],
    "search, Chinese": ["search", "云计算"],
    "passages": ["passages", "Harbin"],
    "cities": ["cities"],
    "show": ["show", "003:3"],
    "cite": ["cite", "003:3"],
    "completion": ["completion", "bash"],
}


def seconds(command: list[str], folder: Path) -> tuple[float, float]:
    """Return how long one run of ``command`` in ``folder`` takes: by the clock, and of the processor."""
    started, used = time.perf_counter(), _used()
    subprocess.run(command, cwd=folder, env=_environment(folder), capture_output=True, check=True)
    return time.perf_counter() - started, _used() - used


def _used() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}


def queries_a_minute(folder: Path) -> float:
    """Return how many queries of a list are answered in a minute, starting included."""
    words = ("cloud", "computing", "city:Harbin", "tax", "data center", "云计算", "哈尔滨", "产业", "lang:zh")
    pairs = [f"{first} {second}" for first in words for second in words] * 12
    command = [sys.executable, "-m", "hubtui", "search", "-", "--json", "--quiet"]
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, input="\n".join(pairs).encode(), capture_output=True, check=True)
    return len(pairs) / (time.perf_counter() - started) * 60


def main() -> None:
    """Print the median of each command in milliseconds, and its ratio to the reference; both for CPU too."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        shutil.copytree(ROOT / "seeds", folder / "seeds")
        print(f"{'command':18} {'ms':>6} {'ratio':>6} {'CPU ms':>7} {'ratio':>6}")
        for name, arguments in COMMANDS.items():
            command = [sys.executable, "-m", "hubtui", *arguments]
            seconds(command, folder)
            pairs = [(seconds(command, folder), seconds(REFERENCE, folder)) for _ in range(runs)]
            shown = []
            for kind in (0, 1):
                took = statistics.median(ours[kind] for ours, _ in pairs) * 1000
                ratio = statistics.median(ours[kind] / theirs[kind] for ours, theirs in pairs)
                shown.append(f"{took:{6 + kind}.0f} {ratio:6.2f}")
            print(f"{name:18} {' '.join(shown)}")
        print(f"a list of queries: {queries_a_minute(folder):,.0f} a minute")


if __name__ == "__main__":
    main()
