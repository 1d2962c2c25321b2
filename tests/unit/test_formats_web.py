import base64
import socket
from pathlib import Path

import pytest

from hubtui.ingest import Document, SourceFile, read_source

PARAGRAPHS = [
    "哈尔滨是黑龙江省的省会，位于东北平原，云计算产业近年来发展很快，吸引了不少企业前来落户，数据中心一个接一个地建成。",
    "专家表示，寒冷的气候降低了数据中心的制冷成本，这是南方城市难以相比的优势，也是许多企业选择这里的主要原因之一。",
    "未来几年，当地将继续加大投入，培养更多人才，建设更多的网络和算力设施，推动传统产业与云计算深度融合，带动就业。",
]
PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>
<nav><a href="/">首页</a> <a href="/news">新闻</a> <a href="/tech">科技</a></nav>
<article><h1>{headline}</h1>{byline}
{body}
</article>
<div class="related"><h3>相关文章</h3>
<ul><li><a href="/1">沈阳的新工厂</a></li><li><a href="/2">长春的新车</a></li></ul></div>
<footer>版权所有 示例网</footer></body></html>"""


def page(
    headline: str = "哈尔滨的云", byline: str = "", head: str = "", title: str = "哈尔滨的云_科技_示例网"
) -> str:
    body = "\n".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    return PAGE.format(title=title, head=head, headline=headline, byline=byline, body=body)


def document(tmp_path: Path, source: str | bytes, name: str = "a.html") -> Document:
    path = tmp_path / name
    path.write_bytes(source if isinstance(source, bytes) else source.encode())
    return read_source(SourceFile(name, path, 0, 0))


def test_the_article_without_what_surrounds_it(tmp_path: Path) -> None:
    found = document(tmp_path, page())
    assert found.title == "哈尔滨的云"
    assert [passage.text for passage in found.passages] == PARAGRAPHS


def test_a_title_loses_its_site(tmp_path: Path) -> None:
    head = '<meta property="og:site_name" content="Example Times">'
    source = page(headline="", head=head, title="Harbin’s cloud - Example Times")
    assert document(tmp_path, source).title == "Harbin’s cloud"


def test_metadata_of_the_page(tmp_path: Path) -> None:
    head = """<meta property="article:published_time" content="2018-06-07T09:34:00+08:00">
    <meta name="author" content="Jane Doe"><link rel="canonical" href="https://news.example.org/a.html">
    <meta property="og:site_name" content="Example Times">"""
    found = document(tmp_path, page(head=head))
    assert (found.date, found.author, found.publisher) == ("2018-06-07", "Jane Doe", "Example Times")
    assert found.url == "https://news.example.org/a.html"
    assert found.origins["date"] == "page metadata"


def test_the_byline_of_the_page_knows_the_source(tmp_path: Path) -> None:
    spans = "<span>2019-05-06 10:23</span> <span>来源：新华社</span> <span>作者：王晓明</span>"
    byline = f'<div class="info">{spans}</div>'
    found = document(tmp_path, page(byline=byline, head='<meta property="og:site_name" content="示例网">'))
    assert (found.publisher, found.author, found.date) == ("新华社", "王晓明", "2019-05-06")
    assert found.origins["publisher"] == "byline"


@pytest.mark.parametrize("author", ["No Author", "责任编辑：孔某", "示例网", "admin"])
def test_nobody_is_no_author(tmp_path: Path, author: str) -> None:
    head = f'<meta name="author" content="{author}"><meta property="og:site_name" content="示例网">'
    assert document(tmp_path, page(head=head)).author == ""


def test_where_and_when_a_browser_saved_the_page(tmp_path: Path) -> None:
    source = "<!-- saved from url=(0026)https://example.org/a.html -->\n" + page()
    assert document(tmp_path, source).url == "https://example.org/a.html"
    comment = "Page saved with SingleFile \n url: https://example.org/b \n saved date: Sat Jan 06 2024 10:00"
    found = document(tmp_path, f"<!--\n {comment}\n-->{page()}")
    assert (found.url, found.accessed) == ("https://example.org/b", "2024-01-06")


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "gbk"])
def test_a_charset_that_lies(tmp_path: Path, declared: str) -> None:
    source = page().replace('charset="utf-8"', f'charset="{declared}"')
    assert document(tmp_path, source.encode("gb18030")).passages[0].text == PARAGRAPHS[0]


def test_xhtml_with_a_declaration(tmp_path: Path) -> None:
    source = '<?xml version="1.0" encoding="gbk"?>\n' + page()
    assert document(tmp_path, source.encode("gbk"), "a.xhtml").passages[0].text == PARAGRAPHS[0]


def test_headings_lists_tables_and_quotations(tmp_path: Path) -> None:
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    more = (
        f"<h2>The plan</h2>{body}<ul><li>first the network of fibres</li><li>then the halls</li></ul>"
        "<blockquote><p>This is what the mayor said about the plan for the hub.</p></blockquote>"
        "<table><tr><td>Harbin</td><td>cloud</td></tr><tr><td>Guiyang</td><td>data</td></tr></table>"
    )
    found = document(tmp_path, page(byline=more))
    kinds = {passage.kind: passage for passage in found.passages}
    assert kinds["heading"].text == "The plan"
    assert kinds["list item"].section == "The plan"
    assert kinds["quote"].text.startswith("This is what the mayor said")
    assert kinds["table"].text == "Harbin | cloud\nGuiyang | data"


def test_reading_makes_no_request(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a request")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    head = (
        '<!DOCTYPE html SYSTEM "http://example.org/x.dtd"><base href="http://example.org/">'
        '<link rel="stylesheet" href="http://example.org/a.css"><script src="http://example.org/a.js"></script>'
    )
    byline = '<img src="http://example.org/a.png"><iframe src="http://example.org/b"></iframe>'
    assert document(tmp_path, page(head=head, byline=byline)).passages


def test_a_page_nested_ten_thousand_deep(tmp_path: Path) -> None:
    body = f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>"
    source = f"<html><body>{'<div>' * 10_000}{body}{'</div>' * 10_000}</body></html>"
    assert [passage.text for passage in document(tmp_path, source).passages] == PARAGRAPHS[:2]


def test_a_page_that_is_hardly_one(tmp_path: Path) -> None:
    head = "<title>x</title><script>var a = '<p>no</p>';</script>"
    found = document(tmp_path, f"{head}{PARAGRAPHS[0]}<br>{PARAGRAPHS[1]}")
    assert [passage.text for passage in found.passages] == PARAGRAPHS[:2]


def test_a_page_in_one_file(tmp_path: Path) -> None:
    encoded = base64.encodebytes(page().replace('charset="utf-8"', "").encode("gb18030")).decode()
    source = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/a.html\r\n"
        "Date: Sat, 6 Jan 2024 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; boundary="b"\r\n\r\n'
        '--b\r\nContent-Type: text/html; charset="gb18030"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        f"{encoded}\r\n--b\r\nContent-Type: image/png\r\n\r\nAAAA\r\n--b--\r\n"
    )
    found = document(tmp_path, source, "a.mhtml")
    assert found.passages[0].text == PARAGRAPHS[0]
    assert (found.url, found.accessed) == ("https://example.org/a.html", "2024-01-06")


SHORT = """<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>老街的冬天</title>{head}</head>
<body>
<div class="top"><a href="/">首页</a> {top}</div><main><article><h1>老街的冬天</h1>{byline}
<p>老街的铺子一早就开了门。</p><p>卖糖葫芦的老人在这里站了三十年。</p>{more}</article></main>
<footer><p>关于本站 | 网站地图</p></footer></body></html>"""


LINKED = '<script type="application/ld+json">{{"@type":"NewsArticle",{}}}</script>'
AUTHOR = '<meta name="author" content="{}">'
SCHOLAR = '<meta name="citation_author" content="{}">'
BYLINE = "<p>作者：周洁　2021年1月5日</p>"


def test_a_short_article_is_read_whole(tmp_path: Path) -> None:
    more = "<details><summary>更多</summary><p>雪下了一夜，路上没有人。</p></details>"
    found = document(
        tmp_path, SHORT.format(head="", top="", byline="<p>作者：周洁　2021年1月5日</p>", more=more)
    )
    texts = [passage.text for passage in found.passages]
    assert "老街的铺子一早就开了门。" in texts
    assert "卖糖葫芦的老人在这里站了三十年。" in texts
    assert "雪下了一夜，路上没有人。" in texts
    assert not any("关于本站" in text or "作者" in text for text in texts)
    assert (found.author, found.date) == ("周洁", "2021-01-05")


def test_lines_of_code_and_readings(tmp_path: Path) -> None:
    more = "<pre><code>a = 1<br>b = 2</code></pre><p><ruby>漢<rt>かん</rt></ruby>字は古い。</p>"
    found = document(tmp_path, SHORT.format(head="", top="", byline="", more=more))
    texts = [passage.text for passage in found.passages]
    assert "a = 1\nb = 2" in texts
    assert "漢字は古い。" in texts


@pytest.mark.parametrize(
    ("head", "top", "byline", "date"),
    [
        ("", "今日是 2024年2月2日 星期五", "<p>来源：示例晚报 发布日期：2021-01-05</p>", "2021-01-05"),
        ("", "2024年2月2日 多云 -3℃", "<p>示例晚报（2021年01月05日 A04版）</p>", "2021-01-05"),
        ("", "今日是 2024年2月2日", "", ""),
        (
            "",
            "今日是 <span>2024年2月2日 星期五</span>",
            "<p>示例晚报（2021年01月05日 04 版）</p>",
            "2021-01-05",
        ),
        ('<meta name="PubDate" content="2021-01-05 08:00">', "", "", "2021-01-05"),
        (
            '<meta property="article:published_time" content="2021-01-05T01:00:00Z">',
            "",
            "<p>2021年1月</p>",
            "2021-01-05",
        ),
        (
            LINKED.format('"datePublished":"2021-01-05","dateModified":"2022-02-02"'),
            "",
            "",
            "2021-01-05",
        ),
        ("", "", "<p>Publié le 05/01/21</p>", ""),
    ],
)
def test_the_date_of_publication(tmp_path: Path, head: str, top: str, byline: str, date: str) -> None:
    found = document(tmp_path, page(headline="老街的冬天", byline=f"<p>{top}</p>{byline}", head=head))
    assert found.date == date


def test_a_date_of_modification_is_none_of_publication(tmp_path: Path) -> None:
    head = '<meta property="article:modified_time" content="2022-02-02">'
    found = document(tmp_path, page(head=head))
    assert found.date == ""
    assert any("2022-02-02" in doubt for doubt in found.doubts)


@pytest.mark.parametrize(
    ("head", "byline", "author"),
    [
        ('<meta name="author" content="周洁、吴刚">', "", "周洁; 吴刚"),
        (
            '<meta name="author" content="示例网"><meta property="og:site_name" content="示例网">',
            "<p>记者 周洁</p>",
            "周洁",
        ),
        (
            LINKED.format('"author":[{"@type":"Person","name":"Ann Lee"},{"name":"Carl Roe"}]'),
            "",
            "Ann Lee; Carl Roe",
        ),
        ("", '<p><a rel="author" href="/u/7">View all posts by Ann Lee</a></p>', "Ann Lee"),
        (
            SCHOLAR.format("Lee, Ann") + SCHOLAR.format("Roe, Carl"),
            "",
            "Lee, Ann; Roe, Carl",
        ),
    ],
)
def test_the_authors_that_a_page_declares(tmp_path: Path, head: str, byline: str, author: str) -> None:
    assert document(tmp_path, page(byline=byline, head=head)).author == author


def test_a_page_of_an_account(tmp_path: Path) -> None:
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    source = (
        '<html><head><meta property="og:title" content="冰雪"><meta property="og:site_name" '
        'content="微信公众平台"></head><body><h1>冰雪</h1>'
        '<a id="js_name">北方观察</a><div id="js_content">'
        f"{body}<p>长按二维码关注我们</p><p>往期精选</p><p>去年的雪</p><p>前年的雪</p></div>"
        '<script>var ct = "1577836800"; var nickname = "北方观察";</script></body></html>'
    )
    found = document(tmp_path, source)
    assert (found.publisher, found.date) == ("北方观察", "2020-01-01")
    assert [passage.text for passage in found.passages] == PARAGRAPHS
