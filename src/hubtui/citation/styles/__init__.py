"""The registry of citation styles: every style that a module of this package lists in ``STYLES``.

To add a style, add a module with a :class:`~hubtui.citation.style.CitationStyle`; nothing else names it.
"""

import pkgutil
from functools import cache
from importlib import import_module

from hubtui.citation.style import CitationStyle
from hubtui.core.errors import UnknownStyleError, did_you_mean
from hubtui.core.i18n import _
from hubtui.core.models import Source


@cache
def _by_id() -> dict[str, CitationStyle]:
    modules = [import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)]
    found: list[CitationStyle] = [style for module in modules for style in module.STYLES]
    return {style.id: style for style in sorted(found, key=lambda style: style.rank)}


def styles() -> tuple[CitationStyle, ...]:
    """Return all citation styles, in the order in which they are listed."""
    return tuple(_by_id().values())


def style_ids() -> tuple[str, ...]:
    """Return the ids of all citation styles, in the order in which they are listed."""
    return tuple(_by_id())


def get_style(id_: str) -> CitationStyle:
    """Return the style with this id.

    Raises:
        UnknownStyleError: There is none; the error names the nearest ones.
    """
    known = _by_id()
    style = known.get(id_)
    if style is None:
        raise UnknownStyleError(
            _("There is no citation style {style!r}.").format(style=id_),
            did_you_mean(id_, known) or _("Use one of {styles}.").format(styles=", ".join(known)),
        )
    return style


def choose_style(*wishes: str | None) -> str:
    """Return the first wish that names a style, else the id of the default style.

    Args:
        wishes: Ids of styles, the most important first; ``""`` and ``None`` wish for nothing. They are not
            checked: :func:`get_style` does that.
    """
    return next((wish for wish in wishes if wish), "") or next(
        style.id for style in styles() if style.default
    )


def default_style(source: Source) -> str:  # noqa: ARG001  # the contract leaves room for the language
    """Return the id of the style to use for a source when the user has chosen none."""
    return choose_style()
