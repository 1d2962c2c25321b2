"""What a quotation that a source has was changed in, as an editor may."""

from hubtui.model import Span
from hubtui.text.fold import is_han
from hubtui.verification.forms import Compared


def tolerated(draft: Compared, of_draft: Span, source: Compared, of_source: Span) -> list[str]:
    """Give what differs between two stretches with the same form, as keys of the remarks.

    Args:
        draft: The quotation.
        of_draft: A span of its form.
        source: The source's text.
        of_source: The span of its form that is the same.
    """
    if draft.text[slice(*draft.span(*of_draft))] == source.text[slice(*source.span(*of_source))]:
        return []
    found: dict[str, None] = {}
    before: Span | None = None
    for here, there in zip(
        draft.offsets[of_draft[0] : of_draft[1]], source.offsets[of_source[0] : of_source[1]], strict=True
    ):
        ours, theirs = draft.text[here], source.text[there]
        if ours != theirs:
            found[_difference(ours, theirs)] = None
        if before is not None and _respaced(
            draft.text[before[0] + 1 : here], source.text[before[1] + 1 : there]
        ):
            found["spaces"] = None
        before = here, there
    return list(found)


def _difference(ours: str, theirs: str) -> str:
    if ours in _WIDE or theirs in _WIDE:
        return "width"
    if is_han(ours):
        return "script"
    if ours in "-‐‑‒–—―−─":
        return "dashes"
    if ours.casefold() == theirs.casefold():
        return "capital"
    return "quotation marks"


def _respaced(ours: str, theirs: str) -> bool:
    """Whether two gaps between characters differ; the ends of lines and passages are no difference."""
    return bool(ours) != bool(theirs) and "\n" not in ours + theirs


_WIDE = frozenset(map(chr, range(0xFF01, 0xFFEF))) | {"\u3000"}
