"""Whatever text a file holds, reading keeps its promises."""

import re
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hubtui.core.errors import SourceError
from hubtui.ingest import Document, SourceFile, read_source
from hubtui.ingest.encodings import decode
from hubtui.ingest.metadata.dates import find_date
from hubtui.ingest.paragraphs import LONGEST, cell_count, split_long
from hubtui.text.analyzer import normalise

PIECES = st.sampled_from(
    [
        "哈尔滨的云计算产业发展很快，吸引了不少企业。",
        "Harbin is a city of clouds.",
        "作者：",
        "2018-06-07",
        "相关文章",
        "- ",
        "> ",
        "# ",
        "---",
        "```",
        "|",
        "[a]: b",
        "<p>",
        "</p>",
        "<!--",
        "\n",
        "\n\n",
        "\t",
        "　",
        "\u202e",
        "\x1b[31m",
        "[red]",
        "via: https://example.org/a",
        "（新华社北京11月1日电）",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=20), max_size=30).map("".join)
FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)


def try_to_read(folder: Path, text: str, name: str) -> Document | None:
    path = folder / name
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        return read_source(SourceFile(name, path, 0, 0))
    except SourceError as error:
        refusal = error
    assert refusal.message
    assert refusal.remedy
    return None


@FOLDER
@given(text=TEXTS, name=st.sampled_from(["a.txt", "a.md", "a.html"]))
def test_a_document_is_normalised_numbered_and_short(tmp_path: Path, text: str, name: str) -> None:
    document = try_to_read(tmp_path, text, name)
    if document is None:
        return
    numbers = [(passage.number, passage.part) for passage in document.passages]
    assert len(set(numbers)) == len(numbers)
    assert [number for number, _ in numbers] == sorted(number for number, _ in numbers)
    for passage in document.passages:
        assert passage.text
        assert passage.text == normalise(passage.text)
        assert cell_count(passage.text) <= LONGEST
        assert "\n" not in passage.text or passage.kind in ("table", "code")
    for value in (document.title, document.author, document.publisher, document.date, document.url):
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e]", value)


@FOLDER
@given(text=TEXTS)
def test_reading_twice_gives_the_same(tmp_path: Path, text: str) -> None:
    assert try_to_read(tmp_path, text, "a.md") == try_to_read(tmp_path, text, "a.md")


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=300)
)
def test_utf_8_is_always_read_as_such(text: str) -> None:
    try:
        found = decode(text.encode())
    except SourceError:
        assert text.startswith(("PK", "{\\rtf", "%PDF", "GIF8", "SQLite"))
    else:
        assert "~{" in text or found == normalise(text.removeprefix("\ufeff"))


@given(st.binary(max_size=400))
def test_no_bytes_bring_the_decoder_down(data: bytes) -> None:
    try:
        text = decode(data)
    except SourceError:
        return
    assert "\ufffd" not in text or b"\xef\xbf\xbd" in data or b"\xff\xfd" in data or b"\xfd\xff" in data


@given(st.text(max_size=6000))
def test_parts_hold_all_but_the_space_between_them(text: str) -> None:
    parts = [part for _, part in split_long(text)]
    assert "".join("".join(parts).split()) == "".join(text.split())


@given(st.text(max_size=200))
def test_a_date_lies_inside_its_text(text: str) -> None:
    if found := find_date(text):
        date, start, end = found
        assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", date)
        assert 0 <= start < end <= len(text)
