"""``hubtui cite``: sources and passages as citations, quotations, or a file of a reference manager."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hubtui.citation.export_formats import EXPORT_FORMAT_NAMES
from hubtui.citation.quotations import COPY_FORMAT_NAMES
from hubtui.cli.console import say
from hubtui.cli.options import Target, json_option, library_option, null_option, opened_library, targets
from hubtui.cli.output import write_json, write_text
from hubtui.core.i18n import N_, _

if TYPE_CHECKING:
    from hubtui.library import Library

CITATION = "citation"
FORMATS = (CITATION, *(name for name in COPY_FORMAT_NAMES if name != CITATION), *EXPORT_FORMAT_NAMES)


@click.command(
    epilog="Example:  hubtui cite 003_9c6913e47e9d125d.txt:3 --style apa",
)
@click.argument("addresses", nargs=-1, metavar="SOURCE[:N]…")
@click.option("--all", "everything", is_flag=True, help=N_("All sources."))
@click.option("--style", help=N_("The citation style: apa, mla…; by default the library's."))
@click.option(
    "--csl",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=N_("A CSL style instead, through pandoc."),
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default=CITATION,
    show_default=True,
    help=N_("A citation a line, quotations with one list of references, or an export."),
)
@click.option("--copy", "copied", is_flag=True, help=N_("Put it on the clipboard too."))
@null_option
@json_option
@library_option
def command(  # an option each
    *,
    addresses: tuple[str, ...],
    everything: bool,
    style: str | None,
    csl: Path | None,
    format_: str,
    copied: bool,
    null: bool,
    as_json: bool,
    library: Path | None,
) -> int:
    """Cite sources, or passages of them as SOURCE:N, in their order.

    SOURCE is a source's path or an unambiguous part of it, N the number of a passage. A single - reads
    addresses from standard input, one a line, such as the first column of what search gives.
    """
    if not addresses and not everything:
        raise click.UsageError(_("Name a source or a passage, or use --all."))
    with opened_library(library) as opened:
        found = list(targets(opened, addresses, null=null))
        found += [Target(source) for source in opened.sources() if everything]
        if format_ == CITATION:
            rows = [_row(opened, target, style, csl) for target in found]
            text = "\n".join(str(row["citation"]) for row in rows)
        else:
            text = _composed(opened, found, style, csl, format_)
            rows = [{"format": format_, "addresses": [target.address for target in found], "text": text}]
    if not found:
        say(_("There is nothing to cite."))
        return 1
    if as_json:
        write_json(rows)
    else:
        write_text(text)
    if copied:
        _copy(text, html=format_ == "html")
    return 0


def _row(library: "Library", target: Target, style: str | None, csl: Path | None) -> dict[str, object]:
    source, passage = target.source, target.passage
    return {
        "address": target.address,
        "source_id": source.id,
        "path": source.path,
        "title": source.title,
        "number": passage.number if passage else None,
        "part": passage.part if passage else "",
        "style": csl.name if csl else style or library.citations.style_for(source),
        "citation": library.cite(passage or source, style, csl=csl),
    }


def _composed(
    library: "Library", found: Sequence[Target], style: str | None, csl: Path | None, format_: str
) -> str:
    """Return what the targets make together: an export of their sources, or quotations."""
    if csl:
        raise click.UsageError(_("--csl makes only citations: leave out --format."))
    if format_ in EXPORT_FORMAT_NAMES:
        sources = {target.source.id: target.source for target in found}
        return library.citations.export(list(sources.values()), format_)
    passages = [target.passage for target in found if target.passage]
    if len(passages) < len(found):
        whole = next(target.address for target in found if not target.passage)
        raise click.UsageError(
            _("To quote, name a passage of {source}: {source}:N").format(source=whole),
        )
    return library.citations.quote(passages, style, format_)


def _copy(text: str, *, html: bool) -> None:
    """Copy a text, and say which way it went."""
    import os  # deferred: few runs copy

    from hubtui.clipboard import copy_text, osc52_sequences  # see above
    from hubtui.clipboard import describe_copy as ways  # see above

    try:
        terminal = Path("/dev/tty").open("w", encoding="ascii")  # noqa: SIM115  # closed below, if there is one
    except OSError:
        terminal = None
    copied = copy_text(text, html=html, terminal=terminal is not None)
    if terminal:
        with terminal:
            if copied.terminal:
                terminal.write("".join(osc52_sequences(text, os.environ)))
    say(_("Copied: {ways}").format(ways=ways(copied)))
