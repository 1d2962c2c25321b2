"""Segment Chinese into words; the one module that knows jieba and rjieba.

rjieba is jieba's algorithm and dictionary in Rust: it cuts as jieba 0.42.1 does (a contract test compares
them), is ready in a fifth of the time and cuts five times as fast. jieba is used where rjieba has no wheel.
"""

import sys
import threading
from collections.abc import Sequence
from itertools import chain
from typing import Any, Literal, Protocol

from hubtui.core.files import cache_folder

Word = tuple[str, int, int]
"""A word with its start and exclusive end offset, in code points of the run that was cut."""

SEGMENTER = "jieba 0.42.1"
"""Which words an index holds. rjieba 0.2 counts as the same, since it cuts the same words."""

Mode = Literal["default", "search"]


class Segmenter(Protocol):
    """Cuts a run of Simplified Chinese characters into words."""

    def tokenize(self, run: str, mode: Mode = "default") -> Sequence[Word]:
        """Return the words in order; in search mode, the words inside a long word come before it."""
        ...

    def cut_for_search(self, run: str) -> Sequence[str]:
        """Return the words of search mode without their offsets."""
        ...


_lock = threading.Lock()
_segmenter: Segmenter | None = None


def cut(run: str) -> Sequence[Word]:
    """Return the words of a run of Simplified Chinese characters; together they make up the run."""
    return _load().tokenize(run)


def cut_for_search(run: str) -> Sequence[Word]:
    """Return the words of a run, and the words inside long ones: 农业 and 银行 as well as 农业银行."""
    return _load().tokenize(run, "search")


def words_for_search(runs: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the words of :func:`cut_for_search` without their offsets.

    Args:
        runs: For each of some texts, its runs.

    Returns:
        The words of each text.
    """
    # White space is cut off by itself, and no run has any. One call costs less than one for each run.
    words = list(_load().cut_for_search("\n".join(chain.from_iterable((*of_text, "\t") for of_text in runs))))
    found = []
    start = 0
    for _text in runs:
        end = words.index("\t", start)
        found.append([word for word in words[start:end] if word != "\n"])
        start = end + 1
    return found


def load() -> None:
    """Load the segmenter, which holds Python for 0.1 s, before the first run is cut."""
    _load()


def _load() -> Segmenter:
    global _segmenter  # noqa: PLW0603  # loading takes a while: once a process, whoever asks first
    with _lock:
        if _segmenter is None:
            _segmenter = load_rjieba() or load_jieba()
        return _segmenter


def load_rjieba() -> Segmenter | None:
    """Return the segmenter in Rust, or None where its wheel is not installed."""
    try:
        import rjieba  # deferred: only Chinese needs it
    except ImportError:
        return None
    # Its functions use the dictionary that it reads on import; a Jieba() of our own would read it again.
    segmenter: Segmenter = rjieba
    return segmenter


class _Jieba:
    """jieba's own tokenizer, its generators as sequences."""

    def __init__(self) -> None:
        import logging  # deferred with jieba

        jieba = _import_jieba()
        jieba.setLogLevel(logging.ERROR)
        self._tokenizer = jieba.Tokenizer()
        # Its default is a guessable name in the shared temporary folder, and the file is marshal data.
        folder = cache_folder() / "jieba"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._tokenizer.tmp_dir = str(folder)
        self._tokenizer.cache_file = "dictionary.cache"
        self._tokenizer.initialize()

    def tokenize(self, run: str, mode: Mode = "default") -> Sequence[Word]:
        return list(self._tokenizer.tokenize(run, mode=mode))

    def cut_for_search(self, run: str) -> Sequence[str]:
        return list(self._tokenizer.cut_for_search(run))


def load_jieba() -> Segmenter:
    """Return the segmenter in Python: slower to load and to cut, but at home wherever Python is."""
    return _Jieba()


def _import_jieba() -> Any:  # noqa: ANN401  # jieba has no types
    # jieba asks for pkg_resources only to open a file of its own, which costs 0.2 s and prints a
    # warning about its future; told that there is none, it opens the file by path.
    present = sys.modules.get("pkg_resources")
    sys.modules["pkg_resources"] = None  # type: ignore[assignment]
    try:
        import jieba  # deferred: only the fallback needs it
    finally:
        if present is None:
            del sys.modules["pkg_resources"]
        else:
            sys.modules["pkg_resources"] = present
    return jieba
