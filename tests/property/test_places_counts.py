"""Counts by place, the city filter, facets and highlights agree with each other and with the mentions."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hubtui.core.models import Hit, Mention, Passage
from hubtui.library import Library
from hubtui.places import Gazetteer

PARTS = [
    "腾讯在沈阳和哈尔滨。", "北京市朝阳区的云计算", "中关村", "吉林大学", "哈尔滨工业大学在哈尔滨，",
    "东北与长三角，", "北上广深，",
    "Cloud computing in Shenzhen, ", "Peking University ", "the Shanghai Composite, ", "Guangdong and China ",
    "Silicon Valley in the United States, ", "no place at all, ", "云计算与数据中心。",
]  # fmt: skip
PASSAGES = st.lists(st.sampled_from(PARTS), min_size=1, max_size=4).map("".join)
LIBRARIES = st.lists(st.lists(PASSAGES, min_size=1, max_size=4), min_size=1, max_size=4)
QUERIES = ("", "云计算", "cloud OR 云计算", "-Shenzhen", "city:Beijing", "source:1.txt")
VIEWS = [(direct, names) for direct in (False, True) for names in (False, True)]
FILTERS = {(False, True): "", (True, True): "mentions:direct", (False, False): "mentions:plain"}


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(LIBRARIES)
@example([["".join(PARTS)] * 4] * 2)  # a story and its reprint
def test_counts_filters_facets_and_highlights_agree(sources: list[list[str]]) -> None:
    with TemporaryDirectory() as folder, library_of(Path(folder), sources) as library:
        for query in QUERIES:
            for view in VIEWS:
                written = FILTERS.get(view, "mentions:direct,plain")
                check(library, f"{written} {query}".strip(), query, view)


def library_of(folder: Path, sources: list[list[str]]) -> Library:
    (folder / "seeds").mkdir()
    for number, passages in enumerate(sources):
        text = "\n\n".join(f"{passage} 第{place}段。" for place, passage in enumerate(passages))
        (folder / "seeds" / f"{number}.txt").write_text(text, encoding="utf-8")
    library = Library.open(folder)
    library.sync()
    return library


def check(library: Library, viewed: str, query: str, view: tuple[bool, bool]) -> None:
    direct, names = view
    # The filter of a query must be seen in the same view as the counts.
    hits = library.search(viewed, limit=1000).hits
    counts = library.places(query, direct=direct, names=names, countries=True)
    assert counts == library.places(viewed, countries=True)
    cities = [count for count in counts if count.place.kind != "country"]
    assert list(library.facets(viewed).places) == cities
    expected: dict[str, list[Hit]] = {}
    for hit in hits:
        for place_id in mentioned(hit.passage, view):
            expected.setdefault(place_id, []).append(hit)
    assert {count.place.id for count in counts} == expected.keys()
    for count in counts:
        naming = expected[count.place.id]
        assert (count.passages, count.sources) == (len(naming), len({hit.source.id for hit in naming}))
        own = [hit for hit in naming if count.place.id in mentioned(hit.passage, (True, names))]
        plain = [hit for hit in naming if count.place.id in mentioned(hit.passage, (direct, False))]
        assert (count.direct, count.in_names) == (len(own), len(naming) - len(plain))
        found = library.search(f"{viewed} city:{count.place.id}", limit=1000)
        assert found.total == count.passages
        for hit in found.hits:
            assert highlighted(hit, list(counting(hit.passage, count.place.id, view)))


def counting(passage: Passage, place_id: str, view: tuple[bool, bool]) -> Iterator[Mention]:
    direct, names = view
    inside = {place_id} if direct else Gazetteer.default().within(place_id)
    return (m for m in passage.mentions if m.place.id in inside and (names or not m.in_name))


def mentioned(passage: Passage, view: tuple[bool, bool]) -> set[str]:
    direct, names = view
    found: set[str] = set()
    for mention in passage.mentions:
        if names or not mention.in_name:
            found.add(mention.place.id)
            found.update(() if direct else Gazetteer.default().ancestors(mention.place.id))
    return found


def highlighted(hit: Hit, mentions: list[Mention]) -> bool:
    return bool(mentions) and all(
        any(start <= mention.start and mention.end <= end for start, end in hit.highlights)
        for mention in mentions
    )
