"""Exports, read back by independent libraries."""

import json
from pathlib import Path
from typing import Any

import pytest
import rispy  # type: ignore[import-untyped]  # it has no marker file
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors
from bibtexparser.model import Entry

from hubtui.citation import export, source_item
from hubtui.citation.export_formats import UnknownExportError
from hubtui.core.models import Source

KINDS = json.loads(
    (Path(__file__).resolve().parents[1] / "data" / "citations" / "kinds.json").read_text(encoding="utf-8")
)
ITEMS: list[dict[str, Any]] = [row["item"] for row in KINDS]

NASTY = "100% of {C}ities & $5_bn #1 ~ a^b \\ “quoted” [red] 哈尔滨"


def read_bibtex(text: str) -> list[Entry]:
    library = parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert not library.failed_blocks
    return library.entries


def bare(text: str) -> str:
    return text.replace("{", "").replace("}", "").replace(" ", "")


def test_bibtex_keeps_every_item_and_field() -> None:
    entries = read_bibtex(export(ITEMS, "bibtex"))
    assert len(entries) == len(ITEMS)
    for item, entry in zip(ITEMS, entries, strict=True):
        assert bare(entry["title"]) == bare(item["title"])
        assert (
            entry["date"].split("-") == [f"{part:02d}" for part in item["issued"]["date-parts"][0]]
            if ("issued" in item)
            else "date" not in entry
        )
        for field, name in (
            ("volume", "volume"),
            ("URL", "url"),
            ("DOI", "doi"),
            ("publisher-place", "address"),
        ):
            assert entry.fields_dict[name].value == item[field] if field in item else name not in entry


def test_bibtex_escapes_what_tex_reads_as_commands() -> None:
    source = Source("a", "a.txt", NASTY, "Acme {Inc} and Sons & Co", url="https://e.org/a_b%20c~d#{e}")
    text = export([source_item(source)], "bibtex")
    assert r"100\% of {\textbraceleft}C{\textbraceright}ities \& \$5\_bn \#1 {\textasciitilde}" in text
    assert r"author = {{Acme {\textbraceleft}Inc{\textbraceright} and Sons \& Co}}" in text
    assert "url = {https://e.org/a_b%20c~d#%7Be%7D}" in text
    (entry,) = read_bibtex(text)
    assert entry["url"].startswith("https://e.org/a_b")


def test_bibtex_keeps_the_capitals_of_books() -> None:
    item = {
        "type": "chapter",
        "title": "A",
        "container-title": "Encyclopedia of Modern China",
        "language": "en",
    }
    assert "booktitle = {Encyclopedia of {Modern} {China}}" in export([item], "bibtex")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ({"literal": "Bang and Olufsen"}, "{Bang and Olufsen}"),
        ({"family": "Bang and Olufsen"}, "{Bang and Olufsen}"),
        ({"family": "Bang and Olufsen", "given": "Peter"}, "{Bang and Olufsen}, Peter"),
        ({"family": "Bang AND Olufsen", "given": "Peter"}, "{Bang AND Olufsen}, Peter"),
        ({"family": "Olufsen, Bang", "given": "Peter"}, "{Olufsen, Bang}, Peter"),
        ({"family": "Bang", "given": "Peter and Svend"}, "Bang, {Peter and Svend}"),
        ({"family": "Sandland", "given": "Andrea"}, "Sandland, Andrea"),
    ],
)
def test_bibtex_keeps_a_name_with_and_one_name(name: dict[str, str], written: str) -> None:
    other = {"family": "Xu", "given": "Li"}
    text = export([{"type": "book", "title": "T", "author": [name, other]}], "bibtex")
    assert f"author = {{{written} and Xu, Li}}" in text
    library = parse_string(text, append_middleware=[SeparateCoAuthors()])
    assert len(library.entries[0]["author"]) == 2


def test_bibtex_names() -> None:
    item = {
        "type": "book",
        "title": "T",
        "author": [
            {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
            {"family": "van der Berg", "given": "Anna"},
            {"literal": "World Bank"},
            {"literal": "王明"},
        ],
    }
    assert "author = {King, Jr., Martin Luther and van der Berg, Anna and {World Bank} and {王明}}" in export(
        [item], "bibtex"
    )


def test_keys_are_readable_and_do_not_change() -> None:
    source = Source(
        "a", "a.txt", "Guizhou to become nation’s digital hub", "Ouyang Shijia", "China Daily", "2018-06-07"
    )
    ouyang, chinese = source_item(source), source_item(Source("b", "b.txt", "云计算", "王明"))
    entries = read_bibtex(export([ouyang, chinese, ouyang, {**ouyang, "citation-key": "mine:1"}], "bibtex"))
    keys = [entry.key for entry in entries]
    assert keys[0] == "ouyang2018guizhou"
    assert keys[3] == "mine:1"
    assert len(set(keys)) == 4
    assert [entry.key for entry in read_bibtex(export([{**chinese, "id": "elsewhere"}], "bibtex"))] == [
        keys[1]
    ]


def test_ris_keeps_every_item() -> None:
    records = rispy.loads(export(ITEMS, "ris"))
    assert len(records) == len(ITEMS)
    for item, record in zip(ITEMS, records, strict=True):
        assert record["title"] == item["title"]
        assert record.get("year", "") == str(item["issued"]["date-parts"][0][0]) if "issued" in item else True
        assert len(record.get("authors", [])) == len(item.get("author", []))
        assert record.get("doi") == item.get("DOI")


def test_ris_values_stay_on_their_line() -> None:
    item = {
        "type": "webpage",
        "title": "Two\nER  - lines",
        "URL": "https://e.org",
        "issued": {"raw": "2018-06-07"},
    }
    text = export([item], "ris")
    assert text.split("\r\n") == [
        "TY  - ELEC",
        "ID  - 2018two",
        "TI  - Two ER - lines",
        "UR  - https://e.org",
        "PY  - 2018",
        "DA  - 2018/06/07/",
        "ER  - ",
        "",
        "",
    ]


def test_ris_has_the_tags_that_reference_managers_read() -> None:
    """As Zotero's translator maps them: the number of a report, a section, the proceedings of a meeting."""
    report = {
        "type": "report",
        "title": "R",
        "number": "RR-1",
        "publisher": "RAND",
        "genre": "Technical report",
    }
    assert "SN  - RR-1\r\n" in export([report], "ris")
    article = {"type": "article-newspaper", "title": "N", "section": "Business", "container-title": "Daily"}
    assert "SE  - Business\r\n" in export([article], "ris")
    paper = {
        "type": "paper-conference",
        "title": "P",
        "container-title": "Proceedings of X",
        "event-title": "X",
        "event-place": "Harbin",
    }
    text = export([paper], "ris")
    assert "T2  - X\r\nC3  - Proceedings of X\r\nC1  - Harbin\r\n" in text


def test_csl_json_is_the_items() -> None:
    assert json.loads(export(ITEMS, "csl-json")) == ITEMS
    assert "哈尔滨" in export(ITEMS, "csl-json")
    assert json.loads(export([], "csl-json")) == []


@pytest.mark.parametrize("format_", ["bibtex", "ris"])
def test_no_items_make_an_empty_file(format_: str) -> None:
    assert export([], format_) == ""


def test_an_unknown_format_names_the_nearest() -> None:
    with pytest.raises(UnknownExportError) as caught:
        export([], "bibtext")
    assert "bibtex" in caught.value.remedy
