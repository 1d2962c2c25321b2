"""Quotations as they are copied: excerpts with their citations, in one of several formats."""

from collections.abc import Callable, Mapping, Sequence

from hubtui.citation.escaping import html_text, markdown_citation
from hubtui.citation.exports.keys import citation_keys
from hubtui.citation.fragments import is_web_address
from hubtui.citation.item import Item
from hubtui.citation.locators import passage_locator
from hubtui.citation.quoting import html_citation, html_quotation, link_to, markdown_quotation
from hubtui.citation.references import Excerpt, References
from hubtui.citation.source import source_item
from hubtui.citation.styles import style_named
from hubtui.errors import HubtuiError, did_you_mean
from hubtui.i18n import N_, _
from hubtui.model import Source

Keys = Mapping[str, str]
"""Citation keys by the sources' ids."""


class UnknownFormatError(HubtuiError):
    """No format of a quotation goes by the given name."""

    title = N_("Unknown format")


class NoAddressError(HubtuiError):
    """A source has no web address to link to."""

    title = N_("No address")


def quotation(
    excerpts: Sequence[Excerpt], style: str, format_: str = "plain", keys: Keys | None = None
) -> str:
    """Give excerpts with their citations, as a text to copy.

    The quoted text is the sources', character for character; in Markdown and HTML it is escaped so that it is
    shown so. Several excerpts share one list of references, in which each source stands once.

    Args:
        excerpts: What is quoted, in its order.
        style: The citation style.
        format_: One of :data:`FORMATS`.
        keys: The sources' citation keys; by default they are told apart among these sources alone.

    Raises:
        UnknownStyleError: There is no style of this name.
        UnknownFormatError: There is no format of this name.
        NoAddressError: The format is ``link``, and a source has no web address.
    """
    style_named(style)
    write = _WRITERS.get(format_)
    if write is None:
        raise UnknownFormatError(
            _("There is no format {format!r}.").format(format=format_),
            did_you_mean(format_, FORMATS) or _("Use one of {formats}.").format(formats=", ".join(FORMATS)),
        )
    if not excerpts:
        return ""
    return write(excerpts, style, keys if keys is not None else _keys(excerpts))


def _keys(excerpts: Sequence[Excerpt]) -> Keys:
    sources = {excerpt.source.id: excerpt.source for excerpt in excerpts}
    return source_keys(list(sources.values()))


def source_keys(sources: Sequence[Source]) -> dict[str, str]:
    """Give each source its citation key, by its id."""
    keys = citation_keys([Item(source_item(source)) for source in sources])
    return {source.id: key for source, key in zip(sources, keys, strict=True)}


def _plain(excerpts: Sequence[Excerpt], style: str, keys: Keys) -> str:  # noqa: ARG001  # one signature for all
    """Give the text and its citation; of several, each with a pointer, and the list of references."""
    if len(excerpts) == 1:
        return f"{excerpts[0].text}\n\n{_cited(excerpts[0], style)}"
    references = References(excerpts, style)
    quoted = [f"{excerpt.text} {references.marker(excerpt)}" for excerpt in excerpts]
    return "\n\n".join((*quoted, "\n".join(_listed(references))))


def _cited(excerpt: Excerpt, style: str) -> str:
    return style_named(style)(Item(source_item(excerpt.source)), passage_locator(excerpt.passage))


def _listed(references: References) -> list[str]:
    """Give the entries, with numbers where the style has them."""
    if not references.numbered:
        return [entry.text for entry in references.entries]
    before, after = ("", ". ") if references.style == "chicago-notes" else ("[", "] ")
    return [f"{before}{entry.number}{after}{entry.text}" for entry in references.entries]


def _markdown(excerpts: Sequence[Excerpt], style: str, keys: Keys) -> str:
    """Give block quotations with footnotes, which are named so that no other copy's footnote is meant."""
    references = References(excerpts, style, numbered=True)
    blocks, notes = [], {}
    for excerpt in excerpts:
        entry, locator = references.entry(excerpt), references.locator(excerpt)
        label = keys[excerpt.source.id] + entry.label.removeprefix(excerpt.source.id)
        chinese = Item(source_item(excerpt.source)).chinese and style.startswith("gb7714")
        where = f" ({locator.phrase(chinese=chinese)})" if locator else ""
        blocks.append(f"{markdown_quotation(excerpt.text)}[^{label}]{where}")
        notes[label] = f"[^{label}]: {markdown_citation(entry.text)}"
    return "\n\n".join((*blocks, "\n".join(notes.values())))


def _markdown_pandoc(excerpts: Sequence[Excerpt], style: str, keys: Keys) -> str:  # noqa: ARG001  # as above
    """Give block quotations with citation keys, for a document that pandoc makes the citations of."""
    blocks = []
    for excerpt in excerpts:
        quoted = markdown_quotation(excerpt.text, pandoc=True)
        where = passage_locator(excerpt.passage).phrase(chinese=False)
        blocks.append(f"{quoted} [@{keys[excerpt.source.id]}, {where}]")
    return "\n\n".join(blocks)


def _html(excerpts: Sequence[Excerpt], style: str, keys: Keys) -> str:  # noqa: ARG001  # as above
    """Give quotation blocks with their citations; each block holds the quoted text and nothing else."""
    if len(excerpts) == 1:
        (excerpt,) = excerpts
        cited = html_citation(_cited(excerpt, style), excerpt.source, _link(excerpt))
        return f"{_html_block(excerpt)}\n{cited}"
    references = References(excerpts, style)
    blocks = [
        f"{_html_block(excerpt)}\n<p>{html_text(references.marker(excerpt))}</p>" for excerpt in excerpts
    ]
    entries = [
        html_citation(text, entry.source, entry.source.url)
        for text, entry in zip(_listed(references), references.entries, strict=True)
    ]
    return "\n".join((*blocks, *entries))


def _html_block(excerpt: Excerpt) -> str:
    language = excerpt.passage.language or excerpt.source.language
    return html_quotation(excerpt.text, language, _link(excerpt))


def _link(excerpt: Excerpt) -> str:
    return link_to(excerpt.source, excerpt.text)


def _citation(excerpts: Sequence[Excerpt], style: str, keys: Keys) -> str:  # noqa: ARG001  # as above
    """Give the citations alone: each source once, with the passages quoted as its locator."""
    references = References(excerpts, style, alone=True)
    return "\n".join(_listed(references)) if len(references.entries) > 1 else references.entries[0].text


def _passage(excerpts: Sequence[Excerpt], style: str, keys: Keys) -> str:  # noqa: ARG001  # as above
    return "\n\n".join(excerpt.text for excerpt in excerpts)


def _links(excerpts: Sequence[Excerpt], style: str, keys: Keys) -> str:  # noqa: ARG001  # as above
    missing = next((e.source for e in excerpts if not is_web_address(e.source.url)), None)
    if missing:
        raise NoAddressError(
            _("{source} has no web address to link to.").format(source=missing.label),
            _("Copy in another format, or give the source a url in seeds/sources.toml."),
        )
    return "\n".join(_link(excerpt) for excerpt in excerpts)


_WRITERS: dict[str, Callable[[Sequence[Excerpt], str, Keys], str]] = {
    "plain": _plain,
    "markdown": _markdown,
    "markdown-pandoc": _markdown_pandoc,
    "html": _html,
    "citation": _citation,
    "passage": _passage,
    "link": _links,
}

FORMATS = tuple(_WRITERS)
"""The names of the formats."""
