"""From a source of the library to a CSL-JSON item."""

import subprocess
import sys

import pytest

from hubtui.citation import source_item
from hubtui.citation.source import outlet_type
from hubtui.core.models import Source


def test_everything_known_is_taken_over_and_nothing_added() -> None:
    source = Source("a", "b/c.txt", "T", "Jane Smith", "The Times", "2018-06", "en", "https://example.org")
    assert source_item(source) == {
        "id": "a",
        "type": "article-newspaper",
        "title": "T",
        "author": [{"family": "Smith", "given": "Jane"}],
        "container-title": "The Times",
        "issued": {"date-parts": [[2018, 6]]},
        "language": "en",
        "URL": "https://example.org",
    }
    assert source_item(Source("a", "b/c.txt")) == {"id": "a", "type": "document", "title": "[c.txt]"}


@pytest.mark.parametrize(
    ("source", "kind", "field"),
    [
        (Source("a", "a.txt", "T", publisher="第一财经日报"), "article-newspaper", "container-title"),
        (Source("a", "a.txt", "T", publisher="World Bank"), "document", "publisher"),
        (Source("a", "a.pdf", "T", publisher="World Bank"), "report", "publisher"),
        (Source("a", "a.epub", "T", publisher="某文化公司"), "book", "publisher"),
        (Source("a", "a.md", "T", publisher="上海社会科学院出版社"), "book", "publisher"),
        (Source("a", "a.pdf", "T", publisher="Cambridge University Press"), "book", "publisher"),
        (Source("a", "a.pdf", "T", publisher="World Bank", url="https://e.org"), "report", "publisher"),
        (
            Source("a", "a.txt", "T", publisher="World Bank", url="https://e.org"),
            "webpage",
            "container-title",
        ),
        (Source("a", "a.txt", "城市发展报告（2020）", publisher="统计局"), "report", "publisher"),
        (Source("a", "a.txt", "Annual Report 2020", publisher="World Bank"), "report", "publisher"),
        (Source("a", "a.txt", "What they report", publisher="World Bank"), "document", "publisher"),
        (Source("a", "a.html", "T"), "webpage", ""),
        (Source("a", "a.txt", "T", date="2020"), "document", ""),
    ],
)
def test_the_type_comes_from_publisher_address_and_file(source: Source, kind: str, field: str) -> None:
    item = source_item(source)
    assert item["type"] == kind
    assert {"publisher", "container-title"} & set(item) == ({field} if field else set())


@pytest.mark.parametrize(
    ("publisher", "kind"),
    [
        ("China Daily Global Weekly", "article-newspaper"),
        ("The Washington Post", "article-newspaper"),
        ("Xinhua News Agency", "article-newspaper"),
        ("哈尔滨日报", "article-newspaper"),
        ("澎湃新闻", "article-newspaper"),
        ("三联生活周刊", "article-magazine"),
        ("Harvard Business Review", "article-magazine"),
        ("Journal of Urban Affairs", "article-journal"),
        ("北京大学学报", "article-journal"),
        ("聯合報", "article-newspaper"),
        ("南方周末", "article-newspaper"),
        ("21世纪经济报道", "article-newspaper"),
        ("亞洲週刊", "article-magazine"),
        ("The Economist", "article-magazine"),
        ("國立臺灣大學學報", "article-journal"),
        ("国务院公报", ""),
        ("Oxford University Press", ""),
        ("", ""),
    ],
)
def test_kinds_of_publishers(publisher: str, kind: str) -> None:
    assert outlet_type(publisher) == kind


def test_citing_is_light() -> None:
    code = "import sys, hubtui.citation; print(' '.join(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"jieba", "opencc", "whoosh", "textual", "rich", "trafilatura"} & set(loaded)
