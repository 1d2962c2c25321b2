"""The façade's topic of corrections: what the user says of mentions."""

from collections.abc import Sequence

from hubtui.index.mentions import catch_up
from hubtui.library.reading import Reading
from hubtui.model import Mention, Passage, Place
from hubtui.places.corrections import MentionCorrection, addition, rejection


class Mentioning(Reading):
    """Rejects and adds mentions, and takes that back."""

    def reject_mention(self, passage: Passage, mention: Mention, scope: str = "this") -> MentionCorrection:
        """Say that a name does not mean the place it was taken for; the sources are not read again.

        Args:
            passage: Where it stands.
            mention: One of the passage's mentions.
            scope: ``this`` mention alone, the name in this ``source``, or the name in the ``library``.

        Raises:
            MentionCorrectionError: There is no such scope, or the library's folder cannot be written.
        """
        path = self._source_of(passage).path
        return self._followed(self._said.add(rejection(scope, path, passage.text, mention)))

    def add_mention(self, passage: Passage, start: int, end: int, place: Place) -> MentionCorrection:
        """Say that the characters from ``start`` to ``end`` of a passage mean a place.

        Raises:
            MentionCorrectionError: These characters are no name, or the library's folder cannot be written.
        """
        mention = Mention(start, end, passage.text[start:end] if start >= 0 else "", place)
        return self._followed(self._said.add(addition(self._source_of(passage).path, passage.text, mention)))

    def mention_corrections(self) -> Sequence[MentionCorrection]:
        """Give all that was said of mentions, in its order."""
        return self._said.load().items

    def undo_correction(self, correction_id: str) -> MentionCorrection:
        """Take back what was said of a mention, and give it.

        Raises:
            MentionCorrectionError: There is none with this id, or the library's folder cannot be written.
        """
        return self._followed(self._said.remove(correction_id))

    def _followed(self, correction: MentionCorrection) -> MentionCorrection:
        catch_up(self._opened().catalogue, self._said)
        return correction
