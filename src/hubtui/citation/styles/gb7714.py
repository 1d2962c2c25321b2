"""GB/T 7714, the Chinese national standard for references, in its editions of 2015 and 2025.

An entry is a row of blocks that end with a full stop: who. what[type/carrier]. with whom. where, when: page.
address. What the edition of 2025 changed: marks are full-width in every language; names keep their capitals,
initials their hyphens and Chinese names in pinyin are whole; the day of access is given only for sources that
change (web pages, preprints, data); a report without a publisher has its full date; translators of articles
are named; a missing place or publisher is left out; there are CSTR identifiers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from hubtui.citation.csl import Item, Locator
from hubtui.citation.names import CslName, is_pinyin_name, name_initials, pinyin_syllables
from hubtui.citation.style import AuthorMarkers, CitationStyle, bare_page, responsible
from hubtui.citation.text import capitalize, full_ranges, join_parts
from hubtui.core.i18n import N_

# Type codes: GB/T 7714—2015, table B.1; PP (preprint) and CM (map) since 2025.
_CODES = {
    "article-journal": "J",
    "article-magazine": "J",
    "article-newspaper": "N",
    "article": "PP",
    "book": "M",
    "chapter": "M",
    "dataset": "DS",
    "entry-dictionary": "M",
    "entry-encyclopedia": "M",
    "map": "CM",
    "paper-conference": "C",
    "patent": "P",
    "post": "EB",
    "post-weblog": "EB",
    "report": "R",
    "software": "CP",
    "standard": "S",
    "thesis": "D",
    "webpage": "EB",
}
_NUMBERED = frozenset({"R", "P"})
_CHANGING = frozenset({"EB", "PP", "DS", "CP"})
"""Kinds that are identified by the day they were made or changed and the day they were read."""


class Marks(NamedTuple):
    """The marks between elements."""

    comma: str
    colon: str
    opening: str
    closing: str


@dataclass(frozen=True, slots=True)
class Standard:
    """One edition of the standard, in one of its two systems.

    Attributes:
        edition: Its year.
        marks: The comma, the colon and the parentheses between elements.
        author_date: Whether the year follows the authors (author-date system), or stands with the
            publisher (numeric system, and notes).
    """

    edition: Literal[2015, 2025]
    marks: Marks
    author_date: bool = False

    def entry(self, item: Item, locator: Locator | None) -> str:
        """Return the entry for an item."""
        return _Entry(self, item, locator).text()


@dataclass(frozen=True, slots=True)
class _Entry:
    rules: Standard
    item: Item
    locator: Locator | None

    def text(self) -> str:
        item = self.item
        hosted = self.code in ("M", "C") and bool(item.get("container-title") or item.event)
        title = self._title() + f"[{self.code}{'/OL' if self.online else ''}]"
        if hosted:
            title = join_parts((title, self._translators()), ". ") + "//" + self._host()
        blocks = [self._responsible(), title]
        if self.code == "S":
            blocks = [join_parts((item.get("number"), blocks[1]), "　" if item.chinese else " ")]
        if not hosted:
            blocks += [self._translators(), self._edition(), self._version()]
        blocks += [self._source() + self._read_on(), *self._addresses()]
        return _blocks(blocks)

    @property
    def marks(self) -> Marks:
        return self.rules.marks

    @property
    def of_2015(self) -> bool:
        return self.rules.edition == 2015

    @property
    def code(self) -> str:
        code = _CODES.get(self.item.type, "Z")
        return {"PP": "EB", "CM": "Z"}.get(code, code) if self.of_2015 else code

    @property
    def online(self) -> bool:
        return self.code == "EB" or bool(self.item.get("URL") or self.item.get("DOI") or self._cstr)

    def _responsible(self) -> str:
        names = self._names("author") or self._names("editor")
        if not self.rules.author_date:
            return names
        date = self.item.date()
        missing = "佚名" if self.item.chinese else "Anon"
        year = date.year_text or ("无日期" if self.item.chinese else "n.d.")
        return (names or missing) + self.marks.comma + year

    def _names(self, role: str) -> str:
        """Return the first three names in a role, then 等 or et al."""
        names = self.item.names(role)
        shown = [self._name(name) for name in names[:3]]
        if len(names) > 3:
            chinese = self.item.chinese or names[0].chinese
            shown.append("等" if chinese else "et al.")
        return self.marks.comma.join(shown)

    def _name(self, name: CslName) -> str:
        if name.literal:
            return name.literal
        family = name.surname.upper() if self.of_2015 else name.surname
        if not is_pinyin_name(name.family, name.given):
            hyphen = " " if self.of_2015 else "-"
            given = name_initials(name.given, stop="", hyphen=hyphen)
        elif self.of_2015:
            given = " ".join(syllable[0].upper() for syllable in pinyin_syllables(name.given))
        else:
            given = name.given
        suffix = self.marks.comma + name.suffix.rstrip(".") if name.suffix else ""
        return join_parts((family, given, name.dropped), " ") + suffix

    def _title(self) -> str:
        title = self.item.title
        if self.code in ("M", "R", "C") and not self.item.get("container-title"):
            title += self._volume()
        number = self.item.get("number")
        return title + (self.marks.colon + number if number and self.code in _NUMBERED else "")

    def _volume(self) -> str:
        volume = self.item.get("volume")
        if not volume:
            return ""
        if self.item.chinese:
            return "：" + (f"第{volume}卷" if volume.isdecimal() else volume)
        return ": " + (f"Vol. {volume}" if volume.isdecimal() else volume)

    def _translators(self) -> str:
        names = self._names("translator")
        if not names or (self.of_2015 and self.code in ("J", "N")):
            return ""
        return names + self.marks.comma + ("译" if self.item.chinese else "trans.")

    def _edition(self) -> str:
        edition = self.item.get("edition")
        if edition in ("", "1") or self.code in ("J", "N"):
            return ""
        if self.item.chinese:
            return f"{edition}版" if edition.isdecimal() else edition
        return capitalize(self.item.edition())

    def _version(self) -> str:
        version = self.item.get("version").lstrip("Vv")
        return f"V{version}" if version and self.code in ("PP", "DS", "CP") else ""

    def _host(self) -> str:
        """Return the book or proceedings that a contribution stands in, up to its edition."""
        book = (self.item.get("container-title") or self.item.event) + self._volume()
        editors = self._names("container-author") or self._names("editor")
        return _blocks([editors, book, self._edition()]).removesuffix(".")

    def _source(self) -> str:
        if self.code == "N":
            return self._newspaper()
        if self.code == "J":
            return self._journal()
        return self._changing() if self.code in _CHANGING else self._monograph()

    def _monograph(self) -> str:
        """Return place, publisher and year; without a publisher the full date, if known."""
        publisher, date = self._publisher(), self.item.date()
        if publisher or not date.day or self.code in ("M", "C", "D"):
            return self._with_page(join_parts((publisher, self._year()), self.marks.comma))
        if self.of_2015 and self.online:
            return self._enclosed(date.iso)
        return self._with_page(date.iso)

    def _newspaper(self) -> str:
        page = _range(self.item.get("page"))
        where = join_parts((self.item.get("container-title"), self.item.date().iso), self.marks.comma)
        return (where + (self._enclosed(page) if page else "") + self._cited()).removeprefix(self.marks.colon)

    def _journal(self) -> str:
        item, marks = self.item, self.marks
        volume, issue = item.get("volume"), item.get("issue")
        by_day = item.date().day and not volume and not issue
        by_day = by_day and (item.type == "article-magazine" or not self.of_2015)
        when = item.date().iso if by_day else self._year()
        where = join_parts((item.get("container-title"), when, volume), marks.comma)
        where += self._enclosed(issue) if issue else ""
        pages = _range(item.get("page")) or item.get("number")
        return where + (self._cited() or (marks.colon + pages if pages else ""))

    def _changing(self) -> str:
        """Return platform or publisher, and the day of making or change in parentheses."""
        item, date = self.item, self.item.date()
        platform = item.get("publisher") or item.get("container-title")
        if platform in (name.literal for name in item.names("author")):
            platform = ""
        if self.of_2015 and platform:
            head = join_parts((platform, self._year()), self.marks.comma) + self._cited()
            return head if self.item.type == "article" or not date.month else head + self._enclosed(date.iso)
        cited = platform + self._cited() if platform else self._cited().removeprefix(self.marks.colon)
        return cited + (self._enclosed(date.iso) if date else "")

    def _publisher(self) -> str:
        place, publisher = self.item.get("publisher-place"), self.item.get("publisher")
        if self.of_2015 and not self.online and self.code in ("M", "C", "R", "D"):
            if publisher or self.code in ("M", "C"):
                place = place or ("[出版地不详]" if self.item.chinese else "[S.l.]")
            if place:
                publisher = publisher or ("[出版者不详]" if self.item.chinese else "[s.n.]")
        return join_parts((place, publisher), self.marks.colon)

    def _year(self) -> str:
        date = self.item.date()
        if date or self.rules.author_date:
            return "" if self.rules.author_date else date.year_text
        accessed = self.item.date("accessed")
        return f"[{accessed.year}]" if accessed.year and not self.of_2015 else ""

    def _with_page(self, published: str) -> str:
        pages = _range(self.item.get("page"))
        page = self._cited() or (self.marks.colon + pages if pages else "")
        return published + page if published else page.removeprefix(self.marks.colon)

    def _cited(self) -> str:
        if self.locator is None:
            return ""
        if self.locator.label == "page":
            return self.marks.colon + _range(self.locator.value)
        return self.marks.colon + self.locator.phrase(chinese=self.item.chinese)

    def _enclosed(self, text: str) -> str:
        return self.marks.opening + text + self.marks.closing

    def _read_on(self) -> str:
        accessed = self.item.date("accessed")
        wanted = self.online if self.of_2015 else self.code in _CHANGING
        return f"[{accessed.iso}]" if accessed and wanted else ""

    def _addresses(self) -> list[str]:
        """Return the address, and the identifiers that it does not hold."""
        url = self.item.get("URL")
        identifiers = (("DOI", self.item.doi), ("CSTR", self._cstr))
        return [
            url,
            *(f"{name}:{id_}" for name, id_ in identifiers if id_ and id_.lower() not in url.lower()),
        ]

    @property
    def _cstr(self) -> str:
        return "" if self.of_2015 else self.item.cstr


def _range(pages: str) -> str:
    """Write ranges of pages with all digits and a hyphen: *117-127*."""
    return full_ranges(pages).replace("–", "-")


def _blocks(blocks: list[str]) -> str:
    """Join blocks, each with its full stop: one that ends with a stop gets no second."""
    return " ".join(block if block.endswith(".") else block + "." for block in blocks if block)


def _behind(item: Item, locator: Locator | None) -> str:
    """Return the place that stands behind a marker: the page's number alone (2015, 10.1.3)."""
    return bare_page(locator) or (locator.phrase(chinese=item.chinese) if locator else "")


def _number_marker(item: Item, number: int, locator: Locator | None) -> str:
    return f"[{number}]{_behind(item, locator)}"


def _marker_name(item: Item) -> str:
    """Return the first author, then 等 or et al. (2015, 10.2.2)."""
    people = responsible(item)
    if not people:
        return "佚名" if item.chinese else "Anon"
    more = " 等" if people[0].chinese else " et al."
    return people[0].surname + (more if len(people) > 1 else "")


def _author_markers(marks: Marks) -> AuthorMarkers:
    def marker(name: str, item: Item, locator: Locator | None) -> str:
        year = item.date().year_text or ("无日期" if item.chinese else "n.d.")
        return f"{marks.opening}{name}{marks.comma}{year}{marks.closing}{_behind(item, locator)}"

    return AuthorMarkers(name=_marker_name, marker=marker)


_HALF = Marks(", ", ": ", "(", ")")
_FULL = Marks("，", "：", "（", "）")

_EDITIONS: tuple[tuple[Literal[2015, 2025], Marks, int, str, str], ...] = (
    (2025, _FULL, 10, "GB/T 7714—2025", N_("GB/T 7714—2025, author and year")),
    (2015, _HALF, 30, "GB/T 7714—2015", N_("GB/T 7714—2015, author and year")),
)


def _styles() -> Iterator[CitationStyle]:
    for edition, marks, rank, name, author_date_name in _EDITIONS:
        yield CitationStyle(
            id=f"gb7714-{edition}",
            name=name,
            rank=rank,
            entry=Standard(edition, marks).entry,
            number_marker=_number_marker,
            chinese_first=True,
            bilingual=True,
            default=edition == 2025,
        )
        yield CitationStyle(
            id=f"gb7714-{edition}-author-date",
            name=author_date_name,
            rank=rank + 10,
            entry=Standard(edition, marks, author_date=True).entry,
            number_marker=_number_marker,
            author_markers=_author_markers(marks),
            chinese_first=True,
            bilingual=True,
        )


STYLES = tuple(_styles())
