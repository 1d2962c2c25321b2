"""From a source of the library to a CSL-JSON item; nothing is added that the source does not say."""

from pathlib import PurePosixPath
from typing import Any

from hubtui.citation.bylines import read_byline
from hubtui.citation.dates import PartialDate, read_date
from hubtui.citation.outlets import is_report, outlet_type
from hubtui.model import Source

_WEB_FILES = frozenset({".html", ".htm", ".xhtml", ".mhtml"})


def source_item(source: Source) -> dict[str, Any]:
    """Give the CSL-JSON item of a source.

    A source without a title gets its file's name in square brackets, which is how catalogues mark a
    designation that is not the work's own. Chinese and corporate names stay whole (``literal``).
    """
    kind = _type(source)
    item: dict[str, Any] = {
        "id": source.id,
        "type": kind,
        "title": source.title or f"[{PurePosixPath(source.path).name}]",
    }
    if author := read_byline(source.author, publisher=source.publisher):
        item["author"] = author
    if source.publisher:
        item["publisher" if kind in ("report", "document") else "container-title"] = source.publisher
    issued = read_date(source.date)
    if issued.year:
        item["issued"] = _date_parts(issued)
    elif issued.literal:
        item["issued"] = {"literal": issued.literal}
    if source.language:
        item["language"] = source.language
    if source.url:
        item["URL"] = source.url
    accessed = read_date(source.accessed)
    if accessed.year:
        item["accessed"] = _date_parts(accessed)
    return item


def _date_parts(date: PartialDate) -> dict[str, Any]:
    return {"date-parts": [[part for part in (date.year, date.month, date.day) if part]]}


def _type(source: Source) -> str:
    """Tell the kind of a source: by the name of its publisher, else by its address and its file."""
    suffix = PurePosixPath(source.path).suffix.lower()
    if outlet := outlet_type(source.publisher):
        return outlet
    if source.publisher and (suffix == ".pdf" or is_report(source.title)):
        return "report"
    return "webpage" if source.url or suffix in _WEB_FILES else "document"
