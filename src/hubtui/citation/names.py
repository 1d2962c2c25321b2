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
    """

    family: str = ""
    given: str = ""
    particle: str = ""
    dropped: str = ""
    suffix: str = ""
    literal: str = ""

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
    return Name(family, given, particle, dropped, suffix)


_INITIAL = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*\.?")


def initials(given: str, *, stop: str = ".", gap: str = " ", hyphen: str = "-") -> str:
    """Give the initials of given names: ``Jung-Ran`` → ``J.-R.``, ``John Ronald`` → ``J. R.``.

    Args:
        given: Given names, or initials already.
        stop: What follows each initial.
        gap: What stands between the initials of separate names.
        hyphen: What stands between the initials of a hyphenated name.
    """
    words = []
    for word in given.replace(".", ". ").split():
        parts = [part[0] + stop for part in re.split(r"[-‐‑]", word) if _INITIAL.match(part)]
        if parts:
            words.append(hyphen.join(parts))
    return gap.join(words)
