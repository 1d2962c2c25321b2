"""``hubtui cite`` and ``hubtui show``: what they write, what they refuse, and what they copy."""

import io
import json
import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hubtui.library import Library

Hubtui = Callable[..., Any]

GUIZHOU = "003_9c6913e47e9d125d.txt"
DONGBEI = "002_4a3986f7133450c2.txt"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def put(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    return put


def test_a_citation_a_line_in_the_order_of_the_addresses(hubtui: Hubtui, seeds_folder: Path) -> None:
    told = hubtui("cite", f"{DONGBEI}:4", "003", f"{DONGBEI}:5", "-L", seeds_folder)
    assert told.status == 0
    assert told.out.splitlines() == [
        "阿里与腾讯为何重仓东北?产业互联网是下一个增长点[N]. 第一财经日报，2024-10-08：第4段.",
        "Ouyang Shijia. Guizhou to become nation’s digital hub[N]. China Daily，2018-06-07.",
        "阿里与腾讯为何重仓东北?产业互联网是下一个增长点[N]. 第一财经日报，2024-10-08：第5段.",
    ]


def test_all_sources_in_a_style(hubtui: Hubtui, seeds_folder: Path) -> None:
    told = hubtui("cite", "--all", "--style", "mla", "-L", seeds_folder)
    assert len(told.out.splitlines()) == 5
    assert "“Powerhouse in the Making.” China Daily Global Weekly." in told.out


def test_json_tells_what_is_cited(hubtui: Hubtui, seeds_folder: Path) -> None:
    (row,) = map(json.loads, hubtui("cite", "003:3", "--json", "-L", seeds_folder).out.splitlines())
    assert (row["address"], row["path"], row["number"]) == (f"{GUIZHOU}:3", GUIZHOU, 3)
    assert row["style"] == "gb7714-2025"
    assert row["citation"].endswith("China Daily，2018-06-07：para. 3.")


@pytest.mark.parametrize(("options", "sign"), [((), "\n"), (("-0",), "\0")])
def test_addresses_from_standard_input(
    hubtui: Hubtui, seeds_folder: Path, typed: Callable[[str], None], options: tuple[str, ...], sign: str
) -> None:
    typed(sign.join((f"{GUIZHOU}:3", f"{GUIZHOU}:4", "")))
    told = hubtui("cite", "-", *options, "--style", "apa", "-L", seeds_folder)
    assert [line[-8:] for line in told.out.splitlines()] == ["para. 3.", "para. 4."]


def test_an_empty_list_finds_nothing(
    hubtui: Hubtui, seeds_folder: Path, typed: Callable[[str], None]
) -> None:
    typed("\n")
    told = hubtui("cite", "-", "-L", seeds_folder)
    assert (told.status, told.out) == (1, "")
    assert "nothing to cite" in told.err


@pytest.mark.parametrize("format_", ["plain", "markdown", "markdown-pandoc", "html", "passage"])
def test_quotations_share_their_references(hubtui: Hubtui, seeds_folder: Path, format_: str) -> None:
    told = hubtui("cite", "003:3", "002:4", "--format", format_, "-L", seeds_folder)
    with Library.open(seeds_folder) as library:
        passages = [library.passage("003:3"), library.passage("002:4")]
        assert told.out == f"{library.citations.quote(passages, None, format_)}\n"


@pytest.mark.parametrize(
    ("format_", "beginning"),
    [("bibtex", "@article{ouyang2018guizhou,"), ("ris", "TY  - NEWS"), ("csl-json", "[")],
)
def test_exports_hold_each_source_once(
    hubtui: Hubtui, seeds_folder: Path, format_: str, beginning: str
) -> None:
    told = hubtui("cite", "003:3", "003:4", "--format", format_, "-L", seeds_folder)
    assert told.out.startswith(beginning)
    assert told.out.count("digital hub") == told.out.count("Guizhou to become") or format_ == "bibtex"
    assert "ouyang2018guizhou" in told.out


def test_an_export_has_the_keys_of_the_quotations(hubtui: Hubtui, seeds_folder: Path) -> None:
    quoted = hubtui("cite", "002:4", "--format", "markdown-pandoc", "-L", seeds_folder).out
    items = json.loads(hubtui("cite", "002", "--format", "csl-json", "-L", seeds_folder).out)
    assert f"[@{items[0]['id']}, para. 4]" in quoted


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("003", "--format", "plain"), "To quote, name a passage"),
        ((), "--all"),
        (("003:99",), "has no passage '99'"),
        (("zzyzx",), "no source 'zzyzx'"),
        (("txt",), "sources match 'txt'"),
        (("003", "--style", "appa"), "Did you mean apa?"),
        (("003", "--format", "bibtext"), "bibtex"),
        (("003:3", "--format", "link"), "no web address"),
        (("003", "--csl", "/no/such.csl"), "/no/such.csl"),
        (("003:3", "--csl", "x.csl", "--format", "plain"), "--csl"),
    ],
)
def test_wrong_usage_is_answered_in_two_lines(
    hubtui: Hubtui, seeds_folder: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.setattr("shutil.which", lambda name, **_: f"/usr/bin/{name}")
    told = hubtui("cite", *words, "-L", seeds_folder)
    assert (told.status, told.out) == (2, "")
    assert said in told.err
    assert told.err.startswith("hubtui: ")


def test_without_pandoc_a_csl_style_says_what_to_install(
    hubtui: Hubtui, seeds_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    told = hubtui("cite", "003", "--csl", "apa.csl", "-L", seeds_folder)
    assert told.status == 2
    assert "Install pandoc" in told.err


def test_copy_puts_what_is_printed_on_the_clipboard(
    hubtui: Hubtui, seeds_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = tmp_path / "xclip"
    tool.write_text(
        f'#!/bin/sh\nCLIP="{tmp_path}/clip"\n'
        'case "$*" in *-out*) exec /bin/cat "$CLIP";; esac\nexec /bin/cat > "$CLIP"\n'
    )
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    for name in ("WAYLAND_DISPLAY", "TMUX", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("DISPLAY", ":0")
    told = hubtui("cite", "003:3", "002:4", "--format", "plain", "--copy", "-L", seeds_folder)
    assert (tmp_path / "clip").read_text(encoding="utf-8") + "\n" == told.out
    assert "Copied: xclip (confirmed)" in told.err


def test_show_gives_the_text_as_it_is_stored(hubtui: Hubtui, seeds_folder: Path) -> None:
    with Library.open(seeds_folder) as library:
        library.sync()
        passages = library.read(library.source("002").id)
    assert hubtui("show", "002:4", "-L", seeds_folder).out == f"{passages[3].text}\n"
    assert hubtui("show", "002", "-L", seeds_folder).out == "\n\n".join(p.text for p in passages) + "\n"


def test_show_on_a_terminal_wraps_numbers_and_underlines(
    hubtui: Hubtui, seeds_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    out = hubtui("show", "003:3", "--color", "always", "-L", seeds_folder).out
    assert "\x1b[1mGuizhou to become nation’s digital hub\x1b[0m" in out
    assert "\x1b[4mGuizhou\x1b[0m" in out
    plain = re.sub(r"\x1b\[[0-9;]*m", "", hubtui("show", "003", "--color", "always", "-L", seeds_folder).out)
    assert "\n 3  Chen Shaobo" in plain
    assert max(len(line) for line in plain.splitlines()) <= 60


def test_show_as_json_has_the_mentions(hubtui: Hubtui, seeds_folder: Path) -> None:
    rows = [json.loads(line) for line in hubtui("show", "003", "--json", "-L", seeds_folder).out.splitlines()]
    assert [row["number"] for row in rows] == list(range(1, len(rows) + 1))
    mention = rows[2]["mentions"][0]
    assert rows[2]["text"][mention["start"] : mention["end"]] == mention["surface"] == "Guizhou"


def test_show_takes_a_template(hubtui: Hubtui, seeds_folder: Path) -> None:
    out = hubtui("show", "003:3", "--format", "{path}:{number}", "-L", seeds_folder).out
    assert out == f"{GUIZHOU}:3\n"
