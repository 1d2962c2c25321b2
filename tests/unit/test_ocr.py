"""Pictures of text: how what OCR recognises becomes passages, and what happens where there is no OCR."""

import io
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hubtui import Library
from hubtui.core.errors import SourceError, UnconfirmedSourceError, UnrecognisedSourceError
from hubtui.index.store import Due, how_much_is_due
from hubtui.ingest import Document, SourceFile, ocr, read_source, scan, workers
from hubtui.ingest.formats import recognised
from hubtui.ingest.ocr import RecognisedLine, RecognisedPage, Recogniser
from hubtui.ingest.ocr_tesseract import TesseractRecogniser

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

WIDTH, HEIGHT = 1000, 1400
PROSE = [
    "Harbin is quietly emerging as a significant player in the field of cloud",
    "computing, experts say. The city keeps the cost of cooling low, and the prov-",
    "incial government offers tax breaks to state-owned companies there.",
]
CHINESE = [
    "哈尔滨市人民政府近日印发意见，提出到二〇二五年，全市数字经济核心",
    "产业增加值占地区生产总值比重达到百分之十。",
]


def page(*lines: RecognisedLine) -> RecognisedPage:
    return RecognisedPage(tuple(lines), WIDTH, HEIGHT)


def column(
    texts: Sequence[str], left: float = 100, right: float = 900, top: float = 100, sure: float = 0.95
) -> list[RecognisedLine]:
    """Return lines that fill a column but for the last."""
    return [
        RecognisedLine(
            text,
            left,
            top + 40 * n,
            right if n < len(texts) - 1 else (left + right) / 2,
            top + 40 * n + 28,
            sure,
        )
        for n, text in enumerate(texts)
    ]


class FakeRecogniser:
    """Recognises on each picture that it is given the next of some pages."""

    name = "Fake"

    def __init__(self, *pages: RecognisedPage) -> None:
        self.left = list(pages)

    def recognise(self, image: object) -> RecognisedPage:
        assert getattr(image, "shape")[2] == 3  # noqa: B009  # no array for the types
        return self.left.pop(0)

    def pages(self, _data: bytes) -> Iterator[RecognisedPage]:
        yield from self.left


IMAGE = (
    b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
    b" /Length 1 >>\nstream\n\x80\nendstream"
)


def pdf(contents: Sequence[str]) -> bytes:
    """Return a PDF whose pages may show text in /F1 and the picture /I."""
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        IMAGE,
    ]
    for n, content in enumerate(contents):
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * n} 0 R"
            f" /Resources << /Font << /F1 3 0 R >> /XObject << /I 4 0 R >> >> >>".encode(),
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream".encode(),
        ]
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    out.write(b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, rows))
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


def text(*lines: str) -> str:
    return "\n".join(
        f"BT /F1 12 Tf 1 0 0 1 60 {780 - 15 * n} Tm ({line}) Tj ET" for n, line in enumerate(lines)
    )


PICTURE = "q 595 0 0 842 0 0 cm /I Do Q"
TYPED = ["Shenyang opens a park for software companies, the city government said on Monday."]


def read(tmp_path: Path, data: bytes, recogniser: Recogniser | None = None, name: str = "a.pdf") -> Document:
    path = tmp_path / name
    path.write_bytes(data)
    return read_source(SourceFile(name, path, len(data), 0), recogniser)


def texts(document: Document) -> list[str]:
    return [passage.text for passage in document.passages]


def test_recognised_lines_become_paragraphs_of_their_page(tmp_path: Path) -> None:
    pages = page(*column(PROSE)), page(*column(CHINESE))
    found = read(tmp_path, pdf([PICTURE, PICTURE]), FakeRecogniser(*pages))
    whole = " ".join(PROSE).replace("prov- incial", "provincial")
    assert texts(found) == [whole, "".join(CHINESE)]
    assert [passage.page for passage in found.passages] == [1, 2]
    assert not found.unrecognised
    assert found.doubts == ("Read by OCR (Fake, 95% sure), pages: 1–2. Check quotations against the file.",)


def test_columns_are_read_one_after_the_other_whatever_the_order_of_their_lines(tmp_path: Path) -> None:
    left = [
        "the first column says what the",
        "city has planned for the next",
        "five years and the costs of it",
    ]
    right = [
        "the second column names whom",
        "the province has asked to come",
        "and what they have answered it",
    ]
    lines = [*column([*left, "all."], 60, 480), *column([*right, "so."], 540, 960)]
    lines.sort(key=lambda line: (line.top, line.left))
    found = read(tmp_path, pdf([PICTURE]), FakeRecogniser(page(*lines)))
    assert " ".join(texts(found)) == " ".join([*left, "all.", *right, "so."])


def test_a_line_in_pieces_is_one_line_and_a_slant_changes_no_order(tmp_path: Path) -> None:
    lines = []
    for n, line in enumerate(PROSE):
        half = line.index(" ", 20)
        top = 100.0 + 40 * n
        lines.append(RecognisedLine(line[half + 1 :], 500, top - 3, 900, top + 23, 0.9))
        lines.append(RecognisedLine(line[:half], 100, top + 3, 490, top + 33, 0.9))
    found = read(tmp_path, pdf([PICTURE]), FakeRecogniser(page(*lines)))
    assert texts(found) == [" ".join(PROSE).replace("prov- incial", "provincial")]


def test_a_line_that_ends_a_sentence_is_no_heading_however_high_it_is(tmp_path: Path) -> None:
    first, last = column(CHINESE)
    high = replace(last, top=last.top - 10, bottom=last.bottom + 10)
    title = RecognisedLine("哈尔滨的云计算", 300, 20, 700, 80, 0.9)
    found = read(tmp_path, pdf([PICTURE]), FakeRecogniser(page(title, first, high)))
    assert [(passage.kind, passage.text) for passage in found.passages][-1] == ("paragraph", "".join(CHINESE))
    assert "哈尔滨的云计算" in (found.passages[0].text, found.title)


def test_lines_that_are_too_unsure_are_left_out_and_counted(tmp_path: Path) -> None:
    junk = RecognisedLine("cons o o n es", 100, 400, 800, 428, 0.31)
    pages = page(*column(PROSE), junk), page(*column(CHINESE, sure=0.7))
    found = read(tmp_path, pdf([PICTURE, PICTURE]), FakeRecogniser(*pages))
    assert "cons" not in " ".join(texts(found))
    assert "least sure of these pages: 2 (70%)" in " ".join(found.doubts)
    assert "left out: 1, on pages: 1" in " ".join(found.doubts)


def test_only_the_pages_that_are_pictures_are_recognised(tmp_path: Path) -> None:
    data = pdf([text(*TYPED), PICTURE, f"{PICTURE}\n{text('Scanned by the city archive')}", text(*TYPED)])
    recogniser = FakeRecogniser(page(*column(PROSE)), page(*column(CHINESE)))
    found = read(tmp_path, data, recogniser)
    assert recogniser.left == []
    assert [passage.page for passage in found.passages] == [1, 2, 3, 4]
    assert "pages: 2–3" in found.doubts[0]


def test_the_text_of_a_page_stays_where_ocr_finds_hardly_more(tmp_path: Path) -> None:
    shown = RecognisedLine("Shenyang opens a pork", 100, 100, 900, 128, 0.8)
    found = read(tmp_path, pdf([f"{PICTURE}\n{text(*TYPED)}"]), FakeRecogniser(page(shown)))
    assert texts(found) == TYPED
    assert found.doubts == ()


def test_a_pdf_of_both_has_its_text_without_ocr_and_says_what_it_lacks(tmp_path: Path) -> None:
    found = read(tmp_path, pdf([text(*TYPED), PICTURE]))
    assert texts(found) == TYPED
    assert found.unrecognised
    assert "left out: 2" in found.doubts[0]
    assert "hubtui[ocr]" in found.doubts[0]


@pytest.mark.parametrize("name", ["a.pdf", "a.png", "a.JPG", "a.tif", "a.webp"])
def test_pictures_without_ocr_name_the_extra(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnrecognisedSourceError) as caught:
        read(tmp_path, pdf([PICTURE]) if name == "a.pdf" else b"\x89PNG", name=name)
    assert "hubtui[ocr]" in caught.value.remedy


def test_a_picture_is_read_page_by_page(tmp_path: Path) -> None:
    pages = page(*column(PROSE)), page(*column(CHINESE))
    found = read(tmp_path, b"II*\0", FakeRecogniser(*pages), "a.tif")
    assert [passage.page for passage in found.passages] == [1, 2]
    assert texts(found)[1] == "".join(CHINESE)


@pytest.mark.parametrize("name", ["a.pdf", "a.png"])
def test_pictures_in_which_no_text_is_found(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match="no text") as caught:
        read(tmp_path, pdf([PICTURE]), FakeRecogniser(page()), name)
    assert not isinstance(caught.value, UnrecognisedSourceError)


def test_pages_for_which_no_time_is_left_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recogniser = FakeRecogniser(page(*column(PROSE)))

    def recognise(_image: object) -> RecognisedPage:
        monkeypatch.setattr(recognised, "SECONDS", 0.0)
        return page(*column(PROSE))

    monkeypatch.setattr(recogniser, "recognise", recognise)
    monkeypatch.setattr(recognised, "SECONDS", float("inf"))
    found = read(tmp_path, pdf([PICTURE] * 4), recogniser)
    assert {passage.page for passage in found.passages} == {1}
    assert "left out: 2–4" in found.doubts[-1]


def test_ranges_of_pages() -> None:
    assert recognised.ranges([5, 1, 2, 3]) == "1–3, 5"
    assert recognised.ranges(range(1, 100, 2)).endswith("19…")


# What follows syncs a library; the processes that read find the fake in a module of the test's folder.

ENGINE = """
from hubtui.ingest.ocr import RecognisedLine, RecognisedPage

class Fake:
    name = "Fake"
    def recognise(self, image):
        lines = [RecognisedLine("Harbin has a new port on the river.", 100, 100, 900, 130, 0.9)]
        return RecognisedPage(tuple(lines), 1000, 1400)
    def pages(self, data):
        if data == b"blank":
            yield RecognisedPage((), 1000, 1400)
        else:
            yield self.recognise(None)
"""


class Engine:
    """Says whether there is OCR, in this process; what reads by OCR is a fake, in this process too."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.there = False
        scope: dict[str, type] = {}
        exec(ENGINE, scope)  # noqa: S102  # the text above
        monkeypatch.setattr(ocr, "engine", lambda: "Fake" if self.there else "")
        monkeypatch.setattr("hubtui.index.sync.engine", lambda: "Fake" if self.there else "")
        monkeypatch.setattr(workers, "recogniser", scope["Fake"])
        whole = workers.read_many

        def read_many(files: Sequence[SourceFile], then: workers.Then[object], **options: object) -> object:
            self.asked.append((bool(options.get("recognising")), [file.path for file in files]))
            if not options.get("recognising"):
                return whole(files, then, processes=0)
            return self.recognise(files, then, options["cancelled"])

        self.asked: list[tuple[bool, list[str]]] = []
        self.meanwhile: Callable[[], object] = lambda: None
        monkeypatch.setattr("hubtui.index.sync.read_many", read_many)

    def recognise(
        self, files: Sequence[SourceFile], then: workers.Then[object], cancelled: object
    ) -> Iterator[tuple[SourceFile, object]]:
        assert callable(cancelled)
        for file in files:
            self.meanwhile()
            if cancelled():
                return
            yield file, workers.attempt(file, then, recognising=True)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    return Engine(monkeypatch)


def test_what_needs_ocr_is_read_after_all_else(make_library: MakeLibrary, engine: Engine) -> None:
    engine.there = True
    library = make_library({"a.png": b"\x89PNG", "b.pdf": pdf([PICTURE]), "c.txt": "Shenyang grows."})
    report = library.sync()
    assert (report.added, report.updated, report.problems) == (3, 0, ())
    assert engine.asked == [(False, ["a.png", "b.pdf", "c.txt"]), (True, ["a.png", "b.pdf"])]
    assert {source.path for source in library.sources()} == {"a.png", "b.pdf", "c.txt"}
    assert library.sync().unchanged == 3
    assert len(engine.asked) == 2
    (hit, *_others) = library.search("port source:b.pdf").hits
    assert (hit.passage.page, hit.source.doubts[0][:18]) == (1, "Read by OCR (Fake,")


def test_without_ocr_pictures_wait_for_it_and_make_no_work(make_library: MakeLibrary, engine: Engine) -> None:
    both = pdf([text(*TYPED), PICTURE])
    library = make_library({"a.png": b"\x89PNG", "b.pdf": pdf([PICTURE]), "c.pdf": both})
    assert [problem.path for problem in library.sync().problems] == ["a.png", "b.pdf"]
    store = library._opened.store()
    assert how_much_is_due(scan(library.paths.seeds), store) is Due.NOTHING
    assert len(library.sync().problems) == 2
    assert len(engine.asked) == 1
    engine.there = True
    assert how_much_is_due(scan(library.paths.seeds), store) is Due.MUCH
    report = library.sync()
    assert (report.added, report.updated, report.unchanged, report.problems) == (2, 1, 0, ())
    assert library.search("port source:c.pdf").total == 1
    assert library.search("software source:c.pdf").total == 1
    engine.there = False
    assert (library.sync().unchanged, library.sync().problems) == (3, ())


def test_a_picture_that_waits_is_tried_when_it_has_changed(make_library: MakeLibrary, engine: Engine) -> None:
    library = make_library({"b.pdf": pdf([PICTURE])})
    library.sync()
    (library.paths.seeds / "b.pdf").write_bytes(pdf([text(*TYPED)]))
    report = library.sync()
    assert (report.added, report.problems) == (1, ())
    assert engine.asked[-1] == (False, ["b.pdf"])


def test_a_picture_without_text_is_tried_once(make_library: MakeLibrary, engine: Engine) -> None:
    engine.there = True
    library = make_library({"a.png": b"blank", "c.txt": "Shenyang grows."})
    (problem,) = library.sync().problems
    assert "no text" in problem.message
    assert library.sync().problems == (problem,)
    assert len(engine.asked) == 2


def test_what_changes_during_ocr_does_not_wait_for_it(
    make_library: MakeLibrary, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.there = True
    monkeypatch.setattr("hubtui.index.sync._LOOK", -1.0)
    library = make_library(
        {"a.png": b"one", "b.png": b"two", "c.txt": "Shenyang grows.", "d.txt": "Changchun."}
    )
    seeds = library.paths.seeds
    seen: list[set[str]] = []

    def change() -> None:
        if seen:
            seen.append({source.path for source in library.sources()})
            return
        seen.append(set())
        (seeds / "new.txt").write_text("Dalian builds ships.")
        (seeds / "b.png").write_bytes(b"another picture")
        (seeds / "d.txt").unlink()

    engine.meanwhile = change
    report = library.sync()
    assert "new.txt" in seen[1]
    assert "d.txt" not in seen[1]
    assert {source.path for source in library.sources()} == {"a.png", "b.png", "c.txt", "new.txt"}
    assert report.problems == ()
    assert library.sync().unchanged == 4


def test_a_cancelled_sync_has_read_what_needs_no_ocr(make_library: MakeLibrary, engine: Engine) -> None:
    engine.there = True
    library = make_library({"a.png": b"one", "c.txt": "Shenyang grows."})
    cancelled = threading.Event()
    engine.meanwhile = cancelled.set
    library.sync(cancelled=cancelled.is_set)
    assert [source.path for source in library.sources()] == ["c.txt"]
    engine.meanwhile = lambda: None
    assert library.sync().added == 1


def test_what_a_stranger_read_by_ocr_is_not_quoted_and_stays(
    make_library: MakeLibrary, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.there = True
    library = make_library({"a.png": b"one"})
    library.sync()
    (source,) = library.sources()
    monkeypatch.setattr("hubtui.index.store.is_noted", lambda *_: False)
    with pytest.raises(UnconfirmedSourceError) as caught:
        library.confirm([source.id])
    assert "--rebuild" in caught.value.remedy
    assert len(library.sources()) == 1


# Tesseract's table, and the real thing where it is installed.

TABLE = """level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext
1\t1\t0\t0\t0\t0\t0\t0\t1000\t1400\t-1\t
4\t1\t1\t1\t1\t0\t100\t100\t500\t40\t-1\t
5\t1\t1\t1\t1\t1\t100\t100\t80\t30\t90\t云
5\t1\t1\t1\t1\t2\t190\t104\t80\t30\t80\t计算
5\t1\t1\t1\t2\t1\t100\t150\t80\t30\t50\tcloud
5\t1\t1\t1\t2\t2\t190\t150\t80\t30\t70\t"port
1\t2\t0\t0\t0\t0\t0\t0\t800\t600\t-1\t
"""


def test_tesseracts_words_are_joined_to_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hubtui.ingest.ocr_tesseract.languages", lambda: ("eng",))
    monkeypatch.setattr("hubtui.ingest.ocr_tesseract._run", lambda *_: TABLE)
    first, second = TesseractRecogniser().pages(b"")
    assert [line.text for line in first.lines] == ["云计算", 'cloud "port']
    assert first.lines[0].confidence == pytest.approx((90 + 2 * 80) / 300)
    assert (first.lines[0].left, first.lines[0].right) == (100, 270)
    assert (first.width, first.height, second.lines) == (1000, 1400, ())


def test_of_two_readings_the_surer_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = {"chi_sim": TABLE, "chi_tra": TABLE.replace("云", "雲").replace("\t80\t计", "\t99\t計")}
    monkeypatch.setattr("hubtui.ingest.ocr_tesseract.languages", lambda: tuple(tables))
    monkeypatch.setattr("hubtui.ingest.ocr_tesseract._run", lambda _data, language: tables[language])
    assert next(TesseractRecogniser().pages(b"")).lines[0].text == "雲計算"


FONTS = [
    path
    for path in (
        "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    )
    if Path(path).exists()
]


SHOWN = ["哈尔滨的云计算产业发展迅速，", "政府提供税收优惠。", "Harbin offers tax breaks to companies."]


@pytest.fixture
def sheet() -> Any:
    """A picture of a page, where RapidOCR and a font with Chinese characters are installed."""
    pytest.importorskip("rapidocr")
    pytest.importorskip("onnxruntime")
    if not FONTS:
        pytest.skip("no font with Chinese characters")
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.truetype(FONTS[0], 36)
    picture = Image.new("RGB", (1000, 420), "white")
    draw = ImageDraw.Draw(picture)
    for n, line in enumerate(SHOWN):
        draw.text((80, 80 + 60 * n), line, font=font, fill="black")
    return picture


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "turned"),
    [("a.pdf", 0), ("a.pdf", 90), ("a.pdf", 180), ("a.png", 0), ("a.jpg", 0), ("a.webp", 0)],
)
def test_a_real_page_in_chinese_and_english(tmp_path: Path, sheet: Any, name: str, turned: int) -> None:
    path = tmp_path / name
    sheet.rotate(turned, expand=True).save(path)
    found = read_source(SourceFile(name, path, path.stat().st_size, 0), ocr.recogniser())
    whole = "".join(texts(found)).replace(" ", "")
    assert "哈尔滨的云计算产业发展迅速" in whole
    assert "Harbinofferstaxbreakstocompanies" in whole
    assert "RapidOCR, 9" in found.doubts[0] or "RapidOCR, 100%" in found.doubts[0]


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")
def test_ocr_uses_no_network_and_keeps_no_files(tmp_path: Path, sheet: Any) -> None:
    seeds = tmp_path / "hubs" / "seeds"
    seeds.mkdir(parents=True)
    sheet.save(seeds / "a.png")
    home = tmp_path / "home"
    folders = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CACHE", "CONFIG", "DATA", "STATE")}
    environ = {**os.environ, **folders, "HOME": str(home)}
    environ.pop("ORT_DISABLE_TELEMETRY", None)
    strace = ["strace", "-f", "-qq", "-e", "trace=network", "-o", str(tmp_path / "trace")]
    hubtui = [sys.executable, "-m", "hubtui", "index", "-L", str(seeds.parent)]
    done = subprocess.run([*strace, *hubtui], env=environ, capture_output=True, text=True, check=False)
    assert "1 added" in done.stderr
    calls = (tmp_path / "trace").read_text(errors="replace").splitlines()
    assert [call for call in calls if "AF_INET" in call or "sendto" in call] == []
    assert {path.name for path in home.iterdir()} <= {"cache", "state"}
    assert list(home.glob("**/*onnxruntime*")) == []


@pytest.mark.slow
def test_a_damaged_picture_and_one_of_another_format(tmp_path: Path, sheet: Any) -> None:
    target = io.BytesIO()
    sheet.save(target, "PNG")
    for data in (target.getvalue()[:500], b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", b"GIF89a"):
        with pytest.raises(SourceError, match="damaged"):
            read(tmp_path, data, ocr.recogniser(), "a.png")
