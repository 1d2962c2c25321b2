"""A query made ready for one state of a library: runs of words joined, each with what it asks for."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from hubtui.search.concepts import Concept
from hubtui.search.needs import needs
from hubtui.search.planning import Planner
from hubtui.search.query import Both, Either, Filter, Node, Not, Phrase, Query, Text, Word, leaves, terms
from hubtui.text.stopwords import QUESTIONS


@dataclass(frozen=True, slots=True)
class Plan:
    """What is selected and ranked.

    Attributes:
        query: As parsed.
        root: The query's tree, in which words that stand side by side are one.
        concepts: What each word of the tree asks for.
    """

    query: Query
    root: Both
    concepts: Mapping[str, tuple[Concept, ...]]

    def wanted(self) -> Iterator[Concept]:
        """Give what a hit may say, in the order of the query; what it must not say is left out."""
        for leaf in terms(self.root):
            if isinstance(leaf, Word):
                yield from self.concepts[leaf.text]

    def loosened(self) -> "Plan":
        """Give a plan in which every rendering makes a hit, unlikely ones too."""
        concepts = {word: tuple(one.loosened() for one in found) for word, found in self.concepts.items()}
        return replace(self, concepts=concepts)

    def texts(self) -> list[Text]:
        """Give the parts of the query that are looked for in a passage's text."""
        return [leaf for leaf in terms(self.root) if not isinstance(leaf, Filter)]


def make_plan(query: Query, planner: Planner) -> Plan:
    """Join the words of ``query`` that stand side by side, and find out what each run asks for."""
    root = _joined(query.root)
    assert isinstance(root, Both)  # noqa: S101  # what _joined gives for one
    concepts = {leaf.text: planner.concepts(leaf.text) for leaf in leaves(root) if isinstance(leaf, Word)}
    return Plan(query, root, concepts)


def is_question(plan: Plan) -> bool:
    """Whether a query is a question in a sentence: its words are not all expected in the answer."""
    words = [leaf.text for leaf in plan.root.nodes if isinstance(leaf, Word)]
    if any(mark in word for word in words for mark in "?？"):
        return True
    return any(need.typed.casefold() in QUESTIONS for word in words for need in needs(word))


def relaxed(root: Both, finds: Callable[[Phrase], bool]) -> Both:
    """Give a query in which the phrases that find nothing are free-standing words."""

    def inside(node: Node) -> Node:
        match node:
            case Both(nodes):
                return Both(tuple(map(inside, nodes)))
            case Either(nodes):
                return Either(tuple(map(inside, nodes)))
            case Phrase(text) if not finds(node):
                return Word(text)
        return node

    return Both(tuple(map(inside, root.nodes)))


def languages_wanted(root: Both) -> frozenset[str]:
    """Give the languages that a query's ``lang:`` filters leave, ``zh`` and ``en`` being of interest."""
    named = {
        part.value.casefold().split("-")[0]
        for part in root.nodes
        if isinstance(part, Filter) and part.name == "lang"
    }
    return frozenset(named or {"zh", "en"})


def _joined(node: Node) -> Node:
    match node:
        case Both(nodes):
            found: list[Node] = []
            for part in map(_joined, nodes):
                if isinstance(part, Word) and found and isinstance(found[-1], Word):
                    found[-1] = Word(f"{found[-1].text} {part.text}")
                else:
                    found.append(part)
            return Both(tuple(found))
        case Either(nodes):
            return Either(tuple(map(_joined, nodes)))
        case Not(inner):
            return Not(_joined(inner))
    return node
