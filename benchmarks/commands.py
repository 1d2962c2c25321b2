"""How long whole commands take, beside a Python that imports argparse and Rich's console."""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNS = 15
REFERENCE = [sys.executable, "-c", "import argparse, rich.console"]
COMMANDS = {
    "--version": ["--version"],
    "--help": ["--help"],
    "sources": ["sources"],
    "search, English": ["search", "cloud computing"],
    "search, Chinese": ["search", "哈尔滨云计算"],
    "passages": ["passages", "Harbin"],
    "cities": ["cities"],
    "show": ["show", "003:3"],
    "cite": ["cite", "003:3"],
    "completion": ["completion", "bash"],
}


def seconds(command: list[str], folder: Path) -> float:
    """Give how long one run of ``command`` in ``folder`` takes."""
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, capture_output=True, check=True)
    return time.perf_counter() - started


def queries_a_minute(folder: Path) -> float:
    """Give how many queries of a list are answered in a minute, starting included."""
    words = ("cloud", "computing", "city:Harbin", "tax", "data center", "云计算", "哈尔滨", "产业", "lang:zh")
    pairs = [f"{first} {second}" for first in words for second in words] * 12
    command = [sys.executable, "-m", "hubtui", "search", "-", "--json", "--quiet"]
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, input="\n".join(pairs).encode(), capture_output=True, check=True)
    return len(pairs) / (time.perf_counter() - started) * 60


def main() -> None:
    """Print the median of each command in milliseconds, and its ratio to the reference."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        shutil.copytree(ROOT / "seeds", folder / "seeds")
        print(f"{'command':18} {'ms':>6} {'ratio':>6}")
        for name, arguments in COMMANDS.items():
            command = [sys.executable, "-m", "hubtui", *arguments]
            seconds(command, folder)
            pairs = [(seconds(command, folder), seconds(REFERENCE, folder)) for _ in range(RUNS)]
            ratio = statistics.median(ours / theirs for ours, theirs in pairs)
            print(f"{name:18} {statistics.median(ours for ours, _ in pairs) * 1000:6.0f} {ratio:6.2f}")
        print(f"a list of queries: {queries_a_minute(folder):,.0f} a minute")


if __name__ == "__main__":
    main()
