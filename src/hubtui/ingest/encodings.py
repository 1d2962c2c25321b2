"""Decode bytes in whatever encoding they are; what can't be told is an error, never a guess."""

import codecs
import re
from typing import TYPE_CHECKING

from hubtui.core.errors import SourceError
from hubtui.core.i18n import N_, _
from hubtui.text.analyzer import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ESCAPED = (
    (re.compile(rb"\x1b\$[@B]|\x1b\([JI]|\x1b\$\("), ("iso2022_jp_2004", "iso2022_jp_ext", "iso2022_jp_2")),
    (re.compile(rb"\x1b\$\)C"), ("iso2022_kr",)),
    (re.compile(rb"~\{[!-w][!-~]"), ("hz",)),
)
_MAGIC = (
    (b"%PDF-", N_("a PDF")),
    (b"PK\x03\x04", N_("a zip archive")),
    (b"\x89PNG", N_("a PNG picture")),
    (b"\xff\xd8\xff", N_("a JPEG picture")),
    (b"GIF8", N_("a GIF picture")),
    (b"\xd0\xcf\x11\xe0", N_("an old Office document (.doc, .xls or .ppt)")),
    (b"\x1f\x8b", N_("a gzip archive")),
    (b"\x7fELF", N_("a program")),
    (b"SQLite format 3", N_("a database")),
    (b"{\\rtf", N_("an RTF document")),
)
_WESTERN = frozenset("’‘“”–—…«»€£©®°·•§½éèêëàâäáãåçîïíìôöóòõøùûüúñßæœÉÈÀÂÄÅÇÎÔÖØÜÑÆŒ\xa0¿¡")
_WESTERN_RUN = re.compile("[^\x00-\x7f“”‘’«»–—…\xa0]{3}|[À-Þ][À-ÿ]|[À-ÿ][À-Þ]")
_BROKEN = re.compile("[\ufffd\x80-\x84\x86-\x9f\ufdd0-\ufdef\uffff\ufffe]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_DECLARATION = re.compile(rb"(?:charset|encoding)\s?=\s?[\"']?([\w-]{1,40})", re.IGNORECASE)
_DECLARED = 4096
"""Bytes at the beginning of a file among which it may declare its encoding."""
_FEW_BYTES = 60
"""Bytes beyond ASCII below which statistics can't tell an encoding."""
_HAN = "\u4e00-\u9fff"
_AROUND_HAN = "、。，·《》〈〉「」『』【】（）“”‘’—…"
_HAN_RUN = re.compile(rf"[{_HAN}{_AROUND_HAN}]+")
_HAN_NAME = re.compile(rf"[{_HAN}]{{2,}}|[《〈「『【（“][{_HAN}][》〉」』】）”]")
"""A name in Chinese: one character alone is none, unless it stands in brackets."""
_GLUED = re.compile(rf"[A-Za-z][{_HAN}]|[{_HAN}][A-Za-z]")
_REMEDY = N_("Open the file in an editor, choose its encoding there, and save it as UTF-8.")


def decode(data: bytes, declared: str = "", doubts: list[str] | None = None) -> str:
    """Return the normalised text of a file.

    Args:
        data: The bytes of the file.
        declared: The encoding that is said of the file, by default what a page or XML file itself declares.
            Since files lie, it decides only between equals.
        doubts: Where to say what may be wrong with the text.

    Raises:
        SourceError: the bytes are no text, or no encoding is likely enough.
    """
    message = [] if doubts is None else doubts
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise SourceError(
                _("The file is {kind}, not text.").format(kind=_(kind)),
                _("Give it the extension of its format."),
            )
    for encoding in _marked(data):
        if (text := _decoded(data, encoding)) is not None:
            return normalise(text)
    for read, doubt in _UNCERTAIN:
        if (text := read(data)) is not None:
            message.append(_(doubt))
            return normalise(text)
    for encoding in _likely(data, declared):
        if (text := _decoded(data, encoding)) is not None:
            if _is_nearly_ascii(data) and not _is_western(data):
                message.append(_(_FEW_NAMES))
            return normalise(text)
    raise _unreadable(data[:65536])


def _unreadable(sample: bytes) -> SourceError:
    if len(_CONTROL.findall(sample.decode("latin-1"))) * 50 > len(sample):
        return SourceError(
            _("The file is binary, not text."), _("Remove it, or export it from its program as text.")
        )
    return SourceError(_("The file's encoding can't be determined."), _(_REMEDY))


def _marked(data: bytes) -> "Iterator[str]":
    """Yield the encodings that marks or patterns in the bytes speak for."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            yield encoding
            return
    for pattern, encodings in _ESCAPED:
        if pattern.search(data, 0, 1 << 20):
            yield from encodings
    if b"\0" in data and (wide := _wide(data)):
        yield wide
    yield "utf-8"


def _likely(data: bytes, declared: str) -> "Iterator[str]":
    """Yield encodings that may be the file's, the likeliest first."""
    if wide := _wide(data):
        yield wide
    if _is_western(data):
        yield "cp1252"
    if not declared and (match := _DECLARATION.search(data, 0, _DECLARED)):
        declared = match[1].decode("ascii")
    yield from _detected(data, declared)


def _wide(data: bytes) -> str:
    """Return the UTF-16 or UTF-32 that the bytes are in without a byte order mark, or ``""``."""
    sample = data[:8192]
    for encoding, width in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        if len(data) % width:
            continue
        try:
            text = sample.decode(encoding)
        except UnicodeDecodeError:
            continue
        if sum(map(_is_ordinary, text)) > 0.8 * len(text):
            return encoding
    return ""


def _is_ordinary(character: str) -> bool:
    """Whether a character is usual in text: ASCII, kana, or Chinese of the first level of its standard.

    GB/T 2312 and Big5 divide their characters into frequent ones and others. The first level is a fifth
    of the characters that Unicode has, but nearly all of any text, in both of which chance would differ.
    """
    if character < "\x7f":
        return character >= " " or character in "\t\r\n"
    if (
        "\u3000" <= character <= "\u30ff"
        or "\uff01" <= character <= "\uff5e"
        or "\u2010" <= character <= "\u2026"
    ):
        return True
    simplified, traditional = character.encode("gb2312", "replace"), character.encode("big5", "replace")
    return b"\xb0" <= simplified[:1] <= b"\xd7" or b"\xa4" <= traditional[:1] <= b"\xc6"


def _with_foreign_names(data: bytes) -> str | None:
    """Decode a text in ASCII with a few Chinese names in GBK or Big5, or return ``None``.

    A Chinese name is two or more usual characters with no letter beside them, perhaps with its marks
    (《城市》, 爱德华·格莱泽); letters of a Western word with their accents stand alone among others (café).
    """
    if not _is_nearly_ascii(data):
        return None
    for encoding in ("gb18030", "cp950"):
        text = _decoded(data, encoding)
        if text is None or _GLUED.search(text):
            continue
        runs = _HAN_RUN.findall(text)
        foreign = "".join(character for character in text if character > "\x7f")
        usual = all(character in _AROUND_HAN or _is_ordinary(character) for character in foreign)
        if usual and "".join(runs) == foreign and any(map(_HAN_NAME.search, runs)):
            return text
    return None


def _is_nearly_ascii(data: bytes) -> bool:
    """Whether so few bytes are beyond ASCII that statistics can't tell their encoding."""
    beyond = sum(byte > 127 for byte in data) if len(data) < 100_000 else 0
    return 0 < beyond < _FEW_BYTES and beyond * 5 <= len(data) and b"\0" not in data


def _is_western(data: bytes) -> bool:
    """Whether so few bytes are beyond ASCII that statistics fail, and all are usual as Windows-1252."""
    beyond = [byte for byte in data if byte > 127] if len(data) < 100_000 else []
    if not 0 < len(beyond) < 40 or len(beyond) * 3 > len(data):
        return False
    usual = set(bytes(beyond).decode("cp1252", "replace")) <= _WESTERN
    return usual and not _WESTERN_RUN.search(data.decode("cp1252", "replace"))


def _detected(data: bytes, declared: str) -> "Iterator[str]":
    from chardet import EncodingEra, detect_all  # deferred: UTF-8 never needs it

    found = detect_all(_without_declaration(data), encoding_era=EncodingEra.ALL & ~EncodingEra.MAINFRAME)
    guesses = [(guess["encoding"], guess["confidence"]) for guess in found if guess["encoding"]]
    known = _codec(declared)
    if known and any(_codec(name) == known and sure >= 0.8 * guesses[0][1] for name, sure in guesses):
        yield known
    for name, _score in guesses[:3]:
        yield _codec(name or "")


def _without_declaration(data: bytes) -> bytes:
    """Take out the names of encodings that a page or XML file declares: the detector would believe them."""
    return _DECLARATION.sub(b"", data[:_DECLARED]) + data[_DECLARED:]


_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "cp950",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
}


def _codec(name: str) -> str:
    """Return Python's name of the encoding that browsers take ``name`` for, or ``""``."""
    try:
        found = codecs.lookup(name.strip(" \"'")).name
    except LookupError:
        return ""
    return _SUPERSETS.get(found, found)


def _decoded(data: bytes, encoding: str) -> str | None:
    """Decode strictly; return ``None`` where that fails or the result can't be text."""
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    sample = text[:200_000]
    controls, private = len(_CONTROL.findall(sample)), len(_PRIVATE.findall(sample))
    if encoding == "utf-8":  # no other bytes read as UTF-8 by chance
        return None if controls * 20 > len(sample) else text.removeprefix("\ufeff")
    if _BROKEN.search(text) or controls * 100 > len(sample) or private * 50 > len(sample):
        return None
    return text.removeprefix("\ufeff")


def _mixed(data: bytes) -> str | None:
    """Decode a file of UTF-8 that is cut off, or some of whose lines are in another encoding."""
    lines = data.split(b"\n")
    foreign = [line for line in lines if not _is_utf8(line)]
    ours = sum(not line.isascii() and _is_utf8(line) for line in lines)
    if len(foreign) == 1 and foreign[0] is lines[-1] and (whole := _without_cut(data)) is not None:
        return whole
    if len(foreign) >= ours:
        return None
    joined = b"\n".join(foreign)
    for encoding in _detected(joined, ""):
        if _decoded(joined, encoding) is not None:
            return "\n".join(line.decode("utf-8" if _is_utf8(line) else encoding) for line in lines)
    return None


def _without_cut(data: bytes) -> str | None:
    """Decode UTF-8 whose last character is cut off."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        cut = error.reason == "unexpected end of data" and error.start > len(data) - 4
        return data[: error.start].decode("utf-8") if cut and not data[: error.start].isascii() else None
    return None


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


_FEW_NAMES = N_(
    "Only a few names are not ASCII: their encoding is uncertain. Check them, and save it as UTF-8."
)
_UNCERTAIN = (
    (
        _mixed,
        N_("Parts of the file are not in UTF-8, unlike the rest. Check them, and save it as UTF-8."),
    ),
    (
        _with_foreign_names,
        _FEW_NAMES,
    ),
)
"""Ways to read a file of which the result is doubtful, and the doubt."""
