"""What the words of a query ask for: concepts, each with the ways in which a passage may say it."""

from dataclasses import dataclass, replace

from hubtui.index.engine import WeightedTerm
from hubtui.search.needs import Need
from hubtui.search.texts import HanString, Pattern, Stems


@dataclass(frozen=True, slots=True)
class Rendering:
    """Another way to say a part of a query.

    Attributes:
        text: Chinese characters, or English words, for the eye.
        way: See :class:`hubtui.core.models.Match`.
        stems: The stems of English words; none for Chinese.
        weight: How well it fits, 1 being best.
        sure: Whether a passage with it is a hit; else it only counts for the order.
    """

    text: str
    way: str
    stems: tuple[str, ...]
    weight: float
    sure: bool = True

    @property
    def pattern(self) -> Pattern:
        """What to look for in a text."""
        return Stems(self.stems) if self.stems else HanString(self.text)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a query that is rendered as a whole.

    Attributes:
        text: As typed.
        renderings: What says the same, best first; none when nothing in the library does.
        share: What they count beside a literal match.
        optional: Whether a passage may lack it: a character beside a word, which mostly belongs to it.
    """

    text: str
    renderings: tuple[Rendering, ...]
    share: float
    optional: bool = False

    @property
    def sure(self) -> tuple[Rendering, ...]:
        """The renderings that make a passage a hit."""
        return tuple(rendering for rendering in self.renderings if rendering.sure)


@dataclass(frozen=True, slots=True)
class Concept:
    """Something that a query asks for.

    Attributes:
        text: As typed.
        needs: What a passage must hold to say it in the query's own words.
        pieces: What it must hold to say it in others: one rendering of each piece.
        terms: What passages are ranked by that say it in the query's own words.
        common: Whether a passage may lack it.
    """

    text: str
    needs: tuple[Need, ...]
    pieces: tuple[Piece, ...] = ()
    terms: tuple[WeightedTerm, ...] = ()
    common: bool = False

    @property
    def rendered(self) -> bool:
        """Whether a passage can say all of it in other words."""
        return bool(self.required) and all(piece.sure for piece in self.required)

    @property
    def required(self) -> tuple[Piece, ...]:
        """The pieces of which a passage must hold a rendering."""
        return tuple(piece for piece in self.pieces if not piece.optional)

    def loosened(self) -> "Concept":
        """Give the same with every rendering sure."""
        pieces = [
            replace(piece, renderings=tuple(replace(one, sure=True) for one in piece.renderings))
            for piece in self.pieces
        ]
        return replace(self, pieces=tuple(pieces))
