"""Compare what hubtui reads in Word documents with what LibreOffice shows.

    python tools/compare_word.py FOLDER

Needs LibreOffice (`soffice`) on the path. Prints, for each document, the words that only one of the two has;
the order of text boxes, notes and tables may differ, so words are counted. Exit status 1 when there are any.
Make a small test file by hand of each difference that is hubtui's fault.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from hubtui.core.errors import SourceError
from hubtui.ingest.formats.docx import read

_WORD = re.compile(r"[㐀-鿿]|[^\W_㐀-鿿]+")
"""A Chinese character, or a run of letters or digits."""
_TIMEOUT = 300
"""Seconds that LibreOffice may take for the whole folder."""


def main() -> int:
    """Compare the documents of a folder; return 1 when some differ."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    files = sorted(parser.parse_args().folder.rglob("*.docx"))
    with tempfile.TemporaryDirectory() as made:
        shown = _shown(files, Path(made))
    differing = 0
    for number, file in enumerate(files):
        ours, theirs = _read(file), shown.get(number)
        if ours is None or theirs is None:
            print(f"{file}: hubtui {_state(ours)}, LibreOffice {_state(theirs)}")
            differing += (ours is None) != (theirs is None)
            continue
        lost, added = theirs - ours, ours - theirs
        differing += bool(lost or added)
        for sign, words in (("-", lost), ("+", added)):
            if words:
                print(f"{file}: {sign} {' '.join(sorted(words.elements()))[:300]}")
    print(f"{len(files)} documents, {differing} differ")
    return int(differing > 0)


def _shown(files: list[Path], folder: Path) -> dict[int, Counter[str]]:
    """Return the words that LibreOffice shows, by the number of the document."""
    copies = [folder / f"{number}.docx" for number in range(len(files))]
    for copy, file in zip(copies, files, strict=True):
        copy.write_bytes(file.read_bytes())
    if copies:
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        # The encoding of the text: UTF-8, whatever the system's.
        options = ["--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(folder)]
        command = ["soffice", profile, *options, *map(str, copies)]
        subprocess.run(command, check=False, capture_output=True, timeout=_TIMEOUT)
    return {
        number: _words(text.read_text("utf-8", "replace"))
        for number, copy in enumerate(copies)
        if (text := copy.with_suffix(".txt")).exists()
    }


def _read(file: Path) -> Counter[str] | None:
    try:
        return _words("\n".join(block.text for block in read(file.read_bytes()).blocks))
    except SourceError:
        return None


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text))


def _state(words: Counter[str] | None) -> str:
    return "does not read it" if words is None else "reads it"


if __name__ == "__main__":
    sys.exit(main())
