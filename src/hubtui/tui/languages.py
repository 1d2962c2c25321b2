"""Languages by name."""

from hubtui.core.i18n import N_, _

_NAMES = {
    "ar": N_("Arabic"),
    "de": N_("German"),
    "en": N_("English"),
    "es": N_("Spanish"),
    "fr": N_("French"),
    "it": N_("Italian"),
    "ja": N_("Japanese"),
    "ko": N_("Korean"),
    "pt": N_("Portuguese"),
    "ru": N_("Russian"),
    "vi": N_("Vietnamese"),
    "zh": N_("Chinese"),
}


def language_name(tag: str) -> str:
    """Give the name of the language that a tag (``zh-Hans``, ``en``) means, else the tag."""
    name = _NAMES.get(tag.partition("-")[0].lower())
    return _(name) if name else tag
