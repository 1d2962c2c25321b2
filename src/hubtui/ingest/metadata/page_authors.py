"""Find who wrote a web page: whom it declares, whom its bylines name, whoever else is named as its author."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hubtui.ingest.document import Facts, Origin
from hubtui.ingest.metadata.bylines import (
    clean_authors,
    is_organisation,
    is_person,
    is_website,
    read_byline,
    written_by,
)
from hubtui.ingest.metadata.name_patterns import INVERTED
from hubtui.ingest.metadata.page_layout import Layout, one_line, spaced_text

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from lxml.html import HtmlElement

_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:by-?lines?|authors?|autor(?:es|en|in)?|auteurs?|autore|verfasser|writers?|reporter"
    r"|journalist|credits?|contributors?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NO_BYLINE = re.compile(r"comment|caption|photo|image|picture|figure|tweet", re.IGNORECASE)
_AUTHOR_CLASS = re.compile(
    r"(?:^|\s)(?:post-|entry-|article-|by-|[a-z]{2,3}-)?(?:author|autor|auteur)(?:-name|-link)?(?:$|\s)",
    re.IGNORECASE,
)
_AUTHOR_PAGE = re.compile(
    r"/(?:authors?|autor(?:en|es)?|auteurs?|autori|redakteure?|journalist(?:e|en|s)?|contributors?|writers?"
    r"|periodistas?|people|menschen|by|staff|profiles?|profil)/[^/?#]{3,80}/?(?:[?#].*)?$",
    re.IGNORECASE,
)
_PICTURE = re.compile(
    r"\W*(?:photos?|foto|fotos|image|images|bild|bilder|grafik|illustrations?|video|quelle)\b", re.IGNORECASE
)
_JOINT = re.compile(r"\W*(?:and|und|et|y|e|en|og|och|i|with|mit|avec|con|@\w{2,40})?\W*", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NO_HANDLE = re.compile(
    r"\d{3}|[:：!?。@]|^(?:name|date|datum|username|comments?|image|video|share|home|article|news|auteurs?"
    r"|autor|author|updated?|last|by)$|admin$|\b(?:von|par|por|by)$"
    r"|^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"\b(?:publicado|publié|pubblicato|published|publiziert|veröffentlicht|gepubliceerd|updated|aktualisiert"
    r"|actualizado|posted|erstellt|lesezeit|read more|sign up|log in|watch live)\b",
    re.IGNORECASE,
)
_LONGEST_HANDLE = 5
"""Words."""
_LONGEST_NAME = 40
_LONGEST_PIECE = 120
_SEVERAL = 6
"""Authors up to whom a longer list of them is believed."""


@dataclass(frozen=True, slots=True)
class Clues:
    """Who may have written a page.

    Attributes:
        declared: Whom its metadata declare, the most telling first.
        outlets: Organisations that they declare to be the author.
        named: Whom the lines around its headline name.
        guessed: Whom another program takes for the author.
        sites: What the site calls itself.
    """

    declared: Sequence[Sequence[str]]
    outlets: Sequence[str]
    named: str
    guessed: str
    sites: Sequence[str]


def offer_authors(facts: Facts, layout: Layout, clues: Clues) -> None:
    """Offer the people whom the page names as its authors; where it names none, whoever it does name."""
    named, guessed, sites = clues.named, clean_authors(clues.guessed), clues.sites
    stated = [clean_authors("; ".join(names)) for names in clues.declared]
    credited = _credited(layout)
    shown = {name.casefold() for name in (*credited.split("; "), *named.split("; "))}
    ranked: list[tuple[str, Origin]] = [
        *(
            (names, "page metadata")
            for names in sorted(stated, key=lambda names: not _names_any(names, shown))
        ),
        (credited, "byline"),
        (named, "byline"),
        (guessed, "page metadata"),
    ]
    hosts = {_bare(name) for names in (sites, *clues.declared) for name in names if is_host(name)}
    people: list[tuple[list[str], Origin]] = [
        ([name for name in names.split("; ") if _is_somebody(name) and _bare(name) not in hosts], origin)
        for names, origin in ranked
    ]
    for somebody, origin in people:
        fullest = next((more for more, _ in people[:-1] if _holds_all(more, somebody)), somebody)
        facts.offer("author", "; ".join(_in_order(name, credited) for name in fullest), origin)
    for names in stated:
        others = [name for name in names.split("; ") if name and not _same(name, sites)]
        apart = [name for name in others if not is_organisation(name)]
        facts.offer("author", "; ".join(apart or others), "page metadata")
    handle = _handle(layout)
    facts.offer("author", named, "byline")
    facts.offer("author", next(iter(clues.outlets), ""), "page metadata")
    for name in (handle, guessed):
        if not _same(name, sites) and _is_handle(name) and _bare(name) not in hosts:
            facts.offer("author", name, "byline")
    for name in (*stated, handle):  # an outlet that says that it wrote the page itself
        if _is_handle(name) and not (is_website(name) or is_host(name)):
            facts.offer("author", name, "page metadata")


def is_host(site: str) -> bool:
    """Whether a site's name is only its address."""
    return bool(re.fullmatch(r"[\w.-]+\.[a-z]{2,6}", site, re.IGNORECASE))


def _names_any(names: str, shown: "Container[str]") -> bool:
    return any(name.casefold() in shown for name in names.split("; "))


def _holds_all(more: "Sequence[str]", names: "Sequence[str]") -> bool:
    """Whether a list of authors has all those of another one, and some besides."""
    known = {name.casefold() for name in more}
    return bool(names) and len(names) < len(more) <= _SEVERAL and {name.casefold() for name in names} <= known


def _in_order(name: str, shown: str) -> str:
    """Return a name as the page shows it, where it declares it with the family name first."""
    family, _, given = name.partition(", ")
    turned = f"{given} {family}"
    return turned if given and turned in shown.split("; ") else name


def _is_somebody(name: str) -> bool:
    """Whether a name is a person's, with a degree behind it or the family name before it too."""
    before, _, _after = name.partition(", ")
    if _NO_NAME.search(name):
        return False
    return is_person(name) or is_person(before) or bool(INVERTED.fullmatch(name))


def _is_handle(name: str) -> bool:
    words = len(name.split())
    return 0 < words <= _LONGEST_HANDLE and not (_NO_HANDLE.search(name) or _NO_NAME.search(name))


def _same(name: str, sites: "Iterable[str]") -> bool:
    """Whether ``name`` is, or is part of, what the site calls itself."""
    bare = _bare(name)
    return is_website(name) or any(bare and bare in _bare(site) for site in sites)


def _bare(name: str) -> str:
    return re.sub(r"\W", "", name).casefold()


def _marked(layout: Layout) -> "Iterator[HtmlElement]":
    """Yield the elements that a page marks as an author's: from the headline on, then those above it."""
    above: list[HtmlElement] = []
    below = layout.headline is None
    for element in layout.tree.iter():
        if element is layout.headline:
            below = True
        if not isinstance(element.tag, str) or element.tag in ("body", "html", "meta", "link", "article"):
            continue
        hints = element.get("class") or ""
        if (
            "author" in (element.get("rel") or "").split()
            or "author" in (element.get("itemprop") or "").split()
            or (hints and _BYLINE.search(_CAMEL.sub("-", hints)))
            or (element.tag == "a" and _AUTHOR_PAGE.search(element.get("href") or ""))
        ) and not (_NO_BYLINE.search(hints) or layout.is_apart(element)):
            if below:
                yield element
            else:
                above.append(element)
    yield from above


def _credited(layout: Layout) -> str:
    """Return the people whom an element's class, property or address marks as authors, or ``""``."""
    for element in _marked(layout):
        if element.tag == "figcaption" or any(True for _ in element.iterancestors("figure", "figcaption")):
            continue
        text = spaced_text(element)
        if not 2 < len(text) <= 3 * _LONGEST_PIECE or _PICTURE.match(text):
            continue
        if names := _people_of(element) or (len(text) <= _LONGEST_PIECE and people_in(text)):
            return "; ".join(dict.fromkeys(names))
    return ""


def _people_of(element: "HtmlElement") -> list[str]:
    """Return the people whom the texts of an element's children name, one after the other."""
    names: list[str] = []
    joined = False
    for text in element.itertext():
        piece = one_line(str(text))
        if not piece:
            continue
        if names and _JOINT.fullmatch(piece):
            joined = True
            continue
        found = people_in(piece) if len(piece) <= _LONGEST_PIECE and (joined or not names) else []
        if names and not found:
            break
        names += found
        joined = piece.endswith((",", "&", " and", " und", " et"))
    return names


def people_in(text: str) -> list[str]:
    """Return the people whom a byline names, without what else it says."""
    found = Facts()
    if read_byline(text, found) and (people := _only_people(found["author"])):
        return people
    return _only_people(clean_authors(written_by(text)))


def _only_people(names: str) -> list[str]:
    return [name for name in names.split("; ") if _is_somebody(name)]


def _handle(layout: Layout) -> str:
    """Return the name by which a site calls the author, where it is no person's full name."""
    for element in _marked(layout):
        marked = element.get("rel") == "author" or element.get("itemprop") == "author"
        if marked or _AUTHOR_CLASS.search(_CAMEL.sub("-", element.get("class") or "")):
            name = clean_authors(written_by(spaced_text(element)))
            if 1 < len(name) <= _LONGEST_NAME:
                return name
    return ""
