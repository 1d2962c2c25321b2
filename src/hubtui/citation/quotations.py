"""Write quotations to copy: excerpts with their citations, in every copy format."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from hubtui.citation.csl import Item, passage_locator
from hubtui.citation.escape import (
    escape_html,
    html_citation,
    html_quotation,
    markdown_citation,
    markdown_quotation,
)
from hubtui.citation.keys import citation_keys
from hubtui.citation.links import is_web_address, source_link
from hubtui.citation.references import Excerpt, References
from hubtui.citation.source import source_item
from hubtui.citation.styles import get_style
from hubtui.core.errors import HubtuiError, did_you_mean
from hubtui.core.i18n import N_, _
from hubtui.core.models import Source

Keys = Mapping[str, str]
"""Citation keys by the sources' ids."""


class UnknownFormatError(HubtuiError):
    """No copy format goes by the given name."""

    title = N_("Unknown format")


class NoAddressError(HubtuiError):
    """A source has no web address to link to."""

    title = N_("No address")


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyFormat:
    """A format in which quotations are copied.

    Attributes:
        id: What commands and settings call it.
        name: What people call it; a message that :func:`hubtui.core.i18n._` translates.
        write: Writes excerpts, in a style and with the citation keys of their sources.
        keyed: Whether it shows citation keys, so that these should be told apart in the whole library.
        rich: Whether it is a page's body, to be copied as rich text.
    """

    id: str
    name: str
    write: Callable[[Sequence[Excerpt], str, Keys], str]
    keyed: bool = False
    rich: bool = False


def quotation(
    excerpts: Sequence[Excerpt], style: str, format_: str = "plain", keys: Keys | None = None
) -> str:
    """Return excerpts with their citations, as a text to copy.

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
    get_style(style)
    chosen = get_copy_format(format_)
    if not excerpts:
        return ""
    return chosen.write(excerpts, style, keys if keys is not None else _own_keys(excerpts))


def get_copy_format(id_: str) -> CopyFormat:
    """Return the copy format with this id.

    Raises:
        UnknownFormatError: There is none.
    """
    found = next((one for one in COPY_FORMATS if one.id == id_), None)
    if found is None:
        raise UnknownFormatError(
            _("There is no format {format!r}.").format(format=id_),
            did_you_mean(id_, COPY_FORMAT_NAMES)
            or _("Use one of {formats}.").format(formats=", ".join(COPY_FORMAT_NAMES)),
        )
    return found


def _own_keys(excerpts: Sequence[Excerpt]) -> Keys:
    sources = {excerpt.source.id: excerpt.source for excerpt in excerpts}
    return source_keys(list(sources.values()))


def source_keys(sources: Sequence[Source]) -> dict[str, str]:
    """Return the citation keys of sources, by their ids."""
    keys = citation_keys([Item(source_item(source)) for source in sources])
    return {source.id: key for source, key in zip(sources, keys, strict=True)}


def _plain(excerpts: Sequence[Excerpt], style: str, _keys: Keys) -> str:
    """Write the text and its citation; several texts with a marker each, and the list of references."""
    if len(excerpts) == 1:
        return f"{excerpts[0].text}\n\n{_cited(excerpts[0], style)}"
    references = References(excerpts, style)
    quoted = [f"{excerpt.text} {references.marker(excerpt)}" for excerpt in excerpts]
    return "\n\n".join((*quoted, "\n".join(_listed(references))))


def _cited(excerpt: Excerpt, style: str) -> str:
    return get_style(style).entry(Item(source_item(excerpt.source)), passage_locator(excerpt.passage))


def _listed(references: References) -> list[str]:
    """Return the entries, with numbers where the style has them."""
    if not references.numbered:
        return [entry.text for entry in references.entries]
    return [references.style.numbered_entry(entry.number, entry.text) for entry in references.entries]


def _markdown(excerpts: Sequence[Excerpt], style: str, keys: Keys) -> str:
    """Write block quotations with footnotes, labelled so that they stay apart from those of other copies."""
    references = References(excerpts, style, numbered=True)
    blocks, notes = [], {}
    for excerpt in excerpts:
        entry, locator = references.entry(excerpt), references.locator(excerpt)
        label = keys[excerpt.source.id] + entry.label.removeprefix(excerpt.source.id)
        item = Item(source_item(excerpt.source))
        where = f" ({references.style.locator_phrase(item, locator)})" if locator else ""
        blocks.append(f"{markdown_quotation(excerpt.text)}[^{label}]{where}")
        notes[label] = f"[^{label}]: {markdown_citation(entry.text)}"
    return "\n\n".join((*blocks, "\n".join(notes.values())))


def _markdown_pandoc(excerpts: Sequence[Excerpt], _style: str, keys: Keys) -> str:
    """Write block quotations with citation keys, for a document whose citations pandoc makes."""
    blocks = []
    for excerpt in excerpts:
        quoted = markdown_quotation(excerpt.text, pandoc=True)
        where = passage_locator(excerpt.passage).phrase(chinese=False)
        blocks.append(f"{quoted} [@{keys[excerpt.source.id]}, {where}]")
    return "\n\n".join(blocks)


def _html(excerpts: Sequence[Excerpt], style: str, _keys: Keys) -> str:
    """Write block quotations with their citations; each block holds the quoted text and nothing else."""
    if len(excerpts) == 1:
        (excerpt,) = excerpts
        cited = html_citation(_cited(excerpt, style), excerpt.source, _link(excerpt))
        return f"{_html_block(excerpt)}\n{cited}"
    references = References(excerpts, style)
    blocks = [
        f"{_html_block(excerpt)}\n<p>{escape_html(references.marker(excerpt))}</p>" for excerpt in excerpts
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
    return source_link(excerpt.source, excerpt.text)


def _citation(excerpts: Sequence[Excerpt], style: str, _keys: Keys) -> str:
    """Write the citations alone: each source once, with the passages quoted as its locator."""
    references = References(excerpts, style, alone=True)
    return "\n".join(_listed(references)) if len(references.entries) > 1 else references.entries[0].text


def _passage(excerpts: Sequence[Excerpt], _style: str, _keys: Keys) -> str:
    return "\n\n".join(excerpt.text for excerpt in excerpts)


def _links(excerpts: Sequence[Excerpt], _style: str, _keys: Keys) -> str:
    missing = next((e.source for e in excerpts if not is_web_address(e.source.url)), None)
    if missing:
        raise NoAddressError(
            _("{source} has no web address to link to.").format(source=missing.label),
            _("Copy in another format, or give the source a url in seeds/sources.toml."),
        )
    return "\n".join(_link(excerpt) for excerpt in excerpts)


COPY_FORMATS = (
    CopyFormat(id="plain", name=N_("Plain text"), write=_plain),
    CopyFormat(id="markdown", name=N_("Markdown with footnotes"), write=_markdown, keyed=True),
    CopyFormat(
        id="markdown-pandoc", name=N_("Markdown with pandoc keys"), write=_markdown_pandoc, keyed=True
    ),
    CopyFormat(id="html", name=N_("HTML, as rich text"), write=_html, rich=True),
    CopyFormat(id="citation", name=N_("Citation alone"), write=_citation),
    CopyFormat(id="passage", name=N_("Passage alone"), write=_passage),
    CopyFormat(id="link", name=N_("Link to the passage"), write=_links),
)
"""All copy formats, in the order in which they are listed."""

COPY_FORMAT_NAMES = tuple(one.id for one in COPY_FORMATS)
"""The ids of the copy formats."""


def copy_format_ids() -> tuple[str, ...]:
    """Return the ids of all copy formats, in the order in which they are listed."""
    return COPY_FORMAT_NAMES
