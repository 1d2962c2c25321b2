"""Normalise texts for comparison, so that what editors may change looks the same; and say what they changed.

White space goes; quotation marks of every style become one, and so do dashes, also of two or three hyphens;
full-width becomes half-width, and Traditional and the forms of Taiwan and Hong Kong those of the mainland.
Case, accents and all other characters stay, so that a comparison is stricter than a search.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cached_property

from hubtui.core.models import Span
from hubtui.text.analyzer import HAN, LETTER, fold, fold_variants, is_han

QUOTATION_MARKS = frozenset("\"“”„‟«»「」『』﹁﹂﹃﹄〝〞'‘’‚‛`´")
"""Quotation marks of all styles."""

_DASHES = frozenset("-‐‑‒–—―−─")
_DASH_SIGNS = "".join(sorted(_DASHES))
_SINGLE = re.compile(r"(?<=[A-Za-z0-9À-ɏ])['‘’`´](?=[A-Za-z0-9À-ɏ])")
_APOSTROPHE = "\u02bc"
_LONG_DASH = re.compile(rf"[{re.escape(_DASH_SIGNS)}](?:[\s\u200b]*[{re.escape(_DASH_SIGNS)}])+")
"""A dash of several characters: ``--`` and ``---``, as Markdown has them, and the Chinese one."""
_BRACKETS = str.maketrans("〈〉⟪⟫", "《》《》")
_UNIT = re.compile(rf"(?P<han>[{HAN}])|{LETTER}+")

NO_CHARACTER = "\u200b"
"""ZERO WIDTH SPACE, which stored texts never have; in a draft it stands for what shows no character."""

HAN_PER_WORD = 2
"""How many Chinese characters a word of another script weighs."""


class _FormTable(dict[int, str | None]):
    """A table for ``str.translate`` that works out each character at its first use."""

    def __missing__(self, code: int) -> str | None:
        form = self[code] = _form(chr(code))
        return form


def _form(character: str) -> str | None:
    if unicodedata.decomposition(character).startswith(("<wide>", "<narrow>")):
        character = unicodedata.normalize("NFKC", character)
    if character.isspace() or character == NO_CHARACTER:
        return None
    if character == _APOSTROPHE:
        return "'"
    if character in QUOTATION_MARKS:
        return '"'
    if character in _DASHES:
        return "-"
    if character == "⋯":
        return "…"
    return fold(character) if is_han(character) else character.translate(_BRACKETS)


class NormalizedText:
    """A text beside its form.

    Attributes:
        text: The text.
        form: What is compared; without white space.
    """

    def __init__(self, text: str) -> None:
        """Work out the form of ``text``."""
        self.text = text
        # Inside a word these marks are apostrophes; everywhere else they quote.
        spelt = _SINGLE.sub(_APOSTROPHE, text)
        self._spelt = _LONG_DASH.sub(lambda dash: dash[0][0] + NO_CHARACTER * (len(dash[0]) - 1), spelt)
        self.form = fold_variants(self._spelt.translate(_table))

    @cached_property
    def offsets(self) -> Sequence[int]:
        """For each character of the form, the offset of its character in the text."""
        if len(self.form) == len(self.text):
            return range(len(self.text))
        return [at for at, character in enumerate(self._spelt) if _table[ord(character)] is not None]

    def span(self, start: int, end: int) -> Span:
        """Return the span of the text that a span of the form, which must not be empty, stands for."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def cuts_word(self, offset: int) -> bool:
        """Whether ``offset`` into the text lies inside a word or a number."""
        if not 0 < offset < len(self.text):
            return False
        before, after = self.text[offset - 1], self.text[offset]
        if before in ".," and after.isdigit():
            return offset > 1 and self.text[offset - 2].isdigit()
        if after in ".," and before.isdigit():
            return self.text[offset + 1 : offset + 2].isdigit()
        return before.isalnum() and after.isalnum() and _joined(before) == _joined(after) == "word"


def _joined(character: str) -> str:
    return "word" if re.match(LETTER, character) else "sign"


def text_weight(text: str) -> int:
    """Return the weight of a text: one for each Chinese character, two for each word of another script."""
    return sum(1 if unit["han"] else HAN_PER_WORD for unit in _UNIT.finditer(text))


_table = _FormTable()


def editorial_changes(
    draft: NormalizedText, of_draft: Span, source: NormalizedText, of_source: Span
) -> list[str]:
    """Return what differs between two stretches of the same form, as keys of the remarks.

    Args:
        draft: The quotation.
        of_draft: A span of its form.
        source: The source's text.
        of_source: The span of its form that is the same.
    """
    if draft.text[slice(*draft.span(*of_draft))] == source.text[slice(*source.span(*of_source))]:
        return []
    found: dict[str, None] = {}
    before: Span | None = None
    for here, there in zip(
        draft.offsets[of_draft[0] : of_draft[1]], source.offsets[of_source[0] : of_source[1]], strict=True
    ):
        ours, theirs = draft.text[here], source.text[there]
        if ours != theirs:
            found[_difference(ours, theirs)] = None
        if before is not None and _respaced(
            draft.text[before[0] + 1 : here], source.text[before[1] + 1 : there]
        ):
            found["spaces"] = None
        before = here, there
    return list(found)


def _difference(ours: str, theirs: str) -> str:
    if ours in _WIDE or theirs in _WIDE:
        return "width"
    if is_han(ours):
        return "script"
    if ours in _DASHES:
        return "dashes"
    if ours.casefold() == theirs.casefold():
        return "capital"
    return "quotation marks"


def _respaced(ours: str, theirs: str) -> bool:
    """Whether two gaps between characters differ; the ends of lines and passages are no difference."""
    ours, theirs = ours.strip(_DASH_SIGNS), theirs.strip(_DASH_SIGNS)
    return bool(ours) != bool(theirs) and "\n" not in ours + theirs


_WIDE = frozenset(map(chr, range(0xFF01, 0xFFEF))) | {"\u3000"}
