"""From a byline to CSL-JSON names: taken apart only where the order of its parts is certain."""

import re
from typing import Any

from hubtui.citation.outlets import outlet_type
from hubtui.citation.pinyin_names import is_surname, syllables

_SUFFIX = re.compile(r",?\s+(Jr\.?|Sr\.?|II|III|IV)$")
_CORPORATE = re.compile(
    r"\b(?:agency|association|bank|bureau|center|centre|college|commission|committee|company|co|corp|"
    r"corporation|council|department|desk|editors?|foundation|fund|government|group|inc|institute|"
    r"institution|laboratory|limited|llc|ltd|media|ministry|network|office|organi[sz]ation|reporters?|"
    r"school|society|staff|statistics|team|union|university|xinhua)\b|\b(?:of|for|the|and)\b",
    re.IGNORECASE,
)
_PARTICLE_LIST = """
af al av bin da dal dalla das de del della den der des di dos du el ibn la las le los ten ter van vom von zu
zum zur ’t 't
"""
_PARTICLES = frozenset(_PARTICLE_LIST.split())
# Names in the scripts of Europe have an order to tell; in other scripts, or with signs, they stay whole.
_TAKEN_APART = re.compile(r"[A-Za-zÀ-ɏͰ-ӿḀ-ỿ\s.,'’‘‐-]+")
_CHINESE_PRESS = re.compile(
    r"china|chinese|xinhua|global times|caixin|people[’']s daily|shanghai|beijing", re.IGNORECASE
)
# Ka-shing, Ing-wen, Jong-un: given names that follow the family name.
_ASIAN_GIVEN = re.compile(r"[A-Z][a-z]+-[a-z]+")
_BY = re.compile(r"^by[ :]\s*", re.IGNORECASE)


def read_byline(author: str, *, publisher: str = "") -> list[dict[str, Any]]:
    """Read an author field, ``"; "`` between several, into CSL-JSON names.

    Args:
        author: The byline.
        publisher: Decides the order of a name like *Cheng Yu*, both parts of which are Chinese family
            names: Chinese papers put the family name first.
    """
    parts = (_BY.sub("", " ".join(part.split())) for part in re.split(r"[;；、]", author))
    return [_read_name(part, publisher) for part in parts if part]


def _read_name(text: str, publisher: str) -> dict[str, Any]:
    if not _TAKEN_APART.fullmatch(text) or _CORPORATE.search(text) or outlet_type(text):
        return {"literal": text}
    suffix = ""
    if match := _SUFFIX.search(text):
        text, suffix = text[: match.start()], match[1]
    name = _inverted(text) if "," in text else _direct(text, publisher)
    if name is None:
        return {"literal": f"{text} {suffix}".strip()}
    if suffix in ("Jr", "Sr"):
        suffix += "."
    return name | ({"suffix": suffix} if suffix else {})


def _inverted(text: str) -> dict[str, Any] | None:
    family, _, given = (part.strip() for part in text.partition(","))
    if not family or not given or "," in given:
        return None
    return _with_particle(family.split(), given)


def _direct(text: str, publisher: str) -> dict[str, Any] | None:
    words = text.split()
    if len(words) < 2:
        return None
    if len(words) == 2 and _ASIAN_GIVEN.fullmatch(words[1]):
        return {"family": words[0], "given": words[1], "static-ordering": True}
    if len(words) == 2 and is_surname(words[0]):
        return _chinese(words[0], words[1], publisher)
    start = len(words) - 1
    while start > 1 and words[start - 1] in _PARTICLES:
        start -= 1
    return _with_particle(words[start:], " ".join(words[:start]))


def _chinese(first: str, second: str, publisher: str) -> dict[str, Any] | None:
    """Decide the order of two words of which the first is a Chinese family name in pinyin."""
    if not syllables(second):
        return {"family": second, "given": first}
    if is_surname(second) and not _CHINESE_PRESS.search(publisher):
        return None
    return {"family": first, "given": second, "static-ordering": True}


def _with_particle(words: list[str], given: str) -> dict[str, Any]:
    count = 0
    while count < len(words) - 1 and words[count] in _PARTICLES:
        count += 1
    name = {"family": " ".join(words[count:]), "given": given}
    if count:
        name["non-dropping-particle"] = " ".join(words[:count])
    return name
