"""The sorted table of places says what the tables say."""

from pathlib import Path

import pytest

from hubtui.places import tables as compiled
from hubtui.places.gazetteer import Gazetteer, _Shipped
from hubtui.places.tables import digest, load_tables


@pytest.fixture(scope="module")
def whole() -> Gazetteer:
    tables = load_tables()
    return Gazetteer(tables.places, tables.names, tables.members)


def test_the_sorted_table_was_made_of_the_tables_as_they_are(whole: Gazetteer) -> None:
    """Otherwise run tools/gazetteer/compile.py."""
    title, *lines = compiled.FILE.read_text(encoding="utf-8").splitlines()
    assert title == digest()
    assert lines == sorted(compiled.lines(whole), key=str.encode)


def test_what_is_looked_up_is_what_the_tables_hold(whole: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = _Shipped()
    with monkeypatch.context() as patch:
        patch.setattr("hubtui.places.gazetteer.load_tables", lambda: pytest.fail("the tables are parsed"))
        for place in whole:
            assert shipped.place(place.id) == place
            assert tuple(shipped.names(place.id)) == tuple(whole.names(place.id))
            assert tuple(shipped.members(place.id)) == tuple(whole.members(place.id))
            assert shipped.within(place.id) == whole.within(place.id)
            assert shipped.ancestors(place.id) == whole.ancestors(place.id)
        for folded, readings in whole.folded_names():
            assert tuple(shipped.readings(folded)) == tuple(readings)
        for name in (
            "Harbin",
            "东北",
            "北上广深",
            "cn:230100",
            "no such place",
            "",
            "a\tb",
            "a\nb",
            "\ud800",
        ):
            assert [place.id for place in shipped.lookup(name)] == [place.id for place in whole.lookup(name)]
        assert "cn:230100" in shipped
        assert "cn:999999" not in shipped
    assert list(shipped) == list(whole)
    assert list(shipped.folded_names()) == list(whole.folded_names())
    assert len(shipped) == len(whole)


@pytest.mark.parametrize("content", [None, b"", b"another digest\n=cn:230100\tWrong\t\t\t\t\t\n"])
def test_without_a_table_that_fits_the_tables_are_parsed(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "compiled.lines"
    if content is not None:
        file.write_bytes(content)
    monkeypatch.setattr(compiled, "FILE", file)
    place = _Shipped().place("cn:230100")
    assert place is not None
    assert place.name_en == "Harbin"
