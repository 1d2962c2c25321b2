"""Ranges of pages, as long or as short as a style wants them."""

import re

_RANGE = re.compile(r"(?<!\d)(\d+)\s*[-‐‑–—]+\s*(\d+)")


def en_dashed(pages: str) -> str:
    """Give the pages as they are, with en dashes in ranges: *117–27*."""
    return re.sub(r"(?<=\w)\s*[-‐‑–—]+\s*(?=\w)", "–", pages)


def full(pages: str) -> str:
    """Give ranges with all digits: *117–127*."""
    return en_dashed(_RANGE.sub(lambda match: f"{match[1]}–{_complete(match[1], match[2])}", pages))


def two_digits(pages: str) -> str:
    """Give the second number of a range with its last two digits, more where needed: *117–27*, *96–101*."""
    return en_dashed(_RANGE.sub(_shortened, pages))


def is_plural(pages: str) -> bool:
    """Whether there is more than one page."""
    return bool(re.search(r"[-‐‑–—,&]", pages))


def labelled(pages: str) -> str:
    """Give ``p. 15`` or ``pp. 15–17``."""
    return f"{'pp.' if is_plural(pages) else 'p.'} {pages}"


def _complete(first: str, last: str) -> str:
    missing = len(first) - len(last)
    return first[:missing] + last if missing > 0 else last


def _shortened(match: re.Match[str]) -> str:
    first, last = match[1], _complete(match[1], match[2])
    if len(first) == len(last) and len(first) > 2 and first[:-2] == last[:-2]:
        last = last[-2:]
    return f"{first}–{last}"
