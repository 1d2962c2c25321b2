"""Tell what people wrote into a file's properties from what programs and machines put there."""

import re

from hubtui.ingest.document import Facts
from hubtui.ingest.metadata.bylines import clean_authors
from hubtui.text.fold import normalise

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
