"""Read EPUB: chapters of XHTML in a zip archive, in the order of its spine."""

import posixpath
import re
import xml.etree.ElementTree as ET  # no entities are expanded: see _parse
from urllib.parse import unquote
from zipfile import ZipFile

from hubtui.core.errors import SourceError
from hubtui.core.i18n import _
from hubtui.ingest.document import Extract, Facts, TextBlock
from hubtui.ingest.encodings import decode
from hubtui.ingest.formats.archive import open_archive, read_part
from hubtui.ingest.formats.html_fragments import html_blocks
from hubtui.ingest.metadata.bylines import clean_authors
from hubtui.ingest.metadata.dates import iso_date
from hubtui.text.fold import normalise

_KIND = "EPUB"
_DC = "{http://purl.org/dc/elements/1.1/}"
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
    blocks = [block for page in _spine(package, posixpath.dirname(name)) for block in _chapter(archive, page)]
    return Extract(blocks, _facts(package), marked=True, cleaned=True)


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
    order = [item for item in package.iterfind(".//{*}spine/{*}itemref") if item.get("linear") != "no"]
    return [pages[item.get("idref")] for item in order if item.get("idref") in pages]


def _chapter(archive: ZipFile, name: str) -> list[TextBlock]:
    page = decode(read_part(archive, name, _KIND))
    body = re.search(r"<body\b", page, re.IGNORECASE)
    return html_blocks(page[body.start() :] if body else page)


def _facts(package: ET.Element) -> Facts:
    facts = Facts()

    def values(name: str) -> list[str]:
        texts = (normalise("".join(element.itertext())).strip() for element in package.iter(_DC + name))
        return [" ".join(text.split()) for text in texts if text]

    facts.offer("title", next(iter(values("title")), ""), "page metadata")
    facts.offer("author", "; ".join(filter(None, map(clean_authors, values("creator")))), "page metadata")
    facts.offer("publisher", next(iter(values("publisher")), ""), "page metadata")
    facts.offer("date", next(filter(None, map(iso_date, values("date"))), ""), "page metadata")
    facts.offer("language", next(iter(values("language")), ""), "page metadata")
    addresses = [text for text in (*values("source"), *values("identifier")) if text.startswith("http")]
    facts.offer("url", next(iter(addresses), ""), "page metadata")
    return facts
