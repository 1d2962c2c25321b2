"""All of indexing one source that needs no other: reading, mentions, terms. Runs in any process."""

import hashlib
import os
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from hubtui.core.models import FACT_FIELDS, Mention, Source
from hubtui.index.engine import Field, TermCounts
from hubtui.index.reprint_groups import fingerprint
from hubtui.ingest import Document, Paragraph, SourceFile
from hubtui.places import Gazetteer, find_mentions
from hubtui.places.corrections import PlacedName, plain_name
from hubtui.text.fold import fold
from hubtui.text.tokens import forms


@dataclass(frozen=True, slots=True)
class Prepared:
    """A source, ready to be stored.

    Attributes:
        source: The source.
        digest: Of what it was made from.
        passages: Its passages, in order.
        mentions: For each passage, the places it names.
        terms: Their terms, field by field.
        fingerprint: What reprints of it are recognised by.
    """

    source: Source
    digest: str
    passages: Sequence[Paragraph]
    mentions: Sequence[Sequence[PlacedName]]
    terms: Mapping[Field, TermCounts]
    fingerprint: Collection[int]


def prepare(file: SourceFile, document: Document, gazetteer: Gazetteer) -> Prepared:
    """Make what is stored of a document; its mentions are of the places of ``gazetteer``."""
    source = Source(
        id=identify(file.path),
        path=file.path,
        title=document.title,
        author=document.author,
        publisher=document.publisher,
        date=document.date,
        language=document.language,
        url=document.url,
        passages=len(document.passages),
        origins=dict(document.origins),
        accessed=document.accessed,
        doubts=document.doubts,
        others={name: fact for name, fact in document.facts.items() if name not in FACT_FIELDS},
    )
    texts = [passage.text for passage in document.passages]
    return Prepared(
        source=source,
        digest=document.digest,
        passages=document.passages,
        mentions=[
            [PlacedName(m.start, m.end, m.place.id, m.in_name, plain_name(m.surface)) for m in mentions]
            for mentions in all_mentions(texts, gazetteer)
        ],
        terms=passage_terms(
            document.title, [(passage.section, passage.text) for passage in document.passages]
        ),
        fingerprint=fingerprint(texts),
    )


def identify(path: str) -> str:
    """Return the id of the source at ``path``: twelve hexadecimal digits that depend on the path alone."""
    return hashlib.blake2b(os.fsencode(path), digest_size=6).hexdigest()


def all_mentions(texts: Sequence[str], gazetteer: Gazetteer) -> list[list[Mention]]:
    """Find the mentions in the passages of a source.

    A name that several places share is looked at again, knowing what else the source speaks of.
    """
    found = [find_mentions(text, gazetteer=gazetteer) for text in texts]
    context = {mention.place.id for mentions in found for mention in mentions}
    return [
        find_mentions(text, context=context, gazetteer=gazetteer)
        if any(len(gazetteer.readings(fold(mention.surface))) > 1 for mention in mentions)
        else mentions
        for text, mentions in zip(texts, found, strict=True)
    ]


def count_terms(passages: Sequence[Sequence[str]]) -> TermCounts:
    """Count the terms of a row of passages, each given as the list of its terms."""
    numbers: dict[str, int] = {}
    term: list[int] = []
    count: list[int] = []
    sizes: list[int] = []
    for of_passage in passages:
        counted = Counter(of_passage)
        term.extend([numbers.setdefault(form, len(numbers)) for form in counted])
        count.extend(counted.values())
        sizes.append(len(counted))
    return TermCounts(
        terms=list(numbers),
        term=np.array(term, np.uint32),
        passage=np.repeat(np.arange(len(sizes), dtype=np.uint32), sizes),
        count=np.array(count, np.uint32),
        lengths=np.array([len(of_passage) for of_passage in passages], np.uint32),
    )


def passage_terms(title: str, passages: Sequence[tuple[str, str]]) -> dict[Field, TermCounts]:
    """Count the terms of a source's passages, field by field.

    Args:
        title: The source's title.
        passages: The section and text of each passage.
    """
    in_title, _ = forms(title)
    headings = {section: [*in_title, *forms(section)[0]] for section in {section for section, _ in passages}}
    found = [forms(text) for _, text in passages]
    return {
        Field.WORDS: count_terms([of_words for of_words, _ in found]),
        Field.GRAMS: count_terms([of_grams for _, of_grams in found]),
        Field.HEADING: count_terms([headings[section] for section, _ in passages]),
    }
