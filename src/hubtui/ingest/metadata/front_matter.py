"""Read front matter: facts in YAML or TOML before the text of a Markdown file."""

from typing import Any

from hubtui.core.i18n import _
from hubtui.core.toml import parse_toml
from hubtui.ingest.document import Facts
from hubtui.ingest.metadata.facts import SOURCE_FACTS, unread_fact

_LONGEST = 500
"""Lines that front matter has at most."""
_LARGEST = 64 * 1024
"""Characters that it has at most."""
_DEEPEST = 20
"""Lists and mappings within each other that it has at most."""


def split_front_matter(text: str, facts: Facts, doubts: list[str]) -> str:
    """Take the facts before the text into ``facts`` and return the text after them.

    Front matter that can't be parsed stays out of the text, and is a doubt.
    """
    fence = text[:100].partition("\n")[0].rstrip()
    if fence not in ("---", "+++"):
        return text
    lines = text.split("\n", _LONGEST)
    end = next((n for n, line in enumerate(lines[1:_LONGEST], 1) if line.rstrip() == fence), 0)
    matter = "\n".join(lines[1:end])
    if not (":" in matter or "=" in matter):
        return text
    values: dict[str, object] = {}
    try:
        values = _parse(matter, fence)
    except _UnusableError as error:
        doubts.append(
            _("The front matter can't be parsed, so nothing was taken from it: {reason}. Correct it.").format(
                reason=error
            )
        )
        return "\n".join(lines[end + 1 :])
    _offer(values, facts, doubts)
    return "\n".join(lines[end + 1 :]) if values else text


class _UnusableError(Exception):
    """Front matter that is in no known syntax, or larger than front matter is."""


def _parse(matter: str, fence: str) -> dict[str, object]:
    """Return the top-level keys, lower case and without separators.

    Raises:
        _UnusableError: There is no mapping, or no sound one; says in which line.
    """
    if len(matter) > _LARGEST:
        raise _UnusableError(_("it has more than {count:,} characters").format(count=_LARGEST))
    try:
        # A line more: the fence is the first of the file.
        values: object = parse_toml(f"\n{matter}") if fence == "+++" else _parse_yaml(matter)
    except ValueError as error:
        raise _UnusableError(str(error)) from error
    if not isinstance(values, dict):
        raise _UnusableError(_("it has no keys"))
    return {str(key).casefold().replace("_", "").replace("-", ""): value for key, value in values.items()}


def _parse_yaml(matter: str) -> object:
    """Parse YAML of strings, lists and mappings, without aliases, by which few lines can stand for millions.

    Raises:
        ValueError: It is none, or nested too deeply, or has an alias; says in which line of the file.
    """
    import yaml  # deferred: only front matter needs it

    def refuse(mark: Any, what: str) -> ValueError:  # noqa: ANN401  # of either of its parsers
        line = f" ({_('line {n}').format(n=mark.line + 2)})" if mark else ""
        return ValueError(f"{what}{line}")

    depth = 0
    try:
        for event in yaml.parse(matter, yaml.BaseLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent):
                raise refuse(event.start_mark, _("it has an alias (*)"))
            if depth > _DEEPEST:
                raise refuse(event.start_mark, _("it is nested too deeply"))
        return yaml.load(matter, yaml.BaseLoader)  # noqa: S506  # makes nothing but strings, lists and mappings
    except yaml.MarkedYAMLError as error:
        raise refuse(error.problem_mark, error.problem or _("it is no YAML")) from error
    except yaml.YAMLError as error:
        raise ValueError(str(error).partition("\n")[0]) from error


def _offer(values: dict[str, object], facts: Facts, doubts: list[str]) -> None:
    for fact in SOURCE_FACTS.values():
        for key in fact.keys:
            facts.offer(fact.name, fact.stated(values.get(key)), "front matter")
    for key, value in values.items():
        if unread := unread_fact(key, value):
            message = " ".join(str(value).split())[:_LONGEST_SAID]
            doubts.append(
                _('What its front matter says of "{key}" can\'t be read: {value}. {hint}').format(
                    key=key, value=message, hint=_(unread.hint)
                )
            )


_LONGEST_SAID = 80
