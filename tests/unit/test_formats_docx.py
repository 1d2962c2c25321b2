"""Word documents as Word shows them, whatever marks the text carries."""

import io
import zipfile
from pathlib import Path

import pytest

from hubtui.ingest import Document, SourceFile, read_source
from hubtui.ingest.formats.docx import read

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
STYLES = (
    '<w:style w:styleId="H"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:styleId="Own"><w:name w:val="Section"/><w:basedOn w:val="Base"/></w:style>'
    '<w:style w:styleId="Base"><w:name w:val="Base"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:styleId="C"><w:name w:val="toc 1"/></w:style>'
)


def word(body: str, notes: str = "", namespace: str = W, core: str = "") -> bytes:
    """Make a document with this body; notes are the inside of its footnotes."""
    names = f'xmlns:w="{namespace}" xmlns:mc="{MC}" xmlns:m="{MATH}"'
    kinds = {"styles": f"<w:styles {names}>{STYLES}</w:styles>"}
    if notes:
        kinds["footnotes"] = f"<w:footnotes {names}>{notes}</w:footnotes>"
    relations = "".join(
        f'<Relationship Id="r{kind}" Type="{REL}/{kind}" Target="{kind}.xml"/>' for kind in kinds
    )
    parts = {
        "_rels/.rels": f'<R><Relationship Type="{REL}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Type="{REL}/core-properties" Target="docProps/core.xml"/></R>',
        "docProps/core.xml": core or "<c/>",
        "word/document.xml": f"<w:document {names}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f"<R>{relations}</R>",
        **{f"word/{kind}.xml": text for kind, text in kinds.items()},
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def r(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(inside: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{inside}</w:p>"


def texts(body: str, notes: str = "", namespace: str = W) -> list[str]:
    return [block.text for block in read(word(body, notes, namespace)).blocks]


def field(instruction: str, result: str) -> str:
    def sign(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    said = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return sign("begin") + said + sign("separate") + result + sign("end")


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (r("a ") + f"<w:ins>{r('new')}</w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>", "a new"),
        (f"<w:moveTo>{r('here')}</w:moveTo><w:moveFrom>{r('there')}</w:moveFrom>", "here"),
        (f"<w:hyperlink>{r('a')}<w:ins>{r('b')}</w:ins></w:hyperlink>{r('c')}", "abc"),
        (f"<w:smartTag><w:smartTag>{r('沈阳')}</w:smartTag>{r('市')}</w:smartTag>{r('很冷')}", "沈阳市很冷"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{r('control')}</w:sdtContent></w:sdt>", "control"),
        (f'<w:fldSimple w:instr=" DATE ">{r("2021年")}</w:fldSimple>', "2021年"),
        (r("on page ") + field("PAGEREF x", r("7")), "on page 7"),
        (field("IF " + "x", r("yes")), "yes"),
        (
            "<w:r><w:ruby><w:rt>"
            + r("fú")
            + "</w:rt><w:rubyBase>"
            + r("涪")
            + "</w:rubyBase></w:ruby></w:r>",
            "涪",
        ),
        (r("5G") + "<w:r><w:noBreakHyphen/></w:r>" + r("based"), "5G-based"),
        (r("tour") + "<w:r><w:softHyphen/></w:r>" + r("ism"), "tourism"),
        (r("shown") + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>", "shown"),
        (r("shown") + '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>!</w:t></w:r>', "shown!"),
        (
            "<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath>",
            "a/b",
        ),
        (r("沈 阳 的 铁 西 区"), "沈阳的铁西区"),
        (r("tab") + "<w:r><w:tab/></w:r>" + r("ular"), "tab ular"),
        (r("沈阳的铁西区，") + "<w:r><w:br/></w:r>" + r("哈尔滨。"), "沈阳的铁西区，哈尔滨。"),
        (
            r("a") + '<w:commentRangeStart w:id="1"/>' + r("b") + '<w:r><w:commentReference w:id="1"/></w:r>',
            "ab",
        ),
    ],
)
def test_what_word_shows_is_read(inside: str, expected: str) -> None:
    assert texts(p(inside)) == [expected]
    assert texts(p(inside), namespace=STRICT) == [expected]


def test_whole_paragraphs_may_be_inserted_deleted_or_joined() -> None:
    ended = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + r("one, ") + "</w:p>"
    gone = (
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>"
    )
    control = f"<w:sdt><w:sdtContent>{p(r('last'))}</w:sdtContent></w:sdt>"
    body = f"<w:ins>{p(r('new'))}</w:ins>{ended}{p(r('two'))}{gone}{control}"
    assert texts(body) == ["new", "one, two", "last"]


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    box = f"<w:txbxContent>{p(r('boxed'))}</w:txbxContent>"
    ways = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    both = f"<mc:AlternateContent>{ways}</mc:AlternateContent>"
    assert texts(p(r("a ") + f"<w:r>{both}</w:r>" + r("b"))) == ["a b", "boxed"]


def test_notes_are_passages_with_their_mark() -> None:
    notes = (
        f'<w:footnote w:type="separator" w:id="0">{p(r("-"))}</w:footnote>'
        f'<w:footnote w:id="1">{p(r("First."))}</w:footnote>'
        f'<w:footnote w:id="2">{p(r("Second."))}</w:footnote>'
        f'<w:footnote w:id="3">{p(r("Lost."))}</w:footnote>'
    )
    mark = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    body = p(r("One") + mark.format(2) + r(", two") + mark.format(1) + r(".")) + p(r("Three."))
    assert texts(body, notes) == ["One, two.", "[1] Second.", "[2] First.", "Three.", "[3] Lost."]


def cell(inside: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def test_a_row_of_a_table_stays_a_row_and_merged_cells_count_once() -> None:
    body = table(
        cell(p(r("沈阳")), '<w:vMerge w:val="restart"/>') + cell(p(r("2020"))) + cell(p(r("902"))),
        cell(p(""), "<w:vMerge/>") + cell(p(r("2021"))) + cell(p(r("911"))),
        cell(p(r("both years")), '<w:gridSpan w:val="2"/>') + cell(p(r("1813"))),
    )
    assert texts(body) == ["沈阳 | 2020 | 902\n| 2021 | 911\nboth years | 1813"]


def test_a_table_that_frames_texts_is_none() -> None:
    inner = table(cell(p(r("a"))) + cell(p(r("b"))))
    assert texts(table(cell(p(r("framed")) + inner + p(r("text"))))) == ["framed", "a | b", "text"]


def test_a_table_of_contents_is_no_text() -> None:
    opened = "<w:p>" + field(' TOC \\o "1-3"', "")[: -len('<w:r><w:fldChar w:fldCharType="end"/></w:r>')]
    ended = p('<w:r><w:fldChar w:fldCharType="end"/></w:r>' + r("Text"))
    assert texts(opened + r("Chapter 1") + "</w:p>" + p(r("Chapter 2"), "C") + ended) == ["Text"]


def test_headings_are_told_by_style_or_outline() -> None:
    blocks = read(word(p(r("A"), "H") + p(r("B"), "Own") + p(r("C")))).blocks
    assert [(block.kind, block.level) for block in blocks] == [
        ("heading", 2),
        ("heading", 1),
        ("paragraph", 0),
    ]


def test_what_a_machine_wrote_into_the_properties_is_nobodys(tmp_path: Path) -> None:
    body = p(r("城市更新的问题"), "H") + p(r("沈阳的铁西区曾经有几十万工人，工厂一家挨着一家。"))

    def found(title: str, author: str) -> Document:
        core = f"<c xmlns:d='urn:d'><d:title>{title}</d:title><d:creator>{author}</d:creator></c>"
        path = tmp_path / "a.docx"
        path.write_bytes(word(body, core=core))
        return read_source(SourceFile("a.docx", path, 0, 0))

    assert (found("铁西区", "王小明").title, found("铁西区", "王小明").author) == ("铁西区", "王小明")
    for title, author in [
        ("Microsoft Word - x", "lenovo"),
        ("10811.exe", "微软用户"),
        ("幻灯片 1", "Administrator"),
    ]:
        assert (found(title, author).title, found(title, author).author) == ("城市更新的问题", "")


def test_a_field_that_draws_its_arguments_shows_their_text() -> None:
    reading = r'EQ \\* jc2 \\* "Font:宋体" \\* hps10 \\o\\ad(\\s\\up 9(fú),涪)'.replace("\\\\", "\\")

    def drawn(instruction: str) -> str:
        def sign(kind: str) -> str:
            return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

        middle = len(instruction) // 2  # Word writes it in several runs
        halves = (instruction[:middle], instruction[middle:])
        said = "".join(f"<w:r><w:instrText>{half}</w:instrText></w:r>" for half in halves)
        return sign("begin") + said.replace('"', "&quot;") + sign("end")

    assert texts(p(drawn(reading) + r("陵区"))) == ["涪陵区"]
    assert texts(p(r("盖") + drawn(r"EQ \o\ac(○,印)"))) == ["盖印"]
    assert texts(p(r("a") + drawn('TC "x"') + r("b"))) == ["ab"]


def test_a_last_paragraph_whose_end_was_deleted_is_read() -> None:
    ended = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + r("one") + "</w:p>"
    assert texts(ended) == ["one"]
    assert texts(ended + table(cell(p(r("x"))) + cell(p(r("y"))))) == ["one", "x | y"]


def test_notes_of_deleted_marks_and_cells_that_were_merged_or_deleted_are_out() -> None:
    notes = (
        f'<w:footnote w:id="1">{p(r("Kept."))}</w:footnote><w:footnote w:id="2">{p(r("Gone."))}</w:footnote>'
    )
    mark = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    body = p(f"<w:del>{mark.format(2)}</w:del><w:ins>{mark.format(1)}</w:ins>" + r("Text."))
    assert texts(body, notes) == ["Text.", "[1] Kept."]
    merged = cell(p(r("a")), '<w:hMerge w:val="restart"/>') + cell(p(""), "<w:hMerge/>") + cell(p(r("c")))
    assert texts(table(merged)) == ["a | c"]
    assert texts(table(cell(p(""), "<w:cellDel/>") + cell(p(r("b"))) + cell(p(r("c"))))) == ["b | c"]


def test_a_table_within_a_cell_leaves_the_rows_around_it_whole() -> None:
    inner = table(cell(p(r("x"))) + cell(p(r("y"))))
    rows = [cell(p(r(a))) + cell(p(r(b))) for a, b in (("city", "port"), ("Dalian", "yes"))]
    assert texts(table(*rows, cell(p(r("Yingkou"))) + cell(p(r("old")) + inner))) == [
        "city | port\nDalian | yes\nYingkou | old",
        "x | y",
    ]


def test_letters_drawn_as_a_picture_are_text() -> None:
    assert texts(p('<w:r><w:pict><shape><textpath string="东北振兴"/></shape></w:pict></w:r>')) == [
        "东北振兴"
    ]


@pytest.mark.parametrize(
    ("inside", "doubt"),
    [
        ("<w:r><w:drawing><graphic><pic/></graphic></w:drawing></w:r>", "pictures"),
        ("<w:r><w:pict><shape><imagedata/></shape></w:pict></w:r>", "pictures"),
        ("<w:r><w:drawing><graphic><chart/></graphic></w:drawing></w:r>", "charts"),
        ("<w:r><w:object><OLEObject ProgID='Equation.3'/></w:object></w:r>", "embedded"),
        ("<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e></m:sSup></m:oMath>", "formulas"),
    ],
)
def test_what_is_not_read_is_a_doubt(inside: str, doubt: str) -> None:
    (said,) = read(word(p(r("Text ") + inside))).doubts
    assert doubt in said
    assert said.endswith("1.")
    deleted = f"<w:del><w:r><w:delText>x</w:delText></w:r>{inside}</w:del>"
    assert read(word(p(r("Text ") + deleted))).doubts == []


def test_files_within_the_file_are_a_doubt() -> None:
    (said,) = read(word(p(r("Text.")) + "<w:altChunk/>")).doubts
    assert "1" in said


def test_a_diagram_is_read_behind_its_paragraph() -> None:
    made = io.BytesIO(
        word(
            p(
                r("Before ")
                + '<w:r><w:drawing><graphic><relIds xmlns:x="urn:x" x:dm="d1"/></graphic></w:drawing></w:r>'
            )
        )
    )
    data = (
        "<m><ptLst>" + "".join(f"<pt><t>{p(r(text))}</t></pt>" for text in ("钢铁", "汽车")) + "</ptLst></m>"
    )
    with zipfile.ZipFile(made) as old:
        parts = {name: old.read(name).decode() for name in old.namelist()}
    relation = f'<Relationship Id="d1" Type="{REL}/diagramData" Target="diagrams/data1.xml"/></R>'
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace("</R>", relation)
    parts["word/diagrams/data1.xml"] = data.replace("<m>", f'<m xmlns:w="{W}">')
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    found = read(whole.getvalue())
    assert [block.text for block in found.blocks] == ["Before", "钢铁", "汽车"]
    assert found.doubts == []
