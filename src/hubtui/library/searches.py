"""Saved searches: queries with names, in the library's ``hubtui.toml``."""

from collections.abc import Mapping
from pathlib import Path

from hubtui.core.errors import UnknownSearchError, did_you_mean
from hubtui.core.i18n import _
from hubtui.core.settings import SettingsError, read_settings, write_search


class SavedSearches:
    """Reads and writes saved searches."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def all(self) -> Mapping[str, str]:
        """Return the saved searches: names with their queries, as the file has them now.

        Raises:
            SettingsError: The file cannot be understood.
        """
        return dict(read_settings(self._root).searches)

    def get(self, name: str) -> str:
        """Return the query that was saved under ``name``.

        Raises:
            UnknownSearchError: There is none.
            SettingsError: The file cannot be understood.
        """
        known = self.all()
        if name in known:
            return known[name]
        how = _("Save one with S on the screen, or under [searches] in hubtui.toml.")
        said = _("There is no saved search {name!r}.").format(name=name)
        raise UnknownSearchError(said, did_you_mean(name, known) or how)

    def save(self, name: str, query: str) -> None:
        """Save a query under a name, replacing any that had it.

        Raises:
            SettingsError: The name is empty, or the file cannot be understood or written.
        """
        if not name.strip():
            raise SettingsError(_("A saved search needs a name."), _("Type one."))
        write_search(self._root, name.strip(), query)

    def remove(self, name: str) -> None:
        """Remove a saved search; one that is not there is no error.

        Raises:
            SettingsError: The file cannot be understood or written.
        """
        write_search(self._root, name, None)
