"""Chinese word segmentation; the one module that knows jieba."""

import logging
import sys
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

from hubtui.paths import cache_folder

if TYPE_CHECKING:
    from jieba import Tokenizer

Word = tuple[str, int, int]
"""A word with its start and exclusive end offset."""

SEGMENTER = "jieba 0.42.1"
"""What an index remembers: other segmenters cut other words."""

_lock = threading.Lock()
_tokenizer: "Tokenizer | None" = None


def cut(run: str) -> Iterator[Word]:
    """Cut a run of Simplified Chinese characters into words that follow each other."""
    return _load().tokenize(run)  # type: ignore[no-any-return]


def cut_for_search(run: str) -> Iterator[Word]:
    """Cut as :func:`cut` does, and give the words inside long words as well.

    农业 and 银行 are found inside 农业银行.
    """
    return _load().tokenize(run, mode="search")  # type: ignore[no-any-return]


def words_for_search(run: str) -> list[str]:
    """Give the words of :func:`cut_for_search` without their offsets."""
    return list(_load().cut_for_search(run))


def _load() -> "Tokenizer":
    global _tokenizer  # noqa: PLW0603  # loading takes a second: once a process, whoever asks first
    with _lock:
        if _tokenizer is None:
            _tokenizer = _import_tokenizer()
        return _tokenizer


def _import_tokenizer() -> "Tokenizer":
    # jieba asks for pkg_resources only to open a file of its own, which costs 0.2 s and prints a
    # warning about its future; told that there is none, it opens the file by path.
    present = sys.modules.get("pkg_resources")
    sys.modules["pkg_resources"] = None  # type: ignore[assignment]
    try:
        import jieba  # noqa: PLC0415  # deferred: English libraries never need it
    finally:
        if present is None:
            del sys.modules["pkg_resources"]
        else:
            sys.modules["pkg_resources"] = present
    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    # Its default is a guessable name in the shared temporary folder, and the file is marshal data.
    folder = cache_folder() / "jieba"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    tokenizer.tmp_dir = str(folder)
    tokenizer.cache_file = "dictionary.cache"
    tokenizer.initialize()
    return tokenizer
