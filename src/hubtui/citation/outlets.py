"""What kind of publication a publisher's name tells of."""

import re

_MAGAZINE = re.compile(
    r"\b(?:magazine|weekly|monthly|quarterly|fortnightly|review)\b|周刊|月刊|双周刊|杂志|画报", re.IGNORECASE
)
_NEWSPAPER = re.compile(
    r"\b(?:daily|times|post|news|herald|tribune|gazette|journal|morning|evening|express|telegraph|guardian|"
    r"globe|standard|observer|chronicle|mail|press|xinhua|reuters|bloomberg|caixin|sixth tone|newspaper)\b"
    r"|[日晚早晨时商导快学]报|报$|新闻|通讯社|新华社|中新社|电讯",
    re.IGNORECASE,
)
_NEWSPAPERS_CALLED_WEEKLY = re.compile(r"\b(?:daily|times|news|post)\b.*\bweekly\b", re.IGNORECASE)


def outlet_type(publisher: str) -> str:
    """Give the CSL type of what ``publisher`` publishes, or ``""`` when its name does not tell."""
    if _NEWSPAPERS_CALLED_WEEKLY.search(publisher):
        return "article-newspaper"
    if _MAGAZINE.search(publisher):
        return "article-magazine"
    return "article-newspaper" if _NEWSPAPER.search(publisher) else ""
