"""``hubtui verify``: the quotations of a draft against the sources."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hubtui.cli.console import say
from hubtui.cli.options import library_option, opened_library, written_options
from hubtui.cli.output import console, write_fields
from hubtui.core.i18n import N_, _, ngettext
from hubtui.text.cells import fit, printable, width
from hubtui.verify import REMARKS, VERDICTS, WRONG, Verdict

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from hubtui.cli.output import Written
    from hubtui.core.models import Source
    from hubtui.library import Library
    from hubtui.verify import Change, Draft, Finding, Occurrence, Verification


@click.command(epilog="Example:  hubtui verify draft.md")
@click.argument(
    "files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True)
)
@click.option("--style", help=N_("Citation style; by default the library's."))
@click.option(
    "--fix-citations",
    is_flag=True,
    help=N_("Write missing and wrong citations into a copy of the draft, beside it."),
)
@library_option
@written_options
def command(
    *,
    files: tuple[Path, ...],
    style: str | None,
    fix_citations: bool,
    library: Path | None,
    written: "Written",
) -> int:
    """Look for each quotation of a draft in the sources, and say whether it is right.

    FILE is Markdown, HTML, a Word document, or else plain text; - reads Markdown from standard input. A
    quotation is verified, altered (with its differences), moved (in another source than the one cited), not
    found, or unchecked, because it is too short. The exit status is 1 when anything is wrong.
    """
    # deferred: --help needs none of it

    drafts = [_draft(file) for file in files]
    with opened_library(library) as opened:
        verifications = [opened.drafts.verify(draft) for draft in drafts]
        for verification in verifications:
            _write(opened, verification, style, written)
        say(summary(verifications))
        if fix_citations:
            for file, verification in zip(files, verifications, strict=True):
                _fix(opened, file, verification, style)
    return 0 if all_right(verifications) else 1


def _draft(file: Path) -> "Draft":
    from hubtui.verify import parse_draft, read_draft  # deferred: see above

    if str(file) == "-":
        return parse_draft("-", sys.stdin.buffer.read(), suffix=".md")
    return read_draft(file)


def _write(library: "Library", verification: "Verification", style: str | None, written: "Written") -> None:

    write = written.rows(FINDING_FIELDS)
    if write is not None:
        for finding in verification.findings:
            write(finding_row(library, finding, verification, style))
    elif written.terminal:
        write_findings(verification)
    else:
        write_flat(verification)


def _fix(library: "Library", file: Path, verification: "Verification", style: str | None) -> None:
    from hubtui.text.cells import printable  # deferred: see above
    from hubtui.verify import write_copy  # deferred: see above

    copy = library.drafts.cited_copy(verification, style)
    if not copy.added + copy.corrected:
        say(_("{file}: no citation is missing or wrong.").format(file=printable(str(file))))
        return
    path = write_copy(file, copy.data)
    added = ngettext("{n} citation added", "{n} citations added", copy.added).format(n=copy.added)
    corrected = ngettext("{n} corrected", "{n} corrected", copy.corrected).format(n=copy.corrected)
    say(
        _("Written: {path} ({added}, {corrected})").format(
            path=printable(str(path)), added=added, corrected=corrected
        )
    )


FINDING_FIELDS = (
    "file", "line", "paragraph", "quotation", "kind", "verdict", "remarks", "likeness", "source_id", "path",
    "title", "number", "text", "citation", "places", "cited", "changes",
)  # fmt: skip
"""The fields of a finding as an object, in their order."""

_STYLES = {
    Verdict.VERIFIED: "green",
    Verdict.ALTERED: "bold red",
    Verdict.MOVED: "bold magenta",
    Verdict.MISSING: "bold red",
    Verdict.UNCHECKED: "dim",
}
_SIGNS = {
    Verdict.VERIFIED: "✓",
    Verdict.ALTERED: "≠",
    Verdict.MOVED: "→",
    Verdict.MISSING: "✗",
    Verdict.UNCHECKED: "·",
}
_PLACES = 3
"""Places of a quotation that are named on a terminal."""
_CONTEXT = 40
"""Characters around a difference that are shown."""


def finding_row(
    library: "Library", finding: "Finding", verification: "Verification", style: str | None
) -> dict[str, object]:
    """Return a finding as a JSON object."""
    draft, quotation = verification.draft, finding.quotation
    place = finding.places[0] if finding.places else None
    by_line = draft.unit == "line"
    return {
        "file": draft.name,
        "line": quotation.number if by_line else None,
        "paragraph": None if by_line else quotation.number,
        "quotation": quotation.text.strip(),
        "kind": quotation.kind,
        "verdict": finding.verdict.value,
        "remarks": finding.remarks,
        "likeness": round(finding.likeness, 3),
        "source_id": place.source.id if place else None,
        "path": place.source.path if place else None,
        "title": place.source.title if place else None,
        "number": place.passages[0].number if place else None,
        "text": _text(place) if place else None,
        "citation": library.drafts.cite(place, style) if place else None,
        "places": [_place_row(one) for one in finding.places],
        "cited": [{"source_id": source.id, "path": source.path} for source in finding.cited],
        "changes": [
            {"kind": change.kind, "draft": change.draft, "source": change.source}
            for change in finding.changes
        ],
    }


def write_flat(verification: "Verification") -> None:
    """Write findings for a pipe: where, verdict, place, remarks and quotation, between tabs."""
    for finding in verification.findings:
        write_fields(
            f"{verification.draft.name}:{finding.quotation.number}",
            finding.verdict.value,
            finding.places[0].address if finding.places else "",
            ", ".join(finding.remarks),
            finding.quotation.text.strip(),
        )


def write_findings(verification: "Verification") -> None:
    """Write findings for eyes: a line each, and below those that are wrong what is right."""
    from rich.text import Text  # deferred: pipes need none of Rich

    out = console()
    findings = verification.findings
    if findings:
        out.print(Text(printable(verification.draft.name), "bold"), soft_wrap=True)
    digits = max((len(str(finding.quotation.number)) for finding in findings), default=0)
    words = max(width(_(word)) for word in VERDICTS.values())
    for finding in findings:
        style, word = _STYLES[finding.verdict], _(VERDICTS[finding.verdict])
        line = Text(f"{finding.quotation.number:>{digits + 2}}  ", "dim")
        line.append(f"{_SIGNS[finding.verdict]} {word}{' ' * (words - width(word))}  ", style)
        indent = digits + 4
        quoted = fit(" ".join(finding.quotation.text.split()), max(10, out.width - indent - words - 6))
        line.append(quoted, "dim" if finding.verdict is Verdict.UNCHECKED else "")
        out.print(line, soft_wrap=True)
        _write_below(out, finding, indent + 2)


def _write_below(out: "Console", finding: "Finding", indent: int) -> None:
    from rich.padding import Padding  # see above
    from rich.text import Text  # see above

    space = " " * indent
    for label, text in _lines(finding):
        row = Text(space)
        if label:
            row.append(f"{label} ", "dim")
        row.append(fit(text, max(10, out.width - indent - width(label) - 1)), "dim" if not label else "")
        out.print(row, soft_wrap=True)
    if finding.verdict is Verdict.ALTERED:
        out.print(Padding(_comparison(finding.changes), (0, 0, 0, indent)))


def _lines(finding: "Finding") -> Iterator[tuple[str, str]]:
    """Yield what is to be said below a quotation, each with a label."""
    places = ", ".join(place.address for place in finding.places[:_PLACES])
    if more := len(finding.places) - _PLACES:
        places += f" +{more}" if more > 0 else ""
    remarks = ", ".join(_(REMARKS[remark]) for remark in finding.remarks)
    if finding.verdict is Verdict.MOVED:
        yield _("cited"), _names(finding.cited)
    if finding.verdict is Verdict.MISSING and places:
        yield _("nearest"), f"{places}  {finding.places[0].passages[0].text}"
    elif places:
        yield _("in"), places
    if remarks:
        yield "", remarks


def _names(sources: Sequence["Source"]) -> str:
    return ", ".join(f"{source.label} ({source.path})" for source in sources[:_PLACES])


def _comparison(changes: Sequence["Change"]) -> "Text":
    """Return a quotation with its differences: the draft's struck through, the source's behind them."""
    from rich.text import Text  # see above

    text = Text()
    last = len(changes) - 1
    for at, change in enumerate(changes):
        if change.kind in ("same", "omitted"):
            text.append(_shortened(printable(change.draft), first=at == 0, last=at == last), "dim")
            continue
        if change.draft:
            text.append(f"[-{printable(change.draft)}-]", "red strike")
        if change.source:
            text.append("{+" + printable(change.source) + "+}", "green")
    return text


def _shortened(text: str, *, first: bool, last: bool) -> str:
    """Leave out the middle of a long stretch that is the same, or its far end."""
    if first:
        return text if len(text) <= _CONTEXT else f"…{text[-_CONTEXT:]}"
    if last:
        return text if len(text) <= _CONTEXT else f"{text[:_CONTEXT]}…"
    return text if len(text) <= 2 * _CONTEXT else f"{text[:_CONTEXT]} … {text[-_CONTEXT:]}"


def summary(verifications: Sequence["Verification"]) -> str:
    """Say in a line how many quotations there are, and of which kind."""
    found = [finding.verdict for verification in verifications for finding in verification.findings]
    if not found:
        return _("No quotation in the draft.")
    counts = [f"{found.count(verdict)} {_(word)}" for verdict, word in VERDICTS.items() if verdict in found]
    return (
        f"{ngettext('{n} quotation', '{n} quotations', len(found)).format(n=len(found))}: {', '.join(counts)}"
    )


def all_right(verifications: Sequence["Verification"]) -> bool:
    """Whether nothing in the drafts has to be changed."""
    return not any(
        finding.verdict in WRONG for verification in verifications for finding in verification.findings
    )


def _text(place: "Occurrence") -> str:
    pairs = zip(place.passages, place.spans, strict=True)
    return "\n".join(passage.text[start:end] for passage, (start, end) in pairs)


def _place_row(place: "Occurrence") -> dict[str, object]:
    return {
        "source_id": place.source.id,
        "path": place.source.path,
        "title": place.source.title,
        "number": place.passages[0].number,
        "part": place.passages[0].part,
        "last": place.passages[-1].number,
        "address": place.address,
        "spans": place.spans,
    }
