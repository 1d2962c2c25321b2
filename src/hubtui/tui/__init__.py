"""The screen: a Textual application over :class:`hubtui.library.Library`."""
