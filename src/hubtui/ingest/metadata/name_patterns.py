"""What names of people, publishers and websites look like, and the labels around them in bylines."""

import re
from typing import Final

# What a label stands before, Chinese and English. Editors, translators and photographers are named in
# bylines, but they are no authors.
_LABELS: Final = {
    "date": """发布时间|发表时间|发布日期|发表日期|出版日期|成文日期|发文日期|生成日期|印发日期|公开日期
        |刊登日期|刊发时间|发稿时间|上传时间|时间|日期|發布時間|發佈時間|發表時間|發布日期|發佈日期
        |發表日期|出版日期|發稿時間|發文日期|公告日期|刊登日期|張貼日期|上版日期|建立日期|時間
        |published on|published|posted on|posted|publication date|first published|veröffentlicht am
        |veröffentlicht|erschienen am|datum|publié le|publicado el|fecha|date""",
    "modified": """更新时间|更新日期|最后更新|修改时间|最后修改|更新時間|更新日期|最後更新|修改時間
        |last updated on
        |last updated|updated on|updated|last modified|modified|zuletzt aktualisiert|aktualisiert am
        |aktualisiert|stand|mis à jour le|mis à jour|actualizado""",
    "author": """原文作者|本文作者|作者|文|记者|撰文|撰稿|采写|文字|記者|撰稿人|採寫|採訪|撰寫|written by
        |story by|reported by|words by|authors|author(s)|author
        |autorin|autoren|autor(es)|autores|autor/in|autor|auteur(s)|auteurs|auteur|autore|verfasser|von""",
    "publisher": """信息来源|稿件来源|新闻来源|内容来源|文章来源|来源|稿源|原载|刊载于|转自|转载自|出处|公众号
        |微信公众号|来源公众号|发布单位|发布机构|发文机关|发文单位|发布者单位|主办单位|資料來源|新聞來源
        |來源|稿源|原載|轉自|轉載自|出處|公眾號|發布單位|發佈單位|發布機關|發文機關|發稿單位
        |published by|published in|source|publisher|publication|quelle""",
    "url": """原文链接|原文地址|原文网址|原网址|原文出处|链接|网址|原文|原文連結|連結|網址|source url
        |original url|original link|permalink|link|url|via""",
    "title": "标题|题目|篇名|标题名称|文件名称|標題|題目|full title|title|headline",
    "": """责任编辑|责编|编辑|编审|校对者|校对|译者|翻译|选题者|选题|编译|审核|审校|监制|主编|值班主任
        |责任校对|排版编辑|美编|值班编辑|初审|复审|终审|責任編輯|責編|編輯|校對|譯者|編譯|審核|監製|主編
        |摄影|制图|图|排版|浏览量|浏览次数|浏览|阅读量|阅读数|阅读次数|阅读|点击量|点击数|点击|评论数
        |评论|攝影|圖|瀏覽量|瀏覽|閱讀|點擊|評論|人氣|字體|標籤|分類|關鍵詞|人气|热度|字数|推荐|整理
        |来稿|供稿|字号|字体|分享到|分享|分类|标签|栏目|关键词|微信号|索引号|文号|发文字号|主题词
        |主题分类|信息分类|公开类别|公开方式|公开属性|公文种类|文种|有效性|效力状态|信息索引|索引码|组配分类|体裁分类|剪藏时间
        |translated by|translator|edited by|editor|photos by|photo by|photo|views|view|comments
        |categories|category|tags|tag|filed under|keywords|reading time|section|topic|share""",
}
FIELD_OF = {label.strip(): field for field, labels in _LABELS.items() for label in labels.split("|")}
"""The fact that a label stands before, ``""`` for what is no fact of a source."""
SPACED_LABEL = re.compile(r"(?<![㐀-鿿])[㐀-鿿](?:[ \u3000]{1,4}[㐀-鿿]){1,3}(?=[ \u3000]?[:：])")
"""A label that is spaced out to the width of others: 标　　题："""
_SPACES = re.compile(r"[ \u3000]+")


def close_label(line: str) -> str:
    """Return a line whose label is not spaced out to the width of others: 标　　题： as 标题：."""

    def closed(spaced: re.Match[str]) -> str:
        label = _SPACES.sub("", spaced[0])
        return label if label in FIELD_OF else spaced[0]

    return SPACED_LABEL.sub(closed, line)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ORGANISATION_EN = re.compile(
    r"\b(?:Agency|Associated Press|AFP|AP|Association|BBC|Bloomberg|Bureau|CCTV|CGTN|CNN|Chronicle|Commission"
    r"|Company|Council|Daily|Department|Desk|Foundation|Gazette|Government|Guardian|Herald|Inc|Institute"
    r"|Journal|Ltd|Magazine|Media|Ministry|Monthly|Network|News|Observer|Office|Online|Post|Press|Reuters"
    r"|Review|SCMP|Studio|Sun|Telegraph|Times|Today|Tribune|University|Weekly|World|Xinhua)\b",
    re.IGNORECASE,
)
ORGANISATION_ZH = re.compile(
    r"(?:报|周刊|月刊|杂志|社|电视台|电台|广播|卫视|研究院|研究所|中心|委员会|协会|学会|大学|学院|集团|公司"
    r"|政府|办公室|编辑部|评论员|频道|客户端|公众号|网|网站|在线|平台|论坛|博客|传媒|资讯|财经|新闻|观察|局"
    r"|厅|委)$"
)
OUTLET_OR_SURNAME = frozenset(
    "bloomberg guardian herald monthly news office online post press review sun today weekly world".split()
)
"""Words of outlets' names that are surnames as well: *Peng Sun*, *Frank Press*, *Emily Post*."""
# The commonest given names of the English-speaking countries, by which a surname of that kind is told.
GIVEN_NAMES = _words(
    """adam alan albert alex alexander alice amanda amy andrea andrew angela ann anna anne anthony "
    "arthur barbara ben benjamin betty brandon brenda brian bruce carl carol caroline catherine
    charles charlotte chris christian christine christopher claire clara cynthia daniel david deborah
    dennis diana diane donald donna dorothy douglas edward elizabeth ellen emily emma eric eugene
    evelyn eyal frances francis frank gary george gerald gloria grace gregory hannah harold harry
    heather helen henry howard irene jack jacob jacqueline james jane janet jason jean jeffrey
    jennifer jeremy jerry jessica jim joan joe john johnny jonathan jordan jose joseph joshua joyce
    juan judith judy julia julie justin karen katherine kathleen keith kelly kenneth kevin kimberly
    larry laura lauren lawrence linda lisa louis louise lucy margaret maria marie marilyn marjorie
    mark martha martin mary matthew megan melissa michael michelle mike nancy nathan nicholas nicole
    nina noah olivia pamela patricia patrick paul peter philip rachel ralph randy raymond rebecca
    richard robert roger ronald rose roy russell ruth ryan samantha samuel sandra sara sarah scott
    sean sharon shirley simon sophia stephanie stephen steven susan teresa theodore theresa thomas
    timothy tom tyler victoria vincent virginia walter wayne wendy william willie zachary"""
)
PINYIN = re.compile(
    r"(?:(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?(?:[iu]?ang?|iong|[aeo]ng?|eng?|[iu]ng?|ai|ei|ao|ou|iao|ia|ie"
    r"|iu|ua|uo|uai|ui"
    r"|ue|er|a|o|e|i|u|v)[-’']?){1,2}",
    re.IGNORECASE,
)
"""A Chinese given name in Latin letters: one or two syllables."""
WEBSITE = re.compile(
    r"(?:网|网站|在线|论坛|频道|首页|门户|平台|小编|管理员|佚名|网络|互联网|转载|整理)$"
    r"|^(?:https?://|www\.)|^[\w-]+(?:\.[\w-]+){0,3}\.(?:com|net|org|cn|io|info|gov|edu)(?:\.\w\w)?/?$",
    re.IGNORECASE,
)
NOBODY = _words(
    """admin administrator anonymous author editor editors editorial guest staff unknown user webmaster by
    none null nobody n/a na # 匿名 未知 无 不详 暂无 网友 本站 本网 本报 编辑 责任编辑 责编"""
) | {"no author", "guest author", "staff writer", "super user", "site admin", "posted by"}

PREFIX_EN = re.compile(
    r"(?:(?:by|from|author|authors|(?:written|story|words|text|reported|posted) by)(?:\s*:\s*|\s+))+",
    re.IGNORECASE,
)
BY_ABROAD = re.compile(
    r"(?:(?:ein(?:e)?\s)?(?:text|artikel|beitrag|bericht|interview|reportage|gastbeitrag|kommentar|essay|analyse"
    r"|geschrieben|verfasst|erstellt|veröffentlicht|publiziert|eingestellt|gepostet)\s)?von\s+"
    r"|(?:(?:écrit|publié|rédigé|posté|propos recueillis)\s)?par\s+"
    r"|(?:(?:escrito|publicado|redactado|texto)\s)?por\s+|escribe\s+|(?:(?:scritto|pubblicato)\s)?(?:da|di)\s+"
    r"|(?:(?:geschreven|geplaatst|gepubliceerd)\s)?door\s+|(?:skrevet|skriven|publicerad)\s(?:af|av)\s+"
    r"|(?:napisan[ey]\s)?przez\s+|(?:текст|автор)\s?:\s*",
    re.IGNORECASE,
)
"""What stands before the author in bylines of other languages than English and Chinese."""
WEEKDAY = re.compile(
    r"(?:(?<=\s)|^)(?:mo|di|mi|do|fr|sa|so|mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim|montag|dienstag"
    r"|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo)[.,]{0,2}\s*$",
    re.IGNORECASE,
)
"""A day of the week before a date, in full where it is no English one, or short."""
BEHIND = re.compile(
    r"\s*[|•]|\s[-–—/]+(?:\s|$)|\s*[,(]?\s*(?:am|on|at|vom|um|le|el|il|op|em|den|in:)\s+(?:\w+[,.]?\s+){0,2}\d"
    r"|[\s,(]+\d|\s(?:mo|di|mi|do|fr|sa|so|mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim)[.,]?\s+\d"
    r"|\s(?:updated|published|posted|last|edited|revised|edition|aktualisiert|veröffentlicht|publié|photos?|photograph(?:y|s)|fotos?"
    r"|illustration(?:en|s)?|bild(?:er)?)\b",
    re.IGNORECASE,
)
"""What stands behind the authors in a byline: a date, the hour, the outlet, a picture's credit."""
NAME_EN = re.compile(
    r"(?:[A-ZÀ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦİĶĹĻĽŁŃŅŇŌŎŐŒŔŘŚŜŞŠŢŤŪŬŮŰŲŴŶŹŻŽА-Я][\w’'.-]*|de|da|van|von|der|den"
    r"|bin|al|la|le|del|di|el|ibn)"
)
NAME_ZH = re.compile(r"[㐀-鿿]{2,4}|(?:[㐀-鿿]{1,8}|[A-Z]\.?)(?:·(?:[㐀-鿿]{1,8}|[A-Z]\.?)){1,4}")
# Marks between the parts of a foreign name in Chinese (爱德华·格莱泽), of all the code points that are typed.
_PART = r"㐀-鿿A-Z"
INTERPUNCT = re.compile(rf"(?<=[{_PART}.])[·•‧・･∙⋅᛫●．](?=[㐀-鿿])|(?<=[㐀-鿿])[·•‧・･∙⋅᛫●．](?=[{_PART}])")
SPACED_NAME = re.compile(r"(?<![㐀-鿿])(?P<surname>[㐀-鿿])[ \u3000]{1,3}(?P<given>[㐀-鿿])(?![㐀-鿿])")
"""A name of two characters that is set as wide as one of three."""
DOUBLE_SURNAMES = _words(
    "欧阳 司马 上官 诸葛 司徒 东方 独孤 南宫 夏侯 皇甫 尉迟 公孙 慕容 令狐 長孫 长孙 宇文 歐陽 諸葛"
)
# The hundred commonest surnames, nine in ten people's, and the first characters of the double ones.
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆"
    "汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤欧司上诸"
    "温常康施牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝崔宿"
    "張劉陳楊黃趙吳孫馬羅鄭許韓馮鄧蕭葉蘇呂盧鐘譚陸範賈韋鄒閻龍賀顧龔萬錢嚴湯歐諸溫齊喬龐顏莊聶魯關蘭紀單塗駱藍華饒時農簡車項連蘆麥婁竇黨宮費衛應閔鄔邊師榮叢鞏遲鄺"
)
ROLE_ZH = re.compile(
    r"[■□◎●▲△\s]*(?:文|图|撰文|采写)?[\s/／|｜:：]*"
    r"(?:[㐀-鿿]{0,8}?(?:全媒体|融媒体|见习|实习|首席|特约|特派|全媒體|見習|實習|特約)?"
    r"(?:记者|記者|通讯员|通訊員|撰稿人|撰稿|评论员|評論員|研究员|研究員)|作者|撰文|采写|採寫)[\s:：|｜/]*"
)
END_ZH = re.compile(
    r"\s+(?:发自|發自)?[㐀-鿿]{2,5}(?:报道|報導|報道|电|電)$|\s*(?:综合报道|綜合報導|报道|報導|報道|发自[㐀-鿿]{2,5})$"
    r"|\s*[/／]\s*(?:文|图文?|摄影?|攝影?)$|[(（](?:文|图文?|摄影?|整理|口述)[)）]$|\s(?:关注|打印|收藏|分享|举报|字号|编辑)$"
)
# What follows the names in English bylines: where they write from, what they are, and words of the page.
PLACE_EN = re.compile(
    r",?\s+(?:in|from|reporting from|reports from)\s+[A-ZÀ-Þ][\w.'’-]*(?:(?:,\s|\sand\s|,\sand\s"
    r"|\s)[A-ZÀ-Þ][\w.'’-]*){0,5}$"
)
OUTLET_EN = re.compile(r"(?<=[\w.])\s+[Ff]or\s+[Tt]he\s+[A-Z][\w .’'&-]{2,40}$")
ROLE_EN = re.compile(
    r"(?:,|\s[-–—|]|\s*\()\s*(?:(?:[\w’'&-]+\s){0,5}(?:correspondent|reporter|editor|writer|columnist"
    r"|contributor|producer"
    r"|journalist|analyst|fellow|staff|bureau chief|chief|professor|director|blogger|author|researcher"
    r"|lecturer|critic"
    r"|photographer|intern|freelancer?)s?\b(?:\s(?:at|for|of|in|on|and)\s[^,;()]{2,60}|,\s[A-ZÀ-Þ][\w "
    r".’'&-]{2,40})?"
    r"|for\s(?:the\s)?[A-ZÀ-Þ][\w .’'&-]{2,40})\)?$",
    re.IGNORECASE,
)
LINK_WORDS = re.compile(
    r"^(?:(?:view|see|read|show)?\s?(?:all|more)\s(?:posts?|articles|stories)\s(?:by|from|of)|(?:more"
    r"|posts)\sby|about"
    r"|alle\s(?:artikel|beiträge)(?:\svon)?|(?:ein\s)?(?:artikel|beitrag|interview|text|gastbeitrag"
    r"|kommentar)\svon"
    r"|(?:geschrieben|eingestellt|gepostet|erstellt)\svon|themenstarter|verfasst\svon|autor(?:in)?\s?:?"
    r"|von|par|por|di|av|af|door|redactie|écrit\spar"
    r"|publié\spar|escrito\spor"
    r"|przez|scritto\sda|interview|words|author\s?:?|published\sby|posted\sby|written\sby|text\s?:"
    r"|foto\s?:)\s+(?=\S)"
    r"|\s+(?:view|see|read|show)?\s?(?:all|more)\s(?:posts?|articles|stories)(?:\s(?:by|from)\s.*)?$"
    r"|\s+(?:alle\sartikel.*|says|said|schreibt|(?:veröffentlicht|publiziert|aktualisiert|publicado|actualizado"
    r"|publié|mis à jour|pubblicato|gepubliceerd)(?:\s.*)?|follow(?:\son\s.*)?|shares?|lesedauer.*|updated.*"
    r"|published.*|posted.*"
    r"|staff writer|contributor|last|beginndatum|ein\skommentar.*|(?:january|february|march|april|june"
    r"|july|august|september|october|november|december)(?:\s\d.*)?|illustrations?\sby.*|photos?\sby.*)$",
    re.IGNORECASE,
)
EDITOR = re.compile(
    r"\W*(?:责任编辑|责编|编辑|编审|校对|审核|译者|摄影)\s*[:：]|\W*(?:edited|translated|photos?) by\b",
    re.IGNORECASE,
)
BIOGRAPHY = re.compile(r"(?:(?<=\w)\s?(?:\([^()]{20,}\)?|（[^（）]{8,}）?)$|[,，][^,，、;；]{40,}$)")
BETWEEN = re.compile(
    r"\s*(?:[;；、|｜,，]|\b[Aa](?:nd|ND)\b|\s(?:und|et|och|og)(?=\s)|\s(?:y|e|i|en)(?=\s\S+\s+\S)|&|\s和\s|\s与\s|\s/\s)\s*"
)
# *Smith, Jane A.*, *Le Guin, Ursula K.*, *Humboldt, A. von*: one family name and given names, with particles.
_PARTICLE = "(?:[Dd]e|[Dd]a|[Vv]an|[Vv]on|[Dd]er|[Dd]en|bin|al|[Ll]a|[Ll]e|[Dd]el|[Dd]i|el|zu)"
INVERTED = re.compile(
    rf"(?:{_PARTICLE} )*[A-ZÀ-Þ][\w’'-]+, [A-ZÀ-Þ][\w’'.-]*(?: [A-ZÀ-Þ][\w’'.-]*){{0,2}}(?: {_PARTICLE})*"
)
BETWEEN_INVERTED = re.compile(r"\s*[;；]\s*|\s+(?:and|&)\s+")
BRACKETS = {"(": ")", "（": "）", "【": "】"}
# The full stop of *J.* and *Jr.* belongs to the name.
ABBREVIATED = re.compile(r"(?:\b[A-ZÀ-Þ]|\b[JS]r)\.$")
DEGREE = re.compile(
    r"(?:Ph\.?\s?D|M\.?D|M\.?A|M\.?Sc|B\.?Sc|MBA|MPH|Jr|Sr|Esq|II|III|IV|RN|JD|FRS)\.?", re.IGNORECASE
)
