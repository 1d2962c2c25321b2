"""Documents of Chinese offices, in the frame that their standard prescribes."""

from hubtui.ingest.article import take_official_frame
from hubtui.ingest.document import Facts, TextBlock

DOCUMENT = (
    "示例省住房和城乡建设厅文件",
    "示建发〔2020〕17号",
    "示例省住房和城乡建设厅",
    "关于做好老旧小区改造工作的通知",
    "各市住房和城乡建设局：",
    "现将有关事项通知如下。",
    "示例省住房和城乡建设厅",
    "2020年3月9日",
    "（此件主动公开）",
)


def blocks(*texts: str) -> list[TextBlock]:
    return [TextBlock(text) for text in texts]


def test_a_document_with_a_red_head() -> None:
    facts = Facts()
    found = take_official_frame(blocks(*DOCUMENT), facts)
    assert facts.values == {
        "title": "示例省住房和城乡建设厅关于做好老旧小区改造工作的通知",
        "publisher": "示例省住房和城乡建设厅",
        "date": "2020-03-09",
    }
    assert [block.text for block in found] == list(DOCUMENT[4:8])


def test_a_text_without_a_number_stays() -> None:
    facts = Facts()
    texts = blocks("示例省文件", "关于雪的通知", "昨天下了雪。", "示例省人民政府 2020年3月9日")
    assert take_official_frame(texts, facts) == texts
    assert facts.values == {}


def test_a_document_with_its_index_and_its_number_below_the_title() -> None:
    facts = Facts()
    text = ("各市人民政府：", "现将有关事项通知如下。", "示例省人民政府办公厅", "2024年1月2日")
    found = take_official_frame(
        blocks(
            "索 引 号：000014349/2024-00001",
            "主题分类：城乡建设",
            "发文机关：示例省人民政府办公厅",
            "成文日期：2024年01月02日",
            "标　　题：示例省人民政府办公厅关于城市更新的意见",
            "发文字号：示政办发〔2024〕1号",
            "示例省人民政府办公厅关于城市更新的意见",
            "示政办发〔2024〕1号",
            *text,
            "（此件公开发布）",
        ),
        facts,
    )
    assert facts.values == {
        "title": "示例省人民政府办公厅关于城市更新的意见",
        "publisher": "示例省人民政府办公厅",
        "date": "2024-01-02",
    }
    assert [block.text for block in found] == list(text)
