"""Tell what of a web page's layout belongs to its article, and read short texts of its elements."""

import re
from typing import TYPE_CHECKING

from hubtui.text.analyzer import normalise

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_OTHERS = re.compile(
    r"comment|side-?bar|related|recommend|recent|popular|widget|weather|teaser(?!-?text)|archive"
    r"|(?:^|[\s_-])nav|(?<!post-)(?<!entry-)(?<!article-)(?<!content-)footer",
    re.IGNORECASE,
)
_APART = frozenset(("aside", "nav"))


class Layout:
    """A page, where its headline stands, and with it what is around the article."""

    def __init__(self, tree: "HtmlElement", headline: "HtmlElement | None") -> None:
        self.tree = tree
        self.headline = headline
        self._spine = set(headline.iterancestors()) if headline is not None else set()

    def holds_headline(self, element: "HtmlElement") -> bool:
        """Whether the headline stands in an element."""
        return element in self._spine

    def is_apart(self, element: "HtmlElement") -> bool:
        """Whether an element belongs to a comment, a sidebar or a list of other articles.

        What holds the headline holds the article too, whatever its class says of the page (``has-sidebar``).
        """
        within_article = False
        for parent in element.iterancestors():
            if parent in self._spine or parent.tag in ("body", "html"):
                return False
            if parent.tag == "footer":
                if not (within_article or any(above.tag == "article" for above in parent.iterancestors())):
                    return True
                continue
            if parent.tag in _APART or _OTHERS.search(
                f"{parent.get('class') or ''} {parent.get('id') or ''}"
            ):
                return True
            within_article = within_article or parent.tag == "article"
        return False


def spaced_text(element: "HtmlElement") -> str:
    """Return an element's text on one line, with a space between its children's."""
    return one_line(" ".join(map(str, element.itertext())))


def short_text(element: "HtmlElement", most: int) -> str:
    """Return an element's text on one line, or ``""`` where it has more than ``most`` characters."""
    parts: list[str] = []
    length = 0
    for text in element.itertext():
        if words := str(text).split():
            parts += words
            length += sum(map(len, words)) + len(words)
            if length > most + 1:
                return ""
    return normalise(" ".join(parts))


def one_line(text: str) -> str:
    """Return a text on one line, normalised."""
    return " ".join(normalise(text).split())
