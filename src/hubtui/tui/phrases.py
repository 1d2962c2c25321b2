"""What the screen says, in words."""

from hubtui.errors import HubtuiError
from hubtui.model import Passage, Place, SearchResult, SyncProgress, SyncReport
from hubtui.tui.counts import Counts

BUSY = "Another hubtui is indexing this library; what it has indexed is shown"


CHOOSE_A_CITY = "Choose a city and one of its passages first"


def amount(number: int, thing: str) -> str:
    """Give ``1 passage``, ``2 passages``, ``3 cities``."""
    if number == 1:
        return f"1 {thing}"
    return f"{number:,} {thing[:-1]}ies" if thing.endswith("y") else f"{number:,} {thing}s"


def holdings(counts: Counts) -> str:
    """Give what the library holds."""
    return " · ".join(
        (
            amount(len(counts.sources), "source"),
            amount(counts.everything.total, "passage"),
            amount(len(counts.everything.places), "city"),
        )
    )


def selected(counts: Counts) -> str:
    """Give how much the query selects."""
    if not counts.whole.total:
        return "no passages"
    found = sum(1 for passages in counts.whole.sources.values() if passages)
    said = f"{amount(counts.whole.total, 'passage')} in {amount(found, 'source')}"
    stories = counts.whole.stories
    return f"{said}, {amount(stories, 'story')}" if 0 < stories < found else said


def place_in(index: int, total: int) -> str:
    """Give which of how many, ``""`` for none; ``index`` counts from 0."""
    return f"{index + 1:,} of {total:,}" if total else ""


def notes(result: SearchResult) -> str:
    """Give what the engine did beyond the query's words, and that matches are only partial."""
    return " ".join(result.notes)


def truncated(listed: int, total: int) -> str:
    """Say that the list ends before its total."""
    return f"Only the best {listed:,} of {total:,} passages are listed."


def progress(done: SyncProgress | None) -> str:
    """Give how far the sync has come."""
    return f"indexing {done.done:,} of {done.total:,}" if done and done.total else "looking for new sources"


def synced(report: SyncReport) -> str:
    """Give what a sync found, or ``""`` where nothing changed."""
    changes = [
        f"{amount(number, 'source')} {what}"
        for number, what in (
            (report.added, "added"),
            (report.updated, "updated"),
            (report.removed, "removed"),
        )
        if number
    ]
    return ", ".join(changes)


def problems(number: int) -> str:
    """Give how many files have a problem, and the key that lists them; ``""`` for none."""
    return f"{amount(number, 'file')} with problems (!)" if number else ""


def nothing_found(query: str) -> tuple[str, ...]:
    """Say what to do when no passage matches."""
    return (
        "No passage matches",
        "",
        query,
        "",
        "Try fewer or other words; Esc in a list takes the filters out, one by one.",
    )


def empty_library(seeds: str) -> tuple[str, ...]:
    """Say what to do in a library without sources."""
    return ("There are no sources yet.", "", "Put text files into", seeds, "and press r.")


def failed(error: HubtuiError) -> tuple[str, ...]:
    """Say why there is nothing to show."""
    return (error.title, "", error.message, "", error.remedy)


def indexing(done: SyncProgress | None) -> tuple[str, ...]:
    """Say what is going on before the first passages are there."""
    return (f"{progress(done).capitalize()} …", "", "Passages appear here when they are ready.")


def copied(passage: Passage, tool: str) -> str:
    """Say what was copied, and which way it went."""
    what = f"¶{passage.label} with its citation"
    if tool:
        return f"Copied {what}: by {tool}, and to the terminal (OSC 52)"
    return f"Sent {what} to the terminal's clipboard (OSC 52, unconfirmed)"


def too_small(width: int, height: int, least_width: int, least_height: int) -> str:
    """Say that there is no room."""
    return (
        f"This terminal has {width} × {height} cells.\n\n"
        f"hubtui needs at least {least_width} × {least_height}:\nmake the window larger.\n\nq quits."
    )


_SCOPES = {"this": "in this passage", "source": "in this source", "library": "in this library"}


def place_name(place: Place) -> str:
    """Give a place's name, in English where it has one."""
    return place.name_en or place.name_zh


def not_named(place: Place) -> str:
    """Say that a passage has no name to reject."""
    return f"This passage does not name {place_name(place)}"


def corrected(names: str, scope: str, *, undone: bool) -> str:
    """Say what was rejected, or taken back."""
    if not names:
        return "Nothing was rejected since the start"
    return f"{names} counts again" if undone else f"Rejected {names} {_SCOPES[scope]}; u takes it back"
