import pytest

from hubtui.ingest.document import Facts
from hubtui.ingest.metadata.bylines import read_credits


def credited(*paragraphs: str) -> dict[str, str]:
    facts = Facts()
    read_credits(paragraphs, facts)
    return facts.values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（新华社北京11月1日电）云计算产业发展很快。", {"publisher": "新华社"}),
        (
            "新华社哈尔滨2019年11月1日电（记者王某、李某）云计算产业。",
            {"publisher": "新华社", "date": "2019-11-01", "author": "王某; 李某"},
        ),
        ("中新网沈阳6月12日电 (记者 王某)腾讯与辽宁省签约。", {"publisher": "中新网", "author": "王某"}),
        ("本报讯（记者 王某）腾讯与辽宁省签约。", {"author": "王某"}),
        ("BEIJING, Nov. 1 (Xinhua) -- China will build more hubs.", {"publisher": "Xinhua"}),
        ("SHANGHAI (Reuters) - The city will build more hubs.", {"publisher": "Reuters"}),
        ("(AP) — The city will build more hubs.", {"publisher": "Associated Press"}),
        (
            "Editor's note: China Daily Global Weekly is running a special series.",
            {"publisher": "China Daily Global Weekly"},
        ),
        ("编者按：《第一财经日报》推出系列报道。", {"publisher": "第一财经日报"}),
        ("腾讯与辽宁省签约。(来源：新华社)", {"publisher": "新华社"}),
        ("腾讯与辽宁省签约。（记者 王某）", {"author": "王某"}),
    ],
)
def test_credits(text: str, expected: dict[str, str]) -> None:
    assert credited(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "据新华社消息，云计算产业发展很快。",
        "Harbin (pictured) - a city in the north.",
        "腾讯与辽宁省签约（见图）",
        "The city is running out of water.",
        "",
    ],
)
def test_no_credits(text: str) -> None:
    assert credited(text) == {}


def test_a_dateline_knows_better_than_the_site() -> None:
    facts = Facts()
    facts.offer("publisher", "Example Portal", "page metadata")
    read_credits(["新华社北京11月1日电 云计算产业发展很快。"], facts)
    assert (facts["publisher"], facts.origins["publisher"]) == ("新华社", "text")


def test_front_matter_knows_better_than_a_dateline() -> None:
    facts = Facts()
    facts.offer("publisher", "人民日报", "front matter")
    read_credits(["新华社北京11月1日电 云计算产业发展很快。"], facts)
    assert facts["publisher"] == "人民日报"
