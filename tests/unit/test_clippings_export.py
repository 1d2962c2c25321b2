"""Clippings as files: documents, tables and items; grouped, escaped, and without formulas."""

import csv
import io
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import docx
import pytest
from lxml import html
from markdown_it import MarkdownIt

from hubtui.clippings.export import CSV_COLUMNS, EXPORT_FORMATS, PandocError, export_clippings
from hubtui.clippings.model import ClippedPlace, Clipping, ClippingError
from hubtui.core.errors import UnknownStyleError
from hubtui.core.models import Source
from hubtui.library import Library

MakeLibrary = Callable[[Mapping[str, str]], Library]

HOSTILE = [
    "# no heading\n- no list\n> no quotation\n1. no number",
    "[A] [/] [^1] [link](http://x) ![x](y) `code` *star* _line_ ~~gone~~ <b>bold</b> &amp; &copy; \\",
    "    indented\n\n\nand </p></blockquote><script>alert(1)</script>",
    "“云计算”\u3000不是[red]口号[/red]：$x^2$ @cite --- ... 'quotes' \"double\"",
    "=1+1\t| a | b |\n---\n===",
    "x" * 100_000,
]

HARBIN = ClippedPlace("cn:230100", "Harbin", "哈尔滨")
GUIZHOU = ClippedPlace("cn:520000", "Guizhou", "贵州")


def clipping(number: int, text: str, path: str = "a.txt", **values: Any) -> Clipping:
    facts = {
        "title": f"Title of {path}",
        "author": "Ouyang Shijia",
        "publisher": "China Daily",
        "date": "2018-06-07",
    }
    made = Clipping(
        f"id{number}", f"2026-03-01T10:00:0{number % 10}Z", path, number, text, facts=facts, language="en"
    )
    return made._replace(**values)


def exported(clippings: Sequence[Clipping], format_: str, style: str = "apa", group: str = "") -> str:
    return export_clippings(clippings, format_, style, group).decode("utf-8-sig")


def headings(document: str) -> list[str]:
    return [line.removeprefix("## ") for line in document.splitlines() if line.startswith("## ")]


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_exactly_the_text(text: str) -> None:
    document = exported([clipping(1, text, note=text, tags=(" ".join(text.split())[:80],))], "markdown")
    page = html.fromstring(MarkdownIt("commonmark").enable("table").render(document))
    (block,) = page.findall(".//blockquote")
    assert len(block) == 1  # one paragraph
    assert {element.tag for element in block.iter()} <= {"blockquote", "p", "br"}
    shown = str(block.xpath("string()")).strip("\n").replace("\xa0", " ")
    assert shown.removesuffix("[^1]").split() == text.split()
    assert not page.findall(".//script") + page.findall(".//b") + page.findall(".//img")


@pytest.mark.parametrize("text", HOSTILE)
def test_html_shows_exactly_the_text(text: str) -> None:
    hostile = clipping(
        1, text, note=text, tags=(text,), facts={"title": text, "url": 'http://x/"><b>'}, language='"><b>'
    )
    document = exported([hostile], "html", group="tag")
    page = html.document_fromstring(document.encode(), parser=html.HTMLParser(encoding="utf-8"))
    (block,) = page.findall(".//blockquote")
    assert str(block.xpath("string()")) == text
    assert block.get("lang") == '"><b>'
    assert {element.tag for element in page.iter()} <= {
        "html", "head", "meta", "title", "body", "h1", "h2", "blockquote", "p", "br", "b", "a",
    }  # fmt: skip
    assert [element.text for element in page.iter("b")] == ["Note:", "Tags:"]


def test_html_says_the_language_of_each_text() -> None:
    facts = {
        "title": "东北云计算的冬天",
        "publisher": "第一财经日报",
        "language": "zh-Hans",
        "url": "https://x.cn/a",
    }
    page = html.document_fromstring(
        exported([clipping(3, "冬天很长", language="zh-Hans", facts=facts)], "html")
    )
    (block,) = page.findall(".//blockquote")
    assert block.get("lang") == "zh-Hans"
    assert str(block.get("cite")).startswith("https://x.cn/a#:~:text=")
    assert [p.get("lang") for p in page.iter("p")][1:] == ["zh-Hans"] * 2
    assert [a.get("href") for a in page.iter("a")][-1] == "https://x.cn/a"


def test_one_bibliography_and_a_note_for_each() -> None:
    kept = [clipping(1, "one"), clipping(2, "two", "b.txt"), clipping(3, "three")]
    document = exported(kept, "markdown")
    notes = [line for line in document.splitlines() if line.startswith("[^")]
    assert [note.split(":")[0] for note in notes] == ["[^1]", "[^2]", "[^3]"]
    assert ["para. 1" in notes[0], "para. 2" in notes[1], "para. 3" in notes[2]] == [True] * 3
    listed = document.split("## Bibliography\n\n")[1].split("\n\n")[:2]
    assert ["Title of a.txt" in listed[0], "Title of b.txt" in listed[1]] == [True, True]
    assert "para." not in "".join(listed)
    numbered = exported(kept, "markdown", "gb7714-2025").split("## Bibliography\n\n")[1].split("\n\n")
    assert [line[:5] for line in numbered[:2]] == ["\\[1\\]", "\\[2\\]"]


def test_later_notes_in_a_style_of_notes_are_short() -> None:
    document = exported([clipping(1, "one"), clipping(2, "two")], "markdown", "chicago-notes")
    first, second = (line for line in document.splitlines() if line.startswith("[^"))
    assert "China Daily, June 7, 2018" in first
    assert "China Daily" not in second


def test_a_bibliography_in_a_style_of_notes_has_its_own_form() -> None:
    document = exported([clipping(1, "one")], "markdown", "chicago-notes")
    assert "\n\nOuyang, Shijia. “Title of A.txt.” China Daily, June 7, 2018." in document


def test_groups() -> None:
    kept = [
        clipping(1, "one", places=(HARBIN, GUIZHOU), tags=("beta", "Alpha")),
        clipping(2, "two", "b.txt", places=(GUIZHOU,)),
        clipping(3, "three", tags=("beta",)),
    ]
    last = ["Bibliography"]
    assert headings(exported(kept, "markdown")) == last
    assert headings(exported(kept, "markdown", group="city")) == [
        "Guizhou 贵州",
        "Harbin 哈尔滨",
        "Others",
        *last,
    ]
    assert headings(exported(kept, "markdown", group="tag")) == ["Alpha", "beta", "Others", *last]
    assert headings(exported(kept, "markdown", group="source")) == ["Title of a.txt", "Title of b.txt", *last]
    assert exported(kept, "markdown", group="tag").count("> one") == 2


def test_a_table_reads_back_and_runs_nothing() -> None:
    rows = [clipping(n, text, note=text, tags=(text,), section=text) for n, text in enumerate(HOSTILE, 1)]
    formulas = ["=cmd|'/C calc'!A0", "+1", "-1", "@x", " =1", "＝1", "\t=1", "\r=1", "plain"]
    rows += [clipping(n, text) for n, text in enumerate(formulas, 20)]
    data = export_clippings(rows, "csv", "apa")
    assert data.startswith(b"\xef\xbb\xbf")
    read = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert tuple(read[0]) == CSV_COLUMNS
    assert [row["text"].removeprefix("'") for row in read] == [item.text for item in rows]
    for row in read:
        assert not any((cell or "").lstrip().startswith(("=", "+", "-", "@", "＝")) for cell in row.values())
    assert read[-1]["text"] == "plain"
    assert "para. 1" in read[0]["citation"]


@pytest.mark.parametrize("format_", ["bibtex", "ris", "csl-json"])
def test_items_name_each_source_once(format_: str) -> None:
    kept = [clipping(1, "one"), clipping(2, "two", "b.txt"), clipping(3, "three")]
    text = exported(kept, format_)
    assert (
        (text.count("Title of a.txt"), text.count("Title of b.txt")) == (1, 1)
        if format_ != "bibtex"
        else True
    )
    if format_ == "csl-json":
        keys = [item["id"] for item in json.loads(text)]
        assert keys[0] == "ouyang2018title"
        assert len(set(keys)) == 2


@pytest.mark.parametrize("format_", [name for name in EXPORT_FORMATS if name != "docx"])
def test_nothing_to_export_is_a_valid_file(format_: str) -> None:
    assert export_clippings([], format_, "apa") is not None


def test_unknown_formats_groups_and_styles_are_named() -> None:
    with pytest.raises(ClippingError, match="no export format 'markdwon'") as caught:
        export_clippings([], "markdwon", "apa")
    assert "markdown" in caught.value.remedy
    with pytest.raises(ClippingError, match="no group 'town'"):
        export_clippings([clipping(1, "one")], "html", "apa", "town")
    with pytest.raises(UnknownStyleError):
        export_clippings([], "csv", "apaa")


def test_what_is_known_now_counts() -> None:
    known = {"a.txt": Source("other id", "a.txt", title="A corrected title", author="Li Ming")}
    text = export_clippings([clipping(1, "one")], "markdown", "apa", known=known).decode()
    assert "A corrected title" in text
    assert "Ouyang" not in text


def test_word_documents_need_pandoc(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PandocError, match="not installed") as caught:
        export_clippings([clipping(1, "one")], "docx", "apa")
    assert "html" in caught.value.remedy
    broken = tmp_path / "pandoc"
    broken.write_text("#!/bin/sh\necho 'pandoc: no [memory]' >&2\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    with pytest.raises(PandocError, match=r"pandoc: no \[memory\]"):
        export_clippings([clipping(1, "one")], "docx", "apa")


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
def test_a_word_document_holds_the_text_and_a_footnote(tmp_path: Path) -> None:
    text = "\n".join(HOSTILE[:2])
    target = tmp_path / "clippings.docx"
    target.write_bytes(export_clippings([clipping(1, text)], "docx", "apa"))
    paragraphs = [paragraph.text for paragraph in docx.Document(str(target)).paragraphs]
    assert text in paragraphs
    assert paragraphs[-1].startswith("Ouyang, S. (2018, June 7). Title of a.txt.")
    assert b"para. 1" in next(
        part.blob
        for part in docx.Document(str(target)).part.package.iter_parts()
        if "footnotes" in part.partname
    )


def test_the_style_is_that_which_clippings_were_kept_with(make_library: MakeLibrary) -> None:
    library = make_library({"冬天.txt": "东北云计算的冬天\n\n哈尔滨的冬天很长，数据中心却喜欢这样的天气。\n"})
    library.sync()
    library.clippings.add(library.search("冬天 天气").hits[0].passage)
    numbered = library.clippings.export(library.clippings.find(), "markdown", group="city").decode()
    assert headings(numbered) == ["Harbin 哈尔滨", "Bibliography"]
    assert "\n\\[1\\] 东北云计算的冬天" in numbered
    assert "(n.d.)" in library.clippings.export(library.clippings.find(), "markdown", style="apa").decode()
