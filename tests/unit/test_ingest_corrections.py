from pathlib import Path

import pytest

from hubtui.ingest import Correction, correct, read_source, scan
from hubtui.ingest.corrections import CorrectionError, load_corrections

TEXT = "Navigation of the page\n\nHarbin is a city in the north.\n\nIt has clouds.\n\nThe page ends here."


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    (tmp_path / "harbin.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "guizhou.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def write(seeds: Path, text: str) -> None:
    (seeds / "sources.toml").write_text(text, encoding="utf-8")


def problems(seeds: Path) -> list[str]:
    return [problem.message for problem in scan(seeds)[1] if problem.path == "sources.toml"]


def test_a_correction_overrides_every_fact(seeds: Path) -> None:
    write(
        seeds,
        '["harbin.txt"]\ntitle = "The cloud"\nauthor = ["Li Na", "Wang Wei"]\npublisher = "Daily"\n'
        'date = 2018-06-07\nlanguage = "de"\nurl = "https://example.org"\naccessed = "2024-01"\n',
    )
    found = read_source(scan(seeds)[0][1])
    assert (found.title, found.author, found.publisher) == ("The cloud", "Li Na; Wang Wei", "Daily")
    assert (found.date, found.language, found.url) == ("2018-06-07", "de", "https://example.org")
    assert found.accessed == "2024-01"
    assert set(found.origins.values()) == {"correction"}


def test_an_empty_value_removes_a_fact(seeds: Path) -> None:
    write(seeds, '["harbin.txt"]\ntitle = ""\n')
    found = read_source(scan(seeds)[0][1])
    assert found.title == ""
    assert "title" not in found.origins


def test_first_and_last_mark_the_text(seeds: Path) -> None:
    write(seeds, '["harbin.txt"]\nfirst = "Harbin is"\nlast = "It has"\n')
    found = read_source(scan(seeds)[0][1])
    assert [passage.text for passage in found.passages][-1] == "It has clouds."
    assert not found.doubts


def test_marks_that_are_not_found_are_a_doubt(seeds: Path) -> None:
    write(seeds, '["harbin.txt"]\nfirst = "Shenzhen is"\n')
    (doubt,) = read_source(scan(seeds)[0][1]).doubts
    assert "Shenzhen is" in doubt


def test_a_hidden_source_is_none(seeds: Path) -> None:
    write(seeds, '["harbin.txt"]\nhide = true\n')
    found, wrong = scan(seeds)
    assert [file.path for file in found] == ["guizhou.txt"]
    assert not wrong


def test_a_correction_changes_what_a_sync_compares(seeds: Path) -> None:
    before = scan(seeds)[0][1]
    write(seeds, '["harbin.txt"]\ntitle = "A"\n')
    between = scan(seeds)[0][1]
    write(seeds, '["harbin.txt"]\ntitle = "B"\n')
    after = scan(seeds)[0][1]
    assert len({before.mtime_ns, between.mtime_ns, after.mtime_ns}) == 3
    assert len({read_source(file).digest for file in (before, between, after)}) == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('["harbin.txt"]\ntitel = "A"\n', "Did you mean title?"),
        ('["harbin.tx"]\ntitle = "A"\n', "Did you mean harbin.txt?"),
        ('["harbin.txt"]\ndate = "soon"\n', '"2018-06"'),
        ('["harbin.txt"]\nhide = "yes"\n', "true or false"),
        ('["harbin.txt"]\nauthor = 3\n', "Li Na"),
        ('["harbin.txt"]\ndate = true\n', '"2018-06"'),
        ('title = "A"\n', "outside any table"),
        ("[[[\n", "can't be read"),
    ],
)
def test_what_is_wrong_in_the_file_is_said(seeds: Path, text: str, expected: str) -> None:
    write(seeds, text)
    (message,) = problems(seeds)
    assert expected in message
    assert len(scan(seeds)[0]) == 2


def test_no_file_no_corrections(tmp_path: Path) -> None:
    assert load_corrections(tmp_path).by_path == {}
    assert Correction().fingerprint == 0


def test_writing_keeps_comments_and_order(seeds: Path) -> None:
    text = '# Mine\n["guizhou.txt"]\ntitle = "G" # as printed\n\n["harbin.txt"]\nhide = false\n'
    write(seeds, text)
    correct(seeds, "harbin.txt", {"title": "The “cloud”", "hide": None}, seeds.parent / "lock")
    written = (seeds / "sources.toml").read_text(encoding="utf-8")
    assert written.startswith('# Mine\n["guizhou.txt"]\ntitle = "G" # as printed\n')
    assert load_corrections(seeds).by_path["harbin.txt"] == Correction({"title": "The “cloud”"})


def test_writing_the_first_correction_makes_the_file(seeds: Path) -> None:
    correct(seeds, "harbin.txt", {"date": "2018-06"}, seeds.parent / "lock")
    assert load_corrections(seeds).by_path["harbin.txt"].facts == {"date": "2018-06"}
    correct(seeds, "harbin.txt", {"date": None}, seeds.parent / "lock")
    assert load_corrections(seeds).by_path == {}


@pytest.mark.parametrize("changes", [{"titel": "A"}, {"date": "soon"}])
def test_nothing_wrong_is_written(seeds: Path, changes: dict[str, str | bool | None]) -> None:
    with pytest.raises(CorrectionError):
        correct(seeds, "harbin.txt", changes, seeds.parent / "lock")
    assert not (seeds / "sources.toml").exists()


def test_a_broken_file_is_not_written_over(seeds: Path) -> None:
    write(seeds, "[[[\n")
    with pytest.raises(CorrectionError):
        correct(seeds, "harbin.txt", {"title": "A"}, seeds.parent / "lock")
    assert (seeds / "sources.toml").read_text(encoding="utf-8") == "[[[\n"
    assert sorted(path.name for path in seeds.iterdir()) == ["guizhou.txt", "harbin.txt", "sources.toml"]
