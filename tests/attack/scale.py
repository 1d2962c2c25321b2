"""How much the attack suite tries."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is tried; each test takes its share of a number and says so.

    Attributes:
        kills: How often hubtui is killed while it writes.
        fuzzed: How many damaged documents and index files it is given.
        size: How large files are: with 10, 20 MB on one line and 100,000 tags.
        writers: How many processes change one file at the same time.
        changes: How many changes each of them makes.
        planted: How many commands meet each planted file as it was planted.
        sampled: How many cases of each test that has very many are run.
        one_of: Of how many commands with hostile words one is run.
        bursts: How many bursts of keys come to dialogs.
        soak_seconds: How long the screen is kept busy while its memory is watched.
    """

    kills: int
    fuzzed: int
    size: int
    writers: int
    changes: int
    planted: int
    sampled: int
    one_of: int
    bursts: int
    soak_seconds: float


SCALES: Mapping[str, Scale] = {
    "ci": Scale(
        kills=12,
        fuzzed=150,
        size=1,
        writers=3,
        changes=8,
        planted=1,
        sampled=8,
        one_of=48,
        bursts=42,
        soak_seconds=15,
    ),
    "some": Scale(
        kills=150,
        fuzzed=1_500,
        size=3,
        writers=5,
        changes=20,
        planted=4,
        sampled=60,
        one_of=12,
        bursts=504,
        soak_seconds=120,
    ),
    "full": Scale(
        kills=1_000,
        fuzzed=10_000,
        size=10,
        writers=5,
        changes=50,
        planted=99,
        sampled=9_999,
        one_of=1,
        bursts=2_100,
        soak_seconds=3_600,
    ),
}
"""By the value of ``--attack``: a minute in continuous integration, ten minutes, and the figures that
``docs/reliability.md`` gives."""
