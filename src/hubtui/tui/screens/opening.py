"""Opening what is read outside of hubtui: its file in the editor, its address in the browser."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.app import SuspendNotSupported
from textual.message import Message

from hubtui.core.errors import HubtuiError
from hubtui.core.i18n import _
from hubtui.tui.desk import Urgency
from hubtui.tui.screens.base import Base
from hubtui.tui.widgets.reader import Reader

if TYPE_CHECKING:
    from hubtui.core.models import Passage, Source
    from hubtui.library import Library


class Opening(Base):
    """The part of the main screen that opens files and addresses."""

    @dataclass
    class Editable(Message):
        """The command line of the editor, with the file."""

        command: list[str]

    @dataclass
    class Handed(Message):
        """Something was given to the desktop."""

        said: str

    @dataclass
    class Unopened(Message):
        """No browser can be opened from here."""

        url: str

    def action_edit_source(self) -> None:
        """Open the file in the user's editor, at the line of the marked passage."""
        source, passage = self._at_hand()
        if source is None:
            self.tell(_("No source is open"), trouble=True)
            return
        reader = self.query_one(Reader)
        share = reader.index / max(1, len(reader.entries)) if reader.shows(source.id) else 0.0

        def prepare(library: "Library") -> Message:
            from hubtui.tui.editors import (  # after the first paint
                TEXT_FORMATS,
                EditorError,
                editor_command,
            )
            from hubtui.tui.openers import open_with, opener  # as above

            file = library.reader.file_of(source).resolve()
            if file.suffix.lower() not in TEXT_FORMATS:
                program = opener()
                if not program:
                    raise EditorError(
                        _("{path} is no text, and there is no desktop that could open it.").format(
                            path=source.path
                        ),
                        _("Open it on the machine you sit at."),
                    )
                open_with(program, str(file))
                return self.Handed(
                    _("Opened {path} with {program}").format(path=source.path, program=program)
                )
            return self.Editable(editor_command(file, _line(file.read_bytes(), passage, share)))

        self.desk.put("open", prepare, Urgency.LONG)

    @on(Editable)
    def _edit(self, event: Editable) -> None:
        import subprocess  # after the first paint

        try:
            with self.app.suspend():
                done = subprocess.run(event.command, check=False)  # noqa: S603  # the user's own editor, no shell
        except SuspendNotSupported:
            self.tell(_("This terminal cannot be lent to an editor"), trouble=True)
            return
        except OSError as error:
            self.tell(_("The editor did not start: {error}").format(error=error), trouble=True)
            return
        if done.returncode:
            self.tell(_("The editor ended with status {status}").format(status=done.returncode), trouble=True)
        self.action_sync()

    def action_open_url(self) -> None:
        """Open the source's address in the browser, at the marked passage."""
        from hubtui.tui.openers import is_web_address, open_with, opener  # after the first paint

        source, passage = self._at_hand()
        if source is None:
            self.tell(_("No source is open"), trouble=True)
            return
        if not is_web_address(source.url):
            self.tell(
                _("{url} is no web address").format(url=source.url)
                if source.url
                else _("This source has no address; seeds/sources.toml can give it one"),
                trouble=True,
            )
            return

        def hand(library: "Library") -> Message:
            del library
            from hubtui.citation.links import passage_link  # after the first paint

            url = passage_link(source.url, passage.text) if passage else source.url
            program = opener()
            if program and open_with(program, url):
                return self.Handed(_("Opened {url}").format(url=source.url))
            return self.Unopened(url)

        self.desk.put("open", hand, Urgency.LONG)

    @on(Handed)
    def _handed(self, event: Handed) -> None:
        self.tell(event.said)

    @on(Unopened)
    def _unopened(self, event: Unopened) -> None:
        def answered(copies: bool | None) -> None:  # what the dialog gives
            if copies:
                self.copy_text(event.url)

        from hubtui.tui.screens.link import LinkDialog  # after the first paint

        self.app.push_screen(LinkDialog(event.url), answered)

    def _at_hand(self) -> "tuple[Source | None, Passage | None]":
        """Give the source and the passage that the user looks at."""
        reader = self.query_one(Reader)
        if reader.has_focus or self.hit is None:
            return reader.source, reader.current
        return self.hit.source, self.hit.passage


def _line(data: bytes, passage: "Passage | None", share: float) -> int:
    """Give the line of a file that a passage begins on; 0 where that cannot be told."""
    from hubtui.ingest.encodings import decode  # after the first paint
    from hubtui.tui.editors import line_of  # as above

    try:
        return line_of(decode(data), passage.text, share) if passage else 0
    except HubtuiError:
        return 0
