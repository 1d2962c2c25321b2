"""Whatever is typed, no command prints a traceback, and each leaves with a status that is documented."""

import contextlib
import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hubtui.cli.app import cli
from hubtui.cli.run import run

NEVER = {"--watch", "--copy", "--csl", "--rebuild", "--library", "-L", "--help", "-h"}
"""Options that wait, reach beyond the test's folder, or take long."""

VALUES = [
    "003", "003:3", "000:4", "002:3b", "003:0", "003:-1", "003:99999999999999999999", ":", ":3", "003:",
    "Harbin", "哈尔滨", "cn:230100", "cloud", "city:Harbin", "city:", "lang:zh", "date:2018..", "sort:date",
    "cloud OR", "-", "--", "0", "-1", "1e9", "2147483648", "apa", "gb7714-2015", "markdown", "html", "ris",
    "auto", "always", "left", "city", "title=x", "hide=maybe", "=", "title=", "keys.help", "f1", "theme",
    "draft.md", "nowhere.md", "{path}:{number}", "{", "}", "{0.__class__}", "{{}}", r"\t", "%s%n", "", " ",
    "\n", "\t", "\x1b[31m", "[/]", "[@click=app.quit]x[/]", "\u202e", "é" * 300, "a" * 5000, '"', "'",
    "((((((", "-" * 40, "*", "~", "\udcff", "𠀀", "../../..", "/no/such/place", "tag:hub", "library",
    "source", "bash", "Ａ",
]  # fmt: skip


def _lines(
    command: click.Command = cli, *before: str
) -> Iterator[tuple[tuple[str, ...], list[click.Option]]]:
    """Return each command, as the words that name it, with the options it takes."""
    context = click.Context(command)
    options = (option for option in command.params if isinstance(option, click.Option))
    if before and before[0] not in ("index", "doctor"):  # those have tests of their own
        yield before, [option for option in options if not NEVER.intersection(option.opts)]
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from _lines(inner, *before, name)


LINES = list(_lines())
WORDS = sorted({word for _, options in LINES for option in options for word in option.opts})


def _typed(option: click.Option) -> st.SearchStrategy[list[str]]:
    """Return an option as it is typed, with a value that it may take or may not."""
    names = st.sampled_from(option.opts)
    if option.is_flag:
        return names.map(lambda name: [name])
    fitting = (
        option.type.choices if isinstance(option.type, click.Choice) else ("0", "1", "3", "apa", "cloud")
    )
    values = st.one_of(st.sampled_from(tuple(fitting)), st.sampled_from(VALUES))
    return st.tuples(names, values).map(list)


@st.composite
def lines(draw: st.DrawFn) -> list[str]:
    """Words for one command: mostly what it takes, sometimes what others take, or anything."""
    command, options = draw(st.sampled_from(LINES))
    positional = draw(st.lists(st.sampled_from(VALUES), max_size=3))
    taken = [_typed(option) for option in options]
    typed = draw(st.lists(st.one_of(taken), max_size=3)) if taken else []
    odd = draw(st.one_of(st.just([]), st.lists(st.sampled_from(WORDS) | st.text(max_size=12), max_size=1)))
    words = [*positional, *(word for words in typed for word in words), *odd]
    # What would reach beyond the folder, or what no system hands over, is not typed.
    beyond = ("-L", "/", "~", "--lib", "--cop", "--reb", "--csl", "--wat")
    return [*command, *(word.replace("\0", "") for word in words if not word.startswith(beyond))]


@pytest.fixture(scope="module")
def folder(seeds_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A library of the seeds in the current folder, with settings of its own."""
    target = tmp_path_factory.mktemp("fuzzed") / "hubs"
    shutil.copytree(seeds_folder, target)
    (target / "draft.md").write_text(
        "“Guizhou will ramp up efforts to integrate big data”\n", encoding="utf-8"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(target)
        patch.setenv("HUBTUI_CONFIG", str(target / "config.toml"))
        yield target


def _left(arguments: list[str]) -> tuple[int, str]:
    """Run hubtui; give its exit status and what it said on standard error."""
    out, err = io.TextIOWrapper(io.BytesIO()), io.TextIOWrapper(io.BytesIO(), errors="backslashreplace")
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Harbin\n\xff\xfe\n003:3\0x\n")))
        status = run(arguments, lambda _folder, **_: 0)
        err.flush()
    return status, err.buffer.getvalue().decode("utf-8", "replace")


@pytest.mark.usefixtures("folder")
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(lines())
@example(["search", "-", "-0", "--json"])
@example(["show", "003:99999999999999999999"])
@example(["correct", "003", "\udcff=\udcff"])
@example(["sources", "--format", "{title}\udcff"])
def test_nothing_typed_shows_a_traceback(arguments: list[str]) -> None:
    status, err = _left(arguments)
    assert status in (0, 1, 2, 130)
    assert "Traceback" not in err
    assert "bug in hubtui" not in err
    if status == 2:
        assert err.startswith("hubtui: ") or "\nhubtui: " in err


@pytest.mark.usefixtures("folder")
@given(st.lists(st.one_of(st.sampled_from(VALUES), st.text(max_size=8)), max_size=3))
def test_no_first_word_does_either(arguments: list[str]) -> None:
    words = [word.replace("\0", "") for word in arguments]
    status, err = _left([word for word in words if not word.startswith(("/", "~", ".."))])
    assert status in (0, 2)
    assert "Traceback" not in err
    assert "bug in hubtui" not in err
