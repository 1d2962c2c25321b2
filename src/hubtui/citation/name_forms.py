"""The forms of names in English styles, and lists of them."""

from collections.abc import Sequence

from hubtui.citation.names import Name, initials
from hubtui.citation.punctuation import joined


def natural(name: Name, *, short: bool = False) -> str:
    """Give a name in the order it is spoken: *Martin Luther King Jr.*, short *M. L. King Jr.*.

    A Chinese name whose order is known keeps it, unless short: *Ouyang Shijia*, short *S. Ouyang*.
    """
    if name.literal:
        return name.literal
    if short:
        return joined((initials(name.given), name.dropped, name.surname, name.suffix), " ")
    if name.family_first:
        return joined((name.surname, name.given), " ")
    return joined((_dotted(name.given), name.dropped, name.surname, name.suffix), " ")


def inverted(name: Name, *, short: bool = False, demote: bool = False) -> str:
    """Give a name with the family name first: *King, Martin Luther, Jr.*, short *King, M. L., Jr.*.

    Args:
        name: The name.
        short: Whether given names become initials.
        demote: Whether a particle of the family name goes behind the given names: *Gogh, Vincent van*.
    """
    if name.literal:
        return name.literal
    given = initials(name.given) if short else _dotted(name.given)
    particles = joined((name.dropped, name.particle if demote else ""), " ")
    family = name.family if demote else name.surname
    return joined((family, joined((given, particles), " "), name.suffix))


def listed(names: Sequence[str], conjunction: str = "and", *, comma_for_two: bool = False) -> str:
    """Give a list with a serial comma: *A*, *A and B*, *A, B, and C*.

    Args:
        names: The names in their forms.
        conjunction: What stands before the last.
        comma_for_two: Whether two names have a comma too, as they need when the first is inverted.
    """
    if len(names) < 2:
        return "".join(names)
    comma = ", " if len(names) > 2 or comma_for_two else " "
    return f"{', '.join(names[:-1])}{comma}{conjunction} {names[-1]}"


def _dotted(given: str) -> str:
    """Give initials among given names their full stop: *Greg T* → *Greg T.*."""
    return " ".join(f"{word}." if len(word) == 1 and word.isupper() else word for word in given.split())
