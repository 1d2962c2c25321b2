"""Citations against golden files that were read through by hand: the five seeds, and a work of each kind."""

import json
from pathlib import Path
from typing import Any

import pytest

from hubtui.citation import STYLES, cite_item
from hubtui.core.models import Passage
from hubtui.library import Library

GOLDEN = Path(__file__).resolve().parents[1] / "data" / "citations"
KINDS = json.loads((GOLDEN / "kinds.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("style", STYLES)
def test_the_seeds_are_cited_whole_and_by_passage(style: str, seeds_library: Library) -> None:
    golden = (GOLDEN / f"{style}.txt").read_text(encoding="utf-8").splitlines()
    sources = seeds_library.sources()
    cited = [
        (seeds_library.cite(source, style), seeds_library.cite(Passage(source.id, 3, "…"), style))
        for source in sources
    ]
    assert [line for pair in cited for line in pair] == golden


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("row", KINDS, ids=[f"{row['item']['id']}-{row['item']['type']}" for row in KINDS])
def test_a_work_of_each_kind(row: dict[str, Any], style: str) -> None:
    assert cite_item(row["item"], style) == row["citations"][style]
