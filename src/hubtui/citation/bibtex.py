"""BibTeX, with the fields of BibLaTeX where BibTeX has none (date, url, urldate, langid).

Text is UTF-8; the characters that TeX reads as commands are escaped. Words of an English title that have
capitals are braced, so that a style does not lower them.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from hubtui.citation.csl import Item, citation_keys
from hubtui.citation.names import CslName

_TYPES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "paper-conference": "inproceedings",
    "post": "online",
    "post-weblog": "online",
    "report": "techreport",
    "thesis": "phdthesis",
    "webpage": "online",
}
_SUBTYPES = {"article-magazine": "magazine", "article-newspaper": "newspaper"}
_CONTAINERS = {"incollection": "booktitle", "inproceedings": "booktitle"}
_PUBLISHERS = {"techreport": "institution", "phdthesis": "school"}
_LANGUAGES = {"en": "english", "zh": "chinese", "ja": "japanese", "de": "german", "fr": "french"}

_ESCAPES = str.maketrans(
    {
        "\\": r"{\textbackslash}",
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
        **{character: "\\" + character for character in "&%$#_"},
    }
)
_URL_ESCAPES = str.maketrans({" ": "%20", "{": "%7B", "}": "%7D", "\\": "%5C"})
_CAPITALISED = re.compile(r"\b\w*[^\W\d_a-z]\w*\b")


def write_bibtex(items: Sequence[Mapping[str, Any]]) -> str:
    """Return the items as BibTeX entries."""
    read = [Item(item) for item in items]
    return "\n".join(_entry(item, key) for item, key in zip(read, citation_keys(read), strict=True))


def _entry(item: Item, key: str) -> str:
    kind = _TYPES.get(item.type, "misc")
    if kind == "phdthesis" and re.search(r"master|硕士", item.get("genre"), re.IGNORECASE):
        kind = "mastersthesis"
    fields = {name: value for name, value in _fields(item, kind).items() if value}
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@{kind}{{{key},\n{lines}}}\n"


def _fields(item: Item, kind: str) -> dict[str, str]:
    date, accessed, language = item.date(), item.date("accessed"), item.get("language")
    number = item.get("issue") or item.get("collection-number")
    number = number or (item.get("number") if kind != "article" else "")
    container, book = _CONTAINERS.get(kind, "journal"), item.get("container-title")
    publisher = _PUBLISHERS.get(kind.replace("masters", "phd"), "publisher")
    return {
        "author": _names(item, "author"),
        "editor": _names(item, "editor"),
        "translator": _names(item, "translator"),
        "title": _title(item, item.title),
        container: (_title(item, book) if container == "booktitle" else _escaped(book)),
        "entrysubtype": _SUBTYPES.get(item.type, ""),
        "type": _escaped(item.get("genre")),
        "series": _escaped(item.get("collection-title")),
        "edition": _escaped(item.get("edition")),
        "volume": _escaped(item.get("volume")),
        "number": _escaped(number),
        "eid": _escaped(item.get("number")) if kind == "article" else "",
        "eventtitle": _escaped(item.get("event-title")),
        "venue": _escaped(item.get("event-place")),
        "pages": _escaped(re.sub(r"(?<=\w)[-–—]+(?=\w)", "--", item.get("page"))),
        publisher: _escaped(item.get("publisher")),
        "address": _escaped(item.get("publisher-place")),
        "year": str(date.year) if date.year else "",
        "date": date.iso if date.year else "",
        "doi": item.doi.translate(_URL_ESCAPES),
        "isbn": item.get("ISBN"),
        "issn": item.get("ISSN"),
        "url": item.get("URL").translate(_URL_ESCAPES),
        "urldate": accessed.iso if accessed.year else "",
        "language": _escaped(language),
        "langid": _LANGUAGES.get(language[:2].lower(), ""),
    }


def _names(item: Item, role: str) -> str:
    return " and ".join(_name(name) for name in item.names(role))


def _name(name: CslName) -> str:
    """Return a name as ``von Last, Jr, First``; one that is not to be divided, in braces."""
    if name.literal:
        return f"{{{_escaped(name.literal)}}}"
    family = " ".join(part for part in (name.dropped, name.particle, _grouped(name.family)) if part)
    return ", ".join(part for part in (family, _grouped(name.suffix), _grouped(name.given)) if part)


def _grouped(part: str) -> str:
    """Brace a part of a name that holds a comma or the word *and*, which would divide the name."""
    divided = "," in part or " and " in f" {part} ".lower()
    return f"{{{_escaped(part)}}}" if divided else _escaped(part)


def _title(item: Item, title: str) -> str:
    """Brace the capitals of an English title, so that no style lowers them."""
    if not item.english:
        return _escaped(title)
    pieces, end = [], 0
    for match in _CAPITALISED.finditer(title):
        word = _escaped(match[0])
        plain = match[0][1:] == match[0][1:].lower()
        first = plain and not re.search(r"\w", title[: match.start()])
        pieces += [_escaped(title[end : match.start()]), word if first else f"{{{word}}}"]
        end = match.end()
    return "".join(pieces) + _escaped(title[end:])


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)
