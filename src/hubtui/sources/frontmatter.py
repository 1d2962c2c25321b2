"""Front matter: facts in YAML or TOML before the text of a Markdown file."""

import tomllib

from hubtui.core.i18n import _
from hubtui.sources.dates import iso_date
from hubtui.sources.document import Facts
from hubtui.sources.names import clean_authors
from hubtui.text.normalise import normalise

_LONGEST = 500
"""Lines that front matter has at most."""
_KEYS = {
    "title": ("title", "headline", "subject"),
    "author": ("author", "authors", "by", "byline", "creator"),
    "publisher": (
        "publisher",
        "publication",
        "source",
        "site",
        "sitename",
        "website",
        "journal",
        "newspaper",
    ),
    "date": ("date", "published", "publishdate", "pubdate", "datepublished", "issued"),
    "language": ("lang", "language"),
    "url": ("url", "link", "canonical", "canonicalurl", "sourceurl", "permalink", "source", "via"),
    "accessed": ("accessed", "retrieved", "saved", "clipped", "created"),
}


def split_front_matter(text: str, facts: Facts, doubts: list[str]) -> str:
    """Take the facts before the text into ``facts`` and give the text after them.

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
    """Give the top-level keys, lower case and without separators; ``None`` where it is no mapping."""
    import yaml  # deferred: only front matter needs it

    try:
        values = tomllib.loads(matter) if fence == "+++" else yaml.load(matter, yaml.BaseLoader)  # noqa: S506
    except (yaml.YAMLError, tomllib.TOMLDecodeError, RecursionError, ValueError):
        return None
    if not isinstance(values, dict):
        return None
    return {str(key).casefold().replace("_", "").replace("-", ""): value for key, value in values.items()}


def _offer(values: dict[str, object], facts: Facts) -> None:
    for name, keys in _KEYS.items():
        for key in keys:
            text = _text(values.get(key), name)
            if text.startswith("http") != (name == "url"):
                continue
            if name in ("date", "accessed"):
                text = iso_date(text)
            facts.offer(name, clean_authors(text) if name == "author" else text, "front matter")


def _text(value: object, name: str) -> str:
    if isinstance(value, list):
        return "; ".join(filter(None, (_text(item, name) for item in value)))
    if isinstance(value, dict):
        return _text(value.get("name"), name)
    return " ".join(normalise(str(value)).split()) if value is not None else ""
