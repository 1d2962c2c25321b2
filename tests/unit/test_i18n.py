"""Which language the interface speaks."""

from collections.abc import Mapping

import pytest

from hubtui.core.i18n import preferred_language


@pytest.mark.parametrize(
    ("setting", "environ", "language"),
    [
        ("", {}, "en"),
        ("", {"LANG": "zh_CN.UTF-8"}, "zh"),
        ("", {"LANG": "zh-TW"}, "zh"),
        ("", {"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ("", {"LC_ALL": "", "LC_MESSAGES": "zh_CN", "LANG": "en_GB"}, "zh"),
        ("", {"LANG": "en_GB", "LANGUAGE": "fr:zh_CN:en"}, "zh"),
        ("", {"LANG": "C", "LANGUAGE": "zh"}, "en"),
        ("", {"LANG": "de_DE.UTF-8"}, "en"),
        ("zh", {"LANG": "en_GB"}, "zh"),
        ("en", {"LANG": "zh_CN"}, "en"),
        ("xx", {"LANG": "zh_CN"}, "zh"),
    ],
)
def test_the_language_is_the_setting_s_or_the_locale_s(
    setting: str, environ: Mapping[str, str], language: str
) -> None:
    assert preferred_language(setting, environ) == language
