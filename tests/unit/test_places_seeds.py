"""The sample library, mention by mention, as a careful reader marks it (tests/data/seed_places.tsv)."""

from itertools import groupby
from pathlib import Path

import pytest

from hubtui.places import find_mentions
from hubtui.text.analyzer import normalise

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT.parent / "seeds").glob("*.txt"))


def expected(source: Path) -> list[list[str]]:
    lines = (ROOT / "data" / "seed_places.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [row[1:] for row in rows if row[0] == source.name[:3]]


def found(text: str) -> list[list[str]]:
    rows = []
    for start, group in groupby(find_mentions(text), key=lambda mention: mention.start):
        mentions = list(group)
        ids = "+".join(mention.place.id for mention in mentions)
        rows.append([str(start), mentions[0].surface, ids, "inside" * mentions[0].in_name])
    return rows


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name[:3])
def test_every_mention_of_a_source(source: Path) -> None:
    assert found(normalise(source.read_text(encoding="utf-8"))) == expected(source)


def test_all_sources_are_listed() -> None:
    assert len(SOURCES) == 5
    assert all(expected(source) for source in SOURCES)
