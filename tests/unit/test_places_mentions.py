"""What counts as a mention of a place, and of which."""

import pytest

from hubtui.core.models import Mention
from hubtui.places import find_mentions


def shown(mentions: list[Mention]) -> list[str]:
    """``surface=id`` of each mention, with a ``*`` when it stands inside a longer name."""
    return [f"{m.surface}={m.place.id}{'*' * m.in_name}" for m in mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("腾讯在沈阳和哈尔滨", ["沈阳=cn:210100", "哈尔滨=cn:230100"]),
        ("哈爾濱與瀋陽", ["哈爾濱=cn:230100", "瀋陽=cn:210100"]),
        ("哈市是冰城，即Harbin", ["哈市=cn:230100", "冰城=cn:230100", "Harbin=cn:230100"]),
        ("北京市朝阳区", ["北京市=cn:110000", "朝阳区=cn:110105"]),
        ("长春市朝阳区", ["长春市=cn:220100", "朝阳区=cn:220104"]),
        ("沪深两市", ["沪深=cn:310000", "沪深=cn:440300"]),
        ("工厂在渝打造", ["渝=cn:500000"]),
        ("粤企出海", ["粤=cn:440000"]),
        ("辽、吉、黑三省", ["辽=cn:210000", "吉=cn:220000", "黑=cn:230000"]),
        ("成都市民", ["成都=cn:510100"]),
        ("上海市长宁区", ["上海市=cn:310000", "长宁区=cn:310105"]),
        ("粤港澳大湾区", ["粤港澳大湾区=region:greater-bay-area"]),
        ("长春、吉林、四平等市", ["长春=cn:220100", "吉林=cn:220200", "四平=cn:220300"]),
        ("吉林、辽宁两省", ["吉林=cn:220000", "辽宁=cn:210000"]),
        ("青海省海南州", ["青海省=cn:630000", "海南=cn:632500"]),
        (
            "南京鼓楼区与福州市鼓楼区",
            ["南京=cn:320100", "鼓楼区=cn:320106", "福州市=cn:350100", "鼓楼区=cn:350102"],
        ),
        ("美国德州与山东德州", ["美国=gn:6252001", "德州=gn:4736286", "山东=cn:370000", "德州=cn:371400"]),
        ("中国东北", ["中国=gn:1814991", "东北=region:northeast"]),
        ("结合江苏实际", ["江苏=cn:320000"]),
        ("中关村在海淀区", ["中关村=area:zhongguancun", "海淀区=cn:110108"]),
        ("𠀀𠀀上海", ["上海=cn:310000"]),
        ("齐齐\n哈尔", ["齐齐\n哈尔=cn:230200"]),
        ("江西\n安徽", ["江西=cn:360000", "安徽=cn:340000"]),
    ],
)
def test_chinese(text: str, expected: list[str]) -> None:
    assert shown(find_mentions(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "股票上市",
        "本市消息",
        "强大连接",
        "白银价格上涨",
        "各位来宾",
        "大理石桌面",
        "出海口",
        "长治久安",
        "阿里与腾讯",
        "孙中山",
        "李长春说",
        "非常熟悉",
        "重大连锁反应",
        "东北方向",
        "千叶县长",
        "太平洋上",
    ],
)
def test_what_only_looks_like_a_place(text: str) -> None:
    assert find_mentions(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shanghai-based firms", ["Shanghai=cn:310000"]),
        ("Shenzhen's and Xi’an’s", ["Shenzhen=cn:440300", "Xi’an=cn:610100"]),
        ("Hong\n   Kong", ["Hong\n   Kong=cn:810000"]),
        ("Peking, Canton and Mukden", ["Peking=cn:110000", "Canton=cn:440100", "Mukden=cn:210100"]),
        ("HARBIN", ["HARBIN=cn:230100"]),
        ("Xizang", ["Xizang=cn:540000"]),
        ("Suzhou in Anhui", ["Suzhou=cn:341300", "Anhui=cn:340000"]),
        ("Yichun, Heilongjiang", ["Yichun=cn:230700", "Heilongjiang=cn:230000"]),
        ("Chaoyang district, Beijing", ["Chaoyang district=cn:110105", "Beijing=cn:110000"]),
        ("China's Silicon Valley", ["China=gn:1814991"]),
        ("Nice weather, Mobile users, Reading", []),
        ("TZ=Asia/Shanghai and en-US", []),
        ("Shanghaied wuhan_lab guizhou-like www.shanghai.gov.cn", []),
    ],
)
def test_english(text: str, expected: list[str]) -> None:
    assert shown(find_mentions(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "吉林大学",
        "哈尔滨工业大学",
        "贵州茅台",
        "上海路",
        "海南大学",
        "重庆瑞方渝美压铸有限公司",
        "Peking University",
        "Harbin Institute of Technology",
        "Shanghai Composite",
        "Wuhan virus",
        "University of Hong Kong",
    ],
)
def test_inside_a_longer_name(text: str) -> None:
    mentions = find_mentions(text)
    assert mentions
    assert all(mention.in_name for mention in mentions)


@pytest.mark.parametrize("text", ["上海公司", "北京的大学", "北京大学生", "the Shanghai office", "上海站稳"])
def test_beside_a_common_word(text: str) -> None:
    assert [mention.in_name for mention in find_mentions(text)] == [False]


def test_a_composite_gives_each_of_its_places_over_one_span() -> None:
    mentions = find_mentions("在北上广深")
    assert {(mention.start, mention.end) for mention in mentions} == {(1, 5)}
    assert [mention.place.name_en for mention in mentions] == ["Beijing", "Shanghai", "Guangzhou", "Shenzhen"]


def test_context_decides_between_places_of_one_name() -> None:
    assert find_mentions("朝阳", context=["cn:110000"])[0].place.id == "cn:110105"
    assert find_mentions("朝阳", context=["cn:210000"])[0].place.id == "cn:211300"


def test_the_alternatives_are_kept() -> None:
    (mention,) = find_mentions("Suzhou")
    assert mention.place.name_zh == "苏州"
    assert "宿州" in [place.name_zh for place in mention.alternatives]
    assert mention.place not in mention.alternatives
    assert find_mentions("哈尔滨")[0].alternatives == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("发展中国家与其中国有企业", []),
        ("朝阳行业在兴起", []),
        ("大使沙祖康发言", []),
        ("We ate roast turkey. Turkey sandwiches followed.", []),
        ("Turkey signed", ["Turkey=gn:298795"]),
        ("省会长沙和集团长春公司", ["长沙=cn:430100", "长春=cn:220100"]),
        ("恩施州、围场县", ["恩施州=cn:422800", "围场县=cn:130828"]),
        ("科右中旗与察右后旗", ["科右中旗=cn:152222", "察右后旗=cn:150928"]),
    ],
)
def test_common_words_and_short_forms(text: str, expected: list[str]) -> None:
    assert shown(find_mentions(text)) == expected
