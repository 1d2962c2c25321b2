"""Filter, sort and find clippings."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from hubtui.clippings.model import Clipping, ClippingError, UnknownClippingError, unknown_clipping
from hubtui.core.errors import did_you_mean
from hubtui.core.i18n import _
from hubtui.text.analyzer import fold

_WORD = re.compile(r'(?:(tag|city|source):)?(?:"([^"]*)"|(\S+))')
_REMEMBERED = 20_000

_KEYS: dict[str, Callable[[Clipping], tuple[object, ...]]] = {
    "time": lambda _clipping: (),
    "source": lambda clipping: (fold(clipping.source.label), clipping.path, clipping.number, clipping.part),
    "city": lambda clipping: (not clipping.places, *(fold(place.label) for place in clipping.places[:1])),
    "tag": lambda clipping: (not clipping.tags, *map(fold, clipping.tags[:1])),
}
ORDERS = tuple(_KEYS)
"""The orders: the latest first; by source, by city or by tag, and within these the latest first."""


def filter_clippings(clippings: Iterable[Clipping], words: str) -> list[Clipping]:
    """Return the clippings that contain all of the words, in their order.

    Args:
        clippings: What to choose from.
        words: What must stand in the text, note, tags, cities or facts of the source, however it is written;
            ``"two words"`` in quotation marks stand together; ``tag:``, ``city:`` and ``source:`` before a
            word look there alone.
    """
    wanted = [(kind, fold(phrase or word)) for kind, phrase, word in _WORD.findall(words)]
    return [
        clipping for clipping in clippings if all(word in _LOOKED_AT[kind](clipping) for kind, word in wanted)
    ]


def sort_clippings(clippings: Iterable[Clipping], order: str) -> list[Clipping]:
    """Sort clippings in one of :data:`ORDERS`.

    Raises:
        ClippingError: There is no such order.
    """
    key = _KEYS.get(order)
    if key is None:
        hint = did_you_mean(order, ORDERS) or _("Use one of {names}.").format(names=", ".join(ORDERS))
        raise ClippingError(_("There is no order {order!r}.").format(order=order), hint)
    latest = sorted(clippings, key=lambda clipping: clipping.made)[::-1]
    return sorted(latest, key=key)


def find_clipping(clippings: Sequence[Clipping], id_: str) -> Clipping:
    """Return the one clipping whose id is ``id_``, or starts with it.

    Raises:
        UnknownClippingError: There is none, or more than one.
    """
    found = [clipping for clipping in clippings if clipping.id.startswith(id_ or " ")]
    exact = [clipping for clipping in found if clipping.id == id_] or found
    if len(exact) == 1:
        return exact[0]
    if exact:
        message = _("{n} clippings have ids that begin with {id!r}.").format(n=len(exact), id=id_)
        raise UnknownClippingError(message, _("Write more of the id."))
    raise unknown_clipping(id_, [clipping.id for clipping in clippings])


@lru_cache(_REMEMBERED)
def _folded(text: str) -> str:
    return fold(text)


def _places(clipping: Clipping) -> str:
    return _folded("\n".join("\n".join(place) for place in clipping.places))


def _source(clipping: Clipping) -> str:
    return _folded("\n".join((clipping.path, *clipping.facts.values())))


def _anywhere(clipping: Clipping) -> str:
    own = "\n".join((clipping.text, clipping.note, clipping.section, *clipping.tags))
    return "\n".join((_folded(own), _places(clipping), _source(clipping)))


_LOOKED_AT: dict[str, Callable[[Clipping], str]] = {
    "": _anywhere,
    "tag": lambda clipping: fold("\n".join(clipping.tags)),
    "city": _places,
    "source": _source,
}
