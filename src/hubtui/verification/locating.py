"""Whether the page or the paragraph that a citation names is the one where the quotation stands."""

import re
from collections.abc import Iterable, Iterator

from hubtui.model import Passage
from hubtui.verification.findings import Place

_RANGE = r"(\d{1,6})(?:\s?[-–—]\s?(\d{1,6}))?"
_PARAGRAPH = re.compile(rf"(?:\bparas?\.|\bpars?\.|¶¶?)\s?{_RANGE}|第{_RANGE}段")
_PAGE = re.compile(rf"\bpp?\.\s?{_RANGE}|第{_RANGE}页")


def names_another(text: str, places: Iterable[Place]) -> bool:
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
