"""Whatever is said of mentions, in any order: the index that followed step by step is the one built anew."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hubtui.core.models import Mention, Passage
from hubtui.library import Library
from hubtui.places.corrections import SCOPES

FILES = {
    "a.txt": "Title\n\nFrom Boston to Boston, and Harbin.\n\n北上广深与哈尔滨，冰谷在哈尔滨，近哈尔滨市。\n",
    "b.txt": "Another\n\nFrom Boston to Boston, and Harbin.\n\n冰谷与冰谷，北京大学在北京。\n\nBoston\n",
}
SAID = st.lists(
    st.tuples(st.sampled_from(["reject", "add", "undo"]), st.integers(0, 40), st.sampled_from(SCOPES)),
    max_size=7,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(SAID)
def test_following_step_by_step_is_building_anew(said: list[tuple[str, int, str]]) -> None:
    with TemporaryDirectory() as folder:
        seeds = Path(folder) / "seeds"
        seeds.mkdir()
        for name, text in FILES.items():
            (seeds / name).write_text(text, encoding="utf-8")
        with Library.open(folder) as library:
            library.sync()
            untouched = mentions(library)
            for action, number, scope in said:
                say(library, action, number, scope)
            followed = mentions(library)
            library.sync(rebuild=True)
            assert mentions(library) == followed
            for item in library.mentions.corrections():
                library.mentions.undo(item.id)
            assert mentions(library) == untouched


def say(library: Library, action: str, number: int, scope: str) -> None:
    if action == "reject":
        there = [(passage, mention) for passage, found in mentions(library) for mention in found]
        if there:
            library.mentions.reject(*there[number % len(there)], scope)
    elif action == "add":
        missing = [
            (passage, start)
            for passage, _ in mentions(library)
            for start in range(len(passage.text))
            if passage.text.startswith(("冰谷", "哈尔"), start)
        ]
        passage, start = missing[number % len(missing)]
        library.mentions.add(passage, start, start + 2, library.place("Harbin"))
    elif items := library.mentions.corrections():
        library.mentions.undo(items[number % len(items)].id)


def mentions(library: Library) -> list[tuple[Passage, list[Mention]]]:
    """Each passage with its mentions, in an order that does not depend on when they were stored."""
    return [
        (
            passage,
            sorted(passage.mentions, key=lambda mention: (mention.start, mention.end, mention.place.id)),
        )
        for source in library.sources()
        for passage in library.read(source.id)
    ]
