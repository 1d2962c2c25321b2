"""The words of a set of passages, as they are written there."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from hubtui.index.catalogue import Catalogue
from hubtui.index.engine import Mask
from hubtui.search.mentioned import Numbers
from hubtui.search.snapshot import Snapshot
from hubtui.text.running import is_chinese, running_words, tells


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that say something in some passages.

    Attributes:
        holding: For each word, as the index stores it, how many of the passages have it.
        written: How each word is mostly written there.
        passages: How many passages were read.
        chinese: How many of them have Chinese words.
        western: How many of them have other words.
    """

    holding: Mapping[str, int]
    written: Mapping[str, str]
    passages: int
    chinese: int
    western: int

    def sized(self, form: str) -> int:
        """Give how many of the passages have words of the script of ``form``."""
        return self.chinese if is_chinese(form) else self.western


def languages(snapshot: Snapshot) -> tuple[Numbers, int]:
    """Number the languages of the sources: give the number for each slot, and how many numbers there are."""
    tags = [source.language.casefold().split("-")[0] for source in snapshot.sources]
    numbers = {tag: number for number, tag in enumerate(sorted(set(tags)))}
    of_source = np.array([*(numbers[tag] for tag in tags), len(numbers)], np.int64)
    return of_source[snapshot.source], len(numbers) + 1


def spread(snapshot: Snapshot, selected: Mask, most: int) -> Sequence[int]:
    """Give the slots of at most ``most`` of the selected passages, evenly spread over the library."""
    slots = snapshot.in_order(selected)
    if len(slots) > most:
        slots = slots[np.linspace(0, len(slots) - 1, most).astype(np.int64)]
    return [int(slot) for slot in slots]


def vocabulary(catalogue: Catalogue, snapshot: Snapshot, slots: Sequence[int]) -> Vocabulary:
    """Read the words of the passages in these slots."""
    keys = [int(snapshot.reader.keys[slot]) for slot in slots]
    return words_of(catalogue.texts(keys).values())


def words_of(texts: Iterable[str]) -> Vocabulary:
    """Read the words of some texts."""
    holding: Counter[str] = Counter()
    spelt: dict[str, Counter[str]] = {}
    passages = chinese = western = 0
    for text in texts:
        seen: set[str] = set()
        for form, start, end in running_words(text):
            if tells(form):
                seen.add(form)
                spelt.setdefault(form, Counter())[text[start:end]] += 1
        holding.update(seen)
        passages += 1
        in_chinese = sum(map(is_chinese, seen))
        chinese += in_chinese > 0
        western += in_chinese < len(seen)
    written = {form: max(ways.items(), key=lambda way: (way[1], way[0]))[0] for form, ways in spelt.items()}
    return Vocabulary(holding, written, passages, chinese, western)
