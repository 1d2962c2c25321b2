"""Read a file's properties: the people of a book, and what people wrote rather than programs and machines."""

import re
from collections.abc import Iterable

from hubtui.ingest.document import Facts
from hubtui.ingest.metadata.bylines import clean_authors
from hubtui.text.analyzer import normalise

_AUTHORS = frozenset(("", "aut", "author", "cre", "creator", "dis"))
_EDITORS = frozenset(("edt", "editor", "com", "compiler"))
_COUNTRY = re.compile(
    r"^\s*[\[［〔【(（]\s*[\u4e00-\u9fff]{1,8}\s*[\]］〕】)）]\s*"
    r"|\s*[\[［〔【(（]\s*(?:[美英法德日俄苏意加澳荷韩奥印]|[\u4e00-\u9fff]{1,6}国|日本|意大利|荷兰|加拿大|澳大利亚|俄罗斯|印度)"
    r"\s*[\]］〕】)）]\s*$"
)
_ORIGINAL = re.compile(r"\s*[(（\[［][^()（）\[\]［］]*[A-Za-z][^()（）\[\]［］]*[)）\]］]")
_SEPARATOR = re.compile(
    r"\s*[;；]\s*|(?<=[\u4e00-\u9fff])\s*/\s*(?=[\u4e00-\u9fff])|(?<=\s[著编])\s+(?=\S+\s*译$)"
)
_TRANSLATED = re.compile(r"[\u4e00-\u9fff·、]{2,}译")
_OTHERS_WORK = re.compile(
    r"(?:(?<=\s)|(?<=[）)\]])|[(（])(?:[合编]?译者?|翻译|译注|译校|校译?|审校|校注|注|绘|插图|摄影|插画|朗读|导读|序|作序|推荐"
    r"|监制|策划|出品)[)）]?\s*$|^(?:译者|翻译|绘者?|插图|校对|审校|策划)\s*[:：]"
    r"|\b(?:translated|illustrated|read|narrated) by\b|\(?(?:translator|illustrator)\)?$",
    re.IGNORECASE,
)
_WORK = re.compile(
    r"(?:\s+|(?<=[）)\].A-Za-z])|[(（])(?:等)?(?:著|编著|主编|编|原著|合著|撰|作|口述|整理)[)）]?\s*$"
    r"|\s+等$|(?<=[\u4e00-\u9fff]{2})等(?:编?著|主编|编)$|(?<=[\u4e00-\u9fff]{2})(?:编著|主编|合著|原著)$"
    r"|(?<=[\u4e00-\u9fff]{3})著$"
    r"|\s*[,，]?\s*\(?(?:eds?\.?|editors?|authors?)\)?\s*$|^(?:作者|著者|主编)\s*[:：]\s*",
    re.IGNORECASE,
)


def book_authors(creators: Iterable[tuple[str, str]]) -> str:
    """Return the authors among a book's creators, else its editors, ``"; "`` between them.

    Args:
        creators: Each with its MARC relator (``aut``, ``trl``), or ``""``.
    """
    named = [(part, role) for text, role in creators for part in _SEPARATOR.split(text) if part.strip()]
    if len(named) > 1:  # 刘润译 may be a name, but not beside an author
        named = [(text, role) for text, role in named if not _TRANSLATED.fullmatch(text.strip())]
    for roles in (_AUTHORS, _EDITORS):
        found = (book_author(text) for text, role in named if role in roles)
        if people := "; ".join(dict.fromkeys(name for names in found for name in names.split("; ") if name)):
            return people
    return ""


def book_author(text: str) -> str:
    """Return the authors that a creator names, without country, original name and role."""
    if _OTHERS_WORK.search(text.strip()):
        return ""
    people = re.split(r"\s*[、]\s*", _WORK.sub("", text.strip()))
    bare = (_ORIGINAL.sub("", _COUNTRY.sub("", person)).strip() for person in people)
    return clean_authors("; ".join(name for name in bare if name))


_EXTENSIONS = (
    "docx?|pdf|wps|indd|tex|dvi|pptx?|xlsx?|exe|rtf|txt|html?|odt|pub|qxd|cdr|ps|pmd|p65|fm|tmp|dot[xm]?"
)
_PROGRAM_TITLE = re.compile(
    r"(?:microsoft (?:office )?)?(?:word|powerpoint|excel|wps)"
    r"(?:\s*(?:[-–—:]|文档|document|演示文稿|presentation).{0,200})?"
    rf"|.{{0,200}}\.(?:{_EXTENSIONS})"
    r"|(?:untitled|document|doc|slide|presentation|book|工作簿|文档|新建.{0,20}文档|幻灯片|演示文稿|无标题|未命名|标题)"
    r"\s?[-_(（]?\d{0,6}[)）]?"
    r"|(?:full|print|layout|page|cover|第)\s?[\d\s页-]{1,12}|[\d\s._-]{1,40}|\W*"
    r"|[{(]?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}[)}]?|about:blank|https?://\S+"
    r"|附件\s?[\d一二三四五六七八九十]{0,3}\s?[:：]?|.{0,60}(?:[X×Ｘ]{2,}|[〇○]{3,}|_{3,}).{0,60}的?(?:请示|报告|通知|函|批复|方案|总结)",
    re.IGNORECASE,
)
"""Titles that a program gave: its own name, a file's, or that of an empty document."""
_MACHINE = re.compile(
    r"(?:微软|windows|win\d*|office|microsoft|系统|电脑|计算机|本机)?\s?"
    r"(?:用户|中国|user|office user|corporation|office|系统)"
    r"|user-?\d*|用户\d*|administrators?|admin\d*|root|guest|owner|default|unknown|anonymous|author|作者|匿名|未知"
    r"|lenovo.{0,12}|think(?:pad|centre|book|station)|联想|dell|戴尔|hp|惠普|asus|华硕|acer|宏碁|huawei|matebook"
    r"|xiaomi|hasee|神舟|samsung|sony|toshiba|msi|gigabyte|apple|macbook.{0,12}|mac|pc|china|home|work|test"
    r"|(?:desktop|laptop|pc|win|user|ms|lenovo)-[0-9a-z]{4,20}|雨林木风|番茄花园|深度技术|系统之家|电脑公司|萝卜家园"
    r"|风林火山|mc system|sky123\.org|ylmf.{0,8}|ghost.{0,12}|jujumao|msuser|windows .{0,20}|python-docx"
    r"|wps(?: office|_\d{4,})?|libreoffice.{0,12}|openoffice.{0,12}|latex.{0,30}|adobe .{0,30}|quark.{0,20}"
    r"|scan(?:ner)?\d*|\W*[a-z]?\W*|[\d\W_]+|[a-z]{1,2}\d{3,10}",
    re.IGNORECASE,
)
"""Authors whom a program named by itself: the machine, its maker, or whoever is signed in by default."""


def is_program_title(title: str) -> bool:
    """Whether a program, not a person, gave this title."""
    return bool(_PROGRAM_TITLE.fullmatch(title.strip()))


def is_machine(name: str) -> bool:
    """Whether the author in a file's properties is the machine or the program it was written with."""
    return bool(_MACHINE.fullmatch(name.strip()))


def offer_properties(facts: Facts, title: str, author: str) -> None:
    """Offer the title and the authors in a file's properties, unless a program put them there."""
    title = " ".join(normalise(title).split())
    if not is_program_title(title):
        facts.offer("title", title, "page metadata")
    names = clean_authors(normalise(author)).split("; ")
    facts.offer("author", "; ".join(name for name in names if not is_machine(name)), "page metadata")
