"""Templates reach the fields of a row and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubtui.cli.output import Template, TemplateError

FIELDS = ("path", "number", "text", "cities")
ROW = {"path": "a.txt", "number": 3, "text": "one\ttwo\n三", "cities": [{"id": "cn:230100"}]}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{path}:{number}", "a.txt:3"),
        ("{text}", "one two 三"),
        ("{cities}", '[{"id": "cn:230100"}]'),
        (r"{path}\t{number}\n", "a.txt\t3\n"),
        (r"\\t {{path}} %s", r"\t {path} %s"),
        ("plain 文字", "plain 文字"),
        ("", ""),
    ],
)
def test_fields_are_filled_in(text: str, filled: str) -> None:
    assert Template(text, FIELDS).filled(ROW) == filled


def test_a_field_that_a_row_lacks_is_empty() -> None:
    assert Template("<{text}>", FIELDS).filled({}) == "<>"


@pytest.mark.parametrize(
    "text", ["{path.__class__}", "{path[0]}", "{0}", "{}", "{path!r}", "{number:>9}", "{", "a}", "{pat{h}}"]
)
def test_what_is_no_field_is_refused(text: str) -> None:
    with pytest.raises(TemplateError):
        Template(text, FIELDS)


def test_the_nearest_field_is_named() -> None:
    with pytest.raises(TemplateError) as caught:
        Template("{pathh}", FIELDS)
    assert "path" in caught.value.remedy


@given(st.text(alphabet="{}\\tn0ab.[]!:", max_size=20))
def test_any_text_is_filled_or_refused(text: str) -> None:
    try:
        template = Template(text, FIELDS)
    except TemplateError:
        return
    assert isinstance(template.filled(ROW), str)
