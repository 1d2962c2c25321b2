"""TOML of people and of strangers: what is too deep or too large is named with its line, in linear time."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hubtui.core.config import ConfigError, read_config, set_value
from hubtui.core.settings import SettingsError, read_settings
from hubtui.core.toml import parse_toml
from hubtui.ingest.corrections import CorrectionError, correct, load_corrections

HOSTILE = {
    "lists": "x = " + "[" * 5000 + "]" * 5000,
    "some lists": "x = " + "[" * 100 + "]" * 100,
    "tables": "x = " + "{a = " * 5000 + "1" + "}" * 5000,
    "key": ".".join("a" * 100) + " = 1",
    "long key": ".".join("a" * 100_000) + " = 1",
    "header": "[" + ".".join("a" * 100_000) + "]",
    "decimal": "x = " + "1" * 6000,
    "hexadecimal": "x = 0x" + "f" * 6000,
    "number": "x = 9223372036854775808",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_too_deep_or_too_large_is_named_with_its_line(name: str) -> None:
    with pytest.raises(ValueError, match="line 3"):
        parse_toml(f"# Mine.\n\n{HOSTILE[name]}\n\n[after]\ny = 2\n")


def test_other_toml_is_read_as_it_is() -> None:
    text = (
        'a = -9223372036854775808\nb = "'
        + "." * 1000
        + "\"\nc = '"
        + "a.b" * 500
        + "'\n[d.e]\nf = [[1], [2.5]]\n"
    )
    assert parse_toml(text) == {
        "a": -(1 << 63),
        "b": "." * 1000,
        "c": "a.b" * 500,
        "d": {"e": {"f": [[1], [2.5]]}},
    }


def test_a_line_of_quotation_marks_is_read_once() -> None:
    assert parse_toml("x = 1 # " + '"\\' * 50_000 + "." * 300) == {"x": 1}


def _config(folder: Path, text: str) -> str:
    file = folder / "config.toml"
    file.write_text(text)
    (problem,) = read_config(file).problems
    with pytest.raises(ConfigError) as error:
        set_value("theme", "hubtui-light", file)
    assert error.value.message == problem.message
    assert file.read_text() == text
    return problem.message


def _library(folder: Path, text: str) -> str:
    (folder / "hubtui.toml").write_text(text)
    with pytest.raises(SettingsError) as error:
        read_settings(folder)
    return error.value.message


def _corrections(folder: Path, text: str) -> str:
    file = folder / "sources.toml"
    file.write_text(text)
    (problem,) = load_corrections(folder).problems
    with pytest.raises(CorrectionError):
        correct(folder, "a.txt", {"title": "A"}, folder / "lock")
    assert file.read_text() == text
    return f"{problem.path}: {problem.message}"


@pytest.mark.parametrize("name", ["lists", "decimal"])
@pytest.mark.parametrize(
    ("read", "file"),
    [(_config, "config.toml"), (_library, "hubtui.toml"), (_corrections, "sources.toml")],
)
def test_each_file_is_named(tmp_path: Path, read: Callable[[Path, str], str], file: str, name: str) -> None:
    said = read(tmp_path, f"\n{HOSTILE[name]}\n")
    assert file in said
    assert "line 2" in said


def test_a_folder_in_place_of_a_file_is_called_one(tmp_path: Path) -> None:
    (tmp_path / "hubtui.toml").mkdir()
    with pytest.raises(SettingsError, match="it is a folder"):
        read_settings(tmp_path)


def test_of_many_unknown_sources_few_are_compared_with_all(tmp_path: Path) -> None:
    tables = "".join(f'["{n:05}.txt"]\ntitle = "T"\n' for n in range(2000))
    (tmp_path / "sources.toml").write_text(tables)
    problems = load_corrections(tmp_path).unknown_paths([f"{n:05}.md" for n in range(2000)])
    assert len(problems) == 2000
    assert "Did you mean" in problems[0].message
    assert "remove its table" in problems[-1].message
