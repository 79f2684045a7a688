"""`liuwen keys new`."""

from pathlib import Path

import pytest


def test_keys_are_never_overwritten(liuwen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Existing keys are not overwritten; without `new`, or with no passphrase or a short one, nothing is written."""
    key = tmp_path / "town.pem"
    nobody = liuwen("keys", "new", key)
    assert nobody.status == 2 and "LIUWEN_PASSPHRASE" in nobody.err
    monkeypatch.setenv("LIUWEN_PASSPHRASE", "short")
    assert liuwen("keys", "new", key).status == 2 and not key.exists()
    monkeypatch.setenv("LIUWEN_PASSPHRASE", "six questions")
    assert liuwen("keys", "new", key).status == 0
    assert key.stat().st_mode & 0o077 == 0
    again = liuwen("keys", "new", key)
    assert again.status == 2 and "already exists" in again.err
    assert liuwen("keys", tmp_path / "other.pem").status == 2
    assert not (tmp_path / "other.pem").exists()
