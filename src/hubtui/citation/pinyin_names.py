"""Chinese personal names in pinyin: which words can be a family name, which a given name."""

import re

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
_SYLLABLE = (
    r"(?:(?:[bpmfdtnlgkhjqxryw]|zh?|ch?|sh?)?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ue|ui|uo|üe|er|"
    r"a|o|e|i|u|ü|v))"
)
_GIVEN = re.compile(rf"{_SYLLABLE}(?:['’-]?{_SYLLABLE})?", re.IGNORECASE)


def is_surname(word: str) -> bool:
    """Whether ``word`` is a Chinese family name in pinyin."""
    return word.lower() in _SURNAMES


def is_given_name(word: str) -> bool:
    """Whether ``word`` reads as one or two syllables of pinyin, joined, hyphenated or apostrophed."""
    return bool(_GIVEN.fullmatch(word))
