import pytest

from hubtui.ingest.article import is_boilerplate, is_menu, starts_leftovers


@pytest.mark.parametrize(
    "line",
    [
        "Next:Creating Engaging Robot Programming Video Tutorials: A Comprehensive Guide",
        "上一篇：哈尔滨的冬天",
        "版权所有:金刚经结缘网",
        "Copyright © 2020 Example Inc. All rights reserved.",
        "© 1999-2020 Example",
        "分享到：微信 微博",
        "点赞、在看、分享",
        "声明：本网转载此文仅为传递信息，版权归原作者所有。",
        "Share on Facebook",
        "Skip to main content",
        "责任编辑：王五",
        "阅读量：1.2万",
        "164 views",
        "图片来源：视觉中国",
        "(Credit: Jane Doe / Wire)",
        "工人在车间里检查设备 王五 摄",
        "相关阅读：哈尔滨的云计算",
        "----",
        "[5]: https://example.org/a [6]: https://example.org/b",
        "京ICP备12345678号",
    ],
)
def test_furniture(line: str) -> None:
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "他笑了。",
        "“为什么？”",
        "人才壁垒待解",
        "打印命令列表。",
        "声明：他不会参选，也不会支持任何候选人。",
        "Beijing: The Innovation Hub",
        "Next year the city will grow.",
        "Share prices rose.",
        "Copyright law has changed little since then.",
        "相关部门表示，将继续推动数字经济发展。",
        "[1] Jane Doe, History of Harbin, 2001.",
        "Home prices in Harbin",
        "https is a protocol",
    ],
)
def test_real_short_paragraphs_stay(line: str) -> None:
    assert not is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "相关文章",
        "【相关阅读】",
        "猜你喜欢：",
        "Related articles",
        "You may also like",
        "Comments (12)",
        "RELATED STORIES",
    ],
)
def test_headings_of_leftovers(line: str) -> None:
    assert starts_leftovers(line)


@pytest.mark.parametrize(
    "line", ["相关文章写道，东北正在变化", "More from less: a history", "Comments on the plan"]
)
def test_no_headings_of_leftovers(line: str) -> None:
    assert not starts_leftovers(line)


@pytest.mark.parametrize("line", ["App | 中文 |", "首页 > 新闻 > 正文", "Home / News / Tech"])
def test_menus(line: str) -> None:
    assert is_menu(line)


@pytest.mark.parametrize(
    "line",
    [
        "允许使用 >、< 或 >> 进行重定向",
        "Ubuntu / Debian / Fedora:",
        "阿里 | 腾讯",
        "",
        "Harbin, Shenyang, Dalian",
    ],
)
def test_no_menus(line: str) -> None:
    assert not is_menu(line)
