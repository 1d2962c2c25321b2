"""List the labels of bylines, Chinese and English, and the facts that they stand before."""

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
        |story by|reported by|words by|authors|author|autorin|autoren|autor|auteur""",
    "publisher": """信息来源|稿件来源|新闻来源|内容来源|文章来源|来源|稿源|原载|刊载于|转自|转载自|出处|公众号
        |微信公众号|来源公众号|发布单位|发布机构|发文机关|发文单位|发布者单位|主办单位|資料來源|新聞來源
        |來源|稿源|原載|轉自|轉載自|出處|公眾號|發布單位|發佈單位|發布機關|發文機關|發稿單位
        |published by|published in|source|publisher|publication|quelle""",
    "url": """原文链接|原文地址|原文网址|原文出处|链接|网址|原文|原文連結|連結|網址|source url|original url
        |original link|permalink|link|url|via""",
    "title": "标题|题目|篇名|標題|題目|title|headline",
    "": """责任编辑|责编|编辑|编审|校对者|校对|译者|翻译|选题者|选题|编译|审核|审校|监制|主编|值班主任
        |责任校对|排版编辑|美编|值班编辑|初审|复审|终审|責任編輯|責編|編輯|校對|譯者|編譯|審核|監製|主編
        |摄影|制图|图|排版|浏览量|浏览次数|浏览|阅读量|阅读数|阅读次数|阅读|点击量|点击数|点击|评论数
        |评论|攝影|圖|瀏覽量|瀏覽|閱讀|點擊|評論|人氣|字體|標籤|分類|關鍵詞|人气|热度|字数|推荐|整理
        |来稿|供稿|字号|字体|分享到|分享|分类|标签|栏目|关键词|微信号|索引号|文号|发文字号|主题词
        |translated by|translator|edited by|editor|photos by|photo by|photo|views|view|comments
        |categories|category|tags|tag|filed under|keywords|reading time|section|topic|share""",
}
FIELD_OF = {label.strip(): field for field, labels in _LABELS.items() for label in labels.split("|")}
"""The fact that a label stands before, ``""`` for what is no fact of a source."""
