"""The filters on a source: which sources each selects."""

from hubtui.core.models import Source
from hubtui.search.dates import within
from hubtui.search.query import Filter
from hubtui.text.fold import fold


def selects(condition: Filter, source: Source) -> bool:
    """Whether ``source`` meets ``condition`` (any filter but ``city``, ``section`` and ``mentions``)."""
    value = condition.value
    match condition.name:
        case "lang":
            return _language(source.language) == _language(value)
        case "date":
            return within(source.date, value)
        case "source":
            return value == source.id or _holds(source.path, value) or _holds(source.title, value)
        case name:
            return _holds(str(getattr(source, name)), value)


def _language(tag: str) -> str:
    return tag.casefold().split("-")[0]


def _holds(text: str, part: str) -> bool:
    return fold(part) in fold(text)
