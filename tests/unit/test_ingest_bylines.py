import pytest

from hubtui.ingest.document import Facts
from hubtui.ingest.metadata.bylines import read_byline


def facts(line: str) -> dict[str, str] | None:
    found = Facts()
    return found.values if read_byline(line, found) else None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Updated: Jun 7,2018 9:34 AM     China Daily", {"date": "2018-06-07", "publisher": "China Daily"}),
        ("发布时间:2024-10-08 13:23:32作者:金刚网", {"date": "2024-10-08"}),
        ("(文章来源:第一财经日报)", {"publisher": "第一财经日报"}),
        (
            "2019年05月06日 10:23 来源：新华网 作者：王晓明",
            {"date": "2019-05-06", "publisher": "新华网", "author": "王晓明"},
        ),
        ("2019-05-06 10:23:11　人民日报", {"date": "2019-05-06", "publisher": "人民日报"}),
        ("本报记者 王某 北京报道", {"author": "王某"}),
        ("新华社记者 张三、李四", {"author": "张三; 李四"}),
        ("■本报记者 张三", {"author": "张三"}),
        ("文/张三", {"author": "张三"}),
        ("文 | 张三 李四", {"author": "张三; 李四"}),
        ("By Jane Doe and John Smith | Reuters", {"author": "Jane Doe; John Smith", "publisher": "Reuters"}),
        ("人民日报  2019-05-06", {"date": "2019-05-06", "publisher": "人民日报"}),
        (
            "Posted by Jane Doe, Ann Lee and John Smith - Browsing team",
            {"author": "Jane Doe; Ann Lee; John Smith"},
        ),
        ("Author: Bo2man am 29.12.2010, 13:36 Uhr", {"author": "Bo2man", "date": "2010-12-29"}),
        ("via: https://example.org/a/b-c.html", {"url": "https://example.org/a/b-c.html"}),
        ("原文：https://example.org/a", {"url": "https://example.org/a"}),
        ("来源：新华社 https://example.org/a", {"url": "https://example.org/a", "publisher": "新华社"}),
        ("作者：佚名 来源：本站 浏览：164次", {}),
        ("责任编辑：王五", {}),
        ("译者：geek 校对：wxy", {}),
        ("成文日期：2024年01月02日", {"date": "2024-01-02"}),
        ("标　　题：关于城市更新的意见", {"title": "关于城市更新的意见"}),
        ("来 源：新华网", {"publisher": "新华网"}),
        ("author:: 王小明", {"author": "王小明"}),
        ("2024-01-02 10:20辽宁日报官方账号", {"date": "2024-01-02", "publisher": "辽宁日报"}),
        (
            "原创 王小明 城市观察 2024年1月2日 10:20 辽宁",
            {"author": "王小明", "publisher": "城市观察", "date": "2024-01-02"},
        ),
        ("王小明 城市观察 2024年1月2日 大连", None),
        ("标题：哈尔滨的云", {"title": "哈尔滨的云"}),
        ("2025-09-24", {"date": "2025-09-24"}),
        ("7 April 2020", {"date": "2020-04-07"}),
    ],
)
def test_bylines_give_their_facts(line: str, expected: dict[str, str]) -> None:
    assert facts(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "",
        "3",
        "Introduction",
        "Harbin is a city in the north of China.",
        "会议时间：2019年5月6日上午，地点在哈尔滨国际会展中心，参会人员包括各地代表。",
        "In 2018 Guizhou announced plans for a hub",
        "China Daily",
        "By the end of 2018 the city had grown",
        "Published works on Harbin",
        "Ouyang Shijia",
        "他说：“这是一个好机会。”",
    ],
)
def test_other_lines_are_no_bylines(line: str) -> None:
    assert facts(line) is None


def test_a_byline_keeps_what_is_known_already() -> None:
    found = Facts()
    found.offer("author", "Li Na", "front matter")
    assert read_byline("作者：王五", found)
    assert (found["author"], found.origins["author"]) == ("Li Na", "front matter")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("作者：加布里埃尔•加西亚・马尔克斯", {"author": "加布里埃尔·加西亚·马尔克斯"}),
        ("作者：阿依古丽·买买提、赵大海", {"author": "阿依古丽·买买提; 赵大海"}),
        ("作者：约翰·F·肯尼迪", {"author": "约翰·F·肯尼迪"}),
        ("作者：周 洁　　吴 刚", {"author": "周洁; 吴刚"}),
        ("作者：周　洁 欧阳 修", {"author": "周洁; 欧阳修"}),
        ("本报记者 周 洁 吴大海", {"author": "周洁; 吴大海"}),
        ("記者 林 心 報導", {"author": "林心"}),
        ("By Sun Li and Frank Press", {"author": "Sun Li; Frank Press"}),
        ("Author: Emily Post, EMILY POST", {"author": "Emily Post"}),
        (
            "By Ann Lee and Carl Roe in Harbin 06.00 GMT 5 March 2024",
            {"author": "Ann Lee; Carl Roe", "date": "2024-03-05"},
        ),
        ("By Ann Lee, Asia editor Published 5 March 2024", {"author": "Ann Lee", "date": "2024-03-05"}),
        ("發佈單位：臺南市政府 發佈日期：112/11/02", {"publisher": "臺南市政府", "date": "2023-11-02"}),
        ("发布时间：19-12-01 08:15", {"date": "2019-12-01"}),
        ("更新时间：2020-01-02 发布时间：2019-12-01", {"modified": "2020-01-02", "date": "2019-12-01"}),
        ("2020-01-02 来源：示例晚报 打印 收藏", {"date": "2020-01-02", "publisher": "示例晚报"}),
        ("来源：示例晚报 2万人阅读 15条评论", {"publisher": "示例晚报"}),
        ("来源：示例晚报（2020年01月02日 A04版）", {"publisher": "示例晚报"}),
    ],
)
def test_bylines_in_other_clothes(line: str, expected: dict[str, str]) -> None:
    assert facts(line) == expected
