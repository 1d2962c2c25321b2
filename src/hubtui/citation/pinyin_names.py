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


def is_surname(word: str) -> bool:
    """Whether ``word`` is a Chinese family name in pinyin."""
    return word.lower() in _SURNAMES


def is_pinyin_name(family: str, given: str) -> bool:
    """Whether a name reads as a Chinese one in pinyin: *Ouyang*, *Shijia*."""
    return is_surname(family) and bool(syllables(given))


def syllables(given: str) -> list[str]:
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
