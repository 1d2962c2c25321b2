"""Citation keys: readable, in ASCII, and the same each time an item is exported."""

import hashlib
import itertools
import json
import re
import unicodedata

from hubtui.citation.csl import Item

_DIVIDED = re.compile(r"[\s‐–—-]+")
_WEAK = frozenset({"a", "an", "the", "on", "in", "of", "to", "for", "and", "how", "why", "what", "is", "it"})


def citation_keys(items: list[Item]) -> list[str]:
    """Return a key for each item: its own, else author, year and first word of the title.

    Of items that would share a key, all but the first carry a digest of their content; of items that are the
    same, all but the first two carry a number as well.
    """
    keys: dict[str, None] = {}
    for item in items:
        key = _safe(item.get("citation-key")) or _made(item)
        if key in keys:
            key = f"{key}-{_digest(item)}"
        copies = itertools.chain([key], (f"{key}-{number}" for number in itertools.count(2)))
        keys[next(name for name in copies if name not in keys)] = None
    return list(keys)


def _made(item: Item) -> str:
    names = item.names("author") or item.names("editor")
    surname = names[0].surname if names else item.get("container-title") or item.get("publisher")
    who = _plain(surname.split(" ")[0] if names and not names[0].literal else surname)
    word = title_word(item.title)
    key = f"{who[:24]}{item.date().year or ''}{word[:24]}"
    return key if who or word else f"item{item.date().year or ''}-{_digest(item)}"


def title_word(title: str) -> str:
    """Return the word of a title that goes into its key: the first beside stop words, in ASCII, or ``""``."""
    words = (_plain(word) for word in _DIVIDED.split(title))
    return next((word for word in words if word not in _WEAK and not word.isdecimal() and word), "")


def _plain(text: str) -> str:
    """Return the letters and digits of a text in lower-case ASCII, without accents."""
    decomposed = unicodedata.normalize("NFKD", text)
    return re.sub(r"[^a-z0-9]", "", decomposed.encode("ascii", "ignore").decode().lower())


def _safe(key: str) -> str:
    return re.sub(r"[^A-Za-z0-9:._/+-]", "", key)


def _digest(item: Item) -> str:
    fields = {name: value for name, value in item.fields.items() if name != "id"}
    content = json.dumps(fields, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.blake2b(content.encode("utf-8", "replace"), digest_size=3).hexdigest()
