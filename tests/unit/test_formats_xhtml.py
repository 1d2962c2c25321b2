"""Chapters of books: notes, page numbers, ruby, tables, and the people a book names."""

import pytest

from hubtui.ingest.formats.xhtml import is_contents, page_blocks
from hubtui.ingest.metadata.properties import book_author, book_authors
from hubtui.text.analyzer import normalise


def texts(body: str) -> list[str]:
    page = f'<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>{body}</body></html>'
    return [block.text for block in page_blocks(page, "c1.xhtml")]


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ('工厂<sup><a epub:type="noteref" href="#n1">1</a></sup>早已停产', "工厂早已停产"),
        ('工厂<a href="notes.xhtml#n1"><sup>[2]</sup></a>早已停产', "工厂早已停产"),
        ('工厂<a class="duokan-footnote" href="#n2"><img alt="注" src="n.png"/></a>早已停产', "工厂早已停产"),
        ('see <a href="#c2">2</a> below', "see 2 below"),
        ("90 m<sup>2</sup>", "90 m2"),
        ("涪<ruby>陵<rp>(</rp><rt>líng</rt><rp>)</rp></ruby>区", "涪陵区"),
        ('<span class="pagenum">12</span>下一页', "下一页"),
        ('上<span epub:type="pagebreak" title="9" id="p9"/>下', "上下"),
        ('<span class="page">第一</span>', "第一"),
        ('人名<img src="rare.png" alt="堃"/>先生', "人名堃先生"),
        ('一<img src="map.png" alt="地图"/>二', "一二"),
        ("first line,<br/>second", "first line, second"),
        ("沈阳的\n铁西区", "沈阳的铁西区"),
        ("caf&eacute; &amp; bar&nbsp;one", "café & bar one"),
    ],
)
def test_a_sentence_is_whole(inside: str, expected: str) -> None:
    assert texts(f"<p>{inside}</p>") == [expected]


def test_notes_are_blocks_with_their_mark() -> None:
    body = (
        '<p>One<a href="#a" epub:type="noteref">*</a>, two<sup><a href="#b">7</a></sup>.</p>'
        '<aside epub:type="footnote" id="a"><p>First.</p></aside>'
        '<p><a id="b" href="#back">[7]</a> Second.</p><p>Three.</p>'
    )
    assert texts(body) == ["One, two.", "[*] First.", "[7] Second.", "Three."]


def test_notes_may_stand_on_another_page() -> None:
    marks: dict[str, str] = {}
    page_blocks('<body><p>One<sup><a href="notes.xhtml#n1">3</a></sup>.</p></body>', "c1.xhtml", marks)
    notes = page_blocks('<body><ol><li id="n1"><p>Note.</p></li></ol></body>', "notes.xhtml", marks)
    assert [block.text for block in notes] == ["[3] Note."]


@pytest.mark.parametrize(
    "mark",
    [
        '<img class="zhangyue-footnote" src="n.png" alt="原为渡口。"/>',
        '<img class="qqreader-footnote" src="n.png" alt="原为渡口。"/>',
        '<span data-wr-footernote="原为渡口。"></span>',
        '<img src="n.png" zy-footnote="原为渡口。"/>',
    ],
)
def test_a_note_that_is_shown_on_a_click_is_text(mark: str) -> None:
    assert texts(f"<div><p>铁西{mark}早已停产。</p><p>后来</p></div>") == [
        "铁西早已停产。",
        "[注] 原为渡口。",
        "后来",
    ]


def test_code_keeps_its_lines_and_a_formula_is_read_once() -> None:
    assert texts("<pre>a<br/>b</pre>") == ["a\nb"]
    formula = "<math><mi>x</mi><mo>=</mo><mn>2</mn><annotation>x=2</annotation></math>"
    assert texts(f"<p>so {formula} holds</p>") == ["so x=2 holds"]


def test_blocks_of_all_kinds() -> None:
    body = "<h2>A</h2><ul><li><p>b</p></li></ul><blockquote>c</blockquote><pre>d\n e</pre>text<div>f</div>g"
    found = [(block.kind, block.text) for block in page_blocks(f"<body>{body}</body>")]
    assert found == [
        ("heading", "A"),
        ("list item", "b"),
        ("quote", "c"),
        ("code", "d\n e"),
        ("paragraph", "text"),
        ("paragraph", "f"),
        ("paragraph", "g"),
    ]


def test_a_row_of_a_table_holds_together() -> None:
    head = "<thead><tr><th>城市</th><th>人口</th></tr></thead>"
    assert texts(f"<table>{head}<tr><td>沈<b>阳</b></td><td>902</td></tr></table>") == [
        "城市 | 人口\n沈阳 | 902"
    ]


@pytest.mark.parametrize("page", ["<p>open <b>at all", "<body><title/>x</body>", "", "<p>a & b < c</p>"])
def test_a_broken_page_is_read_as_far_as_it_goes(page: str) -> None:
    assert isinstance(page_blocks(page), list)


def test_a_page_of_links_is_a_table_of_contents() -> None:
    links = "".join(f'<p><a href="c{n}.xhtml">Chapter {n}</a></p>' for n in range(4))
    assert is_contents(f"<body><h2>目录</h2>{links}</body>")
    assert not is_contents(f"<body><p>{'A chapter about links. ' * 5}</p>{links}</body>")


@pytest.mark.parametrize(
    ("creator", "expected"),
    [
        ("[美] 爱德华·格莱泽（Edward Glaeser）", "爱德华·格莱泽"),
        ("（英）彼得·霍尔 著", "彼得·霍尔"),
        ("【日】隈研吾", "隈研吾"),
        ("刘润 译", ""),
        ("王小明 主编", "王小明"),
        ("王小明、李红 编著", "王小明; 李红"),
        ("Jane Jacobs", "Jane Jacobs"),
        ("Jane Doe (ed.)", "Jane Doe"),
        ("马译", "马译"),
        ("王小明编著", "王小明"),
        ("王小明等著", "王小明"),
        ("王小明 等", "王小明"),
        ("亨利·列斐伏尔[法]", "亨利·列斐伏尔"),
        ("亨利·列斐伏尔（法国）", "亨利·列斐伏尔"),
        ("陈映芳（主编）", "陈映芳"),
        ("金衡山（译）", ""),
        ("金衡山(译者)", ""),
        ("Le Guin, Ursula K.", "Le Guin, Ursula K."),
        ("林著", "林著"),
    ],
)
def test_people_of_a_book(creator: str, expected: str) -> None:
    assert book_author(creator) == expected


@pytest.mark.parametrize(
    ("creator", "expected"),
    [
        ("[日]山崎亮 著 胡珊 译", "山崎亮"),
        ("山崎亮著；胡珊译", "山崎亮"),
        ("王小明/李红", "王小明; 李红"),
    ],
)
def test_several_people_in_one_creator(creator: str, expected: str) -> None:
    assert book_authors([(creator, "")]) == expected


def test_roles_tell_authors() -> None:
    assert book_authors([("王小明", "aut"), ("李红", "trl")]) == "王小明"
    assert book_authors([("王小明", "edt"), ("李红", "trl")]) == "王小明"
    assert book_authors([("[美] A. Smith著；李红译", "")]) == "A. Smith"


def test_radicals_are_the_characters_they_look_like() -> None:
    assert normalise("⻓春⻘岛⻄安⻝品⾯⾦") == "长春青岛西安食品面金"
