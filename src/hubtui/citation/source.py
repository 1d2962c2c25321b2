"""From a source of the library to a CSL-JSON item; nothing is added that the source does not say."""

from pathlib import PurePosixPath
from typing import Any

from hubtui.citation.bylines import read_byline
from hubtui.citation.dates import read_date
from hubtui.citation.outlets import outlet_type
from hubtui.model import Source

_PAGES = frozenset({".html", ".htm", ".xhtml", ".mhtml"})


def source_item(source: Source) -> dict[str, Any]:
    """Give the CSL-JSON item of a source.

    A source without a title gets its file's name in square brackets, which is how catalogues mark a
    designation that is not the work's own. Chinese and corporate names stay whole (``literal``).
    """
    item: dict[str, Any] = {"id": source.id, "type": _type(source)}
    item["title"] = source.title or f"[{PurePosixPath(source.path).name}]"
    if source.author:
        item["author"] = read_byline(source.author, publisher=source.publisher)
    if source.publisher:
        field = "publisher" if item["type"] in ("report", "document") else "container-title"
        item[field] = source.publisher
    issued = read_date(source.date)
    if issued.year:
        item["issued"] = {"date-parts": [[part for part in (issued.year, issued.month, issued.day) if part]]}
    elif issued.literal:
        item["issued"] = {"literal": issued.literal}
    if source.language:
        item["language"] = source.language
    if source.url:
        item["URL"] = source.url
    return item


def _type(source: Source) -> str:
    outlet = outlet_type(source.publisher)
    if outlet:
        return outlet
    suffix = PurePosixPath(source.path).suffix.lower()
    if source.url or suffix in _PAGES:
        return "report" if suffix == ".pdf" and source.publisher else "webpage"
    return "report" if source.publisher else "document"
