"""What each command gives as JSON is what its schema says, and the schemas say all of it."""

import io
import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from hubtui.cli.commands.cities import CITY_FIELDS
from hubtui.cli.commands.collocates import COLLOCATE_FIELDS
from hubtui.cli.commands.compare import COMPARISON_FIELDS
from hubtui.cli.commands.concordance import LINE_FIELDS
from hubtui.cli.commands.doctor import CHECK_FIELDS
from hubtui.cli.commands.mentions import CORRECTION_FIELDS, MENTION_FIELDS
from hubtui.cli.commands.sources import SOURCE_FIELDS
from hubtui.cli.hits import COUNT_FIELDS, FACET_FIELDS, HIT_FIELDS

Hubtui = Callable[..., Any]
pytestmark = pytest.mark.xdist_group("schemas")  # they change one library, one after the other

SCHEMAS = Path(__file__).resolve().parents[2] / "docs" / "schemas"
KINDS = sorted(path.stem.removesuffix("-1") for path in SCHEMAS.glob("*-1.json"))
SOURCE = "003_9c6913e47e9d125d.txt"
DRAFT = "She said: “The move is part of the Southwest China province’s aims to become a data hub.”\n"

COMMANDS: list[tuple[str, list[str]]] = [
    ("hit", ["search", "cloud Harbin"]),
    ("hit", ["search", "cloud Harbin", "--context", "2"]),
    ("hit", ["search", "Harbin zzyzx"]),
    ("hit", ["search", "-"]),
    ("hit", ["passages", "哈尔滨", "Guizhou", "--limit", "0"]),
    ("count", ["search", "Harbin", "--count"]),
    ("count", ["search", "-", "--count"]),
    ("facet", ["search", "Harbin", "--facets"]),
    ("facet", ["search", "-", "--facets"]),
    ("source", ["sources"]),
    ("source", ["correct", SOURCE, "date=2018"]),
    ("city", ["cities", "--countries"]),
    ("line", ["concordance", "city:Harbin", "--sort", "left"]),
    ("collocate", ["collocates", "Harbin"]),
    ("comparison", ["compare", "Harbin", "Guizhou", "cloud"]),
    ("mention", ["mentions", "draft.md"]),
    ("mention-correction", ["mentions", "reject", f"{SOURCE}:2", "Southwest China"]),
    ("mention-correction", ["mentions", "list"]),
    ("passage", ["show", SOURCE]),
    ("citation", ["cite", SOURCE, f"{SOURCE}:2"]),
    ("quotation", ["cite", f"{SOURCE}:2", "--format", "markdown"]),
    ("quotation", ["cite", SOURCE, "--format", "ris"]),
    ("clipping", ["clips", "add", f"{SOURCE}:2"]),
    ("clipping", ["clips", "list"]),
    ("clipping-check", ["clips", "check"]),
    ("finding", ["verify", "draft.md"]),
    ("check", ["doctor"]),
    ("setting", ["config", "show"]),
]
"""Commands that give objects, with the kind of these; in an order in which each finds something."""


def _schema(kind: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((SCHEMAS / f"{kind}-1.json").read_text(encoding="utf-8"))
    return schema


@pytest.fixture(scope="module")
def folder(seeds_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that the commands may change, one after the other."""
    target = tmp_path_factory.mktemp("schemas") / "hubs"
    shutil.copytree(seeds_folder, target)
    (target / "draft.md").write_text(DRAFT, encoding="utf-8")
    return target


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_one_and_explains_each_field(kind: str) -> None:
    schema = _schema(kind)
    Draft202012Validator.check_schema(schema)
    assert all(field.get("description") for field in schema["properties"].values())


def test_every_command_with_json_is_here() -> None:
    assert {kind for kind, _ in COMMANDS} == set(KINDS)


def test_every_output_fits_its_schema(hubtui: Hubtui, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    for kind, arguments in COMMANDS:
        if kind == "clipping-check":  # it tells of what has changed
            source = folder / "seeds" / SOURCE
            source.write_text(source.read_text(encoding="utf-8").replace("big data and", "great"))
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("Harbin\n云计算\n".encode())))
        found = hubtui(*arguments, "--json")
        rows = [json.loads(line) for line in found.out.splitlines()]
        assert rows, (arguments, found.err)
        schema = _schema(kind)
        validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
        for row in rows:
            assert [error.message for error in validator.iter_errors(row)] == [], arguments
            assert set(row) <= set(schema["properties"]), arguments


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("hit", HIT_FIELDS),
        ("count", COUNT_FIELDS),
        ("facet", FACET_FIELDS),
        ("source", SOURCE_FIELDS),
        ("city", CITY_FIELDS),
        ("line", LINE_FIELDS),
        ("collocate", COLLOCATE_FIELDS),
        ("comparison", COMPARISON_FIELDS),
        ("check", CHECK_FIELDS),
        ("mention", MENTION_FIELDS),
        ("mention-correction", CORRECTION_FIELDS),
    ],
)
def test_the_fields_of_templates_are_those_of_the_schema(kind: str, fields: tuple[str, ...]) -> None:
    properties: Mapping[str, Any] = _schema(kind)["properties"]
    assert set(fields) == set(properties)
