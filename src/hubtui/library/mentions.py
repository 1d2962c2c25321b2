"""Mentions: the names under which places were found, and the user's corrections of what they mean."""

from collections.abc import Sequence

from hubtui.core.models import Mention, Passage, Place
from hubtui.library.opened import OpenedLibrary
from hubtui.places.corrections import MentionCorrection, addition, rejection


class Mentions:
    """Counts names, rejects and adds mentions, and undoes that."""

    def __init__(self, opened: OpenedLibrary) -> None:
        self._opened = opened

    def names(self, place_id: str, query: str = "") -> Sequence[tuple[str, int]]:
        """Return the names under which a place itself was found, each with how many passages have it.

        Args:
            place_id: The place.
            query: Count only the passages that it selects.
        """
        return self._opened.searcher().place_names(place_id, query)

    def reject(self, passage: Passage, mention: Mention, scope: str = "this") -> MentionCorrection:
        """Record that a name does not mean the place it was taken for; the sources are not read again.

        Args:
            passage: Where it stands.
            mention: One of the passage's mentions.
            scope: ``this`` mention alone, the name in this ``source``, or the name in the ``library``.

        Raises:
            MentionCorrectionError: There is no such scope, or the library's folder cannot be written.
        """
        path = self._opened.source_of(passage).path
        return self._apply(self._opened.corrections.add(rejection(scope, path, passage.text, mention)))

    def add(self, passage: Passage, start: int, end: int, place: Place) -> MentionCorrection:
        """Record that the characters from ``start`` to ``end`` of a passage mean a place.

        Raises:
            MentionCorrectionError: These characters are no name, or the library's folder cannot be written.
        """
        mention = Mention(start, end, passage.text[start:end] if start >= 0 else "", place)
        path = self._opened.source_of(passage).path
        return self._apply(self._opened.corrections.add(addition(path, passage.text, mention)))

    def corrections(self) -> Sequence[MentionCorrection]:
        """Return all corrections of mentions, in the order they were made."""
        return self._opened.corrections.load().items

    def undo(self, correction_id: str) -> MentionCorrection:
        """Remove a correction of a mention, and return it.

        Raises:
            MentionCorrectionError: There is none with this id, or the library's folder cannot be written.
        """
        return self._apply(self._opened.corrections.remove(correction_id))

    def _apply(self, correction: MentionCorrection) -> MentionCorrection:
        self._opened.catalog.catch_up(self._opened.corrections)
        return correction
