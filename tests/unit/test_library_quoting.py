"""What the library quotes and exports, with the keys that both share."""

import json
from pathlib import Path

import pytest

from hubtui.citation.quotations import NoAddressError, UnknownFormatError
from hubtui.core.models import Passage
from hubtui.library import Library

PAGE = (
    "---\ntitle: {title}\nauthor: {author}\ndate: {date}\nurl: {url}\n---\n\n"
    "Harbin is cold.\n\nGuizhou is wet.\n"
)


def page(title: str, author: str = "Ann Lee", date: str = "2020-01-02", url: str = "https://e.org/a") -> str:
    return PAGE.format(title=title, author=author, date=date, url=url)


def library_of(folder: Path, pages: dict[str, str]) -> Library:
    seeds = folder / "seeds"
    seeds.mkdir(exist_ok=True)
    for name, text in pages.items():
        (seeds / name).write_text(text, encoding="utf-8")
    library = Library.open(folder)
    library.sync()
    return library


def passages_of(library: Library) -> list[Passage]:
    return [passage for source in library.sources() for passage in library.read(source.id)]


def test_a_span_of_a_passage_is_cited_by_the_passage(seeds_library: Library) -> None:
    passage = seeds_library.passage("003:3")
    whole = seeds_library.citations.quote(passage, "apa")
    part = seeds_library.citations.quote([(passage, (0, 12))], "apa")
    assert part == passage.text[:12] + whole.removeprefix(passage.text)


def test_several_passages_have_one_list(seeds_library: Library) -> None:
    passages = [seeds_library.passage(address) for address in ("003:3", "003:4", "002:4")]
    copied = seeds_library.citations.quote(passages, "gb7714-2025")
    assert copied.count("Guizhou to become nation’s digital hub[N]") == 1
    assert [copied.index(passage.text) for passage in passages] == sorted(
        copied.index(p.text) for p in passages
    )


def test_nothing_to_quote_is_nothing(seeds_library: Library) -> None:
    assert seeds_library.citations.quote([]) == ""


def test_errors_are_named(seeds_library: Library) -> None:
    passage = seeds_library.passage("003:3")
    with pytest.raises(NoAddressError):
        seeds_library.citations.quote(passage, None, "link")
    with pytest.raises(UnknownFormatError):
        seeds_library.citations.quote(passage, None, "word")


def test_a_source_has_the_same_key_in_quotations_and_exports(tmp_path: Path) -> None:
    pages = {f"{number}.md": page("The same title", url=f"https://e.org/{number}") for number in range(3)}
    with library_of(tmp_path, pages) as library:
        every = list(library.sources())
        ids = [item["id"] for item in json.loads(library.citations.export(every, "csl-json"))]
        assert len(set(ids)) == 3
        for source, key in zip(every, ids, strict=True):
            assert json.loads(library.citations.export([source], "csl-json"))[0]["id"] == key
            assert f"{{{key}," in library.citations.export([source], "bibtex")
            passage = library.read(source.id)[0]
            assert f"[@{key}, para." in library.citations.quote(passage, None, "markdown-pandoc")


def test_keys_follow_the_sources(tmp_path: Path) -> None:
    with library_of(tmp_path, {"a.md": page("Clouds")}) as library:
        assert list(library.citations.keys().values()) == ["lee2020clouds"]
        (tmp_path / "seeds" / "a.md").write_text(page("Rain"), encoding="utf-8")
        library.sync()
        assert list(library.citations.keys().values()) == ["lee2020rain"]


def test_links_open_each_passage(tmp_path: Path) -> None:
    with library_of(tmp_path, {"a.md": page("Clouds", url="https://e.org/城市_(哈尔滨)?a=1")}) as library:
        links = library.citations.quote(passages_of(library), None, "link").splitlines()
    assert links == [
        "https://e.org/城市_(哈尔滨)?a=1#:~:text=Harbin%20is%20cold.",
        "https://e.org/城市_(哈尔滨)?a=1#:~:text=Guizhou%20is%20wet.",
    ]
