"""hubtui: a terminal reader for folders of Chinese and English sources about cities.

The public interface is :class:`hubtui.Library`; the command line is built on it. Submodules load on first
use, so that importing the package costs nothing.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hubtui.core.errors import HubtuiError
    from hubtui.library import Library

__all__ = ["HubtuiError", "Library", "__version__"]

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:  # noqa: ANN401  # the signature that PEP 562 gives
    if name == "Library":
        from hubtui.library import Library  # deferred: SQLite and the layers below

        return Library
    if name == "HubtuiError":
        from hubtui.core.errors import HubtuiError  # deferred: see above

        return HubtuiError
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
