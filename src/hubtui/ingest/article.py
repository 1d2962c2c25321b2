"""Find the article among a file's blocks, without boilerplate: frame, title, byline, passages."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from hubtui.ingest.document import Extract, Facts, Paragraph, TextBlock
from hubtui.ingest.metadata.bylines import (
    clean_authors,
    is_labelled,
    is_person,
    is_website,
    read_byline,
    read_credits,
)
from hubtui.ingest.metadata.dates import find_date
from hubtui.ingest.paragraphs import cell_count, split_long

_FRAME = re.compile(r"(?P<office>[\u4e00-\u9fff]{3,30}?)\s?文\s?件")
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,12}\s?[〔\[［【(（]\s?(?:19|20)\d\d\s?[〕\]］】)）]\s?第?\s?\d{1,5}\s?号"
)
_OPEN = re.compile(r"[(（]?\s?(?:此件|本文件?)(?:主动|依申请|不予)?公开(?:发布)?\s?[)）]?")
_OFFICE = re.compile(
    r"[\u4e00-\u9fff]{2,28}(?:政府|办公厅|办公室|委员会|局|厅|部|院|署|委|会议|总公司|大学|中心)"
)
_ENDS = re.compile(
    r"(?:意见|通知|决定|办法|规定|方案|规划|批复|报告|公告|通告|通报|函|细则|条例|纲要|计划|措施|纪要|请示|令)"
    r"(?:[(（][^()（）]{1,12}[)）])?$"
)
_TEXT = re.compile(r"[。：:；，]$|^(?:[一二三四五六七八九十]、|第[一二三四五六七八九十]+[章条])")
_BEGINNING: Final = 5
"""Blocks among which the head and the number stand."""
_LEAST_LABELS: Final = 3
_MOST_LABELS: Final = 20
_SIGNED: Final = 6
"""Blocks at the end among which the signature stands."""
_LONGEST_TITLE: Final = 120


def take_official_frame(blocks: list[TextBlock], facts: Facts) -> list[TextBlock]:
    """Return the blocks without a red head and its number, and take the facts of the frame.

    Only a document with a number is taken for official; of any other the blocks stay as they are.
    """
    whole = blocks
    blocks = blocks[_index_block(blocks) :]
    number = next((n for n, block in enumerate(blocks[:_BEGINNING]) if _NUMBER.fullmatch(block.text)), None)
    if number is None or number + 1 >= len(blocks):
        return whole
    for block in whole[: len(whole) - len(blocks)]:
        read_byline(block.text, facts)
    heads = [match for block in blocks[:number] if (match := _FRAME.fullmatch(block.text))]
    title, rest = _title(blocks[number + 1 :])
    if not title:  # it may stand above the number
        title, between = _title(blocks[:number])
        title = "" if between else title
    if title:
        facts.replace("title", title, "text")
    _read_signature(rest, facts)
    for head in heads:
        facts.offer("publisher", head["office"], "text")
    return [block for block in rest if not _OPEN.fullmatch(block.text)] if title else whole


def _index_block(blocks: Sequence[TextBlock]) -> int:
    """Return how many lines of labels begin an official document: its number, its subject and others."""
    number = next((n for n, block in enumerate(blocks[:_MOST_LABELS]) if not is_labelled(block.text)), 0)
    return number if number >= _LEAST_LABELS else 0


def _title(blocks: Sequence[TextBlock]) -> tuple[str, list[TextBlock]]:
    """Return the title, which may take several lines, and the blocks after it."""
    title = ""
    for n, block in enumerate(blocks[:_BEGINNING]):
        text = block.text
        if _TEXT.search(text):
            break
        title += text
        if len(title) > _LONGEST_TITLE:
            break
        if _ENDS.search(text):
            return title, list(blocks[n + 1 :])
    return "", list(blocks)


def _read_signature(blocks: Sequence[TextBlock], facts: Facts) -> None:
    """Take the office and the date that sign a document."""
    for n in range(len(blocks) - 1, max(0, len(blocks) - _SIGNED) - 1, -1):
        text = blocks[n].text
        dated = find_date(text)
        before = blocks[n - 1].text if n else ""
        if dated is None or len(text) - (dated[2] - dated[1]) > _LONGEST_TITLE // 4:
            continue
        signature = text[: dated[1]].strip() or before
        if _OFFICE.fullmatch(signature):
            facts.prefer("publisher", signature, "text")
            facts.prefer("date", dated[0], "text")
            return


# Headings of what follows an article. Each pattern must match a whole line.
_LEFTOVERS = (
    r"(?:相关|推荐|延伸|扩展|更多|精彩|热门|最新|图片)(?:文章|阅读|新闻|链接|推荐|报道|资讯|内容|专题|话题|标签|评论)",
    r"猜[你您]喜欢|[你您]?可能(?:还|也)?(?:感兴趣|喜欢)的?(?:内容|文章)?|大家(?:都|还)?在[看搜]",
    (
        r"往期(?:推荐|精选|回顾|文章|好文|内容|精彩|阅读|热文|链接|荐读)(?:回顾|文章|阅读)?|历史文章|好文推荐|(?:更多)?(?:精彩|往期)(?:回顾|内容)"
        r"|精选文章|延伸閱讀|相關(?:新聞|文章|報導|閱讀)|推薦閱讀|熱門(?:新聞|文章)|猜你喜歡"
    ),
    r"编辑推荐|精华推荐|今日热点|(?:新闻|点击|阅读|热门)排行榜?|网友评论|我要评论|发表评论|全部评论",
    r"related (?:articles?|stories|posts?|news|content|links?|reading|topics|coverage)",
    r"recommended(?: (?:articles?|stories|for you|reading))?",
    r"(?:you )?(?:may|might) (?:also )?(?:like|be interested in)",
    r"(?:most|more) (?:popular|read|viewed|stories|news|articles|from [\w ]{1,30}|on this (?:topic|story))",
    r"(?:latest|recent|popular|top|trending) (?:news|posts?|stories|articles|headlines)",
    r"read (?:more|next|also)|see also|what to read next|editors?['’]?s? picks?|don['’]t miss",
    r"(?:\d{1,5} )?comments?(?: \(\d{1,5}\))?|leave a (?:reply|comment)|join the (?:conversation|discussion)",
    r"share this(?: (?:article|story|post))?|hot topics|today['’]s top news",
)

# The same in the other languages of pages that people save; before a colon they are a link's label.
_SEE_ALSO = (
    r"auch interessant(?: für (?:dich|sie))?|(?:lesen sie|lies|lest) (?:auch|mehr)",
    r"mehr zum (?:thema|artikel)",
    (
        r"(?:das|dies|das thema|dieses thema|diese artikel)? ?(?:könnten?|dürften?) (?:dich|sie|euch)"
        r" (?:auch )?interessieren"
    ),
    r"(?:à|a) lire (?:aussi|également|ensuite)|lire (?:aussi|également)|voir aussi",
    r"sur le même (?:sujet|thème)",
    r"(?:lea|lee|leer|mira|vea|puedes?) (?:también|ver|leer|además)|(?:también )?te puede interesar",
    r"(?:leia|veja) (?:também|mais)|leggi anche|potrebbe(?:ro)? interessart[ie]|lees (?:ook|verder)",
    r"(?:czytaj|zobacz|przeczytaj) (?:też|także|również|więcej)|läs (?:också|även|mer)|l[eæ]s også|lue myös",
    r"читайте также|смотрите также|関連(?:記事|リンク|ニュース)|あわせて読みたい|こちらもおすすめ|人気記事",
    r"관련 ?(?:기사|뉴스)",
)
_LEFTOVERS_ABROAD = (
    (
        r"(?:weitere|passende|ähnliche|empfohlene|verwandte|aktuelle|neueste|beliebte|meistgelesene|kommentierte)"
        r" (?:artikel|beiträge|themen|meldungen|nachrichten|posts|tourentipps|aktuelle themen)"
        r"(?: (?:zum|zu|aus|von|in|der|des) .{1,40})?"
    ),
    r"top-?themen(?: bei .{1,30})?|meistgelesen|(?:neuer |ihr |dein )?kommentar(?:e| schreiben| abgeben)?",
    r"(?:diesen )?artikel teilen|les plus lus|vous aimerez aussi|lo más (?:leído|visto)|mais lidas",
    r"articles? (?:liés?|similaires?|connexes?|recommandés?|associés?)|articoli correlati",
    r"(?:notas?|noticias?|artículos?|contenidos?|entradas?) relacionad[oa]s?",
    r"(?:notícias|matérias|artigos|posts|conteúdos?) relacionad[oa]s|gerelateerde? (?:artikelen|berichten)",
    r"podobne artykuły|polecane artykuły|похожие статьи|많이 본 (?:뉴스|기사)",
)
_ASKING = (
    (
        r"(?:sign up|subscribe|register)(?: now| today| here| free)? (?:for|to) .{0,120}\b"
        r"(?:newsletter|e-?mail|digest)s?.{0,80}"
    ),
    (
        r"(?:follow|like|join|find) (?:us|me|the [\w ]{2,30}|@\w{2,30}) on (?:twitter|facebook|instagram"
        r"|linkedin|telegram|youtube|whatsapp|tiktok)\b.{0,240}"
    ),
    (
        r"(?:s[ií]guenos|síganos|folgen sie uns|folgt? uns|suivez[- ]nous|seguici|siga-nos)"
        r" (?:en|auf|bei|sur|su|no)\b.{0,160}"
    ),
    r"(?:zum|unseren|jetzt|hier zum)? ?(?:kostenlosen )?newsletter (?:anmelden|abonnieren|bestellen).{0,60}",
    r"we want to hear (?:what you think|from you).{0,200}",
    r"if you (?:enjoyed|liked) (?:reading )?this (?:post|article).{0,200}",
    r"(?:submit|send us) (?:your|a) letter to the editor.{0,160}",
    r"get .{2,60} by e-?mail .{0,120}sign up.{0,20}",
    r"(?:du musst|sie müssen) (?:eingeloggt|angemeldet|registriert) sein.{0,120}",
    r"you (?:must|need to) be (?:logged|signed) in to (?:post|comment|leave).{0,80}",
    r"(?:\.{3}|…)?\s?(?:weiter (?:zu|lesen) .{1,60}|weiterlesen|continue reading.{0,60})",
    r"lire la suite|leer más|seguir leyendo|lees verder|czytaj dalej",
)
"""What a page asks of its readers."""

# Lines that belong to the page wherever they stand.
_LINES = (
    r"(?:上一|下一)[篇条页章](?:\s?[:：].{0,120})?",
    r"(?:next|previous|prev)(?: (?:article|post|story|page))?\s?[:：].{0,160}",
    r"(?:版权所有|著作权所有).{0,200}",
    r"(?:copyright\s?(?:©|\(c\)|[:：]|(?:19|20)\d\d|by\b)|©|\(c\) ?(?:19|20)\d\d).{0,200}",
    r".{0,80}(?:版权所有|all rights reserved)[.。!]?.{0,40}",
    r".{0,40}ICP[备证].{0,60}|.{0,20}公网安备.{0,40}",
    r"(?:(?:分享[到至]?|收藏|点赞|在看|转发|打印|纠错|举报|推荐|关闭|微信|微博|朋友圈|QQ|大|中|小)[:：、|\s]{0,3}){1,10}",
    r"[-—~\s]*(?:the end|end|完|全文完)[-—~\s]*|our standards\s?[:：].{0,120}",
    r"关闭(?:窗口|本页)?|返回(?:顶部|列表|首页)|回到顶部|(?:扫一扫|扫码|微信扫).{0,20}",
    r"(?:share|tweet|print|e-?mail|save)(?:[\s|,/]{1,3}(?:on|to|this|tweet|print|e-?mail|save)){0,4}",
    r"(?:(?:share on )?(?:facebook|twitter|x|linkedin|whatsapp|weibo|wechat|copy link)[\s|,/]{0,3}){1,8}",
    r"back to top|top|home|menu|search|(?:log|sign) ?(?:in|up)|subscribe(?: now)?|skip to (?:main )?content",
    r"advertisement|ad|loading(?:\.{3})?|广告|正文|字号\s?[:：]?.{0,16}|大\s?中\s?小",
    r"(?:责任编辑|责编|编辑|编审|审核|审校|校对|监制|值班主任)\s?[:：].{0,30}",
    r"(?:阅读|浏览|点击|人气|views?|reads?)(?:量|数|次数)?\s?[:：]?\s?\d[\d,.]{0,9}万?(?:\s?次)?",
    r"\d[\d,.]{0,9}\s?(?:次(?:阅读|浏览|点击)|views?|reads?|阅读)",
    r"(?:声明|免责声明|特别声明|郑重声明|版权声明|版权说明)\s?[:：].{0,200}(?:转载|版权|侵权|本[站网刊报]).{0,200}",
    r"[(（【\[]?(?:图片?来源|图源|资料图|配图|题图)\s?[:：].{0,100}",
    r"[(（\[]?(?:photo|image|picture|illustration|credit)s?(?: credit| by)?\s?[:：].{0,100}",
    r".{4,80}[\s（(](?:[\w\s]{0,10}记者\s?)?[㐀-鿿]{2,4}\s?[/／]?摄[)）]?",
    r"(?:read (?:more|also|next)|see also|related|(?:à )?lire aussi|lesen sie auch)\s?[:：»>].{0,160}",
    r"(?:相关|延伸|推荐|扩展)阅读\s?[:：»>].{0,160}",
    r"[\W_]{1,80}",
    r"[\W_]*(?:点击|点|戳|轻触|長按|长按|扫描|识别|扫码)[^。]{0,12}(?:蓝字|藍字|关注|二维码|公众号|名片|卡片|阅读原文)[^。]{0,24}",
    r"[\W_]*(?:关注|關注|欢迎关注|欢迎订阅|设为星标|置顶|星标)[^。，]{0,16}(?:公众号|微信|我们|星标|不迷路)[^。]{0,16}",
    (
        r"[\W_]*(?:(?:喜欢|觉得)[^。]{0,12})?(?:点个?|给个?)[“「]?(?:赞|在看|关注|好看)[^。]{0,20}|阅读原文|微信扫一扫[^。]{0,20}|(?:分享"
        r"|赞|在看)(?:收藏|在看|赞)*"
    ),
    r"本文(?:由|系|来自|转载自?).{2,80}(?:原创|编译|翻译|首发|出品|推出|转载|提供)[^。]{0,30}。?",
)

_LEFTOVER = re.compile("|".join((*_LEFTOVERS, *_SEE_ALSO, *_LEFTOVERS_ABROAD)), re.IGNORECASE)
_LINE = re.compile(
    "|".join((*_LINES, *_ASKING, rf"(?:{'|'.join(_SEE_ALSO)})\s?[:：»>].{{0,160}}")), re.IGNORECASE
)
_BRACKETED = re.compile(r"(?:[【\[][^【】\[\]]{1,30}[】\]]\s?){1,8}")
_BRACKET = re.compile(r"[【】\[\]]")
_REFERENCE = re.compile(r"\[[^\[\]]{1,12}\]:?(?:https?://.*|/.*)?|https?://.*")
_MARKS = re.compile(r"^[\s:：>»›▼▲◆■●•·|【\[（(-]+|[\s:：>»›▼▲…|】\])）-]+$")
_NO_MENU = re.compile(r"[<=。，,;；(（\"'“”]|[:：.!?！？]$")
_SEPARATED = re.compile(r"\s*(?:[|｜>»›]|\s[/:]{1,2}\s)\s*")


def starts_leftovers(line: str) -> bool:
    """Whether ``line`` is the heading of a list of other articles, comments or the like."""
    bare = line.strip(" :：")
    if len(bare) > 80:
        return False
    unmarked = _MARKS.sub("", bare)
    return bool(_LEFTOVER.fullmatch(bare)) or (unmarked != bare and bool(_LEFTOVER.fullmatch(unmarked)))


def is_boilerplate(line: str) -> bool:
    """Whether ``line`` is part of the page around an article, wherever it stands."""
    bare = line.strip()
    if len(bare) <= 500 and (_LINE.fullmatch(bare) or starts_leftovers(bare)):
        return True
    if _BRACKETED.fullmatch(bare):
        return all(_LINE.fullmatch(part.strip()) for part in _BRACKET.split(bare) if part.strip())
    return bare.startswith("[") and all(_REFERENCE.fullmatch(word) for word in bare.split())


def is_menu(line: str) -> bool:
    """Whether ``line`` is a row of short entries between bars or arrows, such as ``App | 中文 |``.

    Inside a text such a row may mean something; before and after it, it is navigation.
    """
    if len(line) > 150 or _NO_MENU.search(line):
        return False
    entries = _SEPARATED.split(line)
    if len(entries) < 2:
        return False
    edged = not entries[0] or not entries[-1]
    return (edged or len(entries) > 2) and all(len(entry) <= 24 for entry in entries)


_ENDED = re.compile(r"[。！？!?.…;；:：,，][”’\"')）」』】]*$")
_NUMBERED = re.compile(
    r"第[一二三四五六七八九十百\d]{1,4}[章节部篇]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|\d{1,2}(?:\.\d{1,2}){0,3}\.?\s|(?:chapter|part|section)\s[\divx]{1,4}\b",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_STRUCTURED = ("code", "heading", "table")
_HEAD = 16
"""Blocks among which the title and the byline are looked for."""
_PROSE = 120
"""Terminal cells from which a line is prose even without a full stop."""


def assemble(extract: Extract) -> tuple[Paragraph, ...]:
    """Return the passages of what a reader found, and add to its facts what the text says about itself."""
    blocks = [block for block in extract.blocks if block.text]
    blocks = take_official_frame(blocks, extract.facts)
    blocks = _without_tail(blocks, extract.facts, cleaned=extract.cleaned)
    blocks = _without_head(blocks, extract)
    read_credits([block.text for block in blocks if block.kind == "paragraph"], extract.facts)
    blocks = [block for block in blocks if block.kind in _STRUCTURED or not is_boilerplate(block.text)]
    if not any(block.kind == "heading" for block in blocks):
        blocks = _with_headings(blocks, level=2 if extract.marked else 0)
    return tuple(_passages(blocks))


def _is_prose(block: TextBlock) -> bool:
    width = cell_count(block.text[:_PROSE])
    return width >= _PROSE or (width >= 50 and bool(_ENDED.search(block.text))) or "。" in block.text


def _without_head(blocks: list[TextBlock], extract: Extract) -> list[TextBlock]:
    """Take the title and the byline from the blocks before the first prose; return the other blocks."""
    facts = extract.facts
    prose = (n for n, block in enumerate(blocks) if block.kind != "heading" and _is_prose(block))
    start = next(prose, len(blocks))
    head, rest = blocks[: min(start, _HEAD)], blocks[min(start, _HEAD) :]
    kept: list[TextBlock] = []
    for n, block in enumerate(head):
        if read_byline(block.text, facts) or is_boilerplate(block.text) or is_menu(block.text):
            if kept and not facts["author"] and _is_signature(kept[-1], head[n - 1]):
                facts.offer("author", clean_authors(kept.pop().text), "byline")
        else:
            kept.append(block)
    title = _find_title(kept, rest, facts, marked=extract.marked)
    if title is None:
        return kept + rest
    texts = {title.text, facts["title"]}
    after = kept.index(title) + 1
    if not rest and title.kind == "paragraph" and not [b for b in kept[after:] if b.text not in texts]:
        return kept  # a text of one line
    return [block for block in kept[after:] if block.text not in texts] + rest


def _is_signature(block: TextBlock, before: TextBlock) -> bool:
    return block is before and block.kind == "paragraph" and is_person(block.text)


def _find_title(
    head: list[TextBlock], rest: list[TextBlock], facts: Facts, *, marked: bool
) -> TextBlock | None:
    """Find the block that is the title, and offer it as such unless it is a picture's caption."""
    candidates = [block for block in head if block.kind in ("paragraph", "heading")]
    if not rest and all(block.kind == "paragraph" and _ENDED.search(block.text) for block in candidates):
        return None  # a note of a few sentences, not a title without a text
    texts = [block.text for block in candidates]
    body = "\n".join(block.text for block in rest)
    chosen = (
        next((block for block in candidates if block.text == facts["title"]), None)
        or next((block for block in candidates if block.kind == "heading" and block.level == 1), None)
        or next((block for block in candidates if texts.count(block.text) > 1), None)
        or _headline([block for block in candidates if not is_website(block.text)], body)
    )
    if chosen is None or (marked and facts["title"] not in ("", chosen.text)):
        return None
    following = candidates[candidates.index(chosen) + 1 :]
    caption = following and is_first_section(following[0].text) and not shares_words(chosen.text, body)
    if marked or not caption:
        facts.offer("title", clean_title(chosen.text, body), "text")
    return chosen


def _headline(candidates: list[TextBlock], body: str) -> TextBlock | None:
    """Choose the title among the lines above a text: the first, or the second below a kicker."""
    if len(candidates) < 3 or shares_words(candidates[0].text, body):
        return candidates[0] if candidates else None
    return candidates[1] if shares_words(candidates[1].text, body) else candidates[0]


def _without_tail(blocks: list[TextBlock], facts: Facts, *, cleaned: bool) -> list[TextBlock]:
    """Cut what follows the article, and read the bylines at its end."""
    blocks = _cut_leftovers(blocks, facts)
    end = len(blocks)
    while end and blocks[end - 1].kind not in _STRUCTURED:
        text = blocks[end - 1].text
        if not (read_byline(text, Facts()) or is_boilerplate(text) or is_menu(text)):
            break
        end -= 1
    for block in blocks[end:]:
        read_byline(block.text, facts)
    return blocks[:end] if cleaned else _without_headlines(blocks[:end])


def _cut_leftovers(blocks: list[TextBlock], facts: Facts) -> list[TextBlock]:
    """Cut at the first heading of leftovers that less than a fifth of the article's prose follows.

    Labelled bylines among the leftovers are read.
    """
    prose = [cell_count(block.text) if _is_prose(block) else 0 for block in blocks]
    after = sum(prose)
    total = after
    for n, block in enumerate(blocks):
        if n and starts_leftovers(block.text) and after * 5 <= total:
            for leftover in blocks[n:]:
                if is_labelled(leftover.text):
                    read_byline(leftover.text, facts)
            return blocks[:n]
        after -= prose[n]
    return blocks


def _without_headlines(blocks: list[TextBlock]) -> list[TextBlock]:
    """Cut a closing list of headlines: three or more items without a full stop that nothing introduces."""
    first = len(blocks)
    while first and blocks[first - 1].kind == "list item" and not _is_prose(blocks[first - 1]):
        first -= 1
    items = blocks[first:]
    if len(items) < 3 or not first or blocks[first - 1].text.endswith((":", "：")):
        return blocks
    headlines = [item for item in items if len(item.text.split()) >= 4 or cell_count(item.text) >= 20]
    return blocks[:first] if len(headlines) == len(items) else blocks


def _with_headings(blocks: Sequence[TextBlock], level: int) -> list[TextBlock]:
    """Mark the lines that are headings: short, without a full stop, prose below."""
    marked = [
        replace(block, kind="heading", level=level)
        if _is_heading(block, following) and not (n == 0 and _is_subtitle(block.text))
        else block
        for n, (block, following) in enumerate(pairwise(blocks))
    ]
    return [*marked, *blocks[-1:]]


def _is_heading(block: TextBlock, following: TextBlock) -> bool:
    text = block.text
    if block.kind != "paragraph" or _is_prose(block) or _ENDED.search(text) or cell_count(text) > 80:
        return False
    return bool(_LETTER.search(text)) and (_is_prose(following) or bool(_NUMBERED.match(text)))


def _is_subtitle(text: str) -> bool:
    """Whether the first line below a title goes on from it, rather than heading the first section."""
    return text.startswith(("—", "--")) or (cell_count(text) > 40 and not _NUMBERED.match(text))


def _passages(blocks: Sequence[TextBlock]) -> list[Paragraph]:
    """Number the paragraphs; a heading that the format marks is one itself, under its own name."""
    found: list[Paragraph] = []
    section, number = "", 0
    for block in blocks:
        if block.kind == "heading":
            section = block.text
            if not block.level:
                continue
        number += 1
        found += [
            Paragraph(text, section, block.kind, number, part, block.page)
            for part, text in split_long(block.text)
        ]
    return found


_GLUED_COUNT = re.compile(r"(?<=[a-z])\d{2,7}$")
_COUNTED = re.compile(
    r"\s*[(（\[]?(?:阅读|浏览|点击|views?|reads?)(?:量|数|次数)?\s?[:：]?\s?\d[\d,.]{0,9}(?:万|k)?\s?次?[)）\]]?$"
    r"|\s+\d[\d,.]{0,9}\s?(?:次(?:阅读|浏览|点击)|views?|reads?)$",
    re.IGNORECASE,
)
_LONGEST = 300
_YEAR = re.compile(r"(?:19|20)\d\d$")
_FIRST_SECTION = re.compile(
    r"introduction|overview|summary|executive summary|abstract|background|contents|table of contents|preface"
    r"|foreword|key points|引言|前言|摘要|概述|概要|导语|导读|目录|背景|序|序言",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z]{4,}|[㐀-鿿]{2}")


def clean_title(title: str, body: str) -> str:
    """Return ``title`` without a view count at its end, glued to the last word or not.

    A number that the text repeats with its word (``Windows11``) belongs to it, and so does a year.
    """
    if len(title) > _LONGEST:
        return title
    title = _COUNTED.sub("", title).strip()
    if _GLUED_COUNT.search(title) and not _YEAR.search(title):
        last = title.rsplit(maxsplit=1)[-1]
        if last.casefold() not in body.casefold():
            title = _GLUED_COUNT.sub("", title)
    return title.strip(" #*_|｜")


def shares_words(line: str, body: str) -> bool:
    """Whether the text below uses a word of ``line``, as it does of nearly every title's."""
    folded = body.casefold()
    return any(word in folded for word in set(_WORD.findall(line.casefold())))


def is_first_section(line: str) -> bool:
    """Whether ``line`` is what the first section of a text is called, whatever the text is about."""
    return bool(_FIRST_SECTION.fullmatch(line.strip(" :：")))
