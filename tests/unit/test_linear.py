"""Reading takes steps in proportion to the size of a file, whatever is in it."""

import io
import sys
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from hubtui.core.errors import SourceError
from hubtui.index.sync import prepare
from hubtui.ingest import SourceFile, read_source
from hubtui.places import Gazetteer

PROSE = "Harbin is quietly emerging as a significant player in the field of cloud computing"
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_FIELD = '<w:r><w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="separate"/></w:r>'


def _zipped(parts: Mapping[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _word(body: str, notes: str = "") -> bytes:
    target = f'Type="{_OFFICE}/footnotes" Target="footnotes.xml"'
    return _zipped(
        {
            "word/document.xml": f"<w:document {_WORD}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">'
            f'<Relationship Id="a" {target}/></Relationships>',
            "word/footnotes.xml": f"<w:footnotes {_WORD}>{notes}</w:footnotes>",
        }
    )


def _paragraph(text: str, more: str = "") -> str:
    return f"<w:p><w:r><w:t>{text}</w:t>{more}</w:r></w:p>"


def _cell(text: str, span: int = 1) -> str:
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{_paragraph(text)}</w:tc>'


_ROW = f"<w:tr>{_cell('a')}{_cell('b')}</w:tr>"


def _noted(count: int) -> bytes:
    texts = (_paragraph("text", f'<w:footnoteReference w:id="{n}"/>') for n in range(count))
    notes = (f'<w:footnote w:id="{n}">{_paragraph("note")}</w:footnote>' for n in range(count))
    return _word("".join(texts), "".join(notes))


def _book(page: str, chapters: int = 1, metadata: str = "") -> bytes:
    item = '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
    spine = '<itemref idref="a"/>' * chapters
    return _zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
            '<rootfiles><rootfile full-path="b.opf"/></rootfiles></container>',
            "b.opf": '<package xmlns="http://www.idpf.org/2007/opf"><metadata '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/">{metadata}</metadata><manifest>{item}</manifest>'
            f"<spine>{spine}</spine></package>",
            "a.xhtml": f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{page}</body></html>',
        }
    )


def _creators(count: int) -> str:
    return "".join(
        f'<dc:creator id="c{n}">Li Na</dc:creator><meta property="role" refines="#c{n}">aut</meta>'
        for n in range(count)
    )


def _notes_of_a_page(count: int) -> str:
    marks = (f'<p>text<sup><a href="#n{n}">{n}</a></sup></p>' for n in range(count))
    return "".join(marks) + "".join(f'<p id="n{n}">note {n}</p>' for n in range(count))


def _pdf(shown: str) -> bytes:
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 5 0 R /Resources 6 0 R >>",
        f"<< /Length {len(shown) + 6} >>\nstream\nBT {shown}ET\nendstream",
        "<< /Font << /F1 3 0 R >> >>",
    ]
    made = "%PDF-1.4\n"
    table = "xref\n0 7\n0000000000 65535 f \n"
    for number, content in enumerate(objects, 1):
        table += f"{len(made):010d} 00000 n \n"
        made += f"{number} 0 obj\n{content}\nendobj\n"
    return f"{made}{table}trailer << /Size 7 /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF".encode()


def _lines(count: int, place: Callable[[int], tuple[float, float]], size: int = 10) -> bytes:
    drawn = ("1 0 0 1 {} {} Tm (line {}) Tj ".format(*place(n), n) for n in range(count))
    return _pdf(f"/F1 {size} Tf " + "".join(drawn))


def _saved(headers: str) -> str:
    return f"MIME-Version: 1.0\n{headers}Content-Type: text/html\n\n<p>{PROSE}"


CASES: Mapping[str, Callable[[int], str | bytes]] = {
    "wrapped.txt": lambda n: f"{PROSE}\n" * n,
    "wrapped.md": lambda n: f"{PROSE}\n" * n,
    "hyphens.txt": lambda n: "a-\n" * n,
    "hyphens.md": lambda n: "a-\n" * n,
    "setext.md": lambda n: "a\n===\n" * n,
    "one line.txt": lambda n: "word " * n * 10,
    "one word.txt": lambda n: "a" * n * 50,
    "one line zh.txt": lambda n: "哈尔滨是冰城" * n,
    "places.txt": lambda n: "Harbin, Suzhou, 吉林 朝阳 " * (n // 4),
    "short.txt": lambda n: "a\n\n" * n,
    "bylines.txt": lambda n: "作者：王小明 来源：新华社 2018-06-07\n" * n,
    "people.txt": lambda n: f"By {'Li Na, ' * n}\n{PROSE}",
    "leftovers.txt": lambda n: f"{PROSE}.\n\n" + "Related articles\n\n" * n,
    "navigation.txt": lambda n: f"{PROSE}.\n\n" * 30 + "上一篇：abc\n\n" * n,
    "official.txt": lambda n: "北京市人民政府文件\n京政发〔2019〕1号\n关于\n" + "意见\n" * n,
    "encodings.txt": lambda n: ("中文\n" * n).encode("gb18030") + ("中文的\n" * n * 2).encode(),
    "links.md": lambda n: "[a](http://b.example) " * n,
    "brackets.md": lambda n: "[" * n * 5,
    "footnotes.md": lambda n: "".join(f"text[^{i}]\n\n[^{i}]: note\n\n" for i in range(n)),
    "quotes.md": lambda n: "> " * n + "text",
    "fences.md": lambda n: "```\nabc\n" * n,
    "table.md": lambda n: "|a|b|\n|-|-|\n" + "|c|d|\n" * n,
    "tags.md": lambda n: "<b>x</b>\n" * n,
    "tags.html": lambda n: "<p>" + "<b>x</b>" * n,
    "nested.html": lambda n: "<div>" * n + PROSE,
    "paragraphs.html": lambda n: f"<html><body>{f'<p>{PROSE}.</p>' * n}",
    "links.html": lambda n: "<p>text</p>" + '<a href="http://a.example">link</a> ' * n,
    "items.html": lambda n: f"<ul>{'<li>an item here' * n}</ul>",
    "table.html": lambda n: f"<table>{'<tr><td>a</td><td>b</td></tr>' * n}</table>",
    "breaks.html": lambda n: f"<pre>{'a<br>' * n}</pre>",
    "headers.mhtml": lambda n: _saved("X-A: b\n" * n),
    "words.mhtml": lambda n: _saved(f"Snapshot-Content-Location: {'=?utf-8?q?a?= ' * n}\n"),
    "page.pdf": lambda n: _lines(n, lambda i: (50, 790 - i * 12 % 780)),
    "dense.pdf": lambda n: _lines(n * 4, lambda i: (50 + i % 97 * 4, 790 - i % 5)),
    "row.pdf": lambda n: _lines(n * 2, lambda i: (i * 40, 700), 1),
    "column.pdf": lambda n: _lines(n, lambda i: (500 if i == 1 else 50, 790 - 9 * max(i, 1))),
    "paragraphs.docx": lambda n: _word(_paragraph(PROSE) * n),
    "table.docx": lambda n: _word(f"<w:tbl>{_ROW * n}</w:tbl>"),
    "span.docx": lambda n: _word(f"<w:tbl><w:tr>{_cell('a', n * 10**9)}{_cell('b')}</w:tr></w:tbl>"),
    "fields.docx": lambda n: _word(f"<w:p>{_FIELD * n}{'<w:r><w:t>a</w:t></w:r>' * n}</w:p>"),
    "notes.docx": _noted,
    "chapter.epub": lambda n: _book(f"<p>{PROSE}.</p><p>{PROSE}.</p>" * 20, n),
    "creators.epub": lambda n: _book(f"<p>{PROSE}.</p>", metadata=_creators(n)),
    "notes.epub": lambda n: _book(_notes_of_a_page(n)),
    "nested.epub": lambda n: _book("<div><span>" * 100 + "<i>a</i>" * n + "</span></div>" * 100),
}


def _steps(path: Path) -> int:
    """Count the lines of Python that reading a file runs, and the calls of what is no Python."""
    count = 0

    def trace(_frame: FrameType, event: str, _value: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    def profile(_frame: FrameType, event: str, _value: object) -> None:
        nonlocal count
        count += event == "c_call"

    file = SourceFile(path.name, path, path.stat().st_size, 0)
    act = partial(prepare, gazetteer=Gazetteer.default())
    before = sys.gettrace(), sys.getprofile()
    sys.settrace(trace)
    sys.setprofile(profile)
    try:
        act(file, read_source(file))
    except SourceError:
        pass  # there may be no text in it
    finally:
        sys.settrace(before[0])
        sys.setprofile(before[1])
    return count


@pytest.mark.parametrize("name", CASES)
def test_twice_the_input_takes_twice_the_steps(tmp_path: Path, name: str) -> None:
    counts = []
    for size in (10, 60, 120, 240):  # what is loaded at first is not counted
        path = tmp_path / f"{size} {name}"
        content = CASES[name](size)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        counts.append(_steps(path))
    _loading, once, twice, four_times = counts
    assert four_times - twice <= 2.2 * (twice - once) + 500
