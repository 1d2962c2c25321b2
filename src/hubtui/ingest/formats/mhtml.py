"""Read web pages that a browser saved as one MIME file (.mhtml)."""

from email import policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from typing import cast

from hubtui.core.errors import SourceError
from hubtui.core.i18n import _
from hubtui.ingest.document import Extract
from hubtui.ingest.encodings import decode
from hubtui.ingest.formats.html import read_page
from hubtui.ingest.metadata.dates import iso_date


def read(data: bytes) -> Extract:
    """Take the article of the page; the file itself says where and when it was saved.

    Raises:
        SourceError: it holds no page.
    """
    message = BytesParser(policy=_Headers()).parsebytes(data)
    page = next((part for part in message.walk() if part.get_content_type() in _PAGES), None)
    if page is None:
        raise SourceError(_("The file holds no web page."), _("Save the page again from the browser."))
    source = cast("bytes", page.get_payload(decode=True) or b"")
    address = _value(message, "Snapshot-Content-Location") or _value(page, "Content-Location")
    doubts: list[str] = []
    extract = read_page(decode(source, page.get_content_charset() or "", doubts), address)
    extract.doubts += doubts
    if address.startswith("http"):
        extract.facts.replace("url", address, "page metadata")
    extract.facts.offer("accessed", iso_date(_value(message, "Date")), "page metadata")
    return extract


class _Headers(policy.Compat32):
    """Parses headers as text alone, and as much of them as headers have.

    To take apart one of many parameters or encoded words takes time and memory that grow with its square.
    """

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Return the name and the value of a header, without its line breaks."""
        name, value = super().header_source_parse(sourcelines)
        return name, "".join(value[:_LONGEST_HEADER].splitlines())


_LONGEST_HEADER = 2000


def _value(part: Message, name: str) -> str:
    """Return the value of a header as text, ``""`` where there is none or it is in no known encoding."""
    try:
        return str(make_header(decode_header(str(part.get(name) or "")))).strip()
    except (HeaderParseError, LookupError, ValueError):
        return ""


_PAGES = ("text/html", "application/xhtml+xml")
