"""The clipboard of macOS: given rich text by AppleScript, since ``pbcopy`` takes plain text alone."""


def html_script(html: str) -> bytes:
    """Give the script that puts a page's body on the clipboard, as HTML and as plain text.

    Its data are hexadecimal, so that no text can end a string of the script.
    """
    data = html.encode().hex().upper()
    return f"set the clipboard to {{«class HTML»:«data HTML{data}», «class utf8»:«data utf8{data}»}}".encode()
