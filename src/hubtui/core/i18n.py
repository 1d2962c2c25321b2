"""The language of the interface: English as it stands in the code, or a catalog's.

``_`` and ``ngettext`` translate where a text is shown; ``N_`` marks one that is written where it is not
shown yet (in a registry, a class attribute), so that it is found for the catalogs.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from gettext import NullTranslations

Language = Literal["en", "zh"]
LANGUAGES: tuple[str, ...] = get_args(Language)
"""The languages the interface speaks."""

DOMAIN = "hubtui"
LOCALES = Path(__file__).parents[1] / "locale"
"""The catalogs' domain and folder, as gettext calls them."""

_spoken: "NullTranslations | None" = None
_language = "en"


def use_language(language: str) -> None:
    """Switch the interface to ``language``; one that is not among :data:`LANGUAGES` is English."""
    global _spoken, _language  # noqa: PLW0603  # one process speaks one language
    _spoken, _language = None, language if language in LANGUAGES else "en"
    if _language != "en":
        from gettext import translation  # deferred: English needs none

        _spoken = translation(DOMAIN, LOCALES, [_language], fallback=True)


def spoken() -> str:
    """Return the language of the interface."""
    return _language


def preferred_language(setting: str = "", environ: Mapping[str, str] = os.environ) -> str:
    """Return the language to use: the setting's, else the locale's, else English.

    The locale is read as gettext reads it: the first of ``LC_ALL``, ``LC_MESSAGES`` and ``LANG`` that is set
    tells the language, unless ``LANGUAGE`` lists others.
    """
    if setting in LANGUAGES:
        return setting
    wanted = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    if wanted.partition(".")[0] not in ("", "C", "POSIX"):
        wanted = environ.get("LANGUAGE") or wanted
    tags = (tag.replace("-", "_").partition("_")[0].lower() for tag in wanted.split(":"))
    return next((tag for tag in tags if tag in LANGUAGES), "en")


def _(message: str) -> str:
    """Translate ``message`` into the interface's language."""
    return message if _spoken is None else _spoken.gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    """Translate a message into the interface's language, in the form that ``number`` asks for."""
    if _spoken is None:
        return one if number == 1 else many
    return _spoken.ngettext(one, many, number)


def N_(message: str) -> str:  # gettext's name for it
    """Mark ``message`` for the catalogs; it is translated where it is shown."""
    return message
