"""Repairs of Textual, for as long as the versions that hubtui takes need them."""

from functools import cache, lru_cache
from typing import Any, cast

from textual._styles_cache import StylesCache


@cache  # once a process
def let_go_of_drawn_lines() -> None:
    """Keep no widget's finished lines in memory after the widget is gone.

    Textual (8.2) remembers the inner and outer colours of widgets in one cache, with the widget's own store
    of finished lines as a part of the key. So the lines of the last thousand widgets stay: opening and
    closing the list of keys took 650 KB each time, up to some 150 MB. The colours follow from two others and
    from nothing else; only those are the key from here on.
    """
    # A cached method, so with the function that it caches; no longer one in a version that has mended it.
    colours = getattr(StylesCache.get_inner_outer, "__wrapped__", None)
    if colours is not None:

        @lru_cache(1024)
        def inner_outer(base_background: object, background: object) -> object:
            return colours(StylesCache, base_background, background)

        cast("Any", StylesCache).get_inner_outer = staticmethod(inner_outer)
