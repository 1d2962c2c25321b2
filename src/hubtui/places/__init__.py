"""Places: the gazetteer, and the finder of mentions of places in a text. Usable without a library."""

from typing import TYPE_CHECKING, Any

from hubtui.places.gazetteer import Gazetteer
from hubtui.places.tables import Name

if TYPE_CHECKING:
    from hubtui.places.custom import library_gazetteer
    from hubtui.places.finder import find_mentions

__all__ = ["Gazetteer", "Name", "find_mentions", "library_gazetteer"]


def __getattr__(name: str) -> Any:  # noqa: ANN401  # the signature that PEP 562 gives
    if name == "find_mentions":
        from hubtui.places.finder import find_mentions  # deferred: many patterns, for indexing alone

        return find_mentions
    if name == "library_gazetteer":
        from hubtui.places.custom import library_gazetteer  # deferred: few libraries have places of their own

        return library_gazetteer
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
