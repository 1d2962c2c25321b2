"""Register the facts of a source: how each is stated, checked and shown.

A fact is one :class:`SourceFact` in :data:`SOURCE_FACTS`. Front matter, corrections and documents are read by
this table, and whatever lists a source's facts can be written by it.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from hubtui.core.i18n import N_
from hubtui.text.analyzer import is_han, normalise


def _text(stated: str) -> str:
    return "" if stated.startswith("http") else stated


def _address(stated: str) -> str:
    return stated if stated.startswith("http") else ""


def _authors(stated: str) -> str:
    """Return the people whom the user names, all of them, whatever they are called."""
    from hubtui.ingest.metadata.bylines import split_authors  # it compiles many patterns

    if _INITIALED.fullmatch(stated):
        return "; ".join(name[0] for name in _INITIALED_NAME.finditer(stated))
    return split_authors(_WRITTEN.sub("", _text(stated)))


_INITIALED_NAME = re.compile(r"[^\W\d_][\w’' -]{0,40}?, (?:[A-ZÀ-Þ]\.[ -]?){1,4}(?<! )")
_INITIALED = re.compile(
    rf"{_INITIALED_NAME.pattern}(?:(?:, (?:& |and )?|; | & | and ){_INITIALED_NAME.pattern}){{0,50}}"
)
"""*Smith, J. A., & Doe, A.*: names as APA lists them, which commas alone do not divide."""
_WRITTEN = re.compile(r"(?:\s+等?|(?<=[\u4e00-\u9fff]{2})等|(?<=\w)[(（])(?:编?著|主编|合著|编)[)）]?$")
_UNSTATED = frozenset(("", "~", "null", "none", "nil", "n/a"))
"""What stands in front matter where nothing is stated."""


def _date(stated: str) -> str:
    from hubtui.ingest.metadata.dates import iso_date  # it compiles many patterns

    if parts := re.fullmatch(r"(\d{4})(?:; (\d{1,2}))?(?:; (\d{1,2}))?", stated):  # CSL's date-parts
        stated = "-".join(part.zfill(2) for part in parts.groups() if part)
    return iso_date(_text(stated))


_KINDS = {
    "article-journal": "journal, journal article, journalarticle, j, j/ol, 期刊, 期刊文章, 期刊论文",
    "article-magazine": "magazine, magazine article, magazinearticle, 杂志, 雜誌",
    "article-newspaper": "newspaper, newspaper article, newspaperarticle, n, n/ol, 报纸, 報紙, 报纸文章",
    "book": "monograph, m, m/ol, 专著, 專著, 图书, 圖書, 书, 書",
    "chapter": "book section, booksection, 析出文献",
    "dataset": "data set, ds, ds/ol, 数据集, 資料集",
    "document": "z, z/ol",
    "interview": "采访, 訪談, 访谈",
    "map": "cm, 地图, 地圖",
    "paper-conference": "conference paper, conferencepaper, c, c/ol, 会议论文, 會議論文",
    "patent": "p, p/ol, 专利, 專利",
    "post-weblog": "blog, blog post, blogpost, 博客",
    "report": "r, r/ol, 报告, 報告, 研究报告",
    "software": "cp, cp/ol, 软件, 軟體",
    "speech": "presentation, 演讲, 演講",
    "standard": "s, s/ol, 标准, 標準",
    "thesis": "dissertation, d, d/ol, 学位论文, 學位論文",
    "webpage": "web page, website, eb, eb/ol, 网页, 網頁, 网站",
}
"""The CSL types (CSL 1.0.2, appendix III) with what else they are called, as by the letters of GB/T 7714."""


def _kind(stated: str) -> str:
    """Return the CSL type that a word or a mark such as ``[M]`` names, or ``""``."""
    meant = stated.strip(" []【】［］").casefold()
    return next((kind for kind, others in _KINDS.items() if meant == kind or meant in others.split(", ")), "")


@dataclass(frozen=True, slots=True)
class SourceFact:
    """One fact that a source may have.

    Attributes:
        name: What it is called in files, commands and JSON.
        label: What it is called on the screen, untranslated.
        keys: The keys of front matter that state it, the best first, folded and without separators.
        hint: What a correction of it should look like, untranslated.
        parse: Return the value of what front matter states, ``""`` where that states none.
        is_date: Whether its values are dates in ISO form.
        is_coded: Whether only what :attr:`parse` returns is a value of it, also in corrections.
        is_address: Whether a link states its address by where it leads, not by its words.
        is_list: Whether it has several values, with ``"; "`` between them.
        always_shown: Whether a list of facts has a line for it even where it is unknown.
    """

    name: str
    label: str
    keys: tuple[str, ...]
    hint: str = N_("Write a text.")
    parse: Callable[[str], str] = _text
    is_date: bool = False
    is_coded: bool = False
    is_address: bool = False
    is_list: bool = False
    always_shown: bool = True

    def stated(self, value: object) -> str:
        """Return the fact that a value of front matter states, or ``""``."""
        if self.is_address and isinstance(value, str) and (link := _LINKED.search(value)):
            return link[1]
        return self.parse(_flattened(value))

    def corrected(self, value: object) -> str | None:
        """Return the fact that a correction states (``""`` removes it), or ``None`` for an unusable value."""
        if self.is_list and isinstance(value, list) and all(isinstance(item, str) for item in value):
            value = "; ".join(value)
        if self.is_date and isinstance(value, int | dt.date):
            value = str(value)
        if not isinstance(value, str):
            return None
        text = _one_line(value)
        return (self.parse(text) or None) if (self.is_date or self.is_coded) and text else text


def _flattened(value: object) -> str:
    if isinstance(value, list):
        match value:
            case [[str(link)]] if words := _WIKI_WORDS.fullmatch(link):  # [[people/li|Li Na]] without quotes
                return _one_line(words[1])
        return "; ".join(filter(None, map(_flattened, value)))
    if isinstance(value, dict):
        return _of_mapping({str(key).casefold().replace("_", "-"): inner for key, inner in value.items()})
    text = "" if value is None else _one_line(str(value))
    return "" if text in ("~", "null") else _unlinked(text)


def _of_mapping(value: Mapping[str, object]) -> str:
    """Return the person, the date or the name that a mapping in front matter states, or ``""``."""

    def first(*keys: str) -> str:
        return next((text for key in keys if (text := _flattened(value.get(key)))), "")

    family = first("family", "last", "lastname", "last-name", "surname", "姓")
    given = first("given", "first", "firstname", "first-name", "given-names", "名")
    if family:
        family = f"{first('non-dropping-particle')} {family}".strip()
        given = f"{given} {first('dropping-particle')}".strip()
        return f"{family}{given}" if is_han(family[-1]) else f"{family}, {given}".rstrip(", ")
    if year := first("year", "date-parts"):
        return "; ".join(filter(None, (year, first("month"), first("day"))))
    return first("name", "literal", "title", "url")


_LINKED = re.compile(r"(?:\]\(|<)(https?://[^\s<>()]+)[)>]")
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]{1,200}\|)?(?:[^\[\]|/]{1,100}/){0,9}([^\[\]|/]{1,200})\]\]")
_WIKI_WORDS = re.compile(r"[^\[\]|]{1,200}\|(.{1,200})")
_MARKDOWN_LINK = re.compile(r"(?<!!)\[([^\[\]]{1,200})\]\([^()\s]{0,500}\)")


def _unlinked(value: str) -> str:
    """Return a value without the marks of links: ``[[王小明]]``, ``[[people/li|Li Na]]``, ``[Li](https://…)``."""
    return _MARKDOWN_LINK.sub(r"\1", _WIKI_LINK.sub(r"\1", value))


def unread_fact(key: str, value: object) -> "SourceFact | None":
    """Return the fact that a key of front matter is for, if its value states none, else ``None``."""
    facts = [fact for fact in SOURCE_FACTS.values() if key in fact.keys]
    message = _one_line(str(value)).strip(" \"'").casefold() if value else ""
    if message in _UNSTATED or not facts or any(fact.stated(value) for fact in facts):
        return None
    return next((fact for fact in facts if not fact.is_coded), None)  # programs have a type of their own


def _one_line(value: str) -> str:
    return " ".join(normalise(value).split())


SOURCE_FACTS: Final = {
    fact.name: fact
    for fact in (
        SourceFact("title", N_("Title"), ("title", "headline", "subject", "标题", "標題")),
        SourceFact(
            "author",
            N_("Author"),
            ("author", "authors", "by", "byline", "creator", "作者"),
            N_('Write a text, or a list: ["Li Na", "Wang Wei"].'),
            _authors,
            is_list=True,
        ),
        SourceFact(
            "publisher",
            N_("Publisher"),
            (
                "publisher",
                "publication",
                "source",
                "site",
                "sitename",
                "website",
                "journal",
                "newspaper",
                "出版社",
                "出版者",
                "来源",
                "來源",
            ),
        ),
        SourceFact(
            "date",
            N_("Date"),
            (
                "date",
                "published",
                "publishdate",
                "pubdate",
                "datepublished",
                "issued",
                "日期",
                "发布日期",
                "發布日期",
            ),
            N_('Write it as "2018", "2018-06" or "2018-06-07".'),
            _date,
            is_date=True,
        ),
        SourceFact("language", N_("Language"), ("lang", "language", "语言", "語言")),
        SourceFact(
            "url",
            N_("Address"),
            (
                "url",
                "link",
                "canonical",
                "canonicalurl",
                "sourceurl",
                "permalink",
                "source",
                "via",
                "链接",
                "原文链接",
            ),
            N_('Write it in full: "https://example.org/page".'),
            _address,
            is_address=True,
        ),
        SourceFact(
            "accessed",
            N_("Saved on"),
            ("accessed", "retrieved", "saved", "clipped", "created"),
            N_('Write it as "2018-06-07".'),
            _date,
            is_date=True,
            always_shown=False,
        ),
        SourceFact(
            "type",
            N_("Kind"),
            ("type", "itemtype", "documenttype", "文献类型"),
            N_("Write what CSL calls it: book, report, article-journal, article-newspaper, thesis, webpage…"),
            _kind,
            is_coded=True,
            always_shown=False,
        ),
    )
}
"""Every fact by its name, in the order in which they are shown."""
