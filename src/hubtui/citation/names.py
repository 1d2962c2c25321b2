"""Names of authors: read with care, never guessed where a guess could be wrong."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hubtui.text.fold import is_han


@dataclass(frozen=True, slots=True)
class Name:
    """A person's or an organisation's name.

    Attributes:
        family: The family name, with its capitals; ``""`` for a literal name.
        given: The given names or their initials.
        particle: What belongs before the family name and is kept with it (``van`` in van Gogh).
        dropped: What goes with the given name when the name is inverted (``von`` in Alexander von Humboldt).
        suffix: ``Jr.``, ``III``…
        literal: A name that is not taken apart: Chinese, corporate, or of unknown order.
        family_first: Whether the family name is spoken first, as in *Ouyang Shijia*.
    """

    family: str = ""
    given: str = ""
    particle: str = ""
    dropped: str = ""
    suffix: str = ""
    literal: str = ""
    family_first: bool = False

    @property
    def surname(self) -> str:
        """The family name with the particle that stays with it, or the literal name."""
        return self.literal or " ".join(part for part in (self.particle, self.family) if part)

    @property
    def chinese(self) -> bool:
        """Whether the name is written in Chinese characters."""
        return any(is_han(character) for character in self.literal or self.family)


def read_names(value: object) -> tuple[Name, ...]:
    """Read a CSL-JSON name variable; entries that are no names are left out."""
    if isinstance(value, Mapping):
        value = [value]
    if not isinstance(value, Iterable) or isinstance(value, str):
        return ()
    names = (_read(entry) for entry in value if isinstance(entry, Mapping))
    return tuple(name for name in names if name.surname)


def _read(entry: Mapping[object, object]) -> Name:
    family, given, particle, dropped, suffix, literal = (
        " ".join(str(entry.get(key) or "").split())
        for key in ("family", "given", "non-dropping-particle", "dropping-particle", "suffix", "literal")
    )
    if literal or not family:
        return Name(literal=literal or given)
    if any(is_han(character) for character in family):
        return Name(literal=family + given)
    if not given:
        return Name(literal=" ".join(part for part in (particle, family) if part))
    if not particle:
        particle, family = _split_particle(family)
    first = entry.get("static-ordering") is True
    return Name(family, given, particle, dropped, suffix, family_first=first)


def _split_particle(family: str) -> tuple[str, str]:
    """Part the lower-case words at the head of a family name from it: *van der*, *Berg*."""
    words = family.split()
    count = next((place for place, word in enumerate(words) if not word.islower()), 0)
    return " ".join(words[:count]), " ".join(words[count:])


def initials(given: str, *, stop: str = ".", hyphen: str = "-") -> str:
    """Give the initials of given names: ``Jung-Ran`` → ``J.-R.``, ``John Ronald`` → ``J. R.``.

    The second part of a hyphenated name counts when it has a capital (``Ka-ho`` → ``K.``).

    Args:
        given: Given names, or initials already.
        stop: What follows each initial.
        hyphen: What stands between the initials of a hyphenated name.
    """
    words = []
    for word in re.sub(r"\.(?![-‐‑])", ". ", given).split():
        first, *others = [part for part in re.split(r"[-‐‑]", word) if part[:1].isalpha()] or [""]
        parts = [first, *(part for part in others if part[0].isupper())]
        words.append(hyphen.join(part[0] + stop for part in parts if part))
    return " ".join(word for word in words if word)
