"""Read web pages that a browser saved as one MIME file (.mhtml)."""

from email import policy
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
    message = BytesParser(policy=policy.default).parsebytes(data)
    page = next((part for part in message.walk() if part.get_content_type() in _PAGES), None)
    if page is None:
        raise SourceError(_("The file holds no web page."), _("Save the page again from the browser."))
    source = cast("bytes", page.get_payload(decode=True) or b"")
    address = str(message.get("Snapshot-Content-Location") or page.get("Content-Location") or "")
    extract = read_page(decode(source, page.get_content_charset() or ""), address)
    if address.startswith("http"):
        extract.facts.replace("url", address, "page metadata")
    extract.facts.offer("accessed", iso_date(str(message.get("Date") or "")), "page metadata")
    return extract


_PAGES = ("text/html", "application/xhtml+xml")
