import pytest

from hubtui.ingest.metadata.dates import date_in_name, find_date, find_labelled_date, iso_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("发布时间:2024-10-08 13:23:32", "2024-10-08"),
        ("2024/1/8", "2024-01-08"),
        ("2019.05.06 10:23", "2019-05-06"),
        ("2018年6月7日", "2018-06-07"),
        ("2018年6月", "2018-06"),
        ("二〇一八年六月七日", "2018-06-07"),
        ("二○一八年十二月二十三日", "2018-12-23"),
        ("Updated: Jun 7,2018 9:34 AM", "2018-06-07"),
        ("September 3rd, 2020", "2020-09-03"),
        ("June 2018", "2018-06"),
        ("7 June 2018", "2018-06-07"),
        ("07-Jun-2018", "2018-06-07"),
        ("the 7th of June, 2018", "2018-06-07"),
        ("27.06.2018", "2018-06-27"),
        ("06/27/2018", "2018-06-27"),
        ("06/07/2018", "2018"),
        ("06/06/2018", "2018-06-06"),
    ],
)
def test_dates_as_they_are_written(text: str, date: str) -> None:
    found = find_date(text)
    assert found is not None
    assert found[0] == date


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2023-02-30",
        "2018年13月",
        "version 1.2018.6",
        "2018",
        "11月1日",
        "12:30",
        "May",
        "192.168.2018.1",
        "3.2018.12.44",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert find_date(text) is None


def test_the_first_date_in_the_text_is_given_with_its_place() -> None:
    assert find_date("on 7 June 2018, then 2019-01-02") == ("2018-06-07", 3, 14)


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("20180607 Guizhou", "2018-06-07"),
        ("harbin_2018-06-07", "2018-06-07"),
        ("report-2018-06", "2018-06"),
        ("000_92528d1d02b7a0aa", ""),
        ("12345678901234", ""),
        ("20181399", ""),
    ],
)
def test_dates_in_names_of_files(name: str, date: str) -> None:
    assert date_in_name(name) == date


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2018-06-07T09:34:00+08:00", "2018-06-07"),
        ("2018", "2018"),
        ("2018-06", "2018-06"),
        ("20180607", "2018-06-07"),
        ("2024年", "2024"),
        ("5/20/24", ""),
        ("soon", ""),
        ("", ""),
    ],
)
def test_dates_in_metadata(value: str, date: str) -> None:
    assert iso_date(value) == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("民國112年11月2日", "2023-11-02"),
        ("中華民國一一二年十一月二日", "2023-11-02"),
        ("中华民国 112.11.2", "2023-11-02"),
        ("民國九十九年十月", "2010-10"),
        ("民國百年十月十日", "2011-10-10"),
        ("民國一百年雙十國慶", "2011"),
        ("民國一百零五年三月", "2016-03"),
        ("民國一百二十一年一月", "2032-01"),
        ("民國卅八年十月一日", "1949-10-01"),
        ("民國元年一月一日", "1912-01-01"),
        ("2024–05–20", "2024-05-20"),
        ("2024·5·20", "2024-05-20"),
        ("二〇二三年", "2023"),
        ("二○二三年 十一月 二日", "2023-11-02"),
        ("2023年，2022年11月2日", "2022-11-02"),
    ],
)
def test_more_spellings(text: str, date: str) -> None:
    found = find_date(text)
    assert found is not None
    assert found[0] == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("112/11/02", "2023-11-02"),
        ("112.11.2", "2023-11-02"),
        ("19-12-01", "2019-12-01"),
        ("98年12月1日", "2009-12-01"),
    ],
)
def test_short_years_behind_a_label(text: str, date: str) -> None:
    found = find_labelled_date(text)
    assert found is not None
    assert found[0] == date


@pytest.mark.parametrize(
    "text", ["民國零年", "民國十十年三月", "二〇二四年十十月", "民國百百年", "民國〇年十十月廿廿日"]
)
def test_numerals_that_are_no_number_are_no_fault(text: str) -> None:
    dated = find_date(text)
    assert dated is None or len(dated[0]) == 4  # known to the year, at most


@pytest.mark.parametrize("text", ["112/11/02", "19-12-01", "1.2.3", "19-13-01"])
def test_short_years_are_no_dates_by_themselves(text: str) -> None:
    assert find_date(text) is None
