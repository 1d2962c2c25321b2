"""hubtui never opens a socket and never looks up a name: in no command, no reader and no worker."""

import base64
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from tests.audit.audited import FOLDER, audited

AWAY = "http://127.0.0.1:9/gone"
PAGE = (
    f'<!DOCTYPE html [<!ENTITY x SYSTEM "{AWAY}">]><html xmlns="http://www.w3.org/1999/xhtml"><head>'
    f'<title>Harbin</title><base href="{AWAY}"/><link rel="canonical" href="{AWAY}"/>'
    f'<meta http-equiv="refresh" content="0;url={AWAY}"/><link rel="stylesheet" href="{AWAY}"/></head><body>'
    f'<article><h1>Harbin</h1><p>Cloud computing grows in Harbin. <img src="{AWAY}"/></p>'
    f'<iframe src="{AWAY}"></iframe><script src="{AWAY}"></script><p>'
    f'<a href="{AWAY}">More</a> of it in 沈阳.</p></article></body></html>'
)
COMMANDS = (
    "index", "sources --json", "search cloud", "search 云计算", "passages Harbin", "cities", "show page.html",
    "cite --all --format bibtex", "clips add page.html:1", "clips list", "dossier Harbin --most 2",
    "mentions find draft.md", "verify draft.md", "doctor", "config show",
)  # fmt: skip


def _word() -> bytes:
    document = docx.Document()
    document.add_paragraph("Cloud computing grows in Harbin.")
    document.part.relate_to(
        AWAY, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image", is_external=True
    )
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _epub() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="book.opf"/></rootfiles></container>',
        )
        archive.writestr(
            "book.opf",
            f'<!DOCTYPE package SYSTEM "{AWAY}"><package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
            '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Harbin</dc:title></metadata><manifest>'
            '<item id="one" href="one.xhtml" media-type="application/xhtml+xml"/>'
            f'<item id="two" href="{AWAY}" media-type="application/xhtml+xml"/></manifest>'
            '<spine><itemref idref="one"/><itemref idref="two"/></spine></package>',
        )
        archive.writestr("one.xhtml", PAGE)
    return target.getvalue()


def _mhtml() -> bytes:
    page = base64.b64encode(PAGE.encode()).decode()
    return (
        f"MIME-Version: 1.0\r\nSnapshot-Content-Location: {AWAY}\r\n"
        "Content-Type: text/html; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: base64\r\n\r\n{page}\r\n"
    ).encode()


@pytest.mark.slow
def test_no_command_and_no_reader_opens_a_socket(tmp_path: Path) -> None:
    seeds = tmp_path / "hubs" / "seeds"
    seeds.mkdir(parents=True)
    (tmp_path / "hubs" / "draft.md").write_text(f"“Cloud computing grows in Harbin.” [1]({AWAY})\n")
    files: dict[str, str | bytes] = {
        "page.html": PAGE, "page.mhtml": _mhtml(), "book.epub": _epub(), "word.docx": _word(),
        "mark.md": f"---\nurl: {AWAY}\n---\n# Harbin\n\n![x]({AWAY}) Cloud computing. {AWAY}\n",
        "plain.txt": f"Harbin\n\n云计算在沈阳. {AWAY}\n",
        "paper.pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/URI/URI(http://127.0.0.1:9/)>>>>endobj\n",
    }  # fmt: skip
    for name, content in files.items():
        (seeds / name).write_bytes(content.encode() if isinstance(content, str) else content)
    ran = audited([line.split() for line in COMMANDS], tmp_path / "hubs", tmp_path / "log")
    assert ran.events == []
    assert "this is a bug" not in ran.err
    assert ran.err.count("== 0 ") >= len(COMMANDS) - 3, ran.err


def test_a_socket_would_be_noticed_in_a_process_that_is_started_too(tmp_path: Path) -> None:
    log = tmp_path / "log"
    probe = "import socket; socket.socket(); socket.getaddrinfo('127.0.0.1', 9)"
    start = "import subprocess, sys; subprocess.run([sys.executable, '-P', '-c', sys.argv[1]], check=True)"
    environ = {**os.environ, "PYTHONPATH": str(FOLDER), "HUBTUI_AUDIT": str(log)}
    subprocess.run([sys.executable, "-c", start, probe], env=environ, check=True)
    told = log.read_text().splitlines()
    assert [line.split()[:2] for line in told] == [
        ["network", "socket.__new__"],
        ["network", "socket.getaddrinfo"],
    ]
