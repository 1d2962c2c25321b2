"""Which citation style holds: the call's, the library's, the user's, the default."""

import pytest

from hubtui.library import Library


@pytest.mark.parametrize(
    ("call", "library", "user", "holds"),
    [
        (None, "", "", "gb7714-2025"),
        (None, "", "apa", "apa"),
        (None, "mla", "apa", "mla"),
        ("ieee", "mla", "apa", "ieee"),
    ],
)
def test_the_nearest_setting_holds(
    make_library: object, call: str | None, library: str, user: str, holds: str
) -> None:
    opened: Library = make_library(  # type: ignore[operator]
        {"one.txt": "A title\n\nHarbin is cold for most of the year, and its data centres like it.\n"}
    )
    if library:
        (opened.paths.root / "hubtui.toml").write_text(f'style = "{library}"\n')
    with Library.open(opened.paths.root, style=user) as again:
        again.sync()
        source = again.sources()[0]
        passage = again.read(source.id)[0]
        assert again.cite(source, call) == again.cite(source, holds)
        assert again.citations.quote(passage, call) == again.citations.quote(passage, holds)
