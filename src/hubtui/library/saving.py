"""The façade's topic of saved searches: queries with names, in the library's ``hubtui.toml``."""

from collections.abc import Mapping

from hubtui.errors import UnknownSearchError, did_you_mean
from hubtui.i18n import _
from hubtui.library.opening import OpenLibrary
from hubtui.settings import SettingsError, read_settings, write_search


class Saving(OpenLibrary):
    """Keeps searches."""

    def searches(self) -> Mapping[str, str]:
        """Give the saved searches: names with their queries, as the file has them now.

        Raises:
            SettingsError: The file cannot be understood.
        """
        return dict(read_settings(self.paths.root).searches)

    def saved_search(self, name: str) -> str:
        """Give the query that was saved under ``name``.

        Raises:
            UnknownSearchError: There is none.
            SettingsError: The file cannot be understood.
        """
        known = self.searches()
        if name in known:
            return known[name]
        how = _("Save one with S on the screen, or under [searches] in hubtui.toml.")
        said = _("There is no saved search {name!r}.").format(name=name)
        raise UnknownSearchError(said, did_you_mean(name, known) or how)

    def save_search(self, name: str, query: str) -> None:
        """Save a query under a name, in place of what went by it.

        Raises:
            SettingsError: The name is empty, or the file cannot be understood or not be written.
        """
        if not name.strip():
            raise SettingsError(_("A saved search needs a name."), _("Type one."))
        write_search(self.paths.root, name.strip(), query)

    def forget_search(self, name: str) -> None:
        """Take a saved search out.

        Raises:
            SettingsError: The file cannot be understood, or not be written.
        """
        write_search(self.paths.root, name, None)
