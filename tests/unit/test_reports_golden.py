"""Dossiers and exported clippings against golden files; UPDATE_GOLDEN=1 writes these anew."""

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from hubtui.clippings.export import export_clippings
from hubtui.clippings.model import Clipping, make_clipping
from hubtui.library import Library
from hubtui.reports.dossier import DOSSIER_FORMATS

MakeLibrary = Callable[[Mapping[str, str | bytes]], Library]

GOLDEN = Path(__file__).resolve().parents[1] / "data" / "reports"
OLD = """---
title: "Cold [red]air[/red] & <b>cheap</b> land"
author: Ann Hall
date: 2019-05-01
url: https://example.org/a?b=c&d=e
---

Harbin offers cold air | and *cheap* land, said `one`; [A] is no link.

Nothing of the kind is said here about any other place at all, which makes it a good comparison.
"""
NEW = """---
title: 哈尔滨的云
author: 李伟
date: 2021
publisher: 黑龙江日报
---

哈尔滨和大连都建起了数据中心，哈尔滨的更大一些。

# 1. Harbin is no heading here
"""
BARE = "Harbin once more: 1. a sentence that starts nowhere; and Guizhou beside it.\n"
NOTES = ("", "A *note*\nof two lines", "# no heading")
TAGS: tuple[tuple[str, ...], ...] = ((), ("a b", "c*"), ("z",))


@pytest.fixture
def library(make_library: MakeLibrary) -> Library:
    made = make_library({"old.md": OLD, "new.md": NEW, "bare.txt": BARE})
    made.sync()
    return made


def kept(library: Library) -> list[Clipping]:
    """Clippings of all passages, two of them of one passage, with notes and tags of every kind."""
    passages = [(source, passage) for source in library.sources() for passage in library.read(source.id)]
    return [
        make_clipping(source, passage, "apa")
        ._replace(id=f"{at:012x}", made=f"2026-01-0{at + 1}T00:00:00Z")
        .annotated(NOTES[at % 3], TAGS[at % 3])
        for at, (source, passage) in enumerate([*passages, passages[0]])
    ]


def check(name: str, written: str) -> None:
    file = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(written.encode())
    assert written == file.read_bytes().decode()


@pytest.mark.parametrize("format_", DOSSIER_FORMATS)
@pytest.mark.parametrize("style", ["apa", "gb7714-2025"])
def test_a_dossier(library: Library, style: str, format_: str) -> None:
    dossier = library.dossiers.build(["Harbin", "Dalian", "Lhasa"], made="2024-01-02", style=style, most=3)
    dossier = replace(dossier, library="Cities", version="1.0", fingerprint="0123456789abcdef")
    check(f"dossier-{style}.{format_}.txt", DOSSIER_FORMATS[format_](dossier))


@pytest.mark.parametrize("format_", ["markdown", "html"])
@pytest.mark.parametrize(
    ("style", "group"), [("apa", "source"), ("gb7714-2025", "tag"), ("chicago-notes", "city"), ("ieee", "")]
)
def test_a_document_of_clippings(library: Library, style: str, group: str, format_: str) -> None:
    written = export_clippings(kept(library), format_, style, group).decode()
    check(f"clippings-{style}.{format_}.txt", written)


@pytest.mark.parametrize("format_", ["csv", "bibtex", "ris", "csl-json"])
def test_clippings_as_data(library: Library, format_: str) -> None:
    check(f"clippings.{format_}.txt", export_clippings(kept(library), format_, "mla").decode())
