"""RIS, as Zotero, EndNote and Mendeley read it (RefMan's tags, with the types of 2011)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hubtui.citation.csl import Item, PartialDate, citation_keys
from hubtui.citation.names import CslName

_TYPES = {
    "article": "UNPB",
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "book": "BOOK",
    "chapter": "CHAP",
    "paper-conference": "CPAPER",
    "post": "BLOG",
    "post-weblog": "BLOG",
    "report": "RPRT",
    "thesis": "THES",
    "webpage": "ELEC",
}
_FIELDS = (
    ("TI", "title"),
    ("J2", "container-title-short"),
    ("T3", "collection-title"),
    ("VL", "volume"),
    ("IS", "issue"),
    ("ET", "edition"),
    ("SE", "section"),
    ("M3", "genre"),
    ("PB", "publisher"),
    ("UR", "URL"),
    ("LA", "language"),
)
_ROLES = (("AU", "author"), ("ED", "editor"), ("A4", "translator"))
_LINE_END = "\r\n"


def write_ris(items: Sequence[Mapping[str, Any]]) -> str:
    """Return the items as RIS records."""
    read = [Item(item) for item in items]
    records = zip(read, citation_keys(read), strict=True)
    return "".join(_record(item, key) for item, key in records)


def _record(item: Item, key: str) -> str:
    lines = (f"{tag}  - {value}" for tag, value in _lines(item, key) if value)
    return _LINE_END.join(("TY  - " + _TYPES.get(item.type, "GEN"), *lines, "ER  - ", "", ""))


def _lines(item: Item, key: str) -> Iterator[tuple[str, str]]:
    yield "ID", key
    for tag, role in _ROLES:
        yield from ((tag, _name(name)) for name in item.names(role))
    yield from ((tag, item.get(field)) for tag, field in _FIELDS)
    yield from _where(item)
    yield "DO", item.doi
    yield "PY", str(item.date().year or "")
    yield "DA", _date(item.date())
    yield "Y2", _date(item.date("accessed"))
    first, _, last = re.sub(r"(?<=\w)\s*[-–—]+\s*(?=\w)", "-", item.get("page")).partition("-")
    yield "SP", first
    yield "EP", last
    yield "SN", item.get("ISBN") or item.get("ISSN") or (item.get("number") if item.type == "report" else "")
    yield "M1", "" if item.type == "report" else item.get("number")


def _where(item: Item) -> Iterator[tuple[str, str]]:
    """Return what the item appeared in, and where; a talk has its meeting in T2 and C1, its volume in C3."""
    if item.type == "paper-conference":
        yield "T2", item.event or item.get("container-title")
        yield "C3", item.get("container-title")
        yield "C1", item.get("event-place") or item.get("publisher-place")
    else:
        yield "T2", item.get("container-title")
        yield "CY", item.get("publisher-place")


def _name(name: CslName) -> str:
    """Return a name as ``Last, First, Suffix``; a literal one as it is."""
    if name.literal:
        return name.literal
    given = " ".join(part for part in (name.given, name.dropped) if part)
    return ", ".join(part for part in (name.surname, given, name.suffix) if part)


def _date(date: PartialDate) -> str:
    """Return ``2018/06/07/``, with nothing between the slashes where it is unknown."""
    if not date.year:
        return ""
    month, day = f"{date.month:02d}" if date.month else "", f"{date.day:02d}" if date.day else ""
    return f"{date.year:04d}/{month}/{day}/"
