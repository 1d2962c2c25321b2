"""How help is laid out: click's way, with Chinese text broken by its own rules and measured in cells."""

import unicodedata
from collections.abc import Iterable

import click


class HelpFormatter(click.HelpFormatter):
    """Click's formatter, which counts characters, taught that some take two cells."""

    def write_text(self, text: str) -> None:
        """Write paragraphs, indented as the section is."""
        if not _has_wide(text):
            super().write_text(text)
            return
        indent = " " * self.current_indent
        for number, part in enumerate(text.split("\n\n")):
            self.write("\n" if number else "")
            for line in _lines(part, self.width - len(indent)):
                self.write(f"{indent}{line}\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write a list of names with what they mean beside them."""
        rows = list(rows)
        if not any(_has_wide(cell) for row in rows for cell in row):
            super().write_dl(rows, col_max, col_spacing)
            return
        from hubtui.text.cells import width  # noqa: PLC0415  # deferred: plain help does without Rich's tables

        indent = " " * self.current_indent
        column = min(max(width(name) for name, _ in rows), col_max) + col_spacing
        beside = f"\n{indent}{' ' * column}"
        for name, meaning in rows:
            gap = column - width(name)
            self.write(f"{indent}{name}")
            if meaning:
                self.write(" " * gap if gap >= col_spacing else beside)
                self.write(beside.join(_lines(meaning, self.width - len(indent) - column)))
            self.write("\n")


class Context(click.Context):
    """Click's context, with our formatter."""

    formatter_class = HelpFormatter


def _has_wide(text: str) -> bool:
    return not text.isascii() and any(unicodedata.east_asian_width(sign) in "WF" for sign in text)


def _lines(paragraph: str, cells: int) -> list[str]:
    """Break a paragraph into lines; one that starts with a backspace keeps its own, as click has it."""
    from hubtui.text.wrap import wrap  # noqa: PLC0415  # deferred: see above

    if paragraph.startswith("\b\n"):
        return paragraph.removeprefix("\b\n").splitlines()
    flowing = " ".join(paragraph.split())
    return [flowing[start:end] for start, end in wrap(flowing, max(cells, 10))]
