"""Read the people of a book as its metadata names them, with countries, original names and roles."""

import re
from collections.abc import Iterable

from hubtui.ingest.metadata.bylines import clean_authors

_AUTHORS = frozenset(("", "aut", "author", "cre", "creator", "dis"))
_EDITORS = frozenset(("edt", "editor", "com", "compiler"))
_COUNTRY = re.compile(r"^\s*[\[［〔【(（]\s*[\u4e00-\u9fff]{1,8}\s*[\]］〕】)）]\s*")
_ORIGINAL = re.compile(r"\s*[(（\[［][^()（）\[\]［］]*[A-Za-z][^()（）\[\]［］]*[)）\]］]")
_SEPARATOR = re.compile(r"\s*[;；]\s*")
_TRANSLATED = re.compile(r"[\u4e00-\u9fff·、]{2,}译")
_OTHERS_WORK = re.compile(
    r"(?:(?<=\s)|(?<=[）)\]]))(?:[合编]?译|翻译|译注|译校|校译?|审校|校注|注|绘|插图|摄影|插画|朗读|导读|序|作序|推荐"
    r"|监制|策划|出品)\s*$|^(?:译者|翻译|绘者?|插图|校对|审校|策划)\s*[:：]"
    r"|\b(?:translated|illustrated|read|narrated) by\b|\(?(?:translator|illustrator)\)?$",
    re.IGNORECASE,
)
_WORK = re.compile(
    r"(?:\s+|(?<=[）)\].A-Za-z]))(?:等)?(?:著|编著|主编|编|原著|合著|撰|作|口述|整理)\s*$"
    r"|\s*[,，]?\s*\(?(?:eds?\.?|editors?|authors?)\)?\s*$|^(?:作者|著者|主编)\s*[:：]\s*",
    re.IGNORECASE,
)


def book_authors(creators: Iterable[tuple[str, str]]) -> str:
    """Return the authors among a book's creators, else its editors, ``"; "`` between them.

    Args:
        creators: Each with its MARC relator (``aut``, ``trl``), or ``""``.
    """
    named = [(part, role) for text, role in creators for part in _SEPARATOR.split(text) if part.strip()]
    if len(named) > 1:  # 刘润译 may be a name, but not beside an author
        named = [(text, role) for text, role in named if not _TRANSLATED.fullmatch(text.strip())]
    for roles in (_AUTHORS, _EDITORS):
        found = (book_author(text) for text, role in named if role in roles)
        if people := "; ".join(dict.fromkeys(name for names in found for name in names.split("; ") if name)):
            return people
    return ""


def book_author(text: str) -> str:
    """Return the authors that a creator names, without country, original name and role."""
    if _OTHERS_WORK.search(text.strip()):
        return ""
    people = re.split(r"\s*[、]\s*", _WORK.sub("", text.strip()))
    bare = (_ORIGINAL.sub("", _COUNTRY.sub("", person)).strip() for person in people)
    return clean_authors("; ".join(name for name in bare if name))
