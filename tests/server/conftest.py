"""Messages are compared in English."""

import pytest


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages are in English, whatever the locale of the tests."""
    monkeypatch.setenv("LC_ALL", "C")
