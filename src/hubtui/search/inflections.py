"""English forms that no stemmer brings together: irregular verbs and plurals, and two ways of spelling."""

from functools import cache
from importlib.resources import files

from hubtui.text.tokens import stem


def other_forms(word: str) -> tuple[str, ...]:
    """Give the stems of the other forms of a stem: those of *take* and *taken* for that of *took*."""
    return _families().get(word, ())


@cache
def _families() -> dict[str, tuple[str, ...]]:
    lines = (files("hubtui.search") / "data" / "irregular.tsv").read_text(encoding="utf-8").splitlines()
    found: dict[str, tuple[str, ...]] = {}
    for line in lines:
        if not line.startswith("#"):
            family = list(dict.fromkeys(stem(word) for word in line.replace("\t", "|").split("|")))
            for form in family:
                found[form] = tuple(other for other in family if other != form)
    return found
