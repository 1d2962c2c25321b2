"""What is quoted is shown exactly, whatever it is: as Markdown, as HTML, as plain text."""

import re
import shutil
import subprocess

import lxml.html
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from hubtui.citation import STYLES, Excerpt, quotation
from hubtui.citation.escape import escape_markdown
from hubtui.core.models import Passage, Source
from hubtui.text.analyzer import normalise

SOURCE = Source(
    "s", "s.txt", "Hubs", "Li Wei", "China Daily", "2020-01-02", "en", "https://example.org/a_(b)?c=1&d"
)

# Text as it is stored, and above all what Markdown and HTML could take for something else.
MARKS = st.sampled_from(
    r"\\ ` * _ ** __ { } [ ] [x](y) ![ ( ) # ## - + 1. 1) (1) a) A. . ! | ~~ ~~~ ``` > < <b> </p> <!-- &amp;"
    r" &#10; & &lt --- === : ::: @x $x$ ^x^ [^1] [^1]: www.e.org https://e.org/a_b ... -- ' \" \\\\".split()
) | st.sampled_from(["\n", "\n\n", "\t", "　", "  "])
TEXT = st.lists(MARKS | st.text(max_size=6) | st.just(" "), max_size=12).map("".join).map(normalise)
SPANS = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda ends: (min(ends), max(ends)))


def excerpts(texts: list[str]) -> list[Excerpt]:
    return [Excerpt(SOURCE, Passage("s", number, text)) for number, text in enumerate(texts, 1)]


def shown(node: SyntaxTreeNode) -> str:
    """Return the text that a reader of rendered Markdown sees."""
    if node.type in ("text", "code_inline"):
        return node.content
    if node.type in ("softbreak", "hardbreak"):
        return "\n"
    return "".join(shown(child) for child in node.children)


def rendered(source: str) -> SyntaxTreeNode:
    return SyntaxTreeNode(MarkdownIt("gfm-like", {"linkify": False}).parse(source))


@given(TEXT)
@example("&#10;\n\n  x\\\n")
@example("a\n---")
@example("　　段首空两格，\n　　再一段。")
def test_markdown_shows_the_text(text: str) -> None:
    root = rendered("> " + escape_markdown(text).replace("\n", "\n> "))
    (block,) = root.children
    assert block.type == "blockquote"
    assert [child.type for child in block.children] in ([], ["paragraph"])
    assert shown(block) == text


@given(st.lists(TEXT, min_size=1, max_size=4), st.sampled_from(STYLES))
def test_markdown_with_footnotes_shows_each_text_before_its_pointer(texts: list[str], style: str) -> None:
    copied = quotation(excerpts(texts), style, "markdown")
    blocks = [node for node in rendered(copied).children if node.type == "blockquote"]
    assert len(blocks) == len(texts)
    for block, text in zip(blocks, texts, strict=True):
        seen = shown(block)
        assert seen.startswith(text)
        assert seen[len(text) :].startswith("[^")


@given(st.lists(TEXT, min_size=1, max_size=4), st.sampled_from(STYLES))
def test_html_holds_each_text_in_a_block_of_its_own(texts: list[str], style: str) -> None:
    page = lxml.html.fragment_fromstring(quotation(excerpts(texts), style, "html"), create_parent="body")
    assert [block.text_content() for block in page.iter("blockquote")] == texts
    assert {element.tag for element in page.iter()} <= {"body", "blockquote", "p", "br", "a"}


@given(st.lists(TEXT, min_size=1, max_size=4), st.sampled_from(STYLES))
def test_plain_text_has_each_text(texts: list[str], style: str) -> None:
    copied = quotation(excerpts(texts), style)
    start = 0
    for text in texts:
        start = copied.index(text, start) + len(text)
    assert copied.startswith(texts[0])


@given(TEXT, SPANS)
def test_a_selection_is_cited_like_its_passage(text: str, span: tuple[int, int]) -> None:
    passage = Passage("s", 7, text)
    whole = quotation([Excerpt(SOURCE, passage)], "apa")
    part = quotation([Excerpt(SOURCE, passage, span)], "apa")
    assert part == text[span[0] : span[1]] + whole[len(text) :]


@given(st.lists(TEXT, min_size=1, max_size=4))
def test_the_passage_alone_is_the_text(texts: list[str]) -> None:
    assert quotation(excerpts(texts), "apa", "passage") == "\n\n".join(texts)


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
@settings(max_examples=20, deadline=None)
@given(st.lists(TEXT.filter(str.strip), min_size=20, max_size=20))
@example(["the ‘90s", "‘tis ‘a’ “b”", "rock ’n’ roll"])
def test_pandoc_shows_the_text(texts: list[str]) -> None:
    source = "\n\n".join(
        "> " + escape_markdown(text, pandoc=True).replace("\n", "\n> ") + "\n\n<!-- -->" for text in texts
    )
    page = subprocess.run(
        ["pandoc", "--from=markdown", "--to=html", "--wrap=preserve"],
        input=source,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    blocks = lxml.html.fragment_fromstring(page, create_parent="body").iter("blockquote")
    # It makes one space of several, as a browser does with those that it is given.
    assert [spaced("".join(block.itertext())) for block in blocks] == [spaced(text) for text in texts]


def spaced(text: str) -> str:
    return re.sub(r"[ \t\n]+", " ", text).strip()
