import pytest

from hubtui.ingest.metadata.bylines import clean_authors, is_organisation, is_person, is_website


@pytest.mark.parametrize(
    "name", ["金刚网", "www.example.com", "example.com", "No Author", "佚名", "admin", "", "小编"]
)
def test_websites_and_placeholders_wrote_nothing(name: str) -> None:
    assert is_website(name)
    assert clean_authors(name) == ""


@pytest.mark.parametrize(
    "name", ["China Daily", "Reuters", "第一财经日报", "新华社", "北京大学", "South China Morning Post"]
)
def test_organisations(name: str) -> None:
    assert is_organisation(name)
    assert not is_person(name)


@pytest.mark.parametrize("name", ["Ouyang Shijia", "Jane van der Doe", "王某", "欧阳诗佳", "克里斯·史密斯"])
def test_people(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize("name", ["Introduction", "the city of Harbin", "Area 51 Base", "数字农业的发展"])
def test_no_people(name: str) -> None:
    assert not is_person(name)


@pytest.mark.parametrize(
    ("value", "authors"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("Jane Doe, John Smith", "Jane Doe; John Smith"),
        ("Anna Lee, PhD; Carl Roe, MD", "Anna Lee, PhD; Carl Roe, MD"),
        ("王 某", "王某"),
        ("张三 李四", "张三; 李四"),
        ("记者 张三 通讯员 李四", "张三; 李四"),
        ("责任编辑：孔某", ""),
        ("Jane Doe; Jane Doe", "Jane Doe"),
        ("O'Brien, Conor; Li, Na", "O'Brien, Conor; Li, Na"),
        ("van der Berg, Ludwig and Doe, J.", "van der Berg, Ludwig; Doe, J."),
        ("Smith, Jane A.", "Smith, Jane A."),
        ("Reuters, Bloomberg", "Reuters; Bloomberg"),
        ("Roe, PhD", "Roe, PhD"),
        ("Martin King Jr. and J.", "Martin King Jr.; J."),
        ("Jane Doe.", "Jane Doe"),
        ("[red]", "[red]"),
        ("[red]Jane Doe", "[red]Jane Doe"),
        ("（记者 张三）", "张三"),
        (
            "Savia Lee，非常喜欢数据科学，喜欢更新世界各地的科技事件以及许多其他的事情，也喜欢歌唱",
            "Savia Lee",
        ),
    ],
)
def test_authors_are_cleaned(value: str, authors: str) -> None:
    assert clean_authors(value).startswith(authors) if "，" in value else clean_authors(value) == authors


@pytest.mark.parametrize(
    "name", ["Sun Wei", "Peng Sun", "Sun Yat-sen", "Frank Press", "Michael Bloomberg", "J. Post"]
)
def test_people_who_are_called_like_an_outlet(name: str) -> None:
    assert is_person(name)
    assert clean_authors(name) == name


@pytest.mark.parametrize(
    "name", ["The Sun", "Daily Sun", "Free Press", "Bloomberg News", "Toronto Sun", "Press"]
)
def test_outlets_that_are_called_like_people(name: str) -> None:
    assert not is_person(name)


@pytest.mark.parametrize(
    ("value", "authors"),
    [
        ("View all posts by Jane Doe", "Jane Doe"),
        ("Von Jens Muster", "Jens Muster"),
        ("Por Ana Pérez", "Ana Pérez"),
        ("Jane Doe, staff writer", "Jane Doe"),
        ("周洁 关注", "周洁"),
        ("责编：周洁", ""),
        ("Jane Doe; JANE DOE", "Jane Doe"),
    ],
)
def test_what_surrounds_names(value: str, authors: str) -> None:
    assert clean_authors(value) == authors
