"""The one normalisation that every stored text goes through; offsets everywhere refer to its result."""

import re
import unicodedata

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")

# Control characters but tab and newline; soft hyphens; zero-width spaces and byte order marks;
# marks, embeddings, overrides and isolates of direction (Unicode Standard Annex 9); the interlinear
# and tag characters; and lone surrogates, which no encoder accepts. ZERO WIDTH JOINER and NON-JOINER
# stay: they are spelling in Persian and the Indic scripts, and hold emoji together.
_REMOVED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)

# NO-BREAK SPACE and its kin; the ideographic space (U+3000) stays inside a line, where it is typography.
_SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f]")


def normalise(text: str) -> str:
    """Give ``text`` as hubtui stores it.

    NFC; a newline for every kind of line end; no control characters, no invisible formatting and no
    overrides of direction; plain spaces for the typographic ones. Idempotent.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _SPACES.sub(" ", _REMOVED.sub("", text))
    return unicodedata.normalize("NFC", text)
