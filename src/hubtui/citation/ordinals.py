"""Ordinal numbers in English."""


def ordinal(number: int) -> str:
    """Give ``1st``, ``2nd``, ``3rd``, ``4th``, ``11th`` and so on."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return str(number) + {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
