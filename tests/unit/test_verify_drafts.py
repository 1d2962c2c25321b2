"""Quotations as they stand in drafts of every format; and drafts that are not as they should be."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import docx
import pytest
from lxml import etree

from hubtui.library import Library
from hubtui.verify import DraftError, Quotation, Verdict, parse_draft, read_draft
from hubtui.verify.extract import extract_quotations

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

LONG = "Guizhou has attracted hundreds of companies"


def _found(name: str, text: str) -> list[Quotation]:
    return list(extract_quotations(parse_draft(name, text.encode())))


def _texts(name: str, text: str) -> list[str]:
    return [quotation.text for quotation in _found(name, text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He said “one two” and ‘three’.", ["one two"]),
        ("说「一二」又说『三四』。", ["一二", "三四"]),
        ('say "one" and "two"', ["one", "two"]),
        ('say ("one")', ["one"]),
        ('他说"一二三"又说"四五"。', ["一二三", "四五"]),
        ("他说＂一二三＂", ["一二三"]),
        ("“out “in” out”", ["out “in” out"]),
        ("“外『内』外”", ["外『内』外"]),
        ('the "city\'s "four brands" in" 2017', ['city\'s "four brands" in']),
        ('a 15" screen and "a word"', ["a word"]),
        ("《一本书》写了《两本》", []),
        ("《今天天气很好。我们出去吧》", ["今天天气很好。我们出去吧"]),
        ("他写道：《今天天气很好，我们都出去走走吧》", ["今天天气很好，我们都出去走走吧"]),
        ("《又一本，很长很长的书名字》", []),
        ("“one\ntwo”", ["one\ntwo"]),
        ("“one\n\ntwo”", ["one"]),  # not closed in its paragraph
        ("", []),
        ("nothing quoted", []),
    ],
)
def test_marks(text: str, found: Sequence[str]) -> None:
    for name in ("a.txt", "a.md"):
        assert _texts(name, text) == found


def test_marks_of_markup_quote_nothing() -> None:
    text = (
        'See `print("one")` and [a](b.html "two") and <a title="three">four</a>.\n\n'
        '```\n“five”\n```\n\n![six](x "seven")\n'
    )
    assert _texts("a.md", text) == []


def test_lines_are_those_of_the_file() -> None:
    text = (
        "---\ntitle: “T”\n---\n\n# “One”\n\ntext\nand “two” and\n“three”\n\n- “four”\n"
        "  “five”\n\n> six\n> seven\n\n"
        "| “a” |\n|---|\n| “eight” |\n\n[^1]: “nine”\n[^2]:\n    “ten”\n"
    )
    numbers = {quotation.text: quotation.number for quotation in _found("a.md", text)}
    lines = text.split("\n")
    assert set(numbers) == {"One", "two", "three", "four", "five", "six\nseven", "a", "eight", "nine", "ten"}
    for quoted, number in numbers.items():
        assert quoted.split("\n")[0] in lines[number - 1]


def test_block_quotations_of_markdown_and_text() -> None:
    text = "Before\n\n> one\n> two\n>\n> three\n\nafter\n\n> [!NOTE]\n> no quotation\n"
    assert _texts("a.md", text) == ["one\ntwo", "three"]
    assert _texts("a.txt", text)[:2] == ["one\ntwo", "three"]


def test_markup_in_a_quotation_is_read_both_ways(make_library: MakeLibrary) -> None:
    library = make_library(
        {"a.txt": "Title of the work\n\nThe name my_file_name and 2*3*4 are <kept> as they are written here."}
    )
    library.sync()
    for quoted in (
        "The name my_file_name and 2*3*4 are <kept> as they are",
        "The **name** my_file_name and 2\\*3\\*4 are `<kept>` as they are",
        "The name[^1] my_file_name and 2\\*3\\*4 are \\<kept> as they are",
    ):
        for draft in (f"“{quoted}”", f"> {quoted}"):
            (finding,) = library.drafts.verify(draft).findings
            assert finding.verdict is Verdict.VERIFIED, draft


def test_a_bracket_at_the_end_that_cites_nothing_is_quoted(make_library: MakeLibrary) -> None:
    library = make_library(
        {"a.txt": "Title of the work\n\nThe plates come from a book of engravings (plate 14)."}
    )
    library.sync()
    for plate, verdict in (("14", Verdict.VERIFIED), ("41", Verdict.ALTERED)):
        (finding,) = library.drafts.verify(f"> come from a book of engravings (plate {plate})\n").findings
        assert finding.verdict is verdict


def test_html() -> None:
    text = (
        "<html><head><title>“no”</title><style>q:before{content:'“'}</style></head>\n"
        "<body><p>He said “one <b>two</b>\nthree” and <q>four</q>.</p>\n"
        "<script>“no”</script><blockquote><p>five</p>\n<p>six</p></blockquote>"
        "<div>“seven”<br>x</div></body></html>"
    )
    found = {" ".join(one.text.split()): (one.kind, one.number) for one in _found("a.html", text)}
    assert found == {
        "one two three": ("marks", 2),
        "four": ("marks", 3),
        "five": ("block", 4),
        "six": ("block", 5),
        "seven": ("marks", 5),
    }


def test_footnotes_of_html_are_followed(seeds_library: Library) -> None:
    text = (
        f'<p>“{LONG}”<a href="#fn1">1</a> and <q cite="003_9c6913e47e9d125d.txt">{LONG}</q></p>'
        '<ol><li id="fn1">Powerhouse in the making, 2019</li></ol>'
    )
    first, second = seeds_library.drafts.verify(parse_draft("a.html", text.encode())).findings
    assert (first.verdict, first.cited[0].title) == (Verdict.MOVED, "Powerhouse in the making")
    assert (second.verdict, second.cited[0].path) == (Verdict.VERIFIED, "003_9c6913e47e9d125d.txt")


def _word(note: str = "") -> bytes:
    document = docx.Document()
    document.add_paragraph("First")
    paragraph = document.add_paragraph("He said “Guizhou has ")
    paragraph.add_run("attracted").bold = True
    paragraph.add_run(" hundreds of companies” there.")
    document.add_paragraph("The move is part of the Southwest China province’s aims", style="Intense Quote")
    table = document.add_table(1, 1)
    table.cell(0, 0).text = "“Guizhou has attracted thousands of companies”"
    stream = io.BytesIO()
    document.save(stream)
    return _with_footnote(stream.getvalue(), note) if note else stream.getvalue()


def _with_footnote(data: bytes, text: str) -> bytes:
    """Return a Word document whose second paragraph has a footnote; python-docx cannot write one."""
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                tree = etree.fromstring(part)
                run = tree.findall(f".//{{{w}}}p")[1].findall(f"{{{w}}}r")[-1]
                reference = etree.SubElement(run, f"{{{w}}}footnoteReference")
                reference.set(f"{{{w}}}id", "2")
                part = etree.tostring(tree)
            elif name == "word/_rels/document.xml.rels":
                part = part.replace(
                    b"</Relationships>",
                    b'<Relationship Id="rIdF" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
                    b'relationships/footnotes" Target="footnotes.xml"/></Relationships>',
                )
            elif name == "[Content_Types].xml":
                part = part.replace(
                    b"</Types>",
                    b'<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-'
                    b'officedocument.wordprocessingml.footnotes+xml"/></Types>',
                )
            new.writestr(name, part)
        new.writestr(
            "word/footnotes.xml",
            f'<w:footnotes xmlns:w="{w}"><w:footnote w:id="2"><w:p><w:r><w:t>{text}</w:t></w:r></w:p>'
            "</w:footnote></w:footnotes>",
        )
    return out.getvalue()


def test_word(seeds_library: Library) -> None:
    found = seeds_library.drafts.verify(parse_draft("a.docx", _word())).findings
    assert [(one.quotation.kind, one.quotation.number, one.verdict) for one in found] == [
        ("marks", 2, Verdict.VERIFIED),
        ("block", 3, Verdict.VERIFIED),
        ("marks", 4, Verdict.ALTERED),
    ]


def test_footnotes_of_word_are_followed(seeds_library: Library) -> None:
    found = seeds_library.drafts.verify(
        parse_draft("a.docx", _word("Powerhouse in the making, 2019"))
    ).findings
    assert found[0].verdict is Verdict.MOVED
    assert [source.title for source in found[0].cited] == ["Powerhouse in the making"]


def test_a_copy_of_a_word_document_gets_numbers_and_a_list(seeds_library: Library) -> None:
    verification = seeds_library.drafts.verify(parse_draft("a.docx", _word("Powerhouse in the making, 2019")))
    copy = seeds_library.drafts.cited_copy(verification, "apa")
    assert (copy.added, copy.corrected) == (1, 1)
    paragraphs = [paragraph.text for paragraph in docx.Document(io.BytesIO(copy.data)).paragraphs]
    assert paragraphs[1] == "He said “Guizhou has attracted hundreds of companies” there.[1]"
    assert paragraphs[2].endswith("province’s aims[2]")
    assert [text[:12] for text in paragraphs[-2:]] == ["[1] Ouyang, ", "[2] Ouyang, "]
    assert b"footnoteReference" not in zipfile.ZipFile(io.BytesIO(copy.data)).read("word/document.xml")


@pytest.mark.parametrize(
    "text",
    [
        f"“{LONG} there is no end",
        f"“{LONG} “and” more",
        f"“{LONG} to expand in “the” next.",
        f"“{LONG}“ said he",
        f"”{LONG}” said “he",
        f"「{LONG}",
        "“" * 500 + LONG,
        "”" * 500 + LONG + "」" * 500,
    ],
    ids=lambda text: f"{text[:20]} {len(text)}",
)
def test_unbalanced_marks_are_no_crash_and_hide_no_other_quotation(seeds_library: Library, text: str) -> None:
    for name in ("a.md", "a.txt", "a.html"):
        draft = parse_draft(name, f"{text}\n\nThen “{LONG}” again.".replace("\n\n", "<p>").encode())
        draft = draft if name == "a.html" else parse_draft(name, f"{text}\n\nThen “{LONG}” again.".encode())
        findings = seeds_library.drafts.verify(draft).findings
        assert findings[-1].verdict is Verdict.VERIFIED
        assert {one.verdict for one in findings} <= {Verdict.VERIFIED, Verdict.UNCHECKED}


def test_a_quotation_whose_mark_is_not_closed_is_read_to_its_end(seeds_library: Library) -> None:
    text = f"“{LONG} to expand in the emerging big data market\n\n“A raft of cutting-edge technologies”"
    found = seeds_library.drafts.verify(text).findings
    assert [finding.verdict for finding in found] == [Verdict.VERIFIED, Verdict.VERIFIED]
    assert found[0].remarks == ("unclosed",)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030", "big5"])
def test_other_encodings(seeds_library: Library, encoding: str) -> None:
    text = "記者說：「互聯網公司和交通運輸等傳統產業不一樣」。這是一個很長的句子，所以編碼可以看得出來。" * 3
    findings = seeds_library.drafts.verify(parse_draft("a.txt", text.encode(encoding))).findings
    assert [finding.verdict for finding in findings] == [Verdict.VERIFIED] * 3


def test_what_cannot_be_read_is_a_named_error(tmp_path: Path) -> None:
    (tmp_path / "broken.docx").write_bytes(_word()[:900])
    (tmp_path / "hollow.docx").write_bytes(_zip({"word/document.xml": b"<w:document"}))
    (tmp_path / "other.docx").write_bytes(_zip({"x": b""}))
    (tmp_path / "text.docx").write_bytes(b"just text")
    (tmp_path / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "empty.html").write_bytes(b"")
    for name in (
        "missing.md", ".", "broken.docx", "hollow.docx", "other.docx", "text.docx", "picture.md", "paper.pdf",
        "empty.html",
    ):  # fmt: skip
        with pytest.raises(DraftError) as caught:
            read_draft(tmp_path / name)
        assert caught.value.message
        assert caught.value.remedy


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_a_file_name_that_is_no_utf8_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / "a\udcff.md"
    path.write_text(f"“{LONG}”", encoding="utf-8")
    assert read_draft(path).name.encode().endswith(b"a\\udcff.md")


def test_an_empty_draft_has_no_quotations(seeds_library: Library) -> None:
    for name in ("a.md", "a.txt"):
        assert list(seeds_library.drafts.verify(parse_draft(name, b"")).findings) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("paragraph", "size"),
    [
        (f"As it says, “{LONG}”, and so on.\n\n", 1_000_000),
        ("Nothing is quoted here at all, 没有引用。", 500_000),
        ("“", 500_000),
        ("”「", 500_000),
        ("> (a) [^1] 一\n", 200_000),
        ("[^1]: a\n", 200_000),
        ('a "term" ', 200_000),
        ("[a](", 500_000),
        ("“…[a]…”", 200_000),
        ("`“", 500_000),
    ],
    ids=["quoted", "one line", "open", "crossed", "block", "notes", "terms", "links", "gaps", "code"],
)
def test_a_large_draft(seeds_library: Library, paragraph: str, size: int) -> None:
    """Takes seconds where each part is looked at once, and minutes where it is looked at for each other."""
    draft = parse_draft("a.md", (paragraph * (size // len(paragraph.encode()))).encode())
    verdicts = {finding.verdict for finding in seeds_library.drafts.verify(draft).findings}
    assert verdicts <= {Verdict.VERIFIED, Verdict.UNCHECKED, Verdict.MISSING}
