"""Read front matter: facts in YAML or TOML before the text of a Markdown file."""

import tomllib

from hubtui.core.i18n import _
from hubtui.ingest.document import Facts
from hubtui.ingest.metadata.facts import SOURCE_FACTS

_LONGEST = 500
"""Lines that front matter has at most."""


def split_front_matter(text: str, facts: Facts, doubts: list[str]) -> str:
    """Take the facts before the text into ``facts`` and return the text after them.

    Front matter that can't be parsed stays out of the text, and is a doubt.
    """
    lines = text.split("\n")
    fence = lines[0].rstrip()
    if fence not in ("---", "+++"):
        return text
    end = next((n for n, line in enumerate(lines[1:_LONGEST], 1) if line.rstrip() == fence), 0)
    matter = "\n".join(lines[1:end])
    values = _parse(matter, fence) if ":" in matter or "=" in matter else {}
    if not values:
        if values is None:
            doubts.append(
                _("The front matter can't be parsed, so nothing was taken from it. Correct its syntax.")
            )
        return "\n".join(lines[end + 1 :]) if values is None else text
    _offer(values, facts)
    return "\n".join(lines[end + 1 :])


def _parse(matter: str, fence: str) -> dict[str, object] | None:
    """Return the top-level keys, lower case and without separators; ``None`` where it is no mapping."""
    import yaml  # deferred: only front matter needs it

    try:
        values = tomllib.loads(matter) if fence == "+++" else yaml.load(matter, yaml.BaseLoader)  # noqa: S506
    except (yaml.YAMLError, tomllib.TOMLDecodeError, RecursionError, ValueError):
        return None
    if not isinstance(values, dict):
        return None
    return {str(key).casefold().replace("_", "").replace("-", ""): value for key, value in values.items()}


def _offer(values: dict[str, object], facts: Facts) -> None:
    for fact in SOURCE_FACTS.values():
        for key in fact.keys:
            facts.offer(fact.name, fact.stated(values.get(key)), "front matter")
