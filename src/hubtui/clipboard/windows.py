"""The clipboard of Windows, from Windows and from WSL: read, and given rich text, through PowerShell."""

_UTF8 = "$OutputEncoding=[Console]::InputEncoding=[Console]::OutputEncoding=[Text.UTF8Encoding]::new();"
_SHELL = ("powershell.exe", "-NoProfile", "-NonInteractive", "-STA", "-Command")

READ = (*_SHELL, f"{_UTF8}[Console]::Out.Write((Get-Clipboard -Raw))")
"""Writes the text on the clipboard to standard output."""

_PUT_BOTH = (
    f"{_UTF8}Add-Type -AssemblyName System.Windows.Forms;"
    "$page,$text=[Console]::In.ReadToEnd().Split([char]0,2);"
    "$data=New-Object Windows.Forms.DataObject;"
    "$data.SetText($page,'Html');$data.SetText($text,'UnicodeText');"
    "[Windows.Forms.Clipboard]::SetDataObject($data,$true)"
)
WRITE_HTML = (*_SHELL, _PUT_BOTH)
"""Takes a page in the clipboard's format, a NUL, and the same as plain text."""

_HEADER = (
    "Version:0.9\r\nStartHTML:{:010}\r\nEndHTML:{:010}\r\nStartFragment:{:010}\r\nEndFragment:{:010}\r\n"
)
_BEFORE = "<html><body>\r\n<!--StartFragment-->"
_AFTER = "<!--EndFragment-->\r\n</body></html>"


def clipboard_html(html: str) -> bytes:
    """Give a page's body as :data:`WRITE_HTML` takes it: in Microsoft's HTML Clipboard Format, and as it is.

    The format's header counts bytes from its own beginning.
    """
    start = len(_HEADER.format(0, 0, 0, 0))
    first = start + len(_BEFORE)
    last = first + len(html.encode())
    page = _HEADER.format(start, last + len(_AFTER), first, last) + _BEFORE + html + _AFTER
    return f"{page}\0{html}".encode()
