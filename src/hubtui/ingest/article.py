"""Find the article among a file's blocks: its title and byline, its headings, its passages."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from hubtui.ingest.boilerplate import is_boilerplate, is_menu, starts_leftovers
from hubtui.ingest.document import Extract, Facts, Paragraph, TextBlock
from hubtui.ingest.metadata.bylines import (
    clean_authors,
    is_labelled,
    is_person,
    is_website,
    read_byline,
    read_credits,
)
from hubtui.ingest.paragraphs import cell_count, split_long

_ENDED = re.compile(r"[。！？!?.…;；:：,，][”’\"')）」』】]*$")
_NUMBERED = re.compile(
    r"第[一二三四五六七八九十百\d]{1,4}[章节部篇]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|\d{1,2}(?:\.\d{1,2}){0,3}\.?\s|(?:chapter|part|section)\s[\divx]{1,4}\b",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_STRUCTURED = ("code", "heading", "table")
_HEAD = 16
"""Blocks among which the title and the byline are looked for."""
_PROSE = 120
"""Terminal cells from which a line is prose even without a full stop."""


def assemble(extract: Extract) -> tuple[Paragraph, ...]:
    """Return the passages of what a reader found, and add to its facts what the text says about itself."""
    blocks = [block for block in extract.blocks if block.text]
    blocks = _without_tail(blocks, extract.facts, cleaned=extract.cleaned)
    blocks = _without_head(blocks, extract)
    read_credits([block.text for block in blocks if block.kind == "paragraph"], extract.facts)
    blocks = [block for block in blocks if block.kind in _STRUCTURED or not is_boilerplate(block.text)]
    if not any(block.kind == "heading" for block in blocks):
        blocks = _with_headings(blocks, level=2 if extract.marked else 0)
    return tuple(_passages(blocks))


def _is_prose(block: TextBlock) -> bool:
    width = cell_count(block.text[:_PROSE])
    return width >= _PROSE or (width >= 50 and bool(_ENDED.search(block.text))) or "。" in block.text


def _without_head(blocks: list[TextBlock], extract: Extract) -> list[TextBlock]:
    """Take the title and the byline from the blocks before the first prose; return the other blocks."""
    facts = extract.facts
    prose = (n for n, block in enumerate(blocks) if block.kind != "heading" and _is_prose(block))
    start = next(prose, len(blocks))
    head, rest = blocks[: min(start, _HEAD)], blocks[min(start, _HEAD) :]
    kept: list[TextBlock] = []
    for n, block in enumerate(head):
        if read_byline(block.text, facts) or is_boilerplate(block.text) or is_menu(block.text):
            if kept and not facts["author"] and _is_signature(kept[-1], head[n - 1]):
                facts.offer("author", clean_authors(kept.pop().text), "byline")
        else:
            kept.append(block)
    title = _find_title(kept, rest, facts, marked=extract.marked)
    if title is None:
        return kept + rest
    texts = {title.text, facts["title"]}
    after = kept.index(title) + 1
    if not rest and title.kind == "paragraph" and not [b for b in kept[after:] if b.text not in texts]:
        return kept  # a text of one line
    return [block for block in kept[after:] if block.text not in texts] + rest


def _is_signature(block: TextBlock, before: TextBlock) -> bool:
    return block is before and block.kind == "paragraph" and is_person(block.text)


def _find_title(
    head: list[TextBlock], rest: list[TextBlock], facts: Facts, *, marked: bool
) -> TextBlock | None:
    """Find the block that is the title, and offer it as such unless it is a picture's caption."""
    candidates = [block for block in head if block.kind in ("paragraph", "heading")]
    if not rest and all(block.kind == "paragraph" and _ENDED.search(block.text) for block in candidates):
        return None  # a note of a few sentences, not a title without a text
    texts = [block.text for block in candidates]
    body = "\n".join(block.text for block in rest)
    chosen = (
        next((block for block in candidates if block.text == facts["title"]), None)
        or next((block for block in candidates if block.kind == "heading" and block.level == 1), None)
        or next((block for block in candidates if texts.count(block.text) > 1), None)
        or _headline([block for block in candidates if not is_website(block.text)], body)
    )
    if chosen is None or (marked and facts["title"] not in ("", chosen.text)):
        return None
    following = candidates[candidates.index(chosen) + 1 :]
    caption = following and is_first_section(following[0].text) and not shares_words(chosen.text, body)
    if marked or not caption:
        facts.offer("title", clean_title(chosen.text, body), "text")
    return chosen


def _headline(candidates: list[TextBlock], body: str) -> TextBlock | None:
    """Choose the title among the lines above a text: the first, or the second below a kicker."""
    if len(candidates) < 3 or shares_words(candidates[0].text, body):
        return candidates[0] if candidates else None
    return candidates[1] if shares_words(candidates[1].text, body) else candidates[0]


def _without_tail(blocks: list[TextBlock], facts: Facts, *, cleaned: bool) -> list[TextBlock]:
    """Cut what follows the article, and read the bylines at its end."""
    if not cleaned:
        blocks = _cut_leftovers(blocks, facts)
    end = len(blocks)
    while end and blocks[end - 1].kind not in _STRUCTURED:
        text = blocks[end - 1].text
        if not (read_byline(text, Facts()) or is_boilerplate(text) or is_menu(text)):
            break
        end -= 1
    for block in blocks[end:]:
        read_byline(block.text, facts)
    return blocks[:end] if cleaned else _without_headlines(blocks[:end])


def _cut_leftovers(blocks: list[TextBlock], facts: Facts) -> list[TextBlock]:
    """Cut at the first heading of leftovers that less than a fifth of the article's prose follows.

    Labelled bylines among the leftovers are read.
    """
    prose = [cell_count(block.text) if _is_prose(block) else 0 for block in blocks]
    after = sum(prose)
    total = after
    for n, block in enumerate(blocks):
        if n and starts_leftovers(block.text) and after * 5 <= total:
            for leftover in blocks[n:]:
                if is_labelled(leftover.text):
                    read_byline(leftover.text, facts)
            return blocks[:n]
        after -= prose[n]
    return blocks


def _without_headlines(blocks: list[TextBlock]) -> list[TextBlock]:
    """Cut a closing list of headlines: three or more items without a full stop that nothing introduces."""
    first = len(blocks)
    while first and blocks[first - 1].kind == "list item" and not _is_prose(blocks[first - 1]):
        first -= 1
    items = blocks[first:]
    if len(items) < 3 or not first or blocks[first - 1].text.endswith((":", "：")):
        return blocks
    headlines = [item for item in items if len(item.text.split()) >= 4 or cell_count(item.text) >= 20]
    return blocks[:first] if len(headlines) == len(items) else blocks


def _with_headings(blocks: Sequence[TextBlock], level: int) -> list[TextBlock]:
    """Mark the lines that are headings: short, without a full stop, prose below."""
    marked = [
        replace(block, kind="heading", level=level)
        if _is_heading(block, following) and not (n == 0 and _is_subtitle(block.text))
        else block
        for n, (block, following) in enumerate(pairwise(blocks))
    ]
    return [*marked, *blocks[-1:]]


def _is_heading(block: TextBlock, following: TextBlock) -> bool:
    text = block.text
    if block.kind != "paragraph" or _is_prose(block) or _ENDED.search(text) or cell_count(text) > 80:
        return False
    return bool(_LETTER.search(text)) and (_is_prose(following) or bool(_NUMBERED.match(text)))


def _is_subtitle(text: str) -> bool:
    """Whether the first line below a title goes on from it, rather than heading the first section."""
    return text.startswith(("—", "--")) or (cell_count(text) > 40 and not _NUMBERED.match(text))


def _passages(blocks: Sequence[TextBlock]) -> list[Paragraph]:
    """Number the paragraphs; a heading that the format marks is one itself, under its own name."""
    found: list[Paragraph] = []
    section, number = "", 0
    for block in blocks:
        if block.kind == "heading":
            section = block.text
            if not block.level:
                continue
        number += 1
        found += [
            Paragraph(text, section, block.kind, number, part, block.page)
            for part, text in split_long(block.text)
        ]
    return found


_GLUED_COUNT = re.compile(r"(?<=[a-z])\d{2,7}$")
_COUNTED = re.compile(
    r"\s*[(（\[]?(?:阅读|浏览|点击|views?|reads?)(?:量|数|次数)?\s?[:：]?\s?\d[\d,.]{0,9}(?:万|k)?\s?次?[)）\]]?$"
    r"|\s+\d[\d,.]{0,9}\s?(?:次(?:阅读|浏览|点击)|views?|reads?)$",
    re.IGNORECASE,
)
_LONGEST = 300
_YEAR = re.compile(r"(?:19|20)\d\d$")
_FIRST_SECTION = re.compile(
    r"introduction|overview|summary|executive summary|abstract|background|contents|table of contents|preface"
    r"|foreword|key points|引言|前言|摘要|概述|概要|导语|导读|目录|背景|序|序言",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z]{4,}|[㐀-鿿]{2}")


def clean_title(title: str, body: str) -> str:
    """Return ``title`` without a view count at its end, glued to the last word or not.

    A number that the text repeats with its word (``Windows11``) belongs to it, and so does a year.
    """
    if len(title) > _LONGEST:
        return title
    title = _COUNTED.sub("", title).strip()
    if _GLUED_COUNT.search(title) and not _YEAR.search(title):
        last = title.rsplit(maxsplit=1)[-1]
        if last.casefold() not in body.casefold():
            title = _GLUED_COUNT.sub("", title)
    return title.strip(" #*_|｜")


def shares_words(line: str, body: str) -> bool:
    """Whether the text below uses a word of ``line``, as it does of nearly every title's."""
    folded = body.casefold()
    return any(word in folded for word in set(_WORD.findall(line.casefold())))


def is_first_section(line: str) -> bool:
    """Whether ``line`` is what the first section of a text is called, whatever the text is about."""
    return bool(_FIRST_SECTION.fullmatch(line.strip(" :：")))
