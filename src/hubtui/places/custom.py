"""Read a library's own places and names from its ``hubtui.toml``, and check them against the gazetteer.

::

    not_places = ["Reading"]        # no place is looked for in these characters

    [names]
    "冰城" = "Harbin"                # a further name of a known place, by a name of it or by its id

    [[places]]
    name_en = "Ice Valley"
    name_zh = "冰谷"
    kind = "area"                   # the default
    parent = "Harbin"
    latitude = 45.7
    longitude = 126.6
    names = ["Ice Park"]            # what else it is called

An entry of ``[[places]]`` with the id of a known place corrects that place: what it does not say stays.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, NoReturn

from hubtui.core.errors import did_you_mean, question
from hubtui.core.i18n import _
from hubtui.core.models import Place
from hubtui.core.settings import LibrarySettings, SettingsError
from hubtui.places.gazetteer import PROMINENCE, Gazetteer
from hubtui.places.spans import IN_TEXTS
from hubtui.places.tables import Name
from hubtui.text.analyzer import fold, normalise

_TEXTS = ("id", "name_en", "name_zh", "kind", "parent")
_BOUNDS = {"latitude": 90.0, "longitude": 180.0}
_KEYS = (*_TEXTS, *_BOUNDS, "names")


class _Entry(NamedTuple):
    """One place of the settings, with the names under which it is found, and what it is called there."""

    place: Place
    names: tuple[str, ...]
    where: str


def library_gazetteer(settings: LibrarySettings) -> Gazetteer:
    """Return the gazetteer of a library: the package's, with what the library adds and corrects.

    Raises:
        SettingsError: Something in the tables cannot be meant.
    """
    if not settings.places:
        return Gazetteer.default()
    return _Reader(settings).gazetteer()


class _Reader:
    """Reads the tables of one library; every fault names the file and the key, and what would be right."""

    def __init__(self, settings: LibrarySettings) -> None:
        self._settings = settings
        self._known = Gazetteer.default()

    def gazetteer(self) -> Gazetteer:
        entries = [self._entry(number, table) for number, table in enumerate(self._tables(), 1)]
        self._refuse_doubles(entries)
        own = [Name.of(text, entry.place.id) for entry in entries for text in entry.names]
        self._known = self._known.extended([entry.place for entry in entries], own)
        placed = [replace(entry.place, parent=self._parent(entry)) for entry in entries]
        self._known = self._known.extended(placed)
        self._refuse_cycles(placed)
        further = [
            Name.of(self._name(text, "[names]"), self._one_place(target, f'[names] "{text}"').id)
            for text, target in self._further()
        ]
        self._refuse_shared(
            [*((name, "[[places]]") for name in own), *((name, "[names]") for name in further)]
        )
        stopped = [self._name(text, "not_places") for text in self._texts("not_places")]
        return Gazetteer.default().extended(placed, [*own, *further], stopped)

    def _fail(self, where: str, message: str, remedy: str) -> NoReturn:
        raise SettingsError(f"{self._settings.file}: {where}: {message}", remedy)

    def _tables(self) -> Sequence[Mapping[str, object]]:
        tables = self._settings.places.get("places", [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            self._fail("places", _("it must be a list of tables."), _("Write [[places]] above each place."))
        return tables

    def _further(self) -> Iterator[tuple[str, str]]:
        table = self._settings.places.get("names", {})
        if not isinstance(table, dict):
            self._fail("names", _("it must be a table."), _('Write [names] and below it "冰城" = "Harbin".'))
        for text, target in table.items():
            if not isinstance(target, str):
                self._fail(
                    f'[names] "{text}"', _("it must be the name or id of one place."), _('Write = "Harbin".')
                )
            yield text, target

    def _texts(self, key: str) -> Sequence[str]:
        texts = self._settings.places.get(key, [])
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            self._fail(key, _("it must be a list of texts."), _('Write {key} = ["…", "…"].').format(key=key))
        return texts

    def _entry(self, number: int, table: Mapping[str, object]) -> _Entry:
        where = f"[[places]] number {number}"
        for key in table:
            if key not in _KEYS:
                hint = did_you_mean(key, _KEYS) or _("The keys are {keys}.").format(keys=", ".join(_KEYS))
                self._fail(where, _("there is no key {key!r}.").format(key=key), hint)
        texts = {key: self._text(table[key], f"{where}, {key}") for key in _TEXTS if key in table}
        degrees = {key: self._degrees(table[key], key, where) for key in _BOUNDS if key in table}
        names = table.get("names", [])
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            self._fail(f"{where}, names", _("it must be a list of texts."), _('Write names = ["…", "…"].'))
        called = [texts[key] for key in ("name_en", "name_zh") if key in texts]
        known = self._known.place(texts.get("id", ""))
        if known is None and not called:
            self._fail(where, _("a new place needs a name."), _("Write name_en or name_zh."))
        if texts.get("kind", "area") not in PROMINENCE:
            hint = did_you_mean(texts["kind"], PROMINENCE) or _("The kinds are {kinds}.").format(
                kinds=", ".join(PROMINENCE)
            )
            self._fail(f"{where}, kind", _("there is no kind {said!r}.").format(said=texts["kind"]), hint)
        if known is None:
            texts.setdefault("id", f"user:{_slug(called[0])}")
            known = Place(texts["id"], "", "", "area")
        place = replace(known, **texts, **degrees)  # type: ignore[arg-type]
        return _Entry(place, tuple(self._name(name, f"{where}, names") for name in [*called, *names]), where)

    def _text(self, value: object, where: str) -> str:
        if not isinstance(value, str):
            self._fail(where, _("it must be a text."), _('Write it between quotation marks: "…".'))
        if not (text := _tidy(value)):
            self._fail(where, _("it is empty."), _("Write a name, or take the key out."))
        return text

    def _degrees(self, value: object, key: str, where: str) -> float:
        bound = _BOUNDS[key]
        if isinstance(value, bool) or not isinstance(value, int | float) or not -bound <= value <= bound:
            self._fail(
                f"{where}, {key}",
                _("it must be a number from -{bound:g} to {bound:g}.").format(bound=bound),
                _("Write degrees."),
            )
        return float(value)

    def _name(self, text: str, where: str) -> str:
        name = _tidy(text)
        if not any(character.isalnum() for character in name):
            self._fail(
                where, _("the name {text!r} is empty.").format(text=text), _("Write a name, or take it out.")
            )
        if len(name) == 1:
            self._fail(
                where,
                _("the name {name!r} has one character: it would be found everywhere.").format(name=name),
                _("Write more."),
            )
        return name

    def _parent(self, entry: _Entry) -> str:
        if not entry.place.parent or entry.place.parent in self._known:
            return entry.place.parent
        return self._one_place(entry.place.parent, f"{entry.where}, parent").id

    def _one_place(self, name: str, where: str) -> Place:
        found = self._known.lookup(name)
        if not found:
            remedy = question(self._known.nearest_names(name)) or _("List ids with: hubtui cities")
            self._fail(where, _("there is no place {name!r}.").format(name=name), remedy)
        composite = any(len(reading.places) > 1 for reading in self._known.readings(fold(name)))
        best, *others = (self._known.prominence(place.id) for place in found)
        if composite or best in others:
            shown = ", ".join(f"{place.id} ({_label(place)})" for place in found[:4])
            self._fail(
                where,
                _("{name!r} belongs to {number} places.").format(name=name, number=len(found)),
                _("Write the id of one: {shown}.").format(shown=shown),
            )
        return found[0]

    def _refuse_doubles(self, entries: Sequence[_Entry]) -> None:
        seen: set[str] = set()
        for entry in entries:
            if entry.place.id in seen:
                self._fail(
                    entry.where,
                    _("the id {id} is taken.").format(id=entry.place.id),
                    _("Give each place an id of its own."),
                )
            seen.add(entry.place.id)

    def _refuse_cycles(self, places: Sequence[Place]) -> None:
        for place in places:
            if self._known.place(place.parent) is not None and place.id in self._chain(place.parent):
                chain = " in ".join([place.id, *self._chain(place.parent)])
                self._fail(
                    "[[places]], parent",
                    _("{chain}: a place cannot lie in itself.").format(chain=chain),
                    _("Correct one parent."),
                )

    def _chain(self, place_id: str) -> list[str]:
        chain: list[str] = []
        while place_id and place_id not in chain:
            chain.append(place_id)
            place = self._known.place(place_id)
            place_id = place.parent if place is not None else ""
        return chain

    def _refuse_shared(self, names: Sequence[tuple[Name, str]]) -> None:
        """Refuse a name that counts for another place already, here or in the package's tables."""
        owners: dict[str, tuple[str, ...]] = {}
        for name, where in names:
            listed = Gazetteer.default().readings(name.folded)
            others = [reading.places for reading in listed if reading.use in IN_TEXTS]
            for ids in (*others, owners.setdefault(name.folded, name.places)):
                if ids != name.places:
                    labels = ", ".join(_label(place) for id_ in ids if (place := self._known.place(id_)))
                    self._fail(
                        where,
                        _('the name "{text}" belongs to {labels} ({ids}) as well.').format(
                            text=name.text, labels=labels, ids="+".join(ids)
                        ),
                        _('Choose a name that says more, or correct that place itself: id = "{ids}".').format(
                            ids=ids[0]
                        ),
                    )


def _tidy(text: str) -> str:
    return " ".join(normalise(text).split())


def _label(place: Place) -> str:
    return " ".join(name for name in (place.name_en, place.name_zh) if name)


def _slug(name: str) -> str:
    return re.sub(r"[\W_]+", "-", fold(name)).strip("-") or "place"
