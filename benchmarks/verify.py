"""Verdicts on drafts with many quotations: how many are right, and how long they take.

Quotations are cut from the passages of a library; a third of them is then altered, cited to another source,
or invented. The same seed makes the same draft.
"""

import argparse
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hubtui import Library
from hubtui.core.models import Passage, Source
from hubtui.verify import Finding
from hubtui.verify.normalize import NormalizedText, text_weight

_CLAUSE = re.compile(r"[^，。；：！？,.;:!?\n]+[，。；：！？,.;:!?]*\s*")
_WORD = re.compile(r"[A-Za-z]{3,}|[\u4e00-\u9fff]{2}")
_MARKS = [("“", "”"), ("「", "」"), ('"', '"'), ("『", "』")]
_NEGATED = [("是", "不是"), ("可以", "不可以"), ("有", "没有"), (" is ", " is not "), (" can ", " cannot ")]


@dataclass(frozen=True)
class Sample:
    """A quotation and what is to be found out about it."""

    kind: str
    text: str
    source: Source
    wanted: str


class Generator:
    """Makes quotations from a library."""

    def __init__(self, library: Library, seed: int) -> None:
        """Read all passages of ``library``."""
        self.chooser = random.Random(seed)
        self.sources = list(library.sources())
        self.passages = {source.id: list(library.read(source.id)) for source in self.sources}
        self.forms = {
            id_: NormalizedText("\n".join(passage.text for passage in passages)).form
            for id_, passages in self.passages.items()
        }
        self.everything = "\n".join(self.forms.values())

    def exact(self) -> Sample:
        """Cut a quotation out of a passage, or out of two that follow each other."""
        while True:
            source = self.chooser.choice(self.sources)
            rows = [p for p in self.passages[source.id] if p.kind in ("paragraph", "quote", "list item")]
            text = self._cut(rows) if rows else ""
            if 16 <= text_weight(text) <= 400 and not re.search(r"[`<>*_\\\[\]|#\n]|https?:", text):
                return Sample("exact", text, source, "verified")

    def tolerated(self) -> Sample:
        """Cut a quotation and change in it what an editor may change."""
        sample = self.exact()
        clauses = _CLAUSE.findall(sample.text)
        text = sample.text
        if len(clauses) > 3:
            text = "".join([clauses[0], "……" if text[0] >= "\u4e00" else " … ", *clauses[2:]])
        return Sample("tolerated", text, sample.source, "verified")

    def altered(self) -> Sample:
        """Change a word, a number, a negation or a name, or drop a clause."""
        ways: list[Callable[[str], str]] = [self._word, self._digit, self._negation, self._clause, self._swap]
        while True:
            sample, way = self.exact(), self.chooser.choice(ways)
            text = way(sample.text)
            if (
                text != sample.text
                and NormalizedText(text).form not in self.everything
                and text_weight(text) >= 16
            ):
                return Sample(way.__name__.strip("_"), text, sample.source, "altered")

    def moved(self) -> Sample:
        """Cite a quotation to a source that has not got it."""
        while True:
            sample, other = self.exact(), self.chooser.choice(self.sources)
            named = Counter(source.title for source in self.sources)
            form = NormalizedText(sample.text).form
            if form not in self.forms[other.id] and named[other.title] == 1 and text_weight(other.title) > 10:
                return Sample("moved", sample.text, other, "moved")

    def invented(self) -> Sample:
        """Make a sentence of words from all over the library."""
        like = self.exact()
        words = [
            self.chooser.choice(found)
            for _ in range(max(6, text_weight(like.text) // 2))
            if (found := _WORD.findall(self.exact().text))
        ]
        glue = "" if words[0][0] >= "\u4e00" else " "
        return Sample("invented", glue.join(words) + "。", like.source, "not found")

    def _cut(self, rows: Sequence[Passage]) -> str:
        at = self.chooser.randrange(len(rows))
        clauses = _CLAUSE.findall(rows[at].text)
        if not clauses:
            return ""
        first = self.chooser.randrange(len(clauses))
        text = "".join(clauses[first : first + self.chooser.randint(1, 5)]).strip()
        following = rows[at + 1] if at + 1 < len(rows) else None
        if following and following.number == rows[at].number + 1 and self.chooser.random() < 0.1:
            text = "".join([*clauses[first:], " ", *_CLAUSE.findall(following.text)[:2]])
        return text.strip().rstrip("，,;；:：、")

    def _word(self, text: str) -> str:
        found = list(_WORD.finditer(text))[1:-1]
        if not found:
            return text
        match = self.chooser.choice(found)
        others = [
            word for word in _WORD.findall(self.exact().text) if word[0].isascii() == match[0].isascii()
        ]
        other: str = self.chooser.choice(others or [""])
        return text[: match.start()] + other + text[match.end() :]

    def _digit(self, text: str) -> str:
        found = list(re.finditer(r"\d", text))
        if not found:
            return text
        match = self.chooser.choice(found)
        return text[: match.start()] + str((int(match[0]) + 3) % 10) + text[match.end() :]

    def _negation(self, text: str) -> str:
        usable = [(plain, negated) for plain, negated in _NEGATED if plain in text[1:]]
        return text[0] + text[1:].replace(*self.chooser.choice(usable), 1) if usable else text

    def _clause(self, text: str) -> str:
        clauses = _CLAUSE.findall(text)
        if len(clauses) < 3:
            return text
        del clauses[self.chooser.randrange(1, len(clauses) - 1)]
        return "".join(clauses)

    def _swap(self, text: str) -> str:
        clauses = _CLAUSE.findall(text)
        if len(clauses) < 4:
            return text
        clauses[1], clauses[2] = clauses[2], clauses[1]
        return "".join(clauses)


def draft(generator: Generator, library: Library, count: int) -> tuple[str, list[tuple[int, Sample]]]:
    """Return the text of a draft in Markdown, and its quotations with their lines."""
    wrong = [generator.altered, generator.altered, generator.moved, generator.invented]
    samples = [
        generator.chooser.choice(wrong)()
        if at % 3 == 2
        else (generator.tolerated() if at % 9 == 0 else generator.exact())
        for at in range(count)
    ]
    lines: list[str] = []
    notes: list[str] = []
    placed = []
    for number, sample in enumerate(samples, 1):
        cited = sample.kind == "moved" or number % 2
        mark = f"[^{number}]" if cited else ""
        if number % 5 == 0 and not re.match(r"\d+[.)]|[-+=]", sample.text):
            lines += ["As one of them says:", ""]
            line = f"> {sample.text}{mark}"
        else:
            opening, closing = generator.chooser.choice(_MARKS)
            if any(character in sample.text for character in opening + closing):
                opening, closing = "“", "”"
            line = f"Number {number} 说：{opening}{sample.text}{closing}{mark}，and so on."
        lines += [line, ""]
        placed.append((len(lines) - 1, sample))
        if cited:
            notes.append(f"[^{number}]: {library.cite(sample.source)}")
    return "\n".join([*lines, *notes, ""]), placed


def report(answers: Sequence[tuple[Sample, Finding | None]], *, shown: int) -> None:
    """Print how many verdicts are right, by kind, and the first wrong ones."""
    total, right = Counter[str](), Counter[str]()
    for sample, finding in answers:
        verdict = finding.verdict.value if finding else "unread"
        total[sample.kind] += 1
        right[sample.kind] += verdict == sample.wanted
        if verdict != sample.wanted and shown:
            shown -= 1
            read = finding.quotation.text if finding else ""
            print(f"  {sample.kind} is {verdict}: {sample.text!r} read as {read!r} in {sample.source.path}")
    for kind, count in sorted(total.items()):
        print(f"{kind:12} {right[kind]:4} of {count:4}  {right[kind] / count:.3f}")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("library", type=Path)
    parser.add_argument("--quotations", type=int, default=500)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--shown", type=int, default=10, help="wrong verdicts to print")
    options = parser.parse_args()
    with Library.open(options.library) as library, tempfile.TemporaryDirectory() as scratch:
        library.sync()
        text, samples = draft(Generator(library, options.seed), library, options.quotations)
        path = Path(scratch) / "draft.md"
        path.write_text(text, encoding="utf-8")
        with Library.open(options.library) as cold:
            started = time.perf_counter()
            findings = cold.drafts.verify(path).findings
            first = time.perf_counter() - started
            started = time.perf_counter()
            cold.drafts.verify(path)
            warm = time.perf_counter() - started
    # On the line of a sample the longest quotation is the sample; inside it there may be others.
    by_line: dict[int, Finding] = {}
    for finding in sorted(findings, key=lambda one: len(one.quotation.text)):
        by_line[finding.quotation.number] = finding
    report([(sample, by_line.get(line)) for line, sample in samples], shown=options.shown)
    if beside := len(findings) - len(samples):
        print(f"{beside} more quotations were read than were written")
    print(f"{len(samples)} quotations: {first:.2f} s cold, {warm:.2f} s again")


if __name__ == "__main__":
    main()
