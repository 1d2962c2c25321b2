"""Read documents of Chinese offices: a red head above the title, the office's signature and date below."""

import re
from collections.abc import Sequence
from typing import Final

from hubtui.ingest.document import Facts, TextBlock
from hubtui.ingest.metadata.dates import find_date

_HEAD = re.compile(r"(?P<office>[\u4e00-\u9fff]{3,30}?)\s?文\s?件")
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,12}\s?[〔\[［【(（]\s?(?:19|20)\d\d\s?[〕\]］】)）]\s?第?\s?\d{1,5}\s?号"
)
_OPEN = re.compile(r"[(（]?\s?(?:此件|本文件?)(?:主动|依申请|不予)?公开(?:发布)?\s?[)）]?")
_OFFICE = re.compile(
    r"[\u4e00-\u9fff]{2,28}(?:政府|办公厅|办公室|委员会|局|厅|部|院|署|委|会议|总公司|大学|中心)"
)
_ENDS = re.compile(
    r"(?:意见|通知|决定|办法|规定|方案|规划|批复|报告|公告|通告|通报|函|细则|条例|纲要|计划|措施|纪要|请示|令)"
    r"(?:[(（][^()（）]{1,12}[)）])?$"
)
_TEXT = re.compile(r"[。：:；，]$|^(?:[一二三四五六七八九十]、|第[一二三四五六七八九十]+[章条])")
_BEGINNING: Final = 5
"""Blocks among which the head and the number stand."""
_SIGNED: Final = 6
"""Blocks at the end among which the signature stands."""
_LONGEST_TITLE: Final = 120


def take_official_frame(blocks: list[TextBlock], facts: Facts) -> list[TextBlock]:
    """Return the blocks without a red head and its number, and take the facts of the frame.

    Only a document with a number is taken for official; of any other the blocks stay as they are.
    """
    number = next((n for n, block in enumerate(blocks[:_BEGINNING]) if _NUMBER.fullmatch(block.text)), None)
    if number is None or number + 1 >= len(blocks):
        return blocks
    heads = [match for block in blocks[:number] if (match := _HEAD.fullmatch(block.text))]
    title, rest = _title(blocks[number + 1 :])
    if title:
        facts.replace("title", title, "text")
    _read_signature(rest, facts)
    for head in heads:
        facts.offer("publisher", head["office"], "text")
    return [block for block in rest if not _OPEN.fullmatch(block.text)] if title else blocks


def _title(blocks: Sequence[TextBlock]) -> tuple[str, list[TextBlock]]:
    """Return the title, which may take several lines, and the blocks after it."""
    title = ""
    for n, block in enumerate(blocks[:_BEGINNING]):
        text = block.text
        if _TEXT.search(text):
            break
        title += text
        if len(title) > _LONGEST_TITLE:
            break
        if _ENDS.search(text):
            return title, list(blocks[n + 1 :])
    return "", list(blocks)


def _read_signature(blocks: Sequence[TextBlock], facts: Facts) -> None:
    """Take the office and the date that sign a document."""
    for n in range(len(blocks) - 1, max(0, len(blocks) - _SIGNED) - 1, -1):
        text = blocks[n].text
        dated = find_date(text)
        before = blocks[n - 1].text if n else ""
        if dated is None or len(text) - (dated[2] - dated[1]) > _LONGEST_TITLE // 4:
            continue
        signature = text[: dated[1]].strip() or before
        if _OFFICE.fullmatch(signature):
            facts.prefer("publisher", signature, "text")
            facts.prefer("date", dated[0], "text")
            return
