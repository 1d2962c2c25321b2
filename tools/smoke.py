"""Try the wheel as a user gets it: `make wheel-test`.

Build it, install it into an empty environment with the locked packages, index a folder with one file of
every format, have the main commands run, and open the screen on the sample library in a pseudo-terminal.
"""

import io
import json
import os
import subprocess
import sys
import tempfile
import time
import venv
import zipfile
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import docx
import pexpect
import pyte

from hubtui.ingest.read import FORMATS

ROOT = Path(__file__).resolve().parents[1]
DEADLINE = 60
"""Seconds until the screen has to show a passage, on a machine that may be busy."""

HEADING = "The cloud of Harbin"
TEXT = (
    "Harbin is quietly emerging as a significant player in the field of cloud computing, and its long winters"
    " keep the machines cool, as the city's planners like to say. This file is of the kind {kind}."
)


def plain(text: str) -> bytes:
    """Return a text file."""
    return f"{HEADING}\n\n{text}\n".encode()


def markdown(text: str) -> bytes:
    """Return a Markdown file."""
    return f"# {HEADING}\n\n{text}\n".encode()


def web(text: str) -> bytes:
    """Return a web page, which is a chapter of a book too."""
    head = f"<head><title>{HEADING}</title></head>"
    page = f"<body><article><h1>{HEADING}</h1><p>{text}</p></article></body>"
    return f'<html xmlns="http://www.w3.org/1999/xhtml">{head}{page}</html>'.encode()


def mhtml(text: str) -> bytes:
    """Return a web page as browsers save it in one file."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = HEADING
    message["Snapshot-Content-Location"] = "https://example.org/cloud"
    message.make_related()
    page = EmailMessage(policy=SMTP)
    page["Content-Location"] = "https://example.org/cloud"
    page.set_content(web(text).decode(), subtype="html")
    message.attach(page)
    return b"MIME-Version: 1.0\r\n" + message.as_bytes().replace(b"MIME-Version: 1.0\r\n", b"")


def pdf(text: str) -> bytes:
    """Return a PDF of one page."""
    words, lines = text.split(), [""]
    for word in words:
        lines[-1:] = [f"{lines[-1]} {word}".strip()] if len(lines[-1]) < 70 else [lines[-1], word]
    shown = "\n".join(
        f"BT /F1 11 Tf 72 {780 - 14 * number} Td ({line}) Tj ET" for number, line in enumerate(lines)
    )
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[4 0 R]/Count 1>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        "<</Type/Page/Parent 2 0 R/Resources<</Font<</F1 3 0 R>>>>/MediaBox[0 0 595 842]/Contents 5 0 R>>",
        f"<</Length {len(shown)}>>stream\n{shown}\nendstream",
    )
    data, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(f"{len(data):010} 00000 n \n")
        data += f"{number} 0 obj{body}endobj\n"
    size = len(objects) + 1
    table = f"xref\n0 {size}\n0000000000 65535 f \n{''.join(offsets)}"
    return f"{data}{table}trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{len(data)}\n%%EOF".encode()


def word(text: str) -> bytes:
    """Return a Word document."""
    document = docx.Document()
    document.add_heading(HEADING, 1)
    document.add_paragraph(text)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def epub(text: str) -> bytes:
    """Return a book of one chapter."""
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="book.opf"/></rootfiles></container>'
    )
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{HEADING}</dc:title></metadata>'
        '<manifest><item id="one" href="one.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="one"/></spine></package>'
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", container)
        archive.writestr("book.opf", package)
        archive.writestr("one.xhtml", web(text))
    return target.getvalue()


MAKERS: Mapping[str, Callable[[str], bytes]] = {
    "plain": plain,
    "markdown": markdown,
    "html": web,
    "mhtml": mhtml,
    "pdf": pdf,
    "docx": word,
    "epub": epub,
}
"""What makes a file for each format; a format without one fails the smoke test."""
OCR_FORMATS = ("picture",)
"""What only the extra hubtui[ocr] reads."""


def write_sources(folder: Path) -> list[str]:
    """Write a file for every extension that is read; return their names."""
    folder.mkdir()
    extensions = {extension: reader for extension, reader in FORMATS.items() if reader not in OCR_FORMATS}
    for extension, reader in extensions.items():
        text = TEXT.format(kind=extension.removeprefix(".") or "none")
        (folder / f"cloud{extension}").write_bytes(MAKERS[reader](text))
    return sorted(f"cloud{extension}" for extension in extensions)


def installed(folder: Path) -> Path:
    """Build the wheel and install it into an empty environment in ``folder``; return its ``bin``."""
    wheels = folder / "dist"
    _run([sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(wheels)])
    (wheel,) = wheels.glob("*.whl")
    venv.create(folder / "venv", with_pip=True)
    programs = folder / "venv" / "bin"
    install = [str(programs / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    install += ["--no-deps", "--no-build-isolation", "--use-pep517"]
    for lock in ("constraints-build.txt", "constraints.txt"):
        _run([*install, "--require-hashes", "--requirement", str(ROOT / lock)])
    _run([*install, str(wheel)])
    _run([str(programs / "python"), "-m", "pip", "--disable-pip-version-check", "check"])
    return programs


def try_commands(hubtui: Callable[..., str], sources: list[str]) -> None:
    """Index the sources and have the main commands run; every file must have given a passage."""
    hubtui("index")
    rows = [json.loads(line) for line in hubtui("sources", "--json").splitlines()]
    empty = set(sources) - {row["path"] for row in rows if row["passages"]}
    _require(not empty, f"nothing was read of {', '.join(sorted(empty))}")
    cities = [json.loads(line) for line in hubtui("cities", "--json").splitlines()]
    _require(any(row["name_en"] == "Harbin" for row in cities), f"Harbin is not among {cities}")
    found = hubtui("search", "cloud", "computing", "city:哈尔滨")
    _require("significant player" in found, f"the search found {found!r}")
    _require("whoosh3" in hubtui("doctor"), "the doctor names no versions")


def try_screen(program: Path, environ: Mapping[str, str], folder: Path) -> None:
    """Open the screen where there is no library, and wait for the sample library's first passage."""
    screen = pyte.Screen(120, 36)
    stream = pyte.Stream(screen)
    child = pexpect.spawn(
        str(program), env=dict(environ), cwd=str(folder), dimensions=(36, 120), encoding="utf-8"
    )
    deadline = time.monotonic() + DEADLINE
    shown = ""
    while "5 sources" not in shown or "¶1" not in shown:
        _require(time.monotonic() < deadline, f"no passage on the screen:\n{shown}")
        try:
            stream.feed(child.read_nonblocking(65536, timeout=0.1))
        except pexpect.TIMEOUT:
            continue
        except pexpect.EOF:
            sys.exit(f"The screen has ended:\n{shown}")
        # Not pyte's own ``display``, which fails while one half of a wide character is overwritten.
        rows = (screen.buffer[row] for row in range(screen.lines))
        shown = "\n".join("".join(row[column].data for column in range(screen.columns)) for row in rows)
    child.send("q")
    child.expect(pexpect.EOF, timeout=DEADLINE)
    child.close()
    _require(child.exitstatus == 0, f"the screen ended with {child.exitstatus}")


def main() -> None:
    """Try the wheel; end with an error where something is wrong."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        programs = installed(folder)
        home = folder / "home"
        home.mkdir()
        environ = {"HOME": str(home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TERM": "xterm-256color"}
        sources = write_sources(folder / "sources")

        def hubtui(*words: str) -> str:
            command = [str(programs / "hubtui"), "--library", str(folder / "sources"), *words]
            return _run(command, environ, home)

        try_commands(hubtui, sources)
        try_screen(programs / "hubtui", environ, home)
    print(f"The wheel works: {len(sources)} kinds of files, in {time.monotonic() - began:.0f} s.")


def _run(command: list[str], environ: Mapping[str, str] | None = None, folder: Path = ROOT) -> str:
    done = subprocess.run(command, env=environ, cwd=folder, capture_output=True, text=True, check=False)
    _require(done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


def _require(right: object, fault: str) -> None:
    if not right:
        sys.exit(f"The wheel does not work: {fault}")


if __name__ == "__main__":
    main()
