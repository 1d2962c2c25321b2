"""Names of authors: read them from CSL-JSON, write them as styles do, and recognise Chinese ones in pinyin.

Where the parts of a name cannot be told, it stays whole; nothing is guessed.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hubtui.citation.text import join_parts
from hubtui.text.analyzer import is_han


@dataclass(frozen=True, slots=True)
class CslName:
    """A person's or an organisation's name.

    Attributes:
        family: The family name, with its capitals; ``""`` for a literal name.
        given: The given names or their initials.
        particle: What belongs before the family name and is kept with it (``van`` in van Gogh).
        dropped: What goes with the given name when the name is inverted (``von`` in Alexander von Humboldt).
        suffix: ``Jr.``, ``III``…
        literal: A name that is not taken apart: Chinese, corporate, or of unknown order.
        family_first: Whether the family name is spoken first, as in *Ouyang Shijia*.
    """

    family: str = ""
    given: str = ""
    particle: str = ""
    dropped: str = ""
    suffix: str = ""
    literal: str = ""
    family_first: bool = False

    @property
    def surname(self) -> str:
        """The family name with the particle that stays with it, or the literal name."""
        return self.literal or " ".join(part for part in (self.particle, self.family) if part)

    @property
    def chinese(self) -> bool:
        """Whether the name is written in Chinese characters."""
        return any(is_han(character) for character in self.literal or self.family)


def parse_names(value: object) -> tuple[CslName, ...]:
    """Read a CSL-JSON name variable; entries that are no names are left out."""
    if isinstance(value, Mapping):
        value = [value]
    if not isinstance(value, Iterable) or isinstance(value, str):
        return ()
    names = (_read(entry) for entry in value if isinstance(entry, Mapping))
    return tuple(name for name in names if name.surname)


def _read(entry: Mapping[object, object]) -> CslName:
    family, given, particle, dropped, suffix, literal = (
        " ".join(str(entry.get(key) or "").split())
        for key in ("family", "given", "non-dropping-particle", "dropping-particle", "suffix", "literal")
    )
    if literal or not family:
        return CslName(literal=literal or given)
    if any(is_han(character) for character in family):
        return CslName(literal=family + given)
    if not given:
        return CslName(literal=" ".join(part for part in (particle, family) if part))
    if not particle:
        particle, family = _split_particle(family)
    first = entry.get("static-ordering") is True
    return CslName(family, given, particle, dropped, suffix, family_first=first)


def _split_particle(family: str) -> tuple[str, str]:
    """Part the lower-case words at the head of a family name from it: *van der*, *Berg*."""
    words = family.split()
    count = next((place for place, word in enumerate(words) if not word.islower()), 0)
    return " ".join(words[:count]), " ".join(words[count:])


def name_initials(given: str, *, stop: str = ".", hyphen: str = "-") -> str:
    """Abbreviate given names to initials: ``Jung-Ran`` → ``J.-R.``, ``John Ronald`` → ``J. R.``.

    The second part of a hyphenated name counts when it has a capital (``Ka-ho`` → ``K.``).

    Args:
        given: Given names, or initials already.
        stop: What follows each initial.
        hyphen: What stands between the initials of a hyphenated name.
    """
    words = []
    for word in re.sub(r"\.(?![-‐‑])", ". ", given).split():
        first, *others = [part for part in re.split(r"[-‐‑]", word) if part[:1].isalpha()] or [""]
        parts = [first, *(part for part in others if part[0].isupper())]
        words.append(hyphen.join(part[0] + stop for part in parts if part))
    return " ".join(word for word in words if word)


def natural_name(name: CslName, *, short: bool = False) -> str:
    """Return a name in the order in which it is spoken: *Martin Luther King Jr.*, short *M. L. King Jr.*.

    A Chinese name whose order is known keeps it, unless short: *Ouyang Shijia*, short *S. Ouyang*.
    """
    if name.literal:
        return name.literal
    if short:
        return join_parts((name_initials(name.given), name.dropped, name.surname, name.suffix), " ")
    if name.family_first:
        return join_parts((name.surname, name.given), " ")
    return join_parts((_dotted(name.given), name.dropped, name.surname, name.suffix), " ")


def inverted_name(name: CslName, *, short: bool = False, demote: bool = False) -> str:
    """Return a name with the family name first: *King, Martin Luther, Jr.*, short *King, M. L., Jr.*.

    Args:
        name: The name.
        short: Whether given names become initials.
        demote: Whether a particle of the family name goes behind the given names: *Gogh, Vincent van*.
    """
    if name.literal:
        return name.literal
    given = name_initials(name.given) if short else _dotted(name.given)
    particles = join_parts((name.dropped, name.particle if demote else ""), " ")
    family = name.family if demote else name.surname
    return join_parts((family, join_parts((given, particles), " "), name.suffix))


def list_names(names: Sequence[str], conjunction: str = "and", *, comma_for_two: bool = False) -> str:
    """Join names with a serial comma: *A*, *A and B*, *A, B, and C*.

    Args:
        names: The names in their forms.
        conjunction: What stands before the last.
        comma_for_two: Whether two names have a comma too, as they need when the first is inverted.
    """
    if len(names) < 2:
        return "".join(names)
    comma = ", " if len(names) > 2 or comma_for_two else " "
    return f"{', '.join(names[:-1])}{comma}{conjunction} {names[-1]}"


def _dotted(given: str) -> str:
    """Add the full stop to initials among given names: *Greg T* → *Greg T.*."""
    return " ".join(f"{word}." if len(word) == 1 and word.isupper() else word for word in given.split())


# The hundred most frequent family names, the others in use, and those of two characters.
_SPELLINGS = """
an bai bao bi bian cai cao cen chai chang che chen cheng chi chu cui dai deng di ding dong dongfang
dou du duan dugu fan fang fei feng fu gan gao ge geng gong gongsun gu guan guo han hang hao he hong
hou hu hua huang huangfu huo ji jia jian jiang jiao jin jing ju kang ke kong kuang lai lan lang lei
leng li lian liang liao lin ling linghu liu long lou lu luo lü ma mao mei meng mi miao min mo mou mu
murong nie ning niu ou ouyang pan pang pei peng pi pu qi qian qiao qin qiu qu quan rao ren rong ruan
shan shang shangguan shao shen sheng shi shu sima situ song su sui sun tan tang tao teng tian tong
tu wan wang wei wen weng wu xi xia xiahou xiang xiao xie ximen xin xing xiong xu xuan xue yan yang
yao ye yi yin ying you yu yuan yue yun zeng zha zhai zhan zhang zhao zhen zheng zhong zhou zhu
zhuang zhuge zhuo zong zou zuo
"""
_SURNAMES = frozenset(_SPELLINGS.split())
# The syllables of Hanyu Pinyin without tone marks (GB/T 16159).
_SYLLABLE_LIST = """
a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao ce
cen ceng cha chai chan chang chao che chen cheng chi chong chou chu chuai chuan chuang chui chun chuo ci
cong cou cu cuan cui cun cuo da dai dan dang dao de dei den deng di dia dian diao die ding diu dong dou
du duan dui dun duo e ei en eng er fa fan fang fei fen feng fo fou fu ga gai gan gang gao ge gei gen geng
gong gou gu gua guai guan guang gui gun guo ha hai han hang hao he hei hen heng hong hou hu hua huai huan
huang hui hun huo ji jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun ka kai kan kang kao ke
ken keng kong kou ku kua kuai kuan kuang kui kun kuo la lai lan lang lao le lei leng li lia lian liang
liao lie lin ling liu long lou lu luan lun luo lü lüe lyu ma mai man mang mao me mei men meng mi mian
miao mie min ming miu mo mou mu na nai nan nang nao ne nei nen neng ni nian niang niao nie nin ning niu
nong nu nuan nuo nü nüe nyu o ou pa pai pan pang pao pei pen peng pi pian piao pie pin ping po pou pu qi
qia qian qiang qiao qie qin qing qiong qiu qu quan que qun ran rang rao re ren reng ri rong rou ru ruan
rui run ruo sa sai san sang sao se sen seng sha shai shan shang shao she shei shen sheng shi shou shu
shua shuai shuan shuang shui shun shuo si song sou su suan sui sun suo ta tai tan tang tao te teng ti
tian tiao tie ting tong tou tu tuan tui tun tuo wa wai wan wang wei wen weng wo wu xi xia xian xiang xiao
xie xin xing xiong xiu xu xuan xue xun ya yan yang yao ye yi yin ying yo yong you yu yuan yue yun za zai
zan zang zao ze zei zen zeng zha zhai zhan zhang zhao zhe zhen zheng zhi zhong zhou zhu zhua zhuai zhuan
zhuang zhui zhun zhuo zi zong zou zu zuan zui zun zuo
"""
_SYLLABLES = frozenset(_SYLLABLE_LIST.split())

# Given names of other languages that read as pinyin by accident.
_FOREIGN_LIST = """
ada alan ali ana anna ben dale dan dana dina eli hana ian jude kai kate ken lane lena lina lisa luke luna mina
nana nina pele rena sean susan tina wade
"""
_FOREIGN = frozenset(_FOREIGN_LIST.split())


def is_chinese_surname(word: str) -> bool:
    """Whether ``word`` is a Chinese family name in pinyin."""
    return word.lower() in _SURNAMES


def is_pinyin_name(family: str, given: str) -> bool:
    """Whether a name reads as a Chinese one in pinyin: *Ouyang*, *Shijia*."""
    return is_chinese_surname(family) and bool(pinyin_syllables(given))


def pinyin_syllables(given: str) -> list[str]:
    """Split a given name in pinyin into its one or two syllables; ``[]`` when it is none.

    The syllables may be joined (*Shijia*), hyphenated (*Shi-Jia*), apart (*Shi Jia*) or divided by an
    apostrophe (*Xi'an*).
    """
    lowered = given.lower()
    if lowered in _FOREIGN:
        return []
    parts = re.split(r"[-‐'’ ]", lowered)
    if len(parts) > 2:
        return []
    if len(parts) == 1:
        parts = _divided(lowered)
    return parts if parts and all(part in _SYLLABLES for part in parts) else []


def _divided(word: str) -> list[str]:
    if word in _SYLLABLES:
        return [word]
    ends = range(len(word) - 1, 0, -1)
    splits = ([word[:end], word[end:]] for end in ends)
    return next((split for split in splits if _SYLLABLES.issuperset(split)), [])
