"""How often the first ten hits hold the source that answers a question, by words alone and by meaning too.

python benchmarks/questions.py DOCUMENTS QUESTIONS [--cross | --mixed] [--pool DOCUMENTS] [--limit N]

DOCUMENTS: lines of JSON with ``id``, ``lang`` (zh… or en), ``text`` and perhaps ``title``; QUESTIONS: lines
with ``query``, ``lang``, ``doc_ids`` or ``doc_id`` and, for parallel sets, ``cross_doc_id``; both may be
gzipped. With ``--cross`` the library holds the other language's documents alone, with ``--mixed`` both, which
shows whether answers in the question's own language keep their places. ``--pool`` adds documents that answer
nothing.

Each question is asked twice in turn, so that what else the machine does slows both alike; the times are of
the processor. Prints one line of JSON for each language and kind of answer.
"""

import argparse
import gzip
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hubtui import Library
from hubtui.search.by_meaning import MeaningSearch

Row = dict[str, Any]
DEPTH = 10


def rows(path: Path) -> list[Row]:
    """Read lines of JSON."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@contextmanager
def library_of(documents: Iterable[Row]) -> Iterator[Library]:
    """Yield an indexed library of these documents."""
    with tempfile.TemporaryDirectory() as folder:
        seeds = Path(folder, "seeds")
        seeds.mkdir()
        for document in documents:
            text = "\n\n".join(filter(None, (document.get("title"), document["text"])))
            (seeds / f"{document['id']}.txt").write_text(text, encoding="utf-8")
        with Library.open(folder) as library:
            started = time.process_time()
            library.sync()
            synced = time.process_time()
            library._opened.searcher().prepare_meaning()
            seconds = round(synced - started, 2), round(time.process_time() - synced, 2)
            print(
                json.dumps(
                    {
                        "passages": sum(source.passages for source in library.sources()),
                        "sync_s": seconds[0],
                        "vectors_left_s": seconds[1],
                    }
                )
            )
            yield library


def ask(library: Library, question: str) -> tuple[list[str], float]:
    """Return the first sources that a question finds, and the milliseconds that the processor took."""
    library._opened.searcher()._answer_in.cache_clear()
    started = time.process_time()
    hits = library.search(question, limit=3 * DEPTH).hits
    taken = (time.process_time() - started) * 1000
    return list(dict.fromkeys(Path(hit.source.path).stem for hit in hits))[:DEPTH], taken


def figures(found: Sequence[list[str]], gold: Sequence[set[str]]) -> tuple[float, float]:
    """Return MRR@10 and success@10."""
    places = [
        next((n for n, name in enumerate(names, 1) if name in wanted), 0)
        for names, wanted in zip(found, gold, strict=True)
    ]
    count = len(places)
    return round(sum(1 / n for n in places if n) / count, 4), round(sum(n > 0 for n in places) / count, 4)


def measure(library: Library, questions: Sequence[Row], kinds: dict[str, Callable[[Row], set[str]]]) -> None:
    """Ask the questions with and without, and print what came of it."""
    found: dict[bool, list[list[str]]] = {False: [], True: []}
    took: dict[bool, list[float]] = {False: [], True: []}
    for question in questions:
        for by_meaning in (True, False):
            if by_meaning:
                names, taken = ask(library, question["query"])
            else:
                with patch.object(MeaningSearch, "fuse", lambda *_: None):
                    names, taken = ask(library, question["query"])
            found[by_meaning].append(names)
            took[by_meaning].append(taken)
    for name, wanted in kinds.items():
        gold = [wanted(question) for question in questions]
        print(
            json.dumps(
                {
                    "set": name,
                    "questions": len(questions),
                    "words": figures(found[False], gold),
                    "meaning": figures(found[True], gold),
                    "words_ms": round(statistics.median(took[False]), 1),
                    "meaning_ms": round(statistics.median(took[True]), 1),
                }
            ),
            flush=True,
        )


def own(question: Row) -> set[str]:
    """Return the documents that answer a question in its own language."""
    return set(question.get("doc_ids") or [question["doc_id"]])


def crosswise(question: Row) -> set[str]:
    """Return the document that answers it in the other language."""
    return {question["cross_doc_id"]}


def main() -> None:
    """Measure what the arguments name."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("documents", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--cross", action="store_true")
    parser.add_argument("--mixed", action="store_true")
    parser.add_argument("--pool", type=Path)
    parser.add_argument("--limit", type=int)
    options = parser.parse_args()
    documents, questions = rows(options.documents), rows(options.questions)
    if options.limit:
        questions = questions[:: max(1, len(questions) // options.limit)]
    pool = rows(options.pool) if options.pool else []
    languages = sorted({question["lang"] for question in questions})
    if options.mixed:
        with library_of([*documents, *pool]) as library:
            for language in languages:
                kinds = {f"{language}, own": own, f"{language}, either": lambda q: own(q) | crosswise(q)}
                measure(library, [q for q in questions if q["lang"] == language], kinds)
        return
    for language in languages:
        kept = [d for d in documents if len(languages) == 1 or options.cross == (d["lang"] != language)]
        kept += [d for d in pool if d["lang"] != language]
        with library_of(kept) as library:
            asked = [q for q in questions if q["lang"] == language]
            measure(library, asked, {language: crosswise if options.cross else own})


if __name__ == "__main__":
    main()
