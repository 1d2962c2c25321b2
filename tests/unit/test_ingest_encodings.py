import pytest

from hubtui.core.errors import SourceError
from hubtui.ingest.encodings import decode

SIMPLIFIED = "哈尔滨是黑龙江省的省会，位于东北平原，冬季漫长而寒冷，云计算产业发展很快。\n沈阳也是。"
TRADITIONAL = "哈爾濱是黑龍江省的省會，位於東北平原，冬季漫長而寒冷，雲端運算產業發展很快。\n瀋陽也是。"
JAPANESE = "東京は日本の首都であり、世界最大の都市圏の中心である。カタカナの文章も含まれています。"
KOREAN = "서울은 대한민국의 수도이자 최대 도시이다. 부산은 두번째로 큰 도시이며 항구 도시로 유명하다."
RUSSIAN = "Харбин — город на северо-востоке Китая, столица провинции Хэйлунцзян, крупный экономический центр."
FRENCH = (
    "Le café est fermé à Noël, c’est déjà l’été où les élèves étudient “la géographie” – et ça coûte 10 €."
)
ENGLISH = "Harbin’s “cloud” is a hub in the making – with a café or two."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SIMPLIFIED, "utf-8"),
        (SIMPLIFIED, "utf-8-sig"),
        (SIMPLIFIED, "gbk"),
        (SIMPLIFIED, "gb18030"),
        (SIMPLIFIED, "hz"),
        (SIMPLIFIED, "utf-16"),
        (SIMPLIFIED, "utf-16-le"),
        (SIMPLIFIED, "utf-16-be"),
        (SIMPLIFIED, "utf-32"),
        (SIMPLIFIED, "utf-32-be"),
        (SIMPLIFIED.replace("\n", ""), "utf-16-le"),
        (TRADITIONAL, "big5"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
        (KOREAN, "euc_kr"),
        (KOREAN, "iso2022_kr"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN.replace("—", "-"), "koi8-r"),
        (FRENCH, "cp1252"),
        (ENGLISH, "cp1252"),
        (ENGLISH, "utf-16-le"),
    ],
)
def test_text_is_read_in_its_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


GREEK = "Η Αθήνα είναι η πρωτεύουσα της Ελλάδας και η μεγαλύτερη πόλη της χώρας, με μακρά ιστορία."
POLISH = (
    "Łódź leży w środkowej Polsce, a jej mieszkańcy żyją głównie z przemysłu włókienniczego;"
    " miasto się rozwija, ale wciąż jest w nim dużo pustych fabryk i zaniedbanych kamienic,"
    " które czekają na remont."
)


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [(GREEK, "cp1253", "mac-greek"), (POLISH, "cp1250", "mac-latin2"), (POLISH, "iso8859-2", "cp852")],
)
def test_a_declaration_that_is_clearly_less_likely_is_not_believed(
    text: str, encoding: str, declared: str
) -> None:
    assert text.encode(encoding).decode(declared) != text
    assert decode(text.encode(encoding), declared) == text
    page = b"<meta charset='" + declared.encode() + b"'>\n" + text.encode(encoding)
    assert decode(page).endswith(text)


def test_a_declaration_decides_between_likely_encodings() -> None:
    data = RUSSIAN.encode("mac-cyrillic")
    assert decode(data, "mac-cyrillic") == RUSSIAN


@pytest.mark.parametrize("declared", ["iso-8859-1", "utf-8", "big5", "no-such-thing", ""])
def test_a_declaration_may_lie(declared: str) -> None:
    assert decode(SIMPLIFIED.encode("gbk"), declared) == SIMPLIFIED


def test_a_few_null_bytes_go() -> None:
    assert decode(b"Harbin\0 is a city with many winters and a long history.") == (
        "Harbin is a city with many winters and a long history."
    )


def test_a_character_that_is_cut_off_goes() -> None:
    assert decode(SIMPLIFIED.encode()[:-1]) == SIMPLIFIED[:-1]


def test_a_file_in_two_encodings_is_read_and_doubted() -> None:
    doubts: list[str] = []
    foreign = "长春是吉林省的省会，以汽车工业著称。"
    text = decode(f"{SIMPLIFIED}\n".encode() + foreign.encode("gbk"), doubts=doubts)
    assert text == f"{SIMPLIFIED}\n{foreign}"
    assert len(doubts) == 1


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG"),
        (b"PK\x03\x04" + bytes(100), "zip"),
        (bytes(range(256)) * 20, "binary"),
        (bytes(5000), "binary"),
    ],
)
def test_a_binary_file_is_named_as_such(data: bytes, kind: str) -> None:
    with pytest.raises(SourceError, match=kind):
        decode(data)


def test_no_replacement_character_is_made() -> None:
    for data in (b"\xff\xfe\xfd text that is no text \x81\x8d\x8f", SIMPLIFIED.encode("gbk")[:-1]):
        try:
            text = decode(data)
        except SourceError:
            continue
        assert "\ufffd" not in text


@pytest.mark.parametrize("encoding", ["gbk", "big5"])
def test_a_few_chinese_names_in_an_english_text(encoding: str) -> None:
    doubts: list[str] = []
    text = "The poet (李白) wrote it.\n\n" + "Many English words follow here, without any other letters. " * 4
    assert decode(text.encode(encoding), doubts=doubts) == text
    assert doubts


def test_a_few_accents_are_no_chinese_names() -> None:
    doubts: list[str] = []
    text = "The café of Zoë is near the fjord of Ålesund. " + "Many English words follow here. " * 4
    assert decode(text.encode("cp1252"), doubts=doubts) == text


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("《城市》", "gbk"),
        ("《城市》", "big5"),
        ("“沈阳”", "gbk"),
        ("「瀋陽」", "big5"),
        ("爱德华·格莱泽", "gbk"),
        ("李白、杜甫", "gbk"),
        ("李白、杜甫", "big5"),
        ("Wang（王）", "gbk"),
    ],
)
def test_a_name_with_its_marks_in_an_english_text(name: str, encoding: str) -> None:
    doubts: list[str] = []
    text = f"The poet {name} wrote it. " + "Many English words follow here, without any other letters. " * 6
    assert decode(text.encode(encoding), doubts=doubts) == text
    assert len(doubts) == 1


@pytest.mark.parametrize(("name", "encoding"), [("Иванов", "cp1251"), ("Łódź", "cp1250"), ("서울", "euc_kr")])
def test_few_foreign_letters_are_a_doubt(name: str, encoding: str) -> None:
    doubts: list[str] = []
    text = f"The writer {name} wrote it. " + "Many English words follow here, without any other letters. " * 6
    decode(text.encode(encoding), doubts=doubts)
    assert len(doubts) == 1
