"""Text made to make patterns go back and forth: a quadratic one would take minutes here."""

from pathlib import Path

import pytest

from hubtui.core.errors import SourceError
from hubtui.ingest import SourceFile, read_source

N = 50_000
HOSTILE = {
    "spaces": ("a" + " " * N) * 5,
    "ideographic spaces": ("哈" + "　" * N) * 5,
    "brackets": "(" * N + "\n" + "【" * N + "\n" + "[" * N,
    "labels": "作者：" * N,
    "marks": "：" * N + "\n" + "|" * N + "\n" + ">" * N,
    "addresses": "http://" * N,
    "dates": "2018-06-" * N,
    "digits": "1" * N,
    "words": "A" * N + "\n\n" + "Aa " * N,
    "comments": "<!--" * N,
    "tags": "<a " * N,
    "attributes": "<a " + 'x="' * N,
    "stars": "*a " * N,
    "ticks": "`" * N,
    "rules": "-" * N,
    "quotations": "> " * 20_000 + "text",
    "note": "Editor's note: " + "A" * N,
    "dateline": "（" + "新华社" * N,
    "dots": ". " * N,
    "lines": "\n" * N + "text",
}


@pytest.mark.parametrize("extension", ["txt", "md", "html"])
@pytest.mark.parametrize("name", HOSTILE)
def test_reading_takes_time_in_proportion(tmp_path: Path, name: str, extension: str) -> None:
    path = tmp_path / f"a.{extension}"
    path.write_text(HOSTILE[name], encoding="utf-8")
    try:
        document = read_source(SourceFile(path.name, path, 0, 0))
    except SourceError as error:
        assert error.remedy  # noqa: PT017  # either is right; neither takes long
    else:
        assert document.passages
