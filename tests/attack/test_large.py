"""Files that are large, or say much in little, are read in a worker within its limits, or refused by them."""

import threading
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest
from tests.attack.scale import Scale

from hubtui import Library
from hubtui.core.errors import SourceError
from hubtui.index.sync import Prepared, prepare
from hubtui.ingest import SourceFile, read_many
from hubtui.places import Gazetteer

PROSE = "Harbin is quietly emerging as a significant player in the field of cloud computing"

READ: Mapping[str, Callable[[int], str]] = {
    "one line.txt": lambda n: f"{PROSE}. " * (n * 24_000),
    "one word.txt": lambda n: "a" * (n * 2_000_000),
    "wrapped.txt": lambda n: f"{PROSE}\n" * (n * 2_000),
    "hyphens.txt": lambda n: "a-\n" * (n * 5_000),
    "setext.md": lambda n: "a\n===\n" * (n * 3_000),
    "spaced.txt": lambda n: "，\u3000" * (n * 20_000),
    "marks.txt": lambda n: f"{PROSE}. a" + "\u0301\u0327" * (n * 20_000),
    "tags.html": lambda n: f"<p>{PROSE}</p>" + "<b>x</b>" * (n * 10_000),
    "nested.html": lambda n: "<div>" * (n * 10_000) + f"<p>{PROSE}.</p>",
    "attributes.html": lambda n: f"<p {' '.join(f'a{i}=b' for i in range(n * 10_000))}>{PROSE}.</p>",
}


def _read(path: Path) -> Prepared | SourceError:
    file = SourceFile(path.name, path, path.stat().st_size, 0)
    ((_, result),) = read_many([file], partial(prepare, gazetteer=Gazetteer.default()), processes=1)
    return result


@pytest.mark.parametrize("name", READ)
def test_a_large_file_is_read_within_the_limits(tmp_path: Path, scale: Scale, name: str) -> None:
    path = tmp_path / name
    path.write_text(READ[name](scale.size), encoding="utf-8")
    result = _read(path)
    assert isinstance(result, Prepared), str(result)


def test_quitting_does_not_wait_for_a_file(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.html").write_text(f"<p>{PROSE}.</p>" * 60_000)  # takes some ten seconds
    stopped = threading.Event()
    threading.Timer(1.0, stopped.set).start()
    with Library.open(tmp_path) as library:
        started = time.monotonic()
        report = library.sync(cancelled=stopped.is_set)
        assert time.monotonic() - started < 5
    assert report.added == 0
