"""Places in the Chinese of newspapers: what only looks like a place, and names inside longer ones."""

import pytest

from hubtui.places import find_mentions


def shown(text: str) -> list[str]:
    """``surface=id`` of each mention, with a ``*`` when it stands inside a longer name."""
    return [f"{m.surface}={m.place.id}{'*' * m.in_name}" for m in find_mentions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("渔船进入丹东海域", ["丹东=cn:210600"]),
        ("测量山东海岸线", ["山东=cn:370000"]),
        ("会议在山东三省同时开幕", ["山东=cn:370000"]),
        ("东三省", ["东三省=region:northeast"]),
        ("内蒙古的锡盟", ["内蒙古=cn:150000", "锡盟=cn:152500"]),
        ("和丰县在新疆", ["和丰县=cn:654226", "新疆=cn:650000"]),
        ("吉林省的前郭", ["吉林省=cn:220000", "前郭=cn:220721"]),
        ("Smoked turkey after Turkey hunting", []),
        ("Turkey hunted for exits", ["Turkey=gn:298795"]),
        ("Turkey legalised it", ["Turkey=gn:298795"]),
    ],
)
def test_words_and_short_forms(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("沈阳以2∶1战胜大连，观众退场", ["沈阳=cn:210100", "大连=cn:210200"]),
        ("足球联赛里沈阳以2∶1战胜大连", ["沈阳=cn:210100*", "大连=cn:210200*"]),
        ("排球赛中长春主场3:0胜吉林市", ["长春=cn:220100*", "吉林市=cn:220200*"]),
        (
            "足球赛甲组有沈阳、大连和长春，在济南进行",
            ["沈阳=cn:210100*", "大连=cn:210200*", "长春=cn:220100*", "济南=cn:370100"],
        ),
        ("医疗队说，甲组在沈阳工作", ["沈阳=cn:210100"]),
        ("沈阳10:30开球，大连晚一小时", ["沈阳=cn:210100", "大连=cn:210200"]),
    ],
)
def test_a_place_that_stands_for_its_team(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("外长沙龙昨天抵达", []),
        ("局长沙先生", []),
        ("会长沙鸿志表示", []),
        ("教授李长春", []),
        ("“张桂林来了”", []),
        ("（周福州）", []),
        ("外长长春之行", ["长春=cn:220100"]),
        ("省会长沙市", ["长沙市=cn:430100"]),
        ("集团长春公司表示", ["长春=cn:220100"]),
        ("局长在长沙，", ["长沙=cn:430100"]),
        ("局长沙、武汉", ["长沙=cn:430100", "武汉=cn:420100"]),
        ("，宋开封府", ["开封=cn:410200"]),
    ],
)
def test_persons_and_their_titles(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("吉林省长春市师范大学", ["吉林省=cn:220000", "长春市=cn:220100*"]),
        ("美国波士顿大学", ["美国=gn:6252001", "波士顿=gn:4930956*"]),
        ("广州市天河区法院", ["广州市=cn:440100", "天河区=cn:440106*"]),
        ("广州天河大厦", ["广州=cn:440100*", "天河=cn:440106*"]),
        ("上海新黄浦大厦", ["上海=cn:310000*", "黄浦=cn:310101*"]),
    ],
)
def test_the_levels_of_an_address_before_a_longer_name(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "沈阳海燕队",  # a team
        "沈阳海燕女子足球队",
        "大连记者队",
        "武汉第二纺织机械厂",  # firms
        "杭州家具一厂",
        "苏州企业集团",
        "南京双燕金星制冷设备有限公司",
        "沈阳利达公司",
        "长春有线电视台",  # media
        "长春公共汽车总公司",
        "济南家庭生活报",
        "济南四中",  # schools
        "济南市第一中学",
        "南京BISS学校",
        "沈阳市直机关",  # offices
        "沈阳市财政局",
        "漳州110",
        "黑龙江建设兵团",
        "沈阳牌拖拉机",  # brands and ships
        "“沈阳”号护卫舰",
        "天津“海河之声”艺术团",
        "昆明五月花酒店",
    ],
)
def test_inside_the_names_of_firms_teams_and_offices(text: str) -> None:
    mentions = find_mentions(text)
    assert [mention.in_name for mention in mentions] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "沈阳随队医生",
        "沈阳豪门球队落户",
        "沈阳著名企业家协会",
        "大连两家建筑公司",
        "大连达三十家公司",
        "新华社沈阳五月二十日电国家旅游局",
        "沈阳举行公开赛",
        "沈阳四中全会",
        "沈阳旅游新格局",
        "沈阳籍领队",
        "“沈阳”一词",
        "“沈阳”市场局面",
        "沈阳市场",
        "沈阳市郊",
    ],
)
def test_beside_what_only_looks_like_a_longer_name(text: str) -> None:
    assert [mention.in_name for mention in find_mentions(text)] == [False]
