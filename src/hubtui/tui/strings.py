"""The texts of the screen, put together from what they are about."""

from typing import TYPE_CHECKING

from hubtui.core.i18n import N_, _, ngettext, spoken
from hubtui.tui.layout import LEAST_HEIGHT, LEAST_WIDTH

if TYPE_CHECKING:
    from hubtui.core.errors import HubtuiError
    from hubtui.core.models import Facets, Place, SearchResult, SyncProgress, SyncReport

BUSY = N_("another hubtui is indexing")

CHOOSE_A_CITY = N_("Choose a city and one of its passages first")

TITLES = {
    "sources": N_("Sources"),
    "cities": N_("Cities"),
    "passages": N_("Passages"),
    "reader": N_("Reader"),
}
"""What the panes are called, by their ids."""


def passages(number: int) -> str:
    """Return ``1 passage``, ``2 passages``."""
    return ngettext("{n:,} passage", "{n:,} passages", number).format(n=number)


def sources(number: int) -> str:
    """Return ``1 source``, ``2 sources``."""
    return ngettext("{n:,} source", "{n:,} sources", number).format(n=number)


def cities(number: int) -> str:
    """Return ``1 city``, ``2 cities``."""
    return ngettext("{n:,} city", "{n:,} cities", number).format(n=number)


def stories(number: int) -> str:
    """Return ``1 story``, ``2 stories``."""
    return ngettext("{n:,} story", "{n:,} stories", number).format(n=number)


def holdings(listed: int, everything: "Facets") -> tuple[str, ...]:
    """Say what the library holds, in several lengths, the longest first."""
    parts = sources(listed), passages(everything.total), cities(len(everything.places))
    return tuple(" · ".join(parts[:number]) for number in (3, 2, 1))


def selected(whole: "Facets") -> tuple[str, ...]:
    """Say how much the query selects, in several lengths, the longest first."""
    if not whole.total:
        return (_("no passages"),)
    found = sum(1 for number in whole.sources.values() if number)
    some = {"passages": passages(whole.total), "sources": sources(found), "stories": stories(whole.stories)}
    message = _("{passages} in {sources}").format(**some)
    if 0 < whole.stories < found:
        return (_("{passages} in {sources}, {stories}").format(**some), message, some["passages"])
    return (message, some["passages"])


def searching() -> str:
    """Say that the answer takes a while."""
    return _("searching…")


def place_in(index: int, total: int) -> str:
    """Return ``3 of 12``, or ``""`` for none; ``index`` counts from 0."""
    return _("{n:,} of {total:,}").format(n=index + 1, total=total) if total else ""


def notes(result: "SearchResult") -> str:
    """Return what the engine did beyond the query's words, and that matches are only partial."""
    return " ".join(result.notes)


def truncated(listed: int, total: int) -> str:
    """Say that the list ends before its total."""
    return _("Only the best {listed:,} of {total:,} passages are listed.").format(listed=listed, total=total)


def progress(done: "SyncProgress | None") -> str:
    """Say how far the sync has come."""
    if done and done.total:
        return _("indexing {done:,} of {total:,}").format(done=done.done, total=done.total)
    return _("looking for new sources")


def synced(report: "SyncReport") -> str:
    """Say what a sync changed; ``""`` for nothing."""
    added, updated, removed = report.added, report.updated, report.removed
    changes = (
        ngettext("{n:,} source added", "{n:,} sources added", added).format(n=added) if added else "",
        ngettext("{n:,} source updated", "{n:,} sources updated", updated).format(n=updated)
        if updated
        else "",
        ngettext("{n:,} source removed", "{n:,} sources removed", removed).format(n=removed)
        if removed
        else "",
    )
    return " · ".join(filter(None, changes))


def problems(number: int, key: str) -> str:
    """Say how many files have a problem, and the key that lists them; ``""`` for none."""
    message = ngettext("{n:,} problem ({key})", "{n:,} problems ({key})", number)
    return message.format(n=number, key=key) if number else ""


def nothing_proposed() -> str:
    """Say that there is no other query to take."""
    return _("Nothing is proposed")


def no_other_query(step: int) -> str:
    """Say that the trail of queries ends here."""
    return _("There is no older query") if step < 0 else _("This is the newest query")


def nothing_found(query: str, key: str) -> tuple[str, ...]:
    """Say what to do when no passage matches; ``key`` goes back."""
    return (
        _("No passage matches"),
        "",
        query,
        "",
        _("Try fewer or other words; {key} in a list takes the filters out, one by one.").format(key=key),
    )


def empty_library(seeds: str, key: str) -> tuple[str, ...]:
    """Say what to do in a library without sources; ``key`` looks again."""
    return (
        _("There are no sources yet."),
        "",
        _("Put text files into"),
        seeds,
        _("and press {key}.").format(key=key),
    )


def failed(error: "HubtuiError") -> tuple[str, ...]:
    """Say why there is nothing to show."""
    return (_(error.title), "", error.message, "", error.remedy)


def indexing(message: str) -> tuple[str, ...]:
    """Say what is going on before the first passages are there."""
    return (f"{message[:1].upper()}{message[1:]} …", "", _("Passages appear here when they are ready."))


def too_small(width: int, height: int, key: str) -> str:
    """Say that there is no room; ``key`` quits."""
    least_width, least_height = LEAST_WIDTH, LEAST_HEIGHT
    message = _(
        "This terminal has {width} × {height} cells.\n\n"
        "hubtui needs at least {least_width} × {least_height}:\nmake the window larger.\n\n{key} quits."
    )
    return message.format(
        width=width, height=height, least_width=least_width, least_height=least_height, key=key
    )


_SCOPES = {
    "this": N_("Rejected {names} in this passage; {key} takes it back"),
    "source": N_("Rejected {names} in this source; {key} takes it back"),
    "library": N_("Rejected {names} in this library; {key} takes it back"),
}


def place_name(place: "Place") -> str:
    """Return a place's name, in the interface's language where it has one."""
    return place_names(place)[0]


def place_names(place: "Place") -> tuple[str, str]:
    """Return a place's name in the interface's language and in the other, ``""`` if it has only one."""
    first, second = place.name_en, place.name_zh
    if spoken() == "zh":
        first, second = second, first
    return (first, second) if first else (second, "")


def nothing_to_undo() -> str:
    """Say that nothing was done that could be taken back."""
    return _("There is nothing to take back")


def not_named(place: "Place") -> str:
    """Say that a passage has no name to reject."""
    return _("This passage does not name {place}").format(place=place_name(place))


def corrected(names: str, scope: str, key: str, *, undone: bool) -> str:
    """Say what was rejected, or taken back; ``key`` takes it back."""
    message = _("{names} counts again") if undone else _(_SCOPES[scope])
    return message.format(names=names, key=key)


_NAMES = {
    "ar": N_("Arabic"),
    "de": N_("German"),
    "en": N_("English"),
    "es": N_("Spanish"),
    "fr": N_("French"),
    "it": N_("Italian"),
    "ja": N_("Japanese"),
    "ko": N_("Korean"),
    "pt": N_("Portuguese"),
    "ru": N_("Russian"),
    "vi": N_("Vietnamese"),
    "zh": N_("Chinese"),
}


def language_name(tag: str) -> str:
    """Return the name of the language of a tag (``zh-Hans``, ``en``), else the tag."""
    name = _NAMES.get(tag.partition("-")[0].lower())
    return _(name) if name else tag
