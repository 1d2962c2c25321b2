import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hubtui.core.errors import SourceError
from hubtui.ingest import Document, SourceFile, read_source, scan

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
PROSE = "哈尔滨是黑龙江省的省会，位于东北平原，云计算产业近年来发展很快，吸引了不少企业前来落户。"
ENGLISH = "Harbin is quietly emerging as a significant player in the field of cloud computing, experts say."


def document(tmp_path: Path, content: str | bytes, name: str = "a.txt") -> Document:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_source(SourceFile(name, path, 0, 0))


def texts(found: Document) -> list[str]:
    return [passage.text for passage in found.passages]


def seed(number: str) -> Document:
    (file,) = [file for file in scan(SEEDS)[0] if file.path.startswith(number)]
    return read_source(file)


def test_a_view_count_glued_to_the_title_goes() -> None:
    found = seed("000")
    assert found.title == "Harbin‘s Cloud Computing Rise: A Technological Hub in the Making"
    assert (found.date, found.author, found.publisher, found.language) == ("2025-09-24", "", "", "en")
    assert len(found.passages) == 8


def test_a_caption_is_no_title_and_lines_are_paragraphs() -> None:
    found = seed("001")
    assert found.origins["title"] == "correction"
    assert found.passages[0].section == "Introduction"
    assert [passage.section for passage in found.passages][-1] == "Conclusion"
    assert len(found.passages) == 9


def test_a_republisher_is_not_the_publisher() -> None:
    found = seed("002")
    assert found.title == "阿里与腾讯为何重仓东北?产业互联网是下一个增长点"
    assert (found.author, found.publisher, found.date, found.language) == (
        "",
        "第一财经日报",
        "2024-10-08",
        "zh-Hans",
    )
    assert {passage.section for passage in found.passages} == {"", "阿里腾讯重仓东北", "人才壁垒待解"}
    assert len(found.passages) == 24


def test_a_byline_in_two_lines() -> None:
    found = seed("003")
    assert (found.author, found.publisher, found.date) == ("Ouyang Shijia", "China Daily", "2018-06-07")
    assert dict(found.origins)["author"] == "byline"


def test_an_editor_s_note_names_the_publisher_and_headlines_go() -> None:
    found = seed("004")
    assert (found.title, found.publisher, found.date) == (
        "Powerhouse in the making",
        "China Daily Global Weekly",
        "",
    )
    assert found.passages[0].text.startswith("Already known for finance")
    assert not any("orchid" in text for text in texts(found))


def test_a_title_keeps_a_number_that_is_its_own(tmp_path: Path) -> None:
    body = f"{ENGLISH} People run Windows11 on it."
    assert document(tmp_path, f"Harbin moves to Windows11\n\n{body}").title == "Harbin moves to Windows11"
    assert document(tmp_path, f"Harbin at the Expo2025\n\n{body}").title == "Harbin at the Expo2025"
    assert document(tmp_path, f"Harbin moves to Windows11\n\n{ENGLISH}").title == "Harbin moves to Windows"


def test_numbers_do_not_depend_on_the_words_of_other_paragraphs(tmp_path: Path) -> None:
    paragraphs = [f"{PROSE}第{n}段。" for n in range(5)]
    before = document(tmp_path, "\n\n".join(paragraphs))
    paragraphs[1] = PROSE * 60
    after = document(tmp_path, "\n\n".join(paragraphs))
    assert [p.number for p in before.passages] == [1, 2, 3, 4, 5]
    assert [(p.number, p.part) for p in after.passages if not p.part] == [(1, ""), (3, ""), (4, ""), (5, "")]
    assert [p.part for p in after.passages if p.number == 2][:2] == ["a", "b"]


def test_an_undated_article_is_undated(tmp_path: Path) -> None:
    found = document(tmp_path, f"新华社北京11月1日电（记者王某）{PROSE}\n\n2018年，{PROSE}")
    assert (found.date, found.publisher, found.author) == ("", "新华社", "王某")
    assert "date" not in found.origins


def test_a_date_in_the_name_of_the_file(tmp_path: Path) -> None:
    found = document(tmp_path, PROSE, "20180607.txt")
    assert (found.date, found.origins["date"]) == ("2018-06-07", "file name")


def test_leftovers_are_cut_and_lists_in_the_text_stay(tmp_path: Path) -> None:
    leftovers = "相关文章\n\n沈阳的云计算产业也在发展\n\n长春的汽车工业走向智能化"
    text = f"哈尔滨的云\n\n{PROSE}\n\n有三点:\n\n- 网络\n\n- 人才\n\n- 资金\n\n{PROSE}\n\n{leftovers}"
    found = document(tmp_path, text)
    assert texts(found) == [PROSE, "有三点:", "网络", "人才", "资金", PROSE]
    assert [p.kind for p in found.passages].count("list item") == 3


def test_short_paragraphs_in_a_dialogue_stay(tmp_path: Path) -> None:
    text = f"{ENGLISH}\n\n“Why?”\n\n“Because.”\n\n{ENGLISH}"
    assert texts(document(tmp_path, text)) == [ENGLISH, "“Why?”", "“Because.”", ENGLISH]


def test_invisible_and_turning_characters_go(tmp_path: Path) -> None:
    text = (
        "\u202eHarbin\u202c is\u00a0quietly emer\u00adging as\ta player\x07 in the field of cloud computing."
    )
    assert texts(document(tmp_path, text)) == [
        "Harbin is quietly emerging as\ta player in the field of cloud computing."
    ]


def test_the_digest_is_of_the_bytes(tmp_path: Path) -> None:
    assert document(tmp_path, PROSE).digest == document(tmp_path, PROSE, "b.txt").digest
    assert document(tmp_path, PROSE).digest != document(tmp_path, PROSE + "\n").digest


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        ("相关文章\n\n猜你喜欢\n\n版权所有:某网", "surrounds"),
    ],
)
def test_a_file_without_text_is_named(tmp_path: Path, content: str | bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        document(tmp_path, content)
    assert caught.value.remedy


def test_a_heading_alone_is_a_title_without_text(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="a title, but no text") as caught:
        document(tmp_path, "# Harbin and its clouds\n", "a.md")
    assert caught.value.remedy


def test_a_line_alone_is_a_text(tmp_path: Path) -> None:
    found = document(tmp_path, "Harbin and its clouds\n")
    assert (found.title, texts(found)) == ("Harbin and its clouds", ["Harbin and its clouds"])


@pytest.mark.slow
def test_a_line_of_five_megabytes_is_read(tmp_path: Path) -> None:
    found = document(tmp_path, "数据中心与云计算在哈尔滨落地。" * 120_000)
    assert {passage.number for passage in found.passages} == {1}
    assert len(found.passages) > 1000


def test_a_file_that_vanishes_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no longer exists"):
        read_source(SourceFile("a.txt", tmp_path / "a.txt", 0, 0))


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="can't be opened"):
        read_source(SourceFile("a.txt", tmp_path, 0, 0))


def test_no_permission_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(SourceError, match="not readable"):
        read_source(SourceFile("a.txt", tmp_path / "a.txt", 0, 0))


def test_a_file_that_goes_on_changing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(PROSE, encoding="utf-8")
    real = os.fstat

    def grow(descriptor: int) -> object:
        with path.open("a", encoding="utf-8") as stream:
            stream.write(PROSE)
        return real(descriptor)

    monkeypatch.setattr(os, "fstat", grow)
    with pytest.raises(SourceError, match="changes while it is read"):
        read_source(SourceFile("a.txt", path, 0, 0))


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(2 * 1024**3)
    with pytest.raises(SourceError, match="2,147,483,648 bytes"):
        read_source(SourceFile("a.txt", path, 0, 0))


def test_an_unknown_format_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"\.xyz"):
        document(tmp_path, PROSE, "a.xyz")


def test_passages_know_their_language(tmp_path: Path) -> None:
    found = document(tmp_path, f"{PROSE}\n\n{PROSE}\n\n{ENGLISH}")
    assert found.language == "zh-Hans"
    assert [passage.language for passage in found.passages] == ["zh-Hans", "zh-Hans", "en"]


def test_reading_the_seeds_needs_none_of_the_heavy_libraries(tmp_path: Path) -> None:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    code = (
        "import sys; from pathlib import Path; from hubtui.ingest import scan, read_source\n"
        "[read_source(file) for file in scan(Path(sys.argv[1]))[0]]\n"
        "heavy = {'trafilatura', 'lxml', 'pypdfium2', 'docx', 'yaml', 'tomlkit', 'chardet', 'pyromark'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "seeds")], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("note", ["Harbin is cold.", "哈尔滨很冷。", "Harbin is cold.\n\nShenyang is not."])
def test_a_note_of_a_sentence_or_two_is_text_and_no_title(tmp_path: Path, note: str) -> None:
    found = document(tmp_path, note)
    assert (found.title, texts(found)) == ("", note.split("\n\n"))
