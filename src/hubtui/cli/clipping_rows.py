"""Clippings as rows: as they were kept, and as their passages are found now."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from hubtui.cli.output import Column, Row, Written, write_table
from hubtui.i18n import N_, _

if TYPE_CHECKING:
    from hubtui.clippings.model import Clipping
    from hubtui.clippings.relocate import Relocation

FIELDS = (
    "id", "made", "path", "title", "number", "part", "page", "section", "text", "highlights", "query",
    "cities", "note", "tags", "style", "citation",
)  # fmt: skip
"""What a row tells of a clipping."""

CHECKED = (
    "id", "state", "path", "number", "part", "now_path", "now_number", "now_part", "similarity", "now_text",
)  # fmt: skip
"""What a row tells of where a clipping's passage is now."""

_KEPT = (
    Column("id"),
    Column(N_("kept")),
    Column(N_("source"), grows=True),
    Column("¶", number=True),
    Column(N_("text"), grows=True),
    Column(N_("note"), grows=True),
    Column(N_("tags")),
)
_FOUND = (
    Column("id"),
    Column(N_("state")),
    Column(N_("kept from"), grows=True),
    Column(N_("now"), grows=True),
    Column(N_("alike"), number=True),
)


class Checked(NamedTuple):
    """A clipping, and where its passage is now."""

    clipping: "Clipping"
    located: "Relocation"


def write_clippings(clippings: Sequence["Clipping"], written: Written) -> None:
    """Write a row for each clipping."""
    if write := written.rows(FIELDS):
        for clipping in clippings:
            write(_row(clipping))
    elif clippings:
        write_table(_KEPT, map(_cells, clippings), terminal=written.terminal)


def write_checked(checked: Sequence[Checked], written: Written) -> None:
    """Write a row for each clipping that was looked for."""
    if write := written.rows(CHECKED):
        for one in checked:
            write(_checked_row(one))
    elif checked:
        write_table(_FOUND, map(_checked_cells, checked), terminal=written.terminal)


def _row(clipping: "Clipping") -> Row:
    values = {name: getattr(clipping, name) for name in FIELDS if hasattr(clipping, name)}
    cities = [{"id": place.id, "name": place.label} for place in clipping.places]
    row = values | {"title": clipping.source.title, "cities": cities}
    return {name: row[name] for name in FIELDS}


def _cells(clipping: "Clipping") -> Sequence[object]:
    return (
        clipping.id, clipping.made[:10], clipping.source.label, clipping.label, clipping.text, clipping.note,
        ", ".join(clipping.tags),
    )  # fmt: skip


def _checked_row(checked: Checked) -> Row:
    clipping, located = checked
    passage = located.passage
    return {
        "id": clipping.id,
        "state": located.state,
        "path": clipping.path,
        "number": clipping.number,
        "part": clipping.part,
        "now_path": located.source.path if located.source else "",
        "now_number": passage.number if passage else None,
        "now_part": passage.part if passage else "",
        "similarity": round(located.similarity, 4),
        "now_text": passage.text if passage else "",
    }


def _checked_cells(checked: Checked) -> Sequence[object]:
    clipping, located = checked
    source, passage = located.source, located.passage
    now = f"{source.path}:{passage.label}" if source and passage else ""
    return (
        clipping.id,
        _(located.state),
        f"{clipping.path}:{clipping.label}",
        now,
        f"{located.similarity:.0%}",
    )
