# ruff: noqa: E501
"""Damaged files of every format, with fixed seeds: no crash, no hang, no fault of hubtui's."""

import io
import random
import shutil
import signal
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import pytest
from tests.attack.scale import Scale

from hubtui import Library
from hubtui.core.config import ConfigError, read_config, set_value
from hubtui.core.errors import HubtuiError, SourceError
from hubtui.index.sync import Prepared, prepare
from hubtui.ingest import SourceFile, read_many
from hubtui.places import Gazetteer

LONGEST = 20.0
"""Seconds that reading one damaged file may take."""
PROSE = (
    "Harbin is quietly emerging as a significant player in the field of cloud computing, experts say.",
    "哈尔滨是黑龙江省的省会，也是东北地区最大的城市之一，冬季漫长而寒冷。",
    "The city had 9.4 million inhabitants in 2018, of whom half lived in its seven districts.",
)
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _results(files: Sequence[SourceFile]) -> Iterator[tuple[SourceFile, Prepared | SourceError]]:
    yield from read_many(files, partial(prepare, gazetteer=Gazetteer.default()), processes=2)


def _zipped(parts: Mapping[str, str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return packed.getvalue()


def _docx() -> bytes:
    texts = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in PROSE)
    cells = "".join(f"<w:tc><w:p><w:r><w:t>{n}</w:t></w:r></w:p></w:tc>" for n in range(3))
    note = '<w:p><w:r><w:t>Noted</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    styles = '<w:style w:styleId="H"><w:name w:val="heading 1"/><w:basedOn w:val="N"/></w:style>'
    head = '<w:p><w:pPr><w:pStyle w:val="H"/></w:pPr><w:r><w:t>The city</w:t></w:r></w:p>'
    return _zipped(
        {
            "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="a" '
            f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="b" '
            f'Type="{_OFFICE}/styles" Target="styles.xml"/><Relationship Id="c" Type="{_OFFICE}/footnotes" '
            'Target="footnotes.xml"/></Relationships>',
            "word/styles.xml": f"<w:styles {_WORD}>{styles}</w:styles>",
            "word/footnotes.xml": f'<w:footnotes {_WORD}><w:footnote w:id="2"><w:p><w:r><w:t>So.</w:t></w:r>'
            "</w:p></w:footnote></w:footnotes>",
            "word/document.xml": f"<w:document {_WORD}><w:body>{head}{texts}<w:tbl><w:tr>{cells}</w:tr><w:tr>"
            f"{cells}</w:tr></w:tbl>{note}</w:body></w:document>",
        }
    )


def _epub() -> bytes:
    manifest = "".join(
        f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(2)
    )
    chapters = {
        f"OEBPS/c{n}.xhtml": f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head><body>'
        f'<h1>Part {n}</h1><p>{PROSE[n]}<sup><a href="#n{n}">1</a></sup></p><table><tr><td>a</td><td>b</td></tr>'
        f'</table><p id="n{n}">The note.</p></body></html>'
        for n in range(2)
    }
    return _zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
            '<rootfiles><rootfile full-path="OEBPS/content.opf"/></rootfiles></container>',
            "OEBPS/content.opf": '<package xmlns="http://www.idpf.org/2007/opf"><metadata '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A city</dc:title><dc:creator id="a">Li Na'
            '</dc:creator><dc:date>2018-06-07</dc:date><meta property="role" refines="#a">aut</meta></metadata>'
            f'<manifest>{manifest}</manifest><spine><itemref idref="c0"/><itemref idref="c1"/></spine></package>',
            **chapters,
        }
    )


def _pdf() -> bytes:
    lines = [*PROSE[::2], "1 2 3", "a    b    c"] * 4
    drawn = "BT /F1 10 Tf " + "".join(
        f"1 0 0 1 50 {780 - 14 * n} Tm ({line}) Tj " for n, line in enumerate(lines)
    )
    pages = "".join(
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {n + 2} 0 R /Resources "
        "<< /Font << /F1 3 0 R >> >> >>|"
        f"<< /Length {len(drawn) + 3} >>\nstream\n{drawn} ET\nendstream|"
        for n in (4, 6)
    ).rstrip("|")
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [4 0 R 6 0 R] /Count 2 >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *pages.replace("/Contents 6", "/Contents 5", 1).replace("/Contents 8", "/Contents 7", 1).split("|"),
    ]
    made, places = b"%PDF-1.4\n", []
    for n, text in enumerate(objects, 1):
        places.append(len(made))
        made += f"{n} 0 obj\n{text}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info << /Title (T) >> >>\nstartxref\n{len(made)}\n%%EOF"
    return made + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode()


def _html() -> bytes:
    data = '{"@type": "NewsArticle", "headline": "A city", "author": {"name": "Li Na"}}'
    texts = "".join(f"<p>{text}<a href='http://a.example/b'>link</a></p>" for text in PROSE * 2)
    return (
        f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>A city - Daily</title><script '
        f'type="application/ld+json">{data}</script><meta name="author" content="Li Na"></head><body><nav><a '
        f'href="/">Home</a></nav><article><h1>A city</h1><p class="byline">By Li Na, June 7, 2018</p>{texts}'
        "<table><tr><th>a</th><td>b</td></tr><tr><td>1</td><td>2</td></tr></table><ul><li>first<li>second</ul>"
        "<pre>a = 1<br>b = 2</pre></article><footer>© Daily</footer></body></html>"
    ).encode()


def _mhtml() -> bytes:
    return (
        b"From: <Saved by Blink>\nSnapshot-Content-Location: https://a.example/b\nDate: Thu, 7 Jun 2018 10:00:00 "
        b'-0000\nMIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary="--b"\n\n'
        b"----b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n"
        b"Content-Location: https://a.example/b\n\n" + _html() + b"\n----b--\n"
    )


MARKDOWN = f"""---
title: A city
author: [Li Na, 王小明]
date: 2018-06-07
tags: {{a: b}}
---

# A city

By Li Na

{PROSE[0]} *Some* [link](http://a.example)[^1] and `code`.

> {PROSE[1]}

- one
  - two

| a | b |
|---|---|
| 1 | 2 |

```python
x = 1
```

<b>{PROSE[2]}</b>

[^1]: A note.
"""
TEXT = f"A city\n\n作者：王小明 来源：新华社 2018-06-07\n\n{PROSE[0]}\n{PROSE[1]}\n\n• one\n• two\n\n{PROSE[2]}\n"
SEEDS: Mapping[str, Callable[[], bytes]] = {
    "pdf": _pdf,
    "docx": _docx,
    "epub": _epub,
    "html": _html,
    "mhtml": _mhtml,
    "md": MARKDOWN.encode,
    "txt": TEXT.encode,
}
_DICTIONARY = (
    b"<", b">", b"</", b"&#x", b"&amp;", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1b[31m", b"%PDF-", b"PK\x03\x04",
    b"endobj", b"stream", b"999999999999", b"-1", b"/Kids", b"[", b"]", b"{", b"}", b"---\n", b"+++\n", b"```", b"|", b"> ",
    b"*a", b"&a ", b"![](", b"\n\n", b"\r", b"\xe2\x80\xae", b"\xcc\x81", b"<table>", b"<w:tbl>", b"MIME-Version:", b"2018-",
    b"&#1114112;", b"\xed\xa0\x80", b"<!--", b"<![CDATA[", b"<script>",
)  # fmt: skip


def mutated(data: bytes, draw: random.Random) -> bytes:
    """Change bytes: some in place, some taken out, doubled, moved, repeated, or from the dictionary."""
    changed = bytearray(data)
    for _ in range(draw.choice((1, 1, 2, 4, 8, 32))):
        at = draw.randrange(len(changed) + 1)
        to = min(len(changed), at + draw.choice((1, 2, 8, 64, 512)))
        match draw.randrange(7):
            case 0 if changed:
                changed[min(at, len(changed) - 1)] = draw.randrange(256)
            case 1:
                del changed[at:to]
            case 2:
                changed[at:at] = changed[at:to] * draw.choice((1, 2, 50, 2000))
            case 3:
                changed[at:at] = draw.choice(_DICTIONARY) * draw.choice((1, 1, 3, 300))
            case 4:
                changed[at:to] = draw.choice(_DICTIONARY)
            case 5:
                changed[at:at] = draw.randbytes(to - at)
            case _:
                del changed[at : len(changed) if draw.random() < 0.1 else at + 1]
    return bytes(changed[: 1 << 18])


def mutated_parts(data: bytes, draw: random.Random) -> bytes:
    """Change what is in a zip archive, or else the archive."""
    if draw.random() < 0.3:
        return mutated(data, draw)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = draw.choice(list(parts))
    parts[name] = mutated(parts[name], draw)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, draw.choice((0, 8)))
    return packed.getvalue()


def _damaged(folder: Path, extension: str, seeds: range) -> Iterator[SourceFile]:
    whole = SEEDS[extension]()
    for seed in seeds:
        draw = random.Random(f"{extension} {seed}")
        change = mutated_parts if extension in ("docx", "epub") else mutated
        path = folder / f"{seed:06}.{extension}"
        path.write_bytes(change(whole, draw))
        yield SourceFile(path.name, path, path.stat().st_size, 0)


@pytest.mark.parametrize("extension", SEEDS)
def test_the_whole_file_is_read(tmp_path: Path, extension: str) -> None:
    path = tmp_path / f"a.{extension}"
    path.write_bytes(SEEDS[extension]())
    ((_, source),) = _results([SourceFile(path.name, path, path.stat().st_size, 0)])
    assert isinstance(source, Prepared)
    assert any("cloud computing" in passage.text for passage in source.passages)


@pytest.mark.parametrize("extension", SEEDS)
def test_a_damaged_file_is_read_or_its_own_fault(tmp_path: Path, scale: Scale, extension: str) -> None:
    files = list(_damaged(tmp_path, extension, range(scale.fuzzed * 7 // 10 // len(SEEDS))))
    faults = []
    before = time.monotonic()
    for file, result in _results(files):
        now = time.monotonic()
        if now - before > LONGEST:
            faults.append((file.path, f"{now - before:.0f} seconds"))
        if isinstance(result, SourceError) and (
            not result.remedy
            or any(words in str(result) for words in ("hubtui failed", "seconds", "memory", "crashed"))
            or "report" in result.remedy
        ):
            faults.append((file.path, str(result)))
        before = now
    assert not faults


SETTINGS: Mapping[str, str] = {
    "seeds/sources.toml": """# what I know better
["a.txt"]
title = "A city"
author = ["Li Na", "Wang Wei"]
date = 2018-06-07
hide = false
""",
    "hubtui.toml": """name = "Cities"
style = "apa"
not_places = ["Harbin beer"]
[glossary]
"cloud" = ["云"]
[names]
"Ice City" = "Harbin"
[[places]]
name_en = "Newtown"
parent = "Harbin"
[searches]
a = "cloud"
""",
}
CONFIG = 'theme = "hubtui-dark"\nambiguous_width = 2\n[keys]\nhelp = "?"\n"hit.next" = "n,ctrl+n"\n'


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with every file of hubtui's own."""
    folder = tmp_path_factory.mktemp("whole")
    (folder / "seeds").mkdir()
    (folder / "seeds" / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "seeds" / "b.md").write_text(MARKDOWN, encoding="utf-8")
    for name, content in SETTINGS.items():
        (folder / name).write_text(content, encoding="utf-8")
    with Library.open(folder) as library:
        library.sync()
        for hit in library.search("harbin").hits:
            library.clippings.add(hit.passage, note="Note this", tags=["city"])
            for mention in hit.passage.mentions[:1]:
                library.mentions.reject(hit.passage, mention)
    return folder


def _use(folder: Path) -> None:
    """Do what most commands do; an error that hubtui raises on purpose is an answer."""
    with suppress(HubtuiError), Library.open(folder) as library:
        acts: list[Callable[[], object]] = [
            library.sync,
            lambda: library.search("cloud 云"),
            lambda: [library.read(source.id) for source in library.sources()],
            library.clippings.find,
            lambda: library.clippings.add(library.search("harbin").hits[0].passage),
            library.mentions.corrections,
            library.index.problems,
            library.health,
        ]
        for act in acts:
            with suppress(HubtuiError, IndexError):
                act()


def _own_files(folder: Path) -> list[str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)
    sources = ("seeds/a.txt", "seeds/b.md")
    return [name for path in files if (name := path.relative_to(folder).as_posix()) not in sources]


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Fail where a block takes longer."""

    def fail(_number: int, _frame: object) -> None:
        raise AssertionError(f"more than {seconds:g} seconds")

    before = signal.signal(signal.SIGALRM, fail)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_a_damaged_file_of_hubtuis_own_is_an_error_at_most(whole: Path, tmp_path: Path, scale: Scale) -> None:
    names = _own_files(whole)
    assert {*SETTINGS, "clippings.jsonl", "mentions.jsonl", "index/catalogue.sqlite"} <= set(names)
    for seed in range(-(-scale.fuzzed // 5 // len(names))):
        for name in names:
            draw = random.Random(f"{name} {seed}")
            folder = tmp_path / "damaged"
            shutil.copytree(whole, folder)
            file = folder / name
            file.write_bytes(mutated(file.read_bytes(), draw))
            try:
                with at_most(LONGEST):
                    _use(folder)
            except BaseException as error:
                error.add_note(f"{name}, seed {seed}")
                raise
            shutil.rmtree(folder)


def test_damaged_settings_of_the_user_are_named(tmp_path: Path, scale: Scale) -> None:
    file = tmp_path / "config.toml"
    for seed in range(scale.fuzzed // 10):
        draw = random.Random(f"config {seed}")
        file.write_bytes(mutated(CONFIG.encode(), draw))
        with at_most(LONGEST):
            config = read_config(file)
            with suppress(ConfigError):
                set_value("theme", "hubtui-light", file)
        assert all(problem.remedy and str(file) in problem.message for problem in config.problems)
