"""Find when a web page was published: by a label, its address, what it declares, what it shows."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hubtui.ingest.document import Facts, Origin
from hubtui.ingest.metadata.dates import find_date, find_labelled_date, iso_date, with_day_told
from hubtui.ingest.metadata.page_layout import Layout, short_text
from hubtui.text.analyzer import is_han

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from hubtui.ingest.metadata.page_declarations import Declarations

_LABEL = re.compile(
    r"(?:发布时间|发布日期|发布于|发表时间|发表于|发表日期|出版日期|刊发时间|发稿时间|成文日期"
    r"|发文日期|上传时间|發布時間|發佈時間|發布日期|發佈日期|發表時間|公告日期|刊登日期|公開日"
    r"|配信日|投稿日"
    r"|(?<![\w-])published(?: on| at)?|posted on|first published"
    r"|this (?:story|article) is from|veröffentlicht(?: am)?|erschienen am|(?:presse)?mitteilung vom"
    r"|erstellt am"
    r"|(?:dieser|der) (?:beitrag|eintrag|artikel) (?:wurde|erschien)(?: \w+){0,3} am"
    r"|^datum|^date|^fecha|^data"
    r"|publié le|mis en ligne le|publicado (?:el|em)|pubblicato il|gepubliceerd op|geplaatst op|opublikowano"
    r"|опубликовано|дата публикации)\s?[:：]?\s*",
    re.IGNORECASE,
)
TODAY = re.compile(
    r"今天是|今日是|今天[:：]|现在是|当前(?:时间|日期)|今天日期|系统时间|欢迎您?[，,!！]"
    r"|天气|气温|℃|多云|農曆|农历|今天 ?\d|现在时间"
    r"|today(?: is|['’]s date|:)|current (?:date|time)|it is now|weather|heute ist|nous sommes le|°[CF]\b",
    re.IGNORECASE,
)
_CLASS = re.compile(
    r"publi|post(?:ed|-|_)?(?:date|time|on|meta)|entry-date|article(?:-|_)?(?:date|time)|pub(?:-"
    r"|_)?(?:date|time)"
    r"|(?:^|\s)(?:date|time|timestamp|dateline)(?:$|\s)|byline.?date|date-?line|meta-?date",
    re.IGNORECASE,
)
_CHANGED = re.compile(r"updat|modif|comment|event|expire", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?:[/-]|$)")
_DAY_AND_HOUR = re.compile(
    r"[\W\d_]*(?:(?:\w{3,6}day|mon|tue|wed|thu|fri|sat|sun|\w{4,7}tag|mittwoch|mo|di|mi|do|fr|sa|so|\w{3,5}di"
    r"|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|星期.|周.|uhr|um|am|at|on|den|le|el|[ap]m)"
    r"\b[\W\d_]*){0,4}",
    re.IGNORECASE,
)
_DECEMBER = 12
_FULL = len("2024-10-08")
_FEW = 8
"""Child elements from which an element is no line of a byline any more."""
_CLOSE = 12
"""Characters between a label and its date at most."""
_LONGEST_LINE = 160
_LONE = 40
"""Characters of a line that holds a date, the day of the week and the hour."""
_STAMPS = 12
"""Dates of elements that are looked at."""


@dataclass(frozen=True, slots=True)
class DatedPage:
    """A page as far as it tells its date.

    Attributes:
        layout: The page, and where its headline stands.
        text: Its source text.
        declared: What it declares.
        lines: What the lines around its headline say.
        address: Where it is from, or ``""``.
        beside: The lines around its headline.
        today: The dates that it shows because it is that day.
        day_first: Whether its country writes the day before the month; ``None`` where that is unknown.
    """

    layout: Layout
    text: str
    declared: "Declarations"
    lines: Facts
    address: str
    beside: "Sequence[str]"
    today: set[str]
    day_first: bool | None


def offer_dates(facts: Facts, page: DatedPage, guessed: str) -> None:
    """Offer the date of publication: a labelled one, else a declared one, else one beside the headline.

    A date in the page's address is that of its first publication, at the place of its publisher; a declared
    one that is later is that of a new edition, or of the same moment in another time zone.
    """
    declared, lines, today = page.declared, page.lines, page.today
    labelled = _labelled_date(page)
    stamped = _stamps(page)
    beside = [date for date, text in stamped if any(text in line for line in page.beside)]
    shown = [
        date for date in (*beside[:1], lines["date"], *(date for date, _ in stamped[:1])) if date not in today
    ]
    published = declared.published[:1]
    addressed = _date_in_address(page.address)
    first = [addressed] if addressed and published and addressed < _day_after(published[0]) else []
    local = [date for date in shown if published and _is_a_day_apart(published[0], date)]
    # A page that shows another day than it declares is in another time zone than the declaration.
    candidates = [
        date for date in (labelled, *first, *local, *published, *shown, *declared.dated, addressed) if date
    ]
    full = [date for date in candidates if len(date) == _FULL]
    changed = lines["modified"] or next(iter(declared.changed), "")
    guess = iso_date(guessed)
    if guess and guess not in today and guess not in declared.changed and _is_written(guess, page):
        full = full or [guess]
    full = full or candidates or _lone_dates(page)
    origin: Origin = "byline" if full and full[0] in (labelled, lines["date"]) else "page metadata"
    facts.offer("date", next(iter(full), ""), origin)
    facts.offer("modified", changed, "page metadata")


def is_day_first(language: str) -> bool | None:
    """Whether a page in this language writes the day before the month; ``None`` where countries differ."""
    language, _, country = language.replace("_", "-").casefold().partition("-")
    if not language or language in ("zh", "ja", "ko", "hu", "fa", "mn"):
        return None
    if language == "en":
        return None if not country else country not in ("us", "ca", "ph")
    return True


def _date_in_address(address: str) -> str:
    match = _IN_ADDRESS.search(address)
    return iso_date("-".join(match.groups())) if match else ""


def _day_after(date: str) -> str:
    if len(date) != _FULL:
        return date
    return (dt.date.fromisoformat(date) + dt.timedelta(days=2)).isoformat()


def _is_a_day_apart(one: str, other: str) -> bool:
    if not len(one) == len(other) == _FULL:
        return False
    return abs((dt.date.fromisoformat(one) - dt.date.fromisoformat(other)).days) == 1


def _labelled_date(page: DatedPage) -> str:
    """Return the first date that a label of the page's text calls that of publication."""
    for element in page.layout.tree.iter(
        "p", "span", "div", "time", "td", "li", "em", "i", "b", "font", "dt", "small", "strong"
    ):
        text = short_text(element, _LONGEST_LINE) if len(element) <= _FEW else ""
        if element.tag == "dt" and (value := element.getnext()) is not None and value.tag == "dd":
            text = f"{text}: {short_text(value, _LONGEST_LINE)}"
        if match := _LABEL.search(text):
            find = find_labelled_date if is_han(match[0][0]) else find_date
            dated = find(with_day_told(text[match.end() :][:40], page.day_first))
            if dated and dated[1] < _CLOSE:
                return dated[0]
    return ""


def _stamps(page: DatedPage) -> list[tuple[str, str]]:
    """Return the dates of ``time`` elements and of others whose class says so, each with its text."""
    found: list[tuple[str, str]] = []
    for element in _timed(page.layout):
        if len(found) == _STAMPS:
            break
        kind = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
        if element.tag != "time" and not _CLASS.search(kind):
            continue
        if _CHANGED.search(kind) or page.layout.is_apart(element):
            continue
        text = short_text(element, _LONGEST_LINE)[:80]
        value = element.get("datetime") or text
        dated = find_date(with_day_told(value, page.day_first))
        if dated:
            found.append((dated[0], text or value))
    return found


def _lone_dates(page: DatedPage) -> list[str]:
    """Return the date that stands alone in an element, if there is only one on the page."""
    found = set()
    for element in page.layout.tree.iter("p", "span", "div", "em", "i", "b", "td", "small", "strong", "font"):
        text = short_text(element, _LONE) if len(element) <= _FEW else ""
        dated = find_date(with_day_told(text, page.day_first)) if text else None
        if not dated or len(dated[0]) < _FULL or dated[0] in page.today:
            continue
        rest = f"{text[: dated[1]]} {text[dated[2] :]}"
        if _DAY_AND_HOUR.fullmatch(rest) and not page.layout.is_apart(element):
            found.add(dated[0])
    return list(found) if len(found) == 1 else []


def _timed(layout: Layout) -> "Iterator[HtmlElement]":
    """Yield the elements that may be stamps: those in and below the headline, then those above it."""
    start = layout.tree if layout.headline is None else layout.headline
    for axis in ("descendant", "following", "preceding"):
        yield from start.xpath(
            f"{axis}::*[self::time or contains(@class, 'date') or contains(@class, 'time')]"
        )


def dates_of_today(tree: "HtmlElement") -> set[str]:
    """Return the dates that a page shows because it is that day."""
    found = set()
    for element in tree.iter("div", "span", "p", "td", "li", "font", "em"):
        text = short_text(element, _LONGEST_LINE) if len(element) <= _FEW else ""
        if len(text) > len("今天是") and (match := TODAY.search(text)):
            dated = find_date(text[match.start() :])
            if dated:
                found.add(dated[0])
    return found


def _is_written(date: str, page: DatedPage) -> bool:
    """Whether the page's source has the date with its whole year; a guess from other digits is none.

    06/07/2018 is not written as a day where nothing tells it from the month.
    """
    year, month, day = [*date.split("-"), "", ""][:3]
    spelled = rf"{year}\W{{0,2}}0?{int(month or 0)}\W{{0,2}}0?{int(day or 0)}(?!\d)|{year}[年년]"
    doubtful = page.day_first is None and day != month and int(day or 0) <= _DECEMBER
    month, day = (f"(?<!\\d)0?{int(part or 0)}" for part in (month, day))
    sign = r"[^\w/]" if doubtful else r"\W"
    reverse = rf"{day}{sign}{{1,3}}{month}{sign}{{1,2}}{year}|{month}{sign}{{1,2}}{day}{sign}{{1,2}}{year}"
    word = r"[^\W\d_]{3,10}"
    named = rf"{word}\W{{1,3}}(?:\d\d?\w{{0,2}}\W{{1,3}})?{year}|\d\W{{1,3}}{word}\W{{1,3}}{year}"
    return bool(re.search(f"{spelled}|{reverse}|{named}", page.text))
