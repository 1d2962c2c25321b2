"""Places: the gazetteer, and the finder of mentions of places in a text. Usable without a library."""

from hubtui.places.custom import library_gazetteer
from hubtui.places.finder import find_mentions
from hubtui.places.gazetteer import Gazetteer
from hubtui.places.tables import Name

__all__ = ["Gazetteer", "Name", "find_mentions", "library_gazetteer"]
