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
