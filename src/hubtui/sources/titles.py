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


def is_caption(line: str, body: str, *, headed: bool) -> bool:
    """Whether a first line is a picture's caption rather than a title.

    It is one when a heading follows it (``headed``) and the text below uses none of its words.
    """
    words = set(_WORD.findall(line.casefold()))
    folded = body.casefold()
    return headed and bool(words) and not any(word in folded for word in words)


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
