"""Sentences are compared in English."""

import pytest


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sentences are compared in English, wherever the tests run."""
    monkeypatch.setenv("LC_ALL", "C")
