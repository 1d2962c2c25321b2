"""Links that open the browser at a passage (WICG, URL Fragment Text Directives)."""

import re
from urllib.parse import quote

from hubtui.core.models import Source

_WHOLE = 80
_WORDS = 6
_CHARACTERS = 24
_DIRECTIVE = ":~:"
_FIRST = re.compile(r".{8,24}(?=[，。；：？！、,.;:?!])")
_LAST = re.compile(r"(?<=[，。；：？！、,.;:?!]).{8,24}$")


def is_web_address(url: str) -> bool:
    """Whether a browser opens ``url``."""
    return url.lower().startswith(("http://", "https://"))


def passage_link(url: str, text: str) -> str:
    """Add a text directive to ``url``, which makes the browser scroll to ``text`` and highlight it.

    A short text is given whole, a long one by its beginning and its end. An address that is no web
    address, or a text without words, leaves ``url`` as it is.
    """
    words = text.split()
    if not words or not is_web_address(url):
        return url
    page, _, fragment = url.partition("#")
    anchor = fragment.partition(_DIRECTIVE)[0]
    directive = ",".join(_encoded(part) for part in _parts(" ".join(words)))
    return f"{page}#{anchor}{_DIRECTIVE}text={directive}"


def _parts(text: str) -> tuple[str, ...]:
    """Return the text, or its start and its end."""
    if len(text) <= _WHOLE:
        return (text,)
    words = text.split(" ")
    if len(words) > 2 * _WORDS:
        return " ".join(words[:_WORDS]), " ".join(words[-_WORDS:])
    first, last = _FIRST.match(text), _LAST.search(text, len(text) - _CHARACTERS - 1)
    return first[0] if first else text[:_CHARACTERS], last[0] if last else text[-_CHARACTERS:]


def _encoded(text: str) -> str:
    return quote(text, safe="").replace("-", "%2D")


def source_link(source: Source, text: str) -> str:
    """Return a link to a text in its source's page, or ``""`` when the source has no web address."""
    return passage_link(source.url, text) if is_web_address(source.url) else ""
