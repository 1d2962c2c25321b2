"""A clipping: what it holds, and how one is made of a passage."""

import datetime as dt
import re
import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from hubtui.core.errors import HubtuiError, did_you_mean
from hubtui.core.i18n import N_, _
from hubtui.core.models import FACT_FIELDS, Passage, Source, Span
from hubtui.text.analyzer import normalise

_NOTHING: Mapping[str, Any] = MappingProxyType({})


class ClippingError(HubtuiError):
    """Clippings cannot be read, kept or changed."""

    title = N_("Clippings error")


class UnknownClippingError(HubtuiError):
    """No clipping, or more than one, goes by the given id."""

    title = N_("Unknown clipping")


def unknown_clipping(id_: str, known: Iterable[str]) -> UnknownClippingError:
    """Return the error that no clipping has this id, naming the nearest ids."""
    hint = did_you_mean(id_, known) or _("List them with: hubtui clips")
    return UnknownClippingError(_("There is no clipping {id!r}.").format(id=id_), hint)


class ClippedPlace(NamedTuple):
    """A place that a clipping mentions, with its names at the time."""

    id: str
    name_en: str
    name_zh: str

    @property
    def label(self) -> str:
        """Its English name, or the Chinese one where there is no other."""
        return self.name_en or self.name_zh or self.id


class Clipping(NamedTuple):
    """A passage that the user kept; a named tuple, for ten thousand of them are made at once.

    Attributes:
        id: Twelve hexadecimal digits, made at random.
        made: When it was kept, in UTC: ``2026-11-22T03:23:41Z``.
        path: The source's path at the time, relative to ``seeds/``.
        number: The paragraph's number in the source at the time, from 1.
        part: ``a``, ``b``… for a part of a long paragraph, else ``""``.
        page: Its page, or 0.
        section: The heading it stood under, or ``""``.
        language: The passage's language, else its source's, or ``""``.
        text: The passage, whole.
        highlights: The spans of the text that the query matched.
        query: The query that found it, or ``""``.
        facts: What was known of the source at the time: its ``title``, ``author``, ``publisher``, ``date``,
            ``language``, ``url`` and ``accessed``, as a :class:`.Source` has them.
        style: The citation style at the time.
        citation: The citation in that style, with the passage as locator.
        places: The places it mentions: the query's first, then those named most often.
        note: The user's note, or ``""``.
        tags: The user's tags, in their order.
        extra: What the line holds that this version does not know; kept when the line is written.
    """

    id: str
    made: str
    path: str
    number: int
    text: str
    part: str = ""
    page: int = 0
    section: str = ""
    language: str = ""
    highlights: tuple[Span, ...] = ()
    query: str = ""
    facts: Mapping[str, str] = _NOTHING
    style: str = ""
    citation: str = ""
    places: tuple[ClippedPlace, ...] = ()
    note: str = ""
    tags: tuple[str, ...] = ()
    extra: Mapping[str, Any] = _NOTHING

    @property
    def label(self) -> str:
        """The passage's number and part: ``3``, ``3a``."""
        return f"{self.number}{self.part}"

    @property
    def source(self) -> Source:
        """The source as it was; its path serves as its id."""
        from hubtui.ingest.metadata.facts import SOURCE_FACTS  # deferred: a list of clippings needs no reader

        facts = {name: fact for name, fact in self.facts.items() if name in SOURCE_FACTS}
        known: dict[str, Any] = {name: fact for name, fact in facts.items() if name in FACT_FIELDS}
        others = {name: fact for name, fact in facts.items() if name not in FACT_FIELDS}
        return Source(id=self.path, path=self.path, others=others, **known)

    @property
    def passage(self) -> Passage:
        """The passage as it was, without its mentions."""
        return Passage(
            source_id=self.path,
            number=self.number,
            text=self.text,
            section=self.section,
            part=self.part,
            page=self.page,
            language=self.language,
        )

    def annotated(self, note: str | None = None, tags: Iterable[str] | None = None) -> "Clipping":
        """Return a copy with another note or other tags; ``None`` keeps what there is."""
        return self._replace(
            note=self.note if note is None else tidy_note(note),
            tags=self.tags if tags is None else tidy_tags(tags),
        )


def tidy_note(note: str) -> str:
    """Normalise a note, and strip the space around it."""
    return normalise(note).strip()


def tidy_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Normalise tags: each once, on one line, split at commas, without a leading ``#``."""
    plain = (
        " ".join(part.split()).lstrip("#") for tag in tags for part in re.split("[,，、]", normalise(tag))
    )
    return tuple(dict.fromkeys(tag for tag in plain if tag))


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
    from hubtui.citation import cite  # deferred: whoever lists clippings cites nothing
    from hubtui.ingest.metadata.facts import SOURCE_FACTS  # as above

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
        facts={name: value for name in SOURCE_FACTS if (value := source.fact(name))},
        style=style,
        citation=cite(source, style, passage),
        places=_places(passage, asked_for),
    )


def _places(passage: Passage, first: Collection[str]) -> tuple[ClippedPlace, ...]:
    """Return the places mentioned outside longer names: those in ``first``, then the most frequent."""
    named = [mention.place for mention in passage.mentions if not mention.in_name]
    counts = Counter(place.id for place in named)
    places = {place.id: ClippedPlace(place.id, place.name_en, place.name_zh) for place in named}
    return tuple(sorted(places.values(), key=lambda place: (place.id not in first, -counts[place.id])))
