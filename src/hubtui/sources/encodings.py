"""From bytes to text."""

from hubtui.errors import SourceError
from hubtui.text.normalise import normalise


def decode(data: bytes) -> str:
    """Give the normalised text of a file.

    Raises:
        SourceError: no encoding gives text.
    """
    try:
        return normalise(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SourceError("The file's encoding is unknown.", "Save it as UTF-8.") from error
