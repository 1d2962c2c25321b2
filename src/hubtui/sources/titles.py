"""Titles: what is glued to them, and what only looks like one."""

import re
from collections.abc import Sequence

from hubtui.sources.names import is_website

_GLUED_COUNT = re.compile(r"(?<=[a-z])\d{2,7}$")
_COUNTED = re.compile(
    r"\s*[(（\[]?(?:阅读|浏览|点击|views?|reads?)(?:量|数|次数)?\s?[:：]?\s?\d[\d,.]{0,9}(?:万|k)?\s?次?[)）\]]?$"
    r"|\s+\d[\d,.]{0,9}\s?(?:次(?:阅读|浏览|点击)|views?|reads?)$",
    re.IGNORECASE,
)
_LONGEST = 300
_YEAR = re.compile(r"(?:19|20)\d\d$")
_PARTS = re.compile(r"(\s*[|｜_»]+\s*|\s+[-–—]\s+)")
_FIRST_SECTION = re.compile(
    r"introduction|overview|summary|executive summary|abstract|background|contents|table of contents|preface"
    r"|foreword|key points|引言|前言|摘要|概述|概要|导语|导读|目录|背景|序|序言",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z]{4,}|[㐀-鿿]{2}")


def clean_title(title: str, body: str) -> str:
    """Give ``title`` without a view count at its end, glued to the last word or not.

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


def without_site(title: str, sites: Sequence[str]) -> str:
    """Give a page's title without the name of its site, at the end or the beginning.

    Args:
        title: The title, with parts between bars, dashes or low lines.
        sites: What the site calls itself.
    """
    parts = _PARTS.split(title)
    bare = {re.sub(r"\W", "", site).casefold() for site in sites}
    while len(parts) > 2 and _names_site(parts[-1], bare):
        parts = parts[:-2]
    while len(parts) > 2 and _names_site(parts[0], bare):
        parts = parts[2:]
    return "".join(parts).strip()


def _names_site(part: str, sites: set[str]) -> bool:
    name = re.sub(r"\W", "", part).casefold()
    return is_website(part) or any(name in site or (len(site) > 3 and site in name) for site in sites if site)
