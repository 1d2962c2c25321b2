"""The user's settings: read strictly, never fatal, and written with all comments kept."""

import os
from pathlib import Path

import pytest

from hubtui.core.config import (
    SETTINGS,
    Config,
    ConfigError,
    config_file,
    parse_value,
    read_config,
    set_value,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def read(file: Path, text: str) -> Config:
    file.write_text(text, encoding="utf-8")
    return read_config(file)


def test_without_a_file_all_have_their_defaults(file: Path) -> None:
    config = read_config(file)
    assert [config.value(setting.key) for setting in SETTINGS] == [setting.default for setting in SETTINGS]
    assert (config.default_style, config.problems, config.named) == ("", (), frozenset())


def test_what_the_file_says_holds(file: Path) -> None:
    config = read(
        file,
        'theme = "nord"\nstyle = "apa"\ncopy_format = "html"\nlanguage = "zh"\nascii = true\n'
        'ambiguous_width = 2\nreduced_motion = true\nlog_level = "debug"\n[keys]\nhelp = "f1"\n',
    )
    assert config.problems == ()
    assert (config.theme, config.style, config.copy_format, config.language) == ("nord", "apa", "html", "zh")
    assert (config.ascii, config.ambiguous_width, config.reduced_motion) == (True, 2, True)
    assert (config.log_level, config.keys, config.default_style) == ("debug", {"help": "f1"}, "apa")
    assert "theme" in config.named


@pytest.mark.parametrize("line", ['"hit.next" = "f3"', 'hit.next = "f3"', 'hit = { next = "f3" }'])
def test_an_id_with_a_dot_needs_no_quotation_marks(file: Path, line: str) -> None:
    assert read(file, f"[keys]\n{line}\n").keys == {"hit.next": "f3"}


@pytest.mark.parametrize(
    ("line", "wrong", "remedy"),
    [
        ('tehme = "nord"', "'tehme'", "Did you mean theme?"),
        ("colour = 1", "'colour'", "theme, language"),
        ('language = "zn"', "'zn'", "Did you mean zh"),
        ('style = "appa"', "'appa'", "Did you mean apa"),
        ("ambiguous_width = true", "True", "Use one of auto, 1, 2."),
        ("ascii = 1", "1", "Use one of auto, true, false."),
        ('reduced_motion = "true"', "'true'", "Did you mean true?"),
        ("theme = 7", "7", "Write a string in quotation marks."),
        ('theme = ""', "''", "Write a string in quotation marks."),
        ('keys = "x"', "keys must be a table", "[keys]"),
        ("[keys]\nhelp = 1", "the keys of help", "commas"),
    ],
)
def test_what_is_wrong_is_named_and_left_aside(file: Path, line: str, wrong: str, remedy: str) -> None:
    config = read(file, f'copy_format = "link"\n{line}\n')
    assert [type(problem) for problem in config.problems] == [ConfigError]
    assert str(file) in config.problems[0].message
    assert wrong in config.problems[0].message
    assert remedy in config.problems[0].remedy
    assert config.copy_format == "link"
    assert config == Config(file, copy_format="link", named=config.named, problems=config.problems), (
        "all else has its default"
    )


def test_one_wrong_key_leaves_the_others(file: Path) -> None:
    config = read(file, '[keys]\nhelp = 1\nquit = "f10"\n')
    assert config.keys == {"quit": "f10"}
    assert len(config.problems) == 1


@pytest.mark.parametrize("content", [b'theme = "no', b"\xff\xfe\x00", b"theme = nord", b"[keys\n"])
def test_a_broken_file_is_reported_and_left_as_it_is(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    config = read_config(file)
    assert config == Config(file, problems=config.problems)
    assert str(file) in config.problems[0].message
    with pytest.raises(ConfigError):
        set_value("theme", "nord", file)
    assert file.read_bytes() == content


def test_a_folder_in_its_place_is_reported(file: Path) -> None:
    file.mkdir()
    assert len(read_config(file).problems) == 1


def test_writing_keeps_comments_and_order(file: Path) -> None:
    file.write_text('# mine\ntheme = "nord" # cold\n\n[keys]\n# as in vi\nhelp = "f1"\n', encoding="utf-8")
    set_value("theme", "gruvbox", file)
    set_value("style", "apa", file)
    set_value("keys.hit.next", "f3", file)
    set_value("keys.help", None, file)
    text = file.read_text(encoding="utf-8")
    assert text.startswith('# mine\ntheme = "gruvbox" # cold\n')
    assert "# as in vi" in text
    config = read_config(file)
    assert (config.theme, config.style, config.keys, config.problems) == (
        "gruvbox",
        "apa",
        {"hit.next": "f3"},
        (),
    )


def test_writing_makes_folder_and_file(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "config.toml"
    set_value("ascii", True, file)  # noqa: FBT003  # a value
    assert read_config(file).ascii is True
    set_value("ascii", None, file)
    assert read_config(file) == Config(file)


def test_writing_follows_a_link(tmp_path: Path, file: Path) -> None:
    kept = tmp_path / "dotfiles.toml"
    kept.write_text("")
    file.symlink_to(kept)
    set_value("theme", "nord", file)
    assert file.is_symlink()
    assert read_config(kept).theme == "nord"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_a_pipe_in_its_place_is_named(file: Path) -> None:
    os.mkfifo(file)
    (problem,) = read_config(file).problems
    assert "it is not a file" in problem.message
    assert "Move it away" in problem.remedy
    with pytest.raises(ConfigError, match="not a file"):
        set_value("theme", "nord", file)


@pytest.mark.parametrize(
    ("key", "value"), [("them", "nord"), ("language", "xx"), ("theme", ""), ("ambiguous_width", 3)]
)
def test_nothing_wrong_is_written(file: Path, key: str, value: str) -> None:
    with pytest.raises(ConfigError):
        set_value(key, value, file)
    assert not file.exists()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written(file: Path) -> None:
    file.parent.chmod(0o500)
    try:
        with pytest.raises(OSError, match="denied"):
            set_value("theme", "nord", file)
    finally:
        file.parent.chmod(0o700)


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("ascii", "true", True),
        ("ascii", "AUTO", "auto"),
        ("ambiguous_width", "2", 2),
        ("theme", "nord", "nord"),
        ("keys.help", "f1,?", "f1,?"),
    ],
)
def test_values_as_they_are_typed(key: str, text: str, value: object) -> None:
    parsed = parse_value(key, text)
    assert parsed == value
    assert type(parsed) is type(value)


@pytest.mark.parametrize(
    ("told", "there", "found"),
    [
        ("", "", "hubtui/config.toml"),
        ("own.toml", "", "own.toml"),
        ("own", "", "own/config.toml"),
        ("own", "file", "own"),
        ("own.toml", "folder", "own.toml/config.toml"),
    ],
)
def test_where_the_file_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str, there: str, found: str
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    if there == "file":
        (tmp_path / told).write_text("")
    elif there == "folder":
        (tmp_path / told).mkdir()
    environ = {"HUBTUI_CONFIG": str(tmp_path / told)} if told else {}
    assert config_file(environ) == tmp_path / found
