"""Where in a source a passage stands, in the words of a style and a language."""

from dataclasses import dataclass

from hubtui.model import Passage


@dataclass(frozen=True, slots=True)
class Locator:
    """A place inside a source.

    Attributes:
        label: What is counted: ``page`` or ``paragraph``.
        value: The number or range.
    """

    label: str
    value: str

    def phrase(self, *, chinese: bool, paragraph: str = "para.") -> str:
        """Give ``para. 3``, ``p. 7``, ``pp. 7–9``, or in Chinese ``第3段``, ``第7页``.

        Args:
            chinese: Whether the item cited is in Chinese and the style follows the item's language.
            paragraph: The style's English abbreviation.
        """
        if chinese:
            return f"第{self.value.replace(', ', '、')}{'页' if self.label == 'page' else '段'}"
        several = any(mark in self.value for mark in "-–,")
        if self.label == "page":
            return f"{'pp.' if several else 'p.'} {self.value}"
        return f"{paragraph.removesuffix('.') + 's.' if several else paragraph} {self.value}"


def passage_locator(passage: Passage) -> Locator:
    """Give the locator of a passage: its page, or where its source has none the number of its paragraph."""
    return Locator("page", str(passage.page)) if passage.page else Locator("paragraph", str(passage.number))
