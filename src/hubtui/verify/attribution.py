"""Tell which sources a draft cites, and whether it names the right page; a wrong guess is a false alarm."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from ahocorasick_rs import AhoCorasick, MatchKind

from hubtui.citation import source_keys
from hubtui.core.models import Passage, Source
from hubtui.text.analyzer import fold, is_han
from hubtui.verify.normalize import text_weight
from hubtui.verify.verdicts import Occurrence

_SILENT = re.compile(r"[\W_]+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NAME = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_MAIN_TITLE = re.compile(r"\s*[:：?？!！]|\s+[-–—|]\s+|——")
_SCHEME = re.compile(r"^(?:https?:)?//(?:www\.)?", re.IGNORECASE)
_SHORTEST_NAMED = 10
"""The least that a title says which is recognised in running text; see :func:`.measure`."""
_SHORTEST_TITLE = 4
"""The same where a text is a citation."""


def letters_only(text: str) -> str:
    """Return the letters and digits of a text, folded."""
    return _SILENT.sub("", fold(text))


class _Titled(NamedTuple):
    """A title: how much it says, and the sources that have it."""

    weight: int
    sources: list[Source]


class SourceNames:
    """The sources of a library, by the names that a draft may call them."""

    def __init__(self, sources: Sequence[Source]) -> None:
        """Index ``sources`` by name when first asked."""
        self._sources = sources

    def is_title(self, text: str) -> bool:
        """Whether a text is the title of a source, or its main title."""
        return letters_only(text) in self._titles

    def titled(self, text: str, *, citation: bool = False) -> list[Source]:
        """Return the sources whose titles occur in a text; of overlapping titles the longest counts.

        Args:
            text: Part of a draft.
            citation: Whether it is a citation, in which short titles are to be expected too.
        """
        least = _SHORTEST_TITLE if citation else _SHORTEST_NAMED
        found: list[Source] = []
        patterns, finder = self._finder
        for index, _, _ in finder.find_matches_as_indexes(letters_only(text)):
            titled = self._titles[patterns[index]]
            if titled.weight >= least:
                found += titled.sources
        return unique_sources(found)

    def at(self, address: str) -> list[Source]:
        """Return the sources that an address, or the path of a file, leads to."""
        if found := self._addresses.get(_bare(address)):
            return found
        name = PurePosixPath(unquote(address).partition("#")[0]).name
        return self._files.get(name, []) if "://" not in address else []

    def keyed(self, key: str) -> list[Source]:
        """Return the source with a citation key, as exports have it."""
        return self._keys.get(key.casefold(), [])

    def written(self, text: str) -> list[Source]:
        """Return the sources whose author and year occur in a text."""
        years = set(_YEAR.findall(text))
        if not years:
            return []
        words = {fold(match[0]) for match in _NAME.finditer(text)}
        folded = fold(text)
        return unique_sources(
            source
            for year in years
            for source, names in self._dated.get(year, ())
            if any(name in folded if is_han(name[0]) else name in words for name in names)
        )

    def cited(self, text: str) -> list[Source]:
        """Return the sources that the text of a citation means: by title, address, or author and year."""
        if found := self.titled(text, citation=True):
            # Of several with one title, those whose author and year stand there too.
            ids = {source.id for source in found}
            return [source for source in self.written(text) if source.id in ids] or found
        addresses = re.findall(r"https?://[^\s<>，。；、）】\]]+", text)
        linked = unique_sources(source for address in addresses for source in self.at(address.rstrip(".,;)")))
        return linked or (self.written(text) if len(text) < 60 else [])

    @cached_property
    def _titles(self) -> dict[str, _Titled]:
        """Titles and main titles, squeezed; of a title that is another's main title both are meant."""
        found: dict[str, _Titled] = {}
        for source in self._sources:
            title = source.title or PurePosixPath(source.path).name
            main = _MAIN_TITLE.split(title)[0]
            names = {letters_only(title): text_weight(title)}
            if text_weight(main) >= _SHORTEST_TITLE:
                names.setdefault(letters_only(main), text_weight(main))
            for name, weight in names.items():
                if name:
                    found.setdefault(name, _Titled(weight, [])).sources.append(source)
        return found

    @cached_property
    def _finder(self) -> tuple[list[str], AhoCorasick]:
        patterns = list(self._titles)
        return patterns, AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest)

    @cached_property
    def _addresses(self) -> dict[str, list[Source]]:
        found: defaultdict[str, list[Source]] = defaultdict(list)
        for source in self._sources:
            if source.url:
                found[_bare(source.url)].append(source)
        return dict(found)

    @cached_property
    def _files(self) -> dict[str, list[Source]]:
        found: defaultdict[str, list[Source]] = defaultdict(list)
        for source in self._sources:
            found[PurePosixPath(source.path).name].append(source)
        return dict(found)

    @cached_property
    def _keys(self) -> dict[str, list[Source]]:
        keys = source_keys(self._sources)
        return {keys[source.id].casefold(): [source] for source in self._sources}

    @cached_property
    def _dated(self) -> dict[str, list[tuple[Source, frozenset[str]]]]:
        found: defaultdict[str, list[tuple[Source, frozenset[str]]]] = defaultdict(list)
        for source in self._sources:
            if source.date:
                found[source.date[:4]].append((source, frozenset(_names(source))))
        return dict(found)


def _names(source: Source) -> Iterator[str]:
    """Yield the names by which a text may call a source's authors, folded."""
    for author in source.author.split("; "):
        words = [fold(match[0]) for match in _NAME.finditer(author)]
        if words and is_han(words[0][0]):
            yield "".join(words)
        else:
            yield from (word for word in words if len(word) > 1)
    if not source.author and source.publisher:
        yield fold(source.publisher) if is_han(source.publisher[0]) else fold(source.publisher.split()[-1])


def _bare(address: str) -> str:
    return unquote(_SCHEME.sub("", address).partition("#")[0]).rstrip("/").casefold()


def unique_sources(sources: Iterable[Source]) -> list[Source]:
    """Return the sources, each once."""
    return list({source.id: source for source in sources}.values())


_RANGE = r"(\d{1,6})(?:\s?[-–—]\s?(\d{1,6}))?"
_PARAGRAPH = re.compile(rf"(?:\bparas?\.|\bpars?\.|¶¶?)\s?{_RANGE}|第{_RANGE}段")
_PAGE = re.compile(rf"\bpp?\.\s?{_RANGE}|第{_RANGE}页")


def names_other_place(text: str, places: Iterable[Occurrence]) -> bool:
    """Whether a citation names a page or a paragraph, and all the places of its source are others.

    Args:
        text: The citation.
        places: Where the source that it cites has the quotation.
    """
    paragraphs, pages = list(_ranges(_PARAGRAPH, text)), list(_ranges(_PAGE, text))
    passages = [passage for place in places for passage in place.passages]
    if not passages:
        return False
    if paragraphs:
        return not any(first <= passage.number <= last for first, last in paragraphs for passage in passages)
    # A page is where a passage begins; it may run on to the next.
    paged = [passage for passage in passages if passage.page]
    return bool(pages and paged) and not any(_on(passage, *span) for span in pages for passage in paged)


def _on(passage: Passage, first: int, last: int) -> bool:
    return first - 1 <= passage.page <= last


def _ranges(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(text):
        first = match[1] or match[3]
        yield int(first), int(match[2] or match[4] or first)
