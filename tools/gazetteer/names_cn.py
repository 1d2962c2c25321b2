"""Names of a Chinese unit: the short one, its reading, its English form."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from common import HERE, read_pairs
from pypinyin import lazy_pinyin

READINGS = read_pairs(HERE / "readings.tsv")
SHORT = read_pairs(HERE / "short.tsv")
USE = read_pairs(HERE / "use.tsv")

PEOPLES = (
    "蒙古|朝鲜|满|回|藏|壮|苗|彝|侗|瑶|白|傣|佤|黎|畲|羌|水|土|怒|哈尼|傈僳|拉祜|纳西|景颇|布朗|普米|独龙|布依|土家|仡佬|仫佬|"
    "毛南|维吾尔|哈萨克|柯尔克孜|锡伯|塔吉克|达斡尔|鄂温克|鄂伦春|东乡|保安|撒拉|裕固"
)
WITHOUT_ZU = "蒙古|哈萨克|柯尔克孜|锡伯|塔吉克|回|壮|维吾尔"
AUTONOMOUS = re.compile(rf"(?:(?:{PEOPLES})族|各族|(?:{WITHOUT_ZU})(?=自治))+自治[区州县旗]$")
GENERIC = re.compile(r"(?:特别行政区|自治区|自治州|自治县|自治旗|地区|新区|[省市县区旗盟])$")


def short_name(full: str) -> str:
    """The name without its generic ending; one character alone keeps it (单县, 东区)."""
    if full in SHORT:
        return SHORT[full]
    for ending in (AUTONOMOUS, GENERIC):
        short = ending.sub("", full)
        if short != full:
            return short if len(short) > 1 else full
    return full


def reading_of(name: str) -> str:
    """Pinyin without tones; a space where English spelling wants an apostrophe is left to the caller."""
    if name in READINGS:
        return READINGS[name]
    return " ".join(syllable.replace("v", "ü") for syllable in lazy_pinyin(name, v_to_u=True))


def english_name(reading: str) -> str:
    """Syllables in one word, an apostrophe before a, e and o."""
    first, *rest = reading.split(" ")
    joined = first + "".join(f"'{part}" if part[0] in "aeo" else part for part in rest)
    return joined.capitalize()


@cache
def _dictionary() -> dict[str, tuple[int, str]]:
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise SystemExit("pip install jieba")
    lines = Path(spec.origin).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    return {word: (int(count), tag) for word, count, tag in (line.split(" ") for line in lines)}


def use_of_bare_name(full: str, short: str, kind: str) -> str:
    """How the short name counts in a text without its generic ending.

    ``plain`` everywhere; ``near`` where its city or province is spoken of; ``never`` when it is a common
    word (资源, 合作); ``apart`` when it is no name by itself (单县); ``after`` when even the full name is a
    common word (城区). Counties are ``near`` unless ``use.tsv`` knows better:
    two characters of a county turn up across the boundary of other words too often.
    """
    if full in USE:
        return USE[full]
    if kind in ("province", "city"):
        return "plain"
    if short == full:
        return "apart"
    count, tag = _dictionary().get(short, (0, "ns"))
    common = tag == "s" or (not tag.startswith(("nr", "ns", "nz", "j")) and count > 40)
    return "never" if common else "near"
