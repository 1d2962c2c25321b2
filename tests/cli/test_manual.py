"""The manual page is what the commands say of themselves now."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_manual_page_is_current() -> None:
    found = importlib.util.spec_from_file_location("manual", ROOT / "tools" / "manual.py")
    assert found is not None
    assert found.loader is not None
    manual = importlib.util.module_from_spec(found)
    found.loader.exec_module(manual)
    assert manual.PAGE.read_text(encoding="utf-8") == manual.page(), "run: make man"
