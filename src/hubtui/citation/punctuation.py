"""Putting parts together without doubling, losing or misplacing their punctuation."""

from collections.abc import Iterable

_CLOSING = "\"'”’»」』"
_STOPS = ".?!…。？！．"


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends with a mark that ends a sentence, perhaps inside quotation marks."""
    return text.rstrip(_CLOSING)[-1:] in tuple(_STOPS)


def stopped(text: str, stop: str = ".") -> str:
    """Give ``text`` with a full stop, unless it ends like a sentence already."""
    return text if not text or ends_sentence(text) else text + stop


def sentences(parts: Iterable[str]) -> str:
    """Join the parts that are not empty as sentences, each with its full stop."""
    return " ".join(stopped(part) for part in parts if part)


def capitalised(text: str) -> str:
    """Give ``text`` with a capital, unless its first word has letters of its own choice (bioRxiv, https:)."""
    first = text.split(" ", 1)[0]
    return text[:1].upper() + text[1:] if first.islower() and ":" not in first else text


def joined(parts: Iterable[str], delimiter: str = ", ") -> str:
    """Join the parts that are not empty."""
    return delimiter.join(part for part in parts if part)


def located(source: str, locator: str) -> str:
    """Give where a work stands with the place in it, which begins the sentence if it stands alone."""
    return joined((source, locator)) if source else capitalised(locator)
