"""Read EPUB: chapters of XHTML in a zip archive, in the order of its spine."""

import posixpath
import re
import xml.etree.ElementTree as ET  # no entities are expanded: see _parse
from collections import Counter
from collections.abc import Mapping
from urllib.parse import unquote

from hubtui.core.errors import SourceError
from hubtui.core.i18n import _
from hubtui.ingest.document import Extract, Facts, TextBlock
from hubtui.ingest.encodings import decode
from hubtui.ingest.formats.archive import open_archive, read_part
from hubtui.ingest.formats.xhtml import is_contents, page_blocks
from hubtui.ingest.metadata.dates import iso_date
from hubtui.ingest.metadata.properties import book_authors
from hubtui.text.analyzer import normalise

_KIND = "EPUB"
_DC = "{http://purl.org/dc/elements/1.1/}"
_OPF = "{http://www.idpf.org/2007/opf}"
_PAGES = ("application/xhtml+xml", "text/html")


def read(data: bytes) -> Extract:
    """Take the chapters of a book and its Dublin Core metadata."""
    archive = open_archive(data, _KIND)
    container = _parse(read_part(archive, "META-INF/container.xml", _KIND))
    rootfile = container.find(".//{*}rootfile")
    if rootfile is None or not rootfile.get("full-path"):
        raise SourceError(_("The EPUB names no contents."), _("Get the file again."))
    name = str(rootfile.get("full-path"))
    package = _parse(read_part(archive, name, _KIND))
    marks: dict[str, str] = {}
    blocks: list[TextBlock] = []
    lost: list[str] = []
    seen: Counter[str] = Counter()
    for path in _spine(package, posixpath.dirname(name)):
        doubts: list[str] = []
        try:
            page = decode(read_part(archive, path, _KIND), doubts=doubts)
        except SourceError:
            lost.append(posixpath.basename(path))
            continue
        if not is_contents(page):
            blocks += page_blocks(page, posixpath.basename(path), marks)
            seen.update(kind for kind, sign in _UNREAD.items() for _found in sign.finditer(page))
            seen.update(doubts)
    if lost and not blocks:
        raise SourceError(_("The EPUB's contents are damaged."), _("Get the file again."))
    return Extract(blocks, _facts(package), marked=True, cleaned=True, doubts=_doubts(lost, seen))


_UNREAD = {
    "picture": re.compile(r"<(?:img\b(?![^>]*\balt=[\"'][^\"']*\w)|(?:svg:)?image\b)", re.IGNORECASE),
    "formula": re.compile(r"<(?:\w{1,10}:)?math\b", re.IGNORECASE),
}


def _doubts(lost: list[str], seen: Mapping[str, int]) -> list[str]:
    """Return what of a book was not read, as sentences."""
    doubts = [message for message in seen if message not in _UNREAD]
    if lost:
        which = ", ".join(lost[:5]) + ("…" if len(lost) > 5 else "")
        doubts.append(
            _("These chapters are missing or damaged and were left out: {chapters}.").format(chapters=which)
        )
    if count := seen.get("picture"):
        doubts.append(
            _("It has pictures whose text, if they show any, is not read: {count}.").format(count=count)
        )
    if count := seen.get("formula"):
        message = _("It has formulas of which only the characters are read, in their order: {count}.")
        doubts.append(message.format(count=count))
    return doubts


def _parse(data: bytes) -> ET.Element:
    if b"<!ENTITY" in data:
        raise SourceError(
            _("The EPUB defines entities, which hubtui does not expand."), _("Convert it to EPUB again.")
        )
    try:
        return ET.fromstring(data)  # noqa: S314  # entities are refused above
    except ET.ParseError as error:
        raise SourceError(_("The EPUB's contents are damaged."), _("Get the file again.")) from error


def _spine(package: ET.Element, folder: str) -> list[str]:
    """Return the names of the chapters' files, in reading order, without the table of contents."""
    pages = {
        item.get("id"): posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
        for item in package.iterfind(".//{*}manifest/{*}item")
        if item.get("media-type") in _PAGES and "nav" not in item.get("properties", "").split()
    }
    order = package.findall(".//{*}spine/{*}itemref")
    order.sort(key=lambda item: item.get("linear") == "no")  # notes are often apart
    # A chapter has its place once; a file may name it thousands of times.
    return list(dict.fromkeys(pages[item.get("idref")] for item in order if item.get("idref") in pages))


def _facts(package: ET.Element) -> Facts:
    facts = Facts()

    def values(name: str) -> list[str]:
        return [text for element in package.iter(_DC + name) if (text := _text(element))]

    roles = _roles(package)
    creators = [(_text(element), _role(roles, element)) for element in package.iter(_DC + "creator")]
    dates = sorted(package.iter(_DC + "date"), key=lambda element: _DATES.get(_event(element), 1))
    facts.offer("title", next(iter(values("title")), ""), "page metadata")
    facts.offer("author", book_authors(creators), "page metadata")
    facts.offer("publisher", next(iter(values("publisher")), ""), "page metadata")
    facts.offer("date", next(filter(None, (iso_date(_text(date)) for date in dates)), ""), "page metadata")
    facts.offer("language", next(iter(values("language")), ""), "page metadata")
    addresses = [text for text in (*values("source"), *values("identifier")) if text.startswith("http")]
    facts.offer("url", next(iter(addresses), ""), "page metadata")
    return facts


_DATES = {
    "publication": 0,
    "original-publication": 0,
    "issued": 0,
    "creation": 2,
    "conversion": 3,
    "modification": 4,
}
"""What kinds of dates are asked for the day of publication, the best first; one without a kind is 1."""


def _text(element: ET.Element) -> str:
    return " ".join(normalise("".join(element.itertext())).split())


def _event(element: ET.Element) -> str:
    return element.get(f"{_OPF}event", "").strip().casefold()


def _roles(package: ET.Element) -> dict[str, str]:
    """Return the role that EPUB 3 states for each creator, by the address of its element."""
    roles: dict[str, str] = {}
    for meta in package.iter(f"{_OPF}meta"):
        if meta.get("property") == "role":
            roles.setdefault(meta.get("refines", ""), _text(meta).casefold())
    return roles


def _role(roles: Mapping[str, str], element: ET.Element) -> str:
    """Return the role of a creator (MARC relator), as EPUB 2 or 3 states it, or ``""``."""
    if role := element.get(f"{_OPF}role", ""):
        return role.strip().casefold()
    id_ = element.get("id")
    return roles.get(f"#{id_}", "") if id_ else ""
