import pytest

from hubtui.ingest.metadata.language import language_of, paragraph_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("在产业互联网、云计算时代，投资不过山海关的传言有望被打破。", "zh-Hans"),
        ("在產業互聯網、雲計算時代，投資不過山海關的傳言有望被打破。", "zh-Hant"),
        ("山海", "zh"),
        ("Harbin is a city in the north of China.", "en"),
        ("Die Stadt liegt im Norden und ist sehr kalt.", "de"),
        ("La ville est dans le nord du pays.", "fr"),
        ("La ciudad está en el norte del país y es fría.", "es"),
        ("東京は日本の首都であり、世界最大の都市圏の中心である。", "ja"),
        ("서울은 대한민국의 수도이자 최대 도시이다.", "ko"),
        ("Харбин — крупный город на северо-востоке Китая, был основан в 1898 году.", "ru"),
        ("Харбін — місто в Китаї, її населення велике.", "uk"),
        ("העיר חרבין נמצאת בצפון", "he"),
        ("", ""),
        ("12 345 — 67%", ""),
        ("xyzzy plugh", ""),
        ("阿里云在Harbin和Shenyang的IoT平台上线，支持AI应用。", "zh-Hans"),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "document", "language"),
    [
        ("山海", "zh-Hans", "zh-Hans"),
        ("Why?", "en", "en"),
        ("12%", "zh-Hans", "zh-Hans"),
        ("Harbin is a city in the north of China.", "zh-Hans", "en"),
        ("沈阳是辽宁省的省会。", "en", "zh-Hans"),
        ("Why?", "", ""),
    ],
)
def test_a_paragraph_follows_its_document(text: str, document: str, language: str) -> None:
    assert paragraph_language(text, document) == language
