"""Lists on standard input: one item a line, or with NUL between them, read as they come."""

import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, cast

import click

from hubtui.i18n import N_

if TYPE_CHECKING:
    from io import BufferedReader

_CHUNK = 1 << 16

null_option: Callable[[Callable[..., Any]], Callable[..., Any]] = click.option(
    "-0",
    "--null",
    is_flag=True,
    help=N_("The list on standard input has NUL between its items, not line ends."),
)


def listed(*, null: bool) -> Iterator[str]:
    """Give the items of the list on standard input without the empty ones, each as soon as it is there.

    Bytes that are no UTF-8 stay as they are on their way to the file system.
    """
    if sys.stdin is None:
        return
    stream = cast("BufferedReader", sys.stdin.buffer)
    items = _separated(iter(lambda: stream.read1(_CHUNK), b""), b"\0" if null else b"\n")
    for item in items:
        text = item.decode("utf-8", "surrogateescape").removeprefix("\ufeff").removesuffix("\r")
        if text.strip():
            yield text


def _separated(chunks: Iterator[bytes], sign: bytes) -> Iterator[bytes]:
    left = b""
    for chunk in chunks:
        *whole, left = (left + chunk).split(sign)
        yield from whole
    yield left
