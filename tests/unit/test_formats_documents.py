"""PDF, Word and EPUB."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from pypdfium2 import PdfiumError

from hubtui.core.errors import SourceError
from hubtui.ingest import Document, SourceFile, read_source
from hubtui.ingest.formats.pdf_layout import page_lines
from hubtui.ingest.formats.pdf_tables import Line

LINES = [
    "Harbin is quietly emerging as a significant player in the field",
    "of cloud computing, and its winters keep the machines cool, as the",
    "city's planners like to say.",
]


def document(tmp_path: Path, data: bytes, name: str) -> Document:
    path = tmp_path / name
    path.write_bytes(data)
    return read_source(SourceFile(name, path, 0, 0))


def texts(found: Document) -> list[str]:
    return [passage.text for passage in found.passages]


def pdf(pages: Sequence[str], info: str = "", encrypt: str = "") -> bytes:
    """Make a PDF whose pages have these content streams."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for n, content in enumerate(pages):
        resources = "/Resources<</Font<</F1 3 0 R>>>>/MediaBox[0 0 595 842]"
        objects.append(f"<</Type/Page/Parent 2 0 R{resources}/Contents {5 + 2 * n} 0 R>>")
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
    objects.append(f"<<{info}>>")
    data, offsets = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj{text}endobj\n".encode("latin-1")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    trailer = f"<</Size {size}/Root 1 0 R/Info {size - 1} 0 R{encrypt}>>\nstartxref\n{len(data)}\n%%EOF"
    return data + f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer{trailer}".encode("latin-1")


def lines(texts: Sequence[str], top: int = 780, size: int = 11) -> str:
    return "\n".join(
        f"BT /F1 {size} Tf 72 {top - 14 * n} Td ({text}) Tj ET" for n, text in enumerate(texts) if text
    )


def test_lines_of_a_pdf_are_joined_and_know_their_page(tmp_path: Path) -> None:
    pages = [
        lines(["The cloud of Harbin"], 810, 22) + "\n" + lines([*LINES, "", *LINES]),
        lines([*LINES]),
    ]
    found = document(tmp_path, pdf(pages), "a.pdf")
    assert found.title == "The cloud of Harbin"
    assert texts(found) == [" ".join(LINES)] * 3
    assert [passage.page for passage in found.passages] == [1, 1, 2]


def test_a_paragraph_goes_on_over_the_page(tmp_path: Path) -> None:
    found = document(tmp_path, pdf([lines(LINES[:2]), lines(LINES[2:])]), "a.pdf")
    assert texts(found) == [" ".join(LINES)]


def test_running_headers_and_page_numbers_go(tmp_path: Path) -> None:
    texts_of_pages = [
        [f"{word} {LINES[0]}", *LINES[1:2], f"{word} end."] for word in ("One", "Two", "Three", "Four")
    ]
    pages = [
        "\n".join((lines([f"Annual report {n}"], 820), lines(page), lines([f"Page {n} of 4"], 40)))
        for n, page in enumerate(texts_of_pages, 1)
    ]
    assert texts(document(tmp_path, pdf(pages), "a.pdf")) == [" ".join(page) for page in texts_of_pages]


def at(x: float, y: float, text: str, size: int = 11) -> str:
    return f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET"


HYPHENS = [
    ["Harbin has become a centre of winter tour-", "ism, and hotels were full, accord-"],
    ["ing to the bureau. The state-", "owned carriers added flights; self-"],
    ["employed drivers in 5G-", "based fleets earned more than be-", "fore the slump, and Sino-"],
    ["Russian trade grew, a mid-", "winter boom. In midwinter, all was full."],
]
WHOLE = (
    "Harbin has become a centre of winter tourism, and hotels were full, according to the bureau."
    " The state-owned carriers added flights; self-employed drivers in 5G-based fleets earned more"
    " than before the slump, and Sino-Russian trade grew, a midwinter boom. In midwinter, all was full."
)


def test_words_that_line_ends_cut_are_whole_over_lines_and_pages(tmp_path: Path) -> None:
    one = document(tmp_path, pdf([lines([line for part in HYPHENS for line in part])]), "a.pdf")
    assert texts(one) == [WHOLE]
    pages = [lines(HYPHENS[0] + HYPHENS[1], 700), lines(HYPHENS[2] + HYPHENS[3], 700)]
    assert texts(document(tmp_path, pdf(pages), "b.pdf")) == [WHOLE]


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = [
        "The steel works of the old town",
        "closed one after the other, and",
        "the halls stand empty now.",
    ]
    right = [
        "Hotels by the river were full in",
        "the winter, and the trains as well",
        "brought visitors in from afar.",
    ]
    rows = [
        at(60, 700 - 14 * n, a) + "\n" + at(320, 700 - 14 * n, b)
        for n, (a, b) in enumerate(zip(left, right, strict=True))
    ]
    assert texts(document(tmp_path, pdf(["\n".join(rows)]), "a.pdf")) == [" ".join(left), " ".join(right)]


def test_a_row_of_a_table_stays_a_row(tmp_path: Path) -> None:
    rows = [["City", "2020", "2021"], ["Shenyang", "902", "911"], ["Changchun", "906", "908"]]
    drawn = [at(72 + 120 * m, 600 - 16 * n, cell) for n, row in enumerate(rows) for m, cell in enumerate(row)]
    page = lines(LINES) + "\n" + "\n".join(drawn)
    assert texts(document(tmp_path, pdf([page]), "a.pdf")) == [
        " ".join(LINES),
        "City | 2020 | 2021\nShenyang | 902 | 911\nChangchun | 906 | 908",
    ]


WRAPPED = [
    [["City"], ["Main sector"], ["Note"]],
    [["Shenyang"], ["Machine building", "and heavy industry"], ["Largest city"]],
    [["Changchun"], ["Cars"], ["Home of the first", "car works of the", "country"]],
    [["Harbin"], ["Winter tourism and", "aircraft"], [""]],
]


WHOLE_ROWS = [
    "City | Main sector | Note",
    "Shenyang | Machine building and heavy industry | Largest city",
    "Changchun | Cars | Home of the first car works of the country",
    "Harbin | Winter tourism and aircraft |",
]


def wrapped_table(*, by_cell: bool, middle: bool = False, between: int = 6) -> str:
    """Draw WRAPPED cell by cell or line by line, each cell at the top or in the middle of its row."""
    top, drawn = 600.0, list[str]()
    for row in WRAPPED:
        most = max(map(len, row))
        places = [
            (n, x, top - 13 * (n + (most - len(cell)) / 2 * middle), line)
            for x, cell in zip((72, 200, 360), row, strict=True)
            for n, line in enumerate(cell)
        ]
        places.sort(key=lambda place: 0 if by_cell else place[0])
        drawn += [f"BT /F1 11 Tf {x} {y} Td ({line}) Tj ET" for _n, x, y, line in places if line]
        top -= 13 * most + between
    return "\n".join(drawn)


@pytest.mark.parametrize(
    "drawn",
    [
        wrapped_table(by_cell=True),
        wrapped_table(by_cell=True, between=0),
        wrapped_table(by_cell=True, middle=True),
        wrapped_table(by_cell=False),
    ],
    ids=["by cells", "tight", "in the middle", "by lines"],
)
def test_a_row_with_wrapped_cells_stays_a_row(tmp_path: Path, drawn: str) -> None:
    page = lines(LINES) + "\n" + drawn + "\n" + lines(LINES, 420)
    assert texts(document(tmp_path, pdf([page]), "a.pdf")) == [
        " ".join(LINES),
        "\n".join(WHOLE_ROWS),
        " ".join(LINES),
    ]


def test_columns_below_two_running_heads_are_no_table(tmp_path: Path) -> None:
    head = at(60, 730, "City Review") + "\n" + at(320, 730, "Spring Number")
    columns = [
        "\n".join(at(x, 700 - 14 * n, f"{line} {LINES[n % 3][:20]}") for n, line in enumerate("abcdef"))
        for x in (60, 320)
    ]
    found = texts(document(tmp_path, pdf(["\n".join([head, *columns])]), "a.pdf"))
    assert not [text for text in found if "|" in text and "Harbin" in text]


def test_a_row_keeps_its_empty_cells(tmp_path: Path) -> None:
    rows = [["City", "2020", "2021"], ["Shenyang", "", "911"], ["Harbin", "9", ""]]
    drawn = [
        at(72 + 120 * m, 600 - 16 * n, cell)
        for n, row in enumerate(rows)
        for m, cell in enumerate(row)
        if cell
    ]
    found = texts(document(tmp_path, pdf([lines(LINES) + "\n" + "\n".join(drawn)]), "a.pdf"))
    assert found[1] == "City | 2020 | 2021\nShenyang |  | 911\nHarbin | 9 |"


def test_glyphs_drawn_twice_at_one_place_count_once(tmp_path: Path) -> None:
    once = lines(LINES)
    assert texts(document(tmp_path, pdf([once + "\n" + once]), "a.pdf")) == [" ".join(LINES)]
    shadowed = "\n".join(
        f"{at(72, 780 - 14 * n, line)}\n{at(72.4, 780 - 14 * n, line)}" for n, line in enumerate(LINES)
    )
    assert texts(document(tmp_path, pdf([shadowed]), "b.pdf")) == [" ".join(LINES)]
    doubled = "BT /F1 11 Tf 72 700 Td (H) Tj 0 0 Td (H) Tj 9 0 Td (alloo, the committee saw all that.) Tj ET"
    assert texts(document(tmp_path, pdf([doubled]), "c.pdf")) == ["Halloo, the committee saw all that."]


def test_line_numbers_and_watermarks_go(tmp_path: Path) -> None:
    body = [*LINES[:2], *LINES[:2], *LINES]
    numbers = "\n".join(at(50, 780 - 14 * n, str(n + 1)) for n in range(len(body)))
    beside = "\n".join(
        f"{at(50, 780 - 14 * n, str(n + 1))}\n{at(66, 780 - 14 * n, line)}" for n, line in enumerate(body)
    )
    assert texts(document(tmp_path, pdf([beside]), "near.pdf")) == texts(
        document(tmp_path, pdf([lines(body)]), "0.pdf")
    )
    mark = "BT /F1 40 Tf 0.7 0.7 -0.7 0.7 100 500 Tm (DRAFT COPY) Tj ET"
    found = document(tmp_path, pdf([f"{mark}\n{lines(body)}\n{numbers}"]), "a.pdf")
    assert (found.title, texts(found)) == ("", [" ".join(body)])


def test_a_document_of_one_line_is_a_document(tmp_path: Path) -> None:
    assert texts(document(tmp_path, pdf([lines(["Harbin has a new port"])]), "a.pdf")) == [
        "Harbin has a new port"
    ]


def test_properties_of_a_pdf(tmp_path: Path) -> None:
    found = document(tmp_path, pdf([lines(LINES)], "/Title(The cloud)/Author(Jane Doe)"), "a.pdf")
    assert (found.title, found.author, found.date) == ("The cloud", "Jane Doe", "")
    found = document(tmp_path, pdf([lines(LINES)], "/Title(Microsoft Word - a.docx)/Author(admin)"), "b.pdf")
    assert (found.title, found.author) == ("", "")


def test_a_pdf_without_text_names_ocr(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="pictures") as caught:
        document(tmp_path, pdf(["0 0 595 842 re f"]), "a.pdf")
    assert "OCR" in caught.value.remedy


def test_an_encrypted_pdf(tmp_path: Path) -> None:
    key = "00" * 32
    encrypt = f"/Encrypt<</Filter/Standard/V 1/R 2/O<{key}>/U<{key}>/P -4>>/ID[<{key}><{key}>]"
    with pytest.raises(SourceError, match="encrypted"):
        document(tmp_path, pdf([lines(LINES)], encrypt=encrypt), "a.pdf")


@pytest.mark.parametrize("data", [b"%PDF-1.4\nnothing else", pdf([lines(LINES)])[:200]])
def test_a_damaged_pdf(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(SourceError, match="damaged"):
        document(tmp_path, data, "a.pdf")


@pytest.mark.parametrize("fault", [OverflowError, ValueError, PdfiumError])
def test_a_damaged_page_costs_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: type[Exception]
) -> None:
    def read_page(page: object, number: int) -> list[Line]:
        if number == 2:
            raise fault("damaged")
        return page_lines(page, number)

    monkeypatch.setattr("hubtui.ingest.formats.pdf.page_lines", read_page)
    found = document(tmp_path, pdf([lines(LINES), lines(LINES[::-1]), lines(LINES)]), "a.pdf")
    assert {passage.page for passage in found.passages} == {1, 3}
    assert [doubt for doubt in found.doubts if "left out: 2." in doubt]


def test_what_a_library_does_not_understand_is_no_fault_of_hubtuis(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_data: bytes) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("hubtui.ingest.formats.pdf._open", fail)
    with pytest.raises(SourceError, match="damaged, or written in an unusual way") as error:
        document(tmp_path, pdf([lines(LINES)]), "a.pdf")
    assert "report" not in error.value.remedy


def test_a_pdf_by_another_name_is_read(tmp_path: Path) -> None:
    assert texts(document(tmp_path, pdf([lines(LINES)]), "a.txt")) == [" ".join(LINES)]


def word() -> bytes:
    made = docx.Document()
    made.core_properties.title = "The cloud"
    made.core_properties.author = "Jane Doe"
    made.add_heading("The cloud", 1)
    made.add_paragraph(" ".join(LINES))
    made.add_heading("The plan", 2)
    made.add_paragraph("first the network", style="List Bullet")
    made.add_paragraph("as the mayor said", style="Quote")
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Harbin", "cloud"
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def test_a_word_document(tmp_path: Path) -> None:
    found = document(tmp_path, word(), "a.docx")
    assert (found.title, found.author, found.date) == ("The cloud", "Jane Doe", "")
    assert [(passage.kind, passage.text, passage.section) for passage in found.passages] == [
        ("paragraph", " ".join(LINES), ""),
        ("heading", "The plan", "The plan"),
        ("list item", "first the network", "The plan"),
        ("quote", "as the mayor said", "The plan"),
        ("table", "Harbin | cloud", "The plan"),
    ]


def archive(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize("name", ["a.docx", "a.epub"])
@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"no zip at all", "is no"),
        (b"PK\x03\x04" + bytes(50), "is no"),
        (archive({"a.txt": b"x"}), "has no part"),
        (archive({"word/document.xml": b"<", "META-INF/container.xml": b"<"}), "damaged"),
    ],
    ids=["no zip", "a torn zip", "another zip", "broken parts"],  # a zip holds the time it was made
)
def test_a_zip_of_something_else(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        document(tmp_path, data, name)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a.docx", "a.epub"])
def test_a_bomb_is_not_unpacked(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match="unpack to more"):
        document(tmp_path, archive({"word/document.xml": bytes(300 * 1024 * 1024)}), name)


CONTAINER = b'<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>
<dc:title>The cloud</dc:title><dc:creator>Jane Doe</dc:creator><dc:creator>Li Na</dc:creator>
<dc:publisher>Example Press</dc:publisher><dc:date>2018-06</dc:date><dc:language>en</dc:language></metadata>
<manifest><item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="b" href="b%20c.xhtml" media-type="application/xhtml+xml"/>
<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/></spine></package>"""


def chapter(heading: str) -> bytes:
    body = f"<h2>{heading}</h2><p>{' '.join(LINES)}</p>"
    return f"<html><head><title>x</title></head><body>{body}</body></html>".encode()


def book(**parts: bytes) -> bytes:
    return archive(
        {
            "mimetype": b"application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OEBPS/book.opf": PACKAGE.encode(),
            "OEBPS/nav.xhtml": chapter("Contents"),
            "OEBPS/a.xhtml": chapter("One"),
            "OEBPS/b c.xhtml": chapter("Two"),
        }
        | parts
    )


def test_a_book_in_the_order_of_its_spine(tmp_path: Path) -> None:
    found = document(tmp_path, book(), "a.epub")
    assert (found.title, found.author, found.publisher) == ("The cloud", "Jane Doe; Li Na", "Example Press")
    assert (found.date, found.language) == ("2018-06", "en")
    assert [passage.section for passage in found.passages if passage.kind == "paragraph"] == ["One", "Two"]


def test_entities_in_a_book_are_not_expanded(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE package [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><package>&b;</package>'
    with pytest.raises(SourceError, match="entities"):
        document(tmp_path, book(**{"OEBPS/book.opf": bomb}), "a.epub")


def test_a_lost_chapter_costs_itself(tmp_path: Path) -> None:
    parts = {"OEBPS/other.opf": PACKAGE.replace("a.xhtml", "lost.xhtml").encode()}
    container = CONTAINER.replace(b"book.opf", b"other.opf")
    found = document(tmp_path, book(**parts, **{"META-INF/container.xml": container}), "a.epub")
    assert [passage.section for passage in found.passages if passage.kind == "paragraph"] == ["Two"]
    assert [doubt for doubt in found.doubts if "left out: lost.xhtml." in doubt]


def test_what_a_book_shows_and_hubtui_does_not_read_is_a_doubt(tmp_path: Path) -> None:
    shown = b'<img src="a.png"/><img alt="" src="b.png"/><img alt="Map" src="c.png"/><math><mi>x</mi></math>'
    page = chapter("One").replace(b"</body>", b"<p>" + shown + b"</p></body>")
    found = document(tmp_path, book(**{"OEBPS/a.xhtml": page}), "a.epub")
    assert [doubt.rpartition(" ")[2] for doubt in found.doubts] == ["2.", "1."]


PICTURE = "q {} 0 0 {} 72 100 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q"


def test_pictures_of_a_pdf_are_doubts(tmp_path: Path) -> None:
    pages = [lines(LINES) + "\n" + PICTURE.format(400, 300), PICTURE.format(500, 700), lines(LINES[:1])]
    found = document(tmp_path, pdf(pages), "a.pdf")
    assert [doubt for doubt in found.doubts if "are pictures" in doubt and "2" in doubt]
    assert [doubt for doubt in found.doubts if doubt.endswith("read: 1.")]
    logo = lines(LINES) + "\n" + PICTURE.format(60, 40)
    assert document(tmp_path, pdf([logo, ""]), "b.pdf").doubts == ()
