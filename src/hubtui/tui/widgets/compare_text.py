"""The texts in the columns of a comparison."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from hubtui.core.i18n import N_, _, ngettext
from hubtui.tui.widgets.tally_list import TallyRow

if TYPE_CHECKING:
    from hubtui.analysis.comparison import Comparison
    from hubtui.core.models import Place

VIEWS = {"passages": N_("passages"), "words": N_("words"), "places": N_("cities")}
"""What a column can show, by name."""

_NAMED = 6
"""Words or cities that the head of a column names."""


AboutLines: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ColumnText:
    """What a column says.

    Attributes:
        about: What is known of its passages: lines, each of a quiet part and what stands out.
        words: Its words, with counts.
        counted: What the counts beside the words are.
        no_words: What stands in the place of words where there are none.
        places: Its cities, with counts.
        placed: What the counts beside the cities are.
        no_places: What stands in the place of cities.
    """

    about: AboutLines
    words: tuple[TallyRow, ...]
    counted: str
    no_words: str
    places: tuple[TallyRow, ...]
    placed: str
    no_places: str


def all_of(count: int) -> str:
    """Say what the column of common passages is called."""
    return _("In both") if count == 2 else _("In all {n}").format(n=count)


def before_counting(total: int) -> AboutLines:
    """Say what is known of passages before anything in them is counted."""
    return (("", passages(total)), ("", ""), (_("Counting …"), ""))


def apart(found: "Comparison", place: int) -> ColumnText:
    """Say what sets one query apart from the others."""
    side = found.sides[place]
    words = tuple(
        TallyRow(word.word, (f"{word.passages:,}", f"{word.elsewhere:,}"), word.word, word.sure)
        for word in side.words.over
    )
    own = [(one.place, one.passages[place]) for one in found.places if not one.shared and one.passages[place]]
    places = tuple(_city(place_, (f"{count:,}",)) for place_, count in sorted(own, key=lambda pair: -pair[1]))
    sources = ngettext("{n} source", "{n} sources", len(side.sources)).format(n=f"{len(side.sources):,}")
    return ColumnText(
        (
            ("", f"{passages(side.passages)} · {sources}"),
            (" · ".join(f"{year or _('undated')} {count:,}" for year, count in reversed(side.years)), ""),
            *_named(words, places),
        ),
        words,
        _("passages here · elsewhere"),
        _("No word sets these passages apart."),
        places,
        _("passages"),
        _("These passages name no other city that the others do not."),
    )


def shared(found: "Comparison") -> ColumnText:
    """Say what all queries have in common."""
    labels = " · ".join(side.label.split(" ")[0] for side in found.sides)
    words = tuple(
        TallyRow(word.word, tuple(f"{count:,}" for count in word.passages), word.word) for word in found.words
    )
    places = tuple(
        _city(one.place, tuple(f"{count:,}" for count in one.passages)) for one in found.places if one.shared
    )
    return ColumnText(
        (("", passages(found.passages)), (_("What they share:"), ""), *_named(words, places)),
        words,
        labels,
        _("No word sets all of them apart from the rest of the library."),
        places,
        labels,
        _("No other city is named in all of them."),
    )


def _city(place: "Place", counts: tuple[str, ...]) -> TallyRow:
    from hubtui.search.parser import quoted  # after the first paint

    names = dict.fromkeys(filter(None, (place.name_en, place.name_zh)))
    return TallyRow(" ".join(names), counts, f"city:{quoted(place.name_en or place.name_zh)}")


def passages(count: int) -> str:
    """Return ``1 passage``, ``2 passages``."""
    return ngettext("{n} passage", "{n} passages", count).format(n=f"{count:,}")


def _named(words: Iterable[TallyRow], places: Iterable[TallyRow]) -> AboutLines:
    """Name the first words and the first cities, a line each."""
    named = ((_("words"), words), (_("cities"), places))
    return tuple(
        (f"{name}  ", " · ".join(tally.text for tally in tuple(tallies)[:_NAMED]) or "–")
        for name, tallies in named
    )
