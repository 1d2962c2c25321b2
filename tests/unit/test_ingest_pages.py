"""Pages that were copied into text files, with the dirt that brings."""

from pathlib import Path

import pytest

from hubtui.ingest import Document, SourceFile, read_source

CHINESE = (
    "近日，记者从市工业和信息化局获悉，全市云计算产业规模突破百亿元，成为拉动增长的新引擎。",
    "“我们将继续加大投入。”该局负责人表示，未来三年将新建五个数据中心，并引进一批企业。",
)
ENGLISH = (
    "The city said on Tuesday that its cloud computing sector had grown by more than 20 percent.",
    "Officials added that five new data centers would open within three years, creating many jobs.",
)

GOVERNMENT = """\
首页 > 新闻动态 > 要闻

云计算产业规模突破百亿

信息来源：市工信局    发布日期：2023-05-16    浏览次数：1024次    字号：[大 中 小]

　　{0}
　　{1}

责任编辑：李四

扫一扫在手机打开当前页

【打印】【关闭】
"""
ACCOUNT = """\
云计算产业规模突破百亿
原创 张三 城市观察 2023-05-16 08:30 发表于黑龙江

{0}

{1}

END

编辑：李四
点赞、在看、分享
"""
NEWSPAPER = """\
云计算产业规模突破百亿

本报记者 张三 李四

《黑龙江日报》（2023年05月16日 第03版）

{0}

{1}
"""
AGENCY = """\
云计算产业规模突破百亿
2023-05-16 10:21:33 来源： 新华网

{0}

{1}

【纠错】 【责任编辑:王五】
"""
LABELLED = """\
标题：云计算产业规模突破百亿
作者：张三
来源：黑龙江日报
日期：2023年5月16日

{0}

{1}
"""


def document(tmp_path: Path, text: str) -> Document:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    return read_source(SourceFile(path.name, path, 0, 0))


def texts(found: Document) -> list[str]:
    return [passage.text for passage in found.passages]


@pytest.mark.parametrize(
    ("page", "author", "publisher"),
    [
        (GOVERNMENT, "", "市工信局"),
        (ACCOUNT, "张三", "城市观察"),
        (NEWSPAPER, "张三; 李四", "黑龙江日报"),
        (AGENCY, "", "新华网"),
        (LABELLED, "张三", "黑龙江日报"),
    ],
)
def test_chinese_pages(tmp_path: Path, page: str, author: str, publisher: str) -> None:
    found = document(tmp_path, page.format(*CHINESE))
    assert texts(found) == list(CHINESE)
    assert (found.title, found.date) == ("云计算产业规模突破百亿", "2023-05-16")
    assert (found.author, found.publisher) == (author, publisher)


BROADCASTER = """\
City bets on cloud

By Jane Doe and Li Na, Example News
Updated 1022 GMT (1822 HKT) May 16, 2023

{0}

{1}

READ MORE: Why the north matters

Copyright 2023 Example. All rights reserved.
"""
BLOG = """\
City bets on cloud
Posted on May 16, 2023 by Jane Doe

{0}

{1}

Share this:
Twitter
Facebook

Related

Another post about ice

Leave a comment
"""
WIRE = """\
City bets on cloud
By Jane Doe
May 16, 202310:30 AM GMT+8 Updated a year ago

{0}

{1}

(Reporting by Jane Doe; Editing by John Smith)
Our Standards: The Example Trust Principles.
"""
PAPER = """\
City bets on cloud
Jane Doe
Published: 10:30am, 16 May 2023     China Daily

{0}

{1}
"""


@pytest.mark.parametrize(
    ("page", "author", "publisher"),
    [
        (BROADCASTER, "Jane Doe; Li Na", ""),
        (BLOG, "Jane Doe", ""),
        (WIRE, "Jane Doe", ""),
        (PAPER, "Jane Doe", "China Daily"),
    ],
)
def test_english_pages(tmp_path: Path, page: str, author: str, publisher: str) -> None:
    found = document(tmp_path, page.format(*ENGLISH))
    assert texts(found) == list(ENGLISH)
    assert (found.title, found.date) == ("City bets on cloud", "2023-05-16")
    assert (found.author, found.publisher) == (author, publisher)


def test_a_kicker_is_no_title_and_a_subtitle_is_a_passage(tmp_path: Path) -> None:
    subtitle = "The north of China is cold, and that is good for machines"
    found = document(tmp_path, "\n\n".join(("Tech hubs", "City bets on cloud", subtitle, *ENGLISH)))
    assert found.title == "City bets on cloud"
    assert texts(found) == [subtitle, *ENGLISH]
    assert {passage.section for passage in found.passages} == {""}
