"""Citations against golden files that were read through by hand: the five seeds, and a work of each kind."""

import json
from pathlib import Path
from typing import Any

import pytest

from hubtui.citation import STYLES, cite, cite_item
from hubtui.model import Passage, Source

GOLDEN = Path(__file__).resolve().parents[1] / "data" / "citations"
KINDS = json.loads((GOLDEN / "kinds.json").read_text(encoding="utf-8"))

SEEDS = (
    Source(
        id="0",
        path="000_92528d1d02b7a0aa.txt",
        title="Harbin‘s Cloud Computing Rise: A Technological Hub in the Making",
        date="2025-09-24",
        language="en",
    ),
    Source(id="1", path="001_302e98c741e15487.txt", language="en"),
    Source(
        id="2",
        path="002_4a3986f7133450c2.txt",
        title="阿里与腾讯为何重仓东北?产业互联网是下一个增长点",
        publisher="第一财经日报",
        date="2024-10-08",
        language="zh",
    ),
    Source(
        id="3",
        path="003_9c6913e47e9d125d.txt",
        title="Guizhou to become nation’s digital hub",
        author="Ouyang Shijia",
        publisher="China Daily",
        date="2018-06-07",
        language="en",
    ),
    Source(
        id="4",
        path="004_68366a63da31424d.txt",
        title="Powerhouse in the making",
        publisher="China Daily Global Weekly",
        language="en",
    ),
)


@pytest.mark.parametrize("style", STYLES)
def test_the_seeds_are_cited_whole_and_by_passage(style: str) -> None:
    golden = (GOLDEN / f"{style}.txt").read_text(encoding="utf-8").splitlines()
    passages = [Passage(source.id, 3, "…") for source in SEEDS]
    cited = [
        (cite(source, style), cite(source, style, passages[number])) for number, source in enumerate(SEEDS)
    ]
    assert [line for pair in cited for line in pair] == golden


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("row", KINDS, ids=[f"{row['item']['id']}-{row['item']['type']}" for row in KINDS])
def test_a_work_of_each_kind(row: dict[str, Any], style: str) -> None:
    assert cite_item(row["item"], style) == row["citations"][style]
