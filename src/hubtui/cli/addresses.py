"""Addresses on the command line: a source, or a passage of one as ``SOURCE:N``."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hubtui.cli.lists import listed

if TYPE_CHECKING:
    from hubtui.library import Library
    from hubtui.model import Passage, Source

_PASSAGE = re.compile(r"(.+):(\d{1,9}[a-z]{0,3})")


@dataclass(frozen=True, slots=True)
class Target:
    """What an address names: a source, and a passage of it or ``None``."""

    source: "Source"
    passage: "Passage | None" = None

    @property
    def address(self) -> str:
        """The address in full."""
        return f"{self.source.path}:{self.passage.label}" if self.passage else self.source.path


def targets(library: "Library", addresses: Iterable[str], *, null: bool = False) -> Iterator[Target]:
    """Give what the addresses name, in their order; ``-`` stands for a list on standard input.

    Raises:
        UnknownSourceError: An address names no source, or more than one.
        UnknownPassageError: The source has no such passage.
    """
    by_path = {source.path: source for source in library.sources()}
    for given in addresses:
        for address in listed(null=null) if given == "-" else (given,):
            if address in by_path:
                yield Target(by_path[address])
            elif named := _PASSAGE.fullmatch(address):
                source = by_path.get(named[1]) or library.source(named[1])
                yield Target(source, library.passage(f"{source.path}:{named[2]}"))
            else:
                yield Target(library.source(address))
