"""Nothing from a source, a file or an argument steers the terminal, from any command, on it or in a pipe."""

import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import click
import pytest
from tests.attack.scale import Scale
from tests.attack.terminal_bytes import HOSTILE, HOSTILE_NAME, run_hubtui, steering
from tests.conftest import SEEDS

from hubtui.cli.app import COMMANDS, Commands, cli
from hubtui.library import Library

SOURCE = "003_9c6913e47e9d125d.txt"
VALID: Mapping[str, Sequence[Sequence[str]]] = {
    "search": (
        ["Xq"], ["Guizhou", "-C", "1"], ["Xq", "--facets"], ["Xq", "--count"], ["--saved", "SAVED"], ["-"],
    ),
    "passages": (["Guizhou"], ["Xq"], ["-"]),
    "cities": ([], ["--names"]),
    "concordance": (["Guizhou"], ["Xq"]),
    "collocates": (["Guizhou"], ["Xq"]),
    "compare": (["Guizhou", "Xq"],),
    "show": (["Xq.txt"], [SOURCE], [f"{SOURCE}:3"], ["Xq"], ["-"]),
    "cite": (
        ["--all"], ["Xq.txt"], [f"{SOURCE}:3", "--copy"], ["--all", "--format", "bibtex"],
        ["--all", "--format", "ris"], ["--all", "--format", "csl-json"],
        [f"{SOURCE}:3", "--format", "markdown"], [f"{SOURCE}:3", "--format", "html"], ["-"],
    ),
    "clips": ([],),
    "clips list": ([], ["--order", "tag"], ["Xq"]),
    "clips add": ([f"{SOURCE}:2"], [f"{SOURCE}:2", "--note", HOSTILE, "--tag", HOSTILE, "--query", HOSTILE]),
    "clips note": (["CLIP", "x"], ["CLIP", HOSTILE]),
    "clips tag": (["CLIP", "x"],),
    "clips check": ([], ["--all"]),
    "clips export": (
        [], ["--format", "html"], ["--format", "csv"], ["--format", "bibtex"], ["--format", "ris"],
        ["--format", "csl-json"], ["--group", "tag"],
    ),
    "clips remove": (["CLIP"],),
    "clips restore": ([],),
    "dossier": (["Guizhou"], ["Guizhou", "--format", "html"]),
    "verify": (["DRAFT"], ["DRAFT", "--fix-citations"], ["-"]),
    "sources": ([],),
    "index": ([], ["--rebuild"]),
    "mentions": (["DRAFT"],),
    "mentions find": (["DRAFT"],),
    "mentions list": ([],),
    "mentions add": ([f"{SOURCE}:4", "of", "Guizhou"],),
    "mentions reject": ([f"{SOURCE}:4", "Guizhou"],),
    "mentions undo": (["072f42aa"],),
    "correct": ([SOURCE, f"author={HOSTILE}"], [SOURCE, "--undo"]),
    "doctor": ([],),
    "config": ([],),
    "config show": ([],),
    "config path": ([],),
    "config set": (["style", "apa"], ["keys.help", "f1"]),
    "config unset": (["style"],),
    "config schema": ([], ["library"]),
    "tour": ([],),
    "completion": (["bash"], ["zsh"], ["fish"]),
}  # fmt: skip
"""Words with which each command does something; one that is missing fails the test."""


def leaves(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Yield every command, with the words that name it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found is not None
        yield f"{before}{name}", found
        if isinstance(found, click.Group):
            yield from leaves(found, f"{before}{name} ")


assert isinstance(cli, Commands)
LEAVES = dict(leaves(cli))


def rows_wanted(command: click.Command) -> Iterator[Sequence[str]]:
    """Yield the options that say how rows are written, as far as a command has them."""
    known = {option for parameter in command.params for option in parameter.opts}
    yield []
    for words in (["--json"], ["--format", f"{{path}}\\0{HOSTILE}"], ["--color", "always"]):
        if words[0] in known and not (words[0] == "--format" and "--json" not in known):
            yield words


def attacked(name: str, command: click.Command) -> Iterator[Sequence[str]]:
    """Yield hostile words in the place of every argument and option of a command."""
    valid = VALID[name][0]
    for at in range(len(valid)):
        yield [*valid[:at], HOSTILE, *valid[at + 1 :]]
    yield [*valid, HOSTILE]
    yield [HOSTILE, HOSTILE, HOSTILE]
    yield [*valid, f"--{HOSTILE}"]
    yield [*valid, "bytes\udc9b31m\udcff"]
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.is_flag and parameter.opts:
            yield [*valid, parameter.opts[-1], HOSTILE]
        elif isinstance(parameter, click.Option) and parameter.opts:
            yield [*valid, f"{parameter.opts[-1]}={HOSTILE}"]


def _toml(text: str) -> str:
    """Return a text as a string of TOML."""
    plain = (char if char.isprintable() and char not in '"\\' else f"\\U{ord(char):08x}" for char in text)
    return f'"{"".join(plain)}"'


H = _toml(HOSTILE)
SOURCES = f"""
["{SOURCE}"]
title = {H}
author = {H}
publisher = {H}
date = "2018-06"
url = {H}
[{H}]
title = {H}
["Xq.txt"]
title = {H}
"""
WRONG_SOURCES = f"{SOURCES}\n{H} = {H}\n"
SETTINGS = f"""
name = {H}
[searches]
SAVED = "Xq"
{H} = {H}
"""
WRONG_SETTINGS = f"""
name = {H}
style = {H}
{H} = {H}
not_places = [{H}]
[glossary]
{H} = {H}
"""
OWN_SETTINGS = f"""
theme = {H}
style = {H}
log_level = {H}
{H} = {H}
[keys]
help = {H}
{H} = {H}
"""
WRONG_PLACES = f"""
[names]
{H} = {H}
[[places]]
name_en = {H}
kind = {H}
parent = {H}
"""
BROKEN = f"x = [\n{HOSTILE}\n"


def hostile_json(row: Mapping[str, Any], fields: Sequence[str], text: str = f"{HOSTILE}\ud800") -> str:
    """Return a row as JSON with a hostile text in some fields, by default one with a lone surrogate."""
    made = {
        key: (
            {"title": text, "author": text, "url": text}
            if key == "facts"
            else [text]
            if key == "tags"
            else text
        )
        if key in fields
        else value
        for key, value in row.items()
    }
    return json.dumps(made) + "\n"


class Attacked:
    """A library, settings and drafts in which another had a hand."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / f"lib{HOSTILE_NAME}"
        self.config = folder / f"conf{HOSTILE_NAME}" / "config.toml"
        self.draft = folder / f"draft{HOSTILE_NAME}.md"
        self._clip = ""

    def make(self, kind: str) -> None:
        """Make it, in one of several ways."""
        seeds = self.root / "seeds"
        shutil.copytree(SEEDS, seeds)
        self.config.parent.mkdir()
        text = (seeds / SOURCE).read_text(encoding="utf-8")
        (seeds / "Xq.txt").write_text(f"Xq{HOSTILE}\n\nGuizhou {HOSTILE} Guizhou\n\n{text}", encoding="utf-8")
        (seeds / f"n{HOSTILE_NAME}.txt").write_text(f"Named\n\nXq in Guizhou {text}", encoding="utf-8")
        (seeds / f"{HOSTILE_NAME}.pdf").write_bytes(b"%PDF-1.7 broken")
        Path(os.fsdecode(os.fsencode(seeds) + b"/bytes\x9b31m\xff.epub")).write_bytes(b"PK broken")
        (seeds / "Xq.html").write_text(
            f"<title>Xq{HOSTILE}</title><meta name=author content='{HOSTILE}'><p>Xq {HOSTILE} Guizhou {text}",
            encoding="utf-8",
        )
        (seeds / "Xq.md").write_text(f"---\ntitle: {H}\nauthor: {H}\n---\n# {HOSTILE}\n\nXq {text}", "utf-8")
        for name, data in archives().items():
            (seeds / name).write_bytes(data)
        self.draft.write_text(
            f"Guizhou “Xq {HOSTILE} will ramp up efforts to integrate {HOSTILE} big data into” [{SOURCE}]",
            encoding="utf-8",
        )
        with Library.open(self.root) as library:
            library.sync()
            clip = library.clippings.add(library.passage(f"{SOURCE}:3"), note="n", tags=["t"])
            found = library.passage(f"{SOURCE}:3")
            library.mentions.reject(found, found.mentions[0], "this")
        self._clip = clip.id
        self._plant(kind)

    def _plant(self, kind: str) -> None:
        seeds, clippings, mentions = (
            self.root / "seeds",
            self.root / "clippings.jsonl",
            self.root / "mentions.jsonl",
        )
        clip = json.loads(clippings.read_text(encoding="utf-8").splitlines()[-1])
        said = json.loads(mentions.read_text(encoding="utf-8").splitlines()[-1])
        kept = ("id", "made", "path", "number", "part", "page", "language", "highlights", "places", "style")
        shown = [key for key in clip if key not in kept]
        clips = hostile_json(clip, shown, HOSTILE)
        mended = hostile_json(said, ("name", "before", "after"), HOSTILE)
        if kind == "fields":
            clips += "".join(hostile_json({**clip, "id": f"{at:012}"}, [key]) for at, key in enumerate(clip))
            mended += "".join(hostile_json({**said, "id": f"{at:08}"}, [key]) for at, key in enumerate(said))
        if kind == "broken":
            clips, mended = clips + HOSTILE + "\n{" + HOSTILE + "\n", mended + HOSTILE + "\n"
        clippings.write_text(clips, encoding="utf-8", errors="surrogatepass")
        mentions.write_text(mended, encoding="utf-8", errors="surrogatepass")
        sources = {"broken": BROKEN, "fields": WRONG_SOURCES}.get(kind, SOURCES)
        (seeds / "sources.toml").write_text(sources, encoding="utf-8")
        settings = {"settings": WRONG_SETTINGS, "places": WRONG_PLACES, "toml": BROKEN}.get(kind, SETTINGS)
        (self.root / "hubtui.toml").write_text(settings, encoding="utf-8")
        self.config.write_text({"texts": "", "broken": BROKEN}.get(kind, OWN_SETTINGS), encoding="utf-8")

    @property
    def environ(self) -> Mapping[str, str]:
        """The variables with which it is used, in which another had a hand too."""
        names = {"TERM_PROGRAM": HOSTILE, "HUBTUI_LOG": HOSTILE, "LANG": HOSTILE, "LC_ALL": "C.UTF-8"}
        return {"HUBTUI_CONFIG": str(self.config), "HUBTUI_LIBRARY": str(self.root), **names}

    def words(self, name: str, words: Sequence[str]) -> list[str]:
        """Return the words of a command with the names of what there is."""
        put = {"DRAFT": str(self.draft), "CLIP": self._clip}
        return [*name.split(), *(put.get(word, word) for word in words)]


def archives() -> Mapping[str, bytes]:
    """Return books and documents whose inner names steer a terminal."""
    import io
    import zipfile

    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="{name}"/></rootfiles></container>'
    )
    made: dict[str, bytes] = {}
    for number, name in enumerate(
        ("x\x9b31mred\u202e.opf", "x&#27;[31m&#133;.opf", "x\U000e0100\U000e0041.opf")
    ):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("META-INF/container.xml", container.format(name=name))
            archive.writestr("x.opf" if number else "y.opf", f"<package>{HOSTILE}</package>")
        made[f"inner{number}.epub"] = stream.getvalue()
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr("word/document.xml", f"<w:document>&{HOSTILE};</w:document>")
            archive.writestr(HOSTILE, HOSTILE)
        made[f"inner{number}.docx"] = stream.getvalue()
    return made


def test_every_command_is_attacked() -> None:
    assert set(VALID) == set(LEAVES)
    assert {name.split()[0] for name in VALID} == set(COMMANDS)


@pytest.mark.parametrize("terminal", [False, True], ids=["pipe", "terminal"])
@pytest.mark.parametrize("kind", ["texts", "fields", "broken", "settings", "places", "toml"])
def test_no_control_character_from_outside_is_written(
    tmp_path: Path, scale: Scale, kind: str, *, terminal: bool, record_property: Callable[[str, object], None]
) -> None:
    there = Attacked(tmp_path)
    there.make(kind)
    done: Counter[int] = Counter()
    raw, crashed = [], []
    for name, words in islice(runs(kind), 0, None, scale.one_of):
        asked = there.words(name, words)
        typed = f"Xq\n{HOSTILE}\nGuizhou\n".encode() if "-" in words else b""
        status, text = run_hubtui(asked, terminal=terminal, environ=there.environ, typed=typed, cwd=tmp_path)
        done[status] += 1
        if name == "clips export":  # whose formats have these of their own
            text = text.replace("\ufeff", "", 1).replace("\r\n", "\n")
        found = steering(text, terminal=terminal or "always" in words)
        raw += [f"{asked!r:.300}: {one}" for one in found[:1]]
        if status not in (0, 1, 2) or "Traceback" in text or "this is a bug" in text:
            crashed.append(f"{asked!r:.300}: {status} {text[-600:]!r}")
    record_property("runs", done.total())
    assert not raw, "\n".join(raw)
    assert not crashed, "\n".join(crashed)


def runs(kind: str) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the commands to run and their words; the fewer files are read, the fewer."""
    for name, command in LEAVES.items():
        ways = rows_wanted(command)
        plain = [[*words, *way] for way in ways for words in VALID[name]]
        if kind == "texts":
            plain += map(list, attacked(name, command))
        elif kind not in ("fields", "broken"):  # all that is told is that these settings are wrong
            plain = plain[:2]
        yield from ((name, words) for words in plain)


@pytest.mark.parametrize("terminal", [False, True], ids=["pipe", "terminal"])
@pytest.mark.parametrize("name", ["sources", "clips list"])  # no correction of a mention may have such signs
def test_a_row_is_a_line_whatever_stands_in_it(tmp_path: Path, name: str, *, terminal: bool) -> None:
    there = Attacked(tmp_path)
    there.make("texts")
    run_hubtui(there.words(name, []), terminal=False, environ=there.environ, cwd=tmp_path)

    def lines(*options: str, terminal: bool = False) -> list[str]:
        words = there.words(name, ["-q", *options])
        return run_hubtui(words, terminal=terminal, environ=there.environ, cwd=tmp_path)[1].splitlines()

    rows = [json.loads(line) for line in lines("--json")]
    assert rows
    texts = [value for row in rows for value in row.values() if isinstance(value, str)]
    assert name == "sources" or any("\x1b" in text for text in texts)
    shown = lines(terminal=terminal)
    assert len(shown) == len(rows) + terminal
    assert terminal or len({line.count("\t") for line in shown}) == 1
