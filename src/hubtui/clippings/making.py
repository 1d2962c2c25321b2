"""Making a clipping of a passage: all that it takes to read, cite and find it again."""

import datetime as dt
import secrets
from collections import Counter
from collections.abc import Collection

from hubtui.citation import cite
from hubtui.clippings.clipping import FACTS, ClippedPlace, Clipping
from hubtui.model import Passage, Source

_ID_BYTES = 6


def make_clipping(source: Source, passage: Passage, style: str, asked_for: Collection[str] = ()) -> Clipping:
    """Make a clipping of a passage, as of now.

    Args:
        source: What is known about the passage's source.
        passage: The passage.
        style: The style of the citation.
        asked_for: The ids of the places that the query asked for.

    Raises:
        UnknownStyleError: There is no such style.
    """
    return Clipping(
        id=secrets.token_hex(_ID_BYTES),
        made=dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        path=source.path,
        number=passage.number,
        text=passage.text,
        part=passage.part,
        page=passage.page,
        section=passage.section,
        language=passage.language or source.language,
        facts={name: value for name in FACTS if (value := getattr(source, name))},
        style=style,
        citation=cite(source, style, passage),
        places=_places(passage, asked_for),
    )


def _places(passage: Passage, first: Collection[str]) -> tuple[ClippedPlace, ...]:
    """Give the places a passage names other than inside longer names: ``first``, then by how often."""
    named = [mention.place for mention in passage.mentions if not mention.in_name]
    counts = Counter(place.id for place in named)
    places = {place.id: ClippedPlace(place.id, place.name_en, place.name_zh) for place in named}
    return tuple(sorted(places.values(), key=lambda place: (place.id not in first, -counts[place.id])))
