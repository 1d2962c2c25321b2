from hubtui.ingest.paragraphs import LONGEST, cell_count, letters, split_long


def test_a_paragraph_of_usual_length_is_whole() -> None:
    assert split_long("哈尔滨。" * 100) == [("", "哈尔滨。" * 100)]


def test_a_long_one_is_split_at_ends_of_sentences() -> None:
    sentence = "云计算中心在哈尔滨落地，服务东北的企业。"
    parts = split_long(sentence * 100)
    assert [letter for letter, _ in parts] == ["a", "b", "c"]
    assert all(text.endswith("。") and cell_count(text) <= LONGEST for _, text in parts)
    assert "".join(text for _, text in parts) == sentence * 100


def test_english_sentences_end_before_a_space() -> None:
    sentence = "Output grew by 3.5 percent in the U.S.-led trial of the hub. "
    parts = split_long((sentence * 100).strip())
    assert all(text.startswith("Output") and text.endswith("hub.") for _, text in parts)


def test_text_without_any_end_is_cut_all_the_same() -> None:
    parts = split_long("a" * 10_000)
    assert "".join(text for _, text in parts) == "a" * 10_000
    assert all(cell_count(text) <= LONGEST for _, text in parts)


def test_closing_quotes_stay_with_their_sentence() -> None:
    parts = split_long("他说：“云计算在哈尔滨发展得很快。”" * 100)
    assert all(text.startswith("他") for _, text in parts)


def test_letters_go_on_after_z() -> None:
    assert [letters(n) for n in (0, 25, 26, 27, 701, 702)] == ["a", "z", "aa", "ab", "zz", "aaa"]
