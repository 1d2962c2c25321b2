"""Whether this user opens the screen for the first time."""

from contextlib import suppress

from hubtui.core.paths import state_folder


def first_time() -> bool:
    """Tell whether the screen was never opened before; from now on it was."""
    mark = state_folder() / "welcomed"
    with suppress(OSError):  # where nothing can be remembered, nothing is said either
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch(exist_ok=False)
        return True
    return False
