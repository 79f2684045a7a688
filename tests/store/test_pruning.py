"""Old backups are deleted with the pieces that only they needed; those that stay are whole."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from liuwen.errors import StoreError
from liuwen.openrosa import new_keys
from liuwen.store import Store, backups, check_backups, prune_backups, restore_backup
from liuwen.store.backups import state_files, states

Make = Callable[..., bytes]


@pytest.fixture
def on_day(store: Store, visit: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Receives an answer with a photo, makes a backup on a day, and erases the answer; returns the name of the backup."""

    def make(day: int, **how: str) -> str:
        class Day(datetime):
            @classmethod
            def now(cls, tz: object = None) -> "datetime":
                return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day)

        monkeypatch.setattr(backups, "datetime", Day)
        store.receive(visit(f"uuid:{day}", photo="p.jpg"), {"p.jpg": os.urandom(300_000)})
        made = store.backup(tmp_path / "usb", **how).state
        store.erase(instance=f"uuid:{day}")
        return made

    return make


@pytest.mark.parametrize("encrypted", [False, True])
def test_old_backups_go_and_the_others_stay_whole(on_day: Callable[..., str], tmp_path: Path, encrypted: bool) -> None:
    """Also of an encrypted folder, without the private key; what the erased answers had is gone."""
    pair = new_keys("six questions")
    how = {"key": pair.public} if encrypted else {}
    made = [on_day(day, **how) for day in (0, 50, 95, 96, 100)]
    pieces = len(list((tmp_path / "usb").glob("parts/??/*")))
    pruned = prune_backups(tmp_path / "usb", 30)
    assert pruned.states == tuple(made[:2]) and pruned.freed > 600_000
    assert states(tmp_path / "usb") == made[2:] and len(list((tmp_path / "usb").glob("parts/??/*"))) < pieces
    secret = {"key": pair.private, "passphrase": "six questions"} if encrypted else {}
    assert check_backups(tmp_path / "usb", **secret) == ()
    assert restore_backup(tmp_path / "usb", tmp_path / "again", **secret).faults == ()
    assert prune_backups(tmp_path / "usb", 1).states == ()


def test_a_clock_that_is_years_ahead_leaves_three(on_day: Callable[..., str], tmp_path: Path) -> None:
    """The newest backup and the two before it."""
    made = [on_day(day) for day in (0, 1, 2, 4000)]
    assert prune_backups(tmp_path / "usb", 30).states == (made[0],)


def test_nothing_is_deleted_while_a_list_cannot_be_read(on_day: Callable[..., str], tmp_path: Path) -> None:
    """An encrypted backup without a list of its pieces, as earlier versions made them, needs the key."""
    pair = new_keys("six questions")
    made = [on_day(day, key=pair.public) for day in (0, 50, 95, 100)]
    state_files(tmp_path / "usb", made[-1])[1].unlink()
    with pytest.raises(StoreError, match="encrypted"):
        prune_backups(tmp_path / "usb", 30)
    assert states(tmp_path / "usb") == made
    assert prune_backups(tmp_path / "usb", 30, key=pair.private, passphrase="six questions").states == (made[0],)
    assert check_backups(tmp_path / "usb", key=pair.private, passphrase="six questions") == ()


def test_impossible_wishes_are_a_sentence(store: Store, tmp_path: Path) -> None:
    """No backup there, or none kept at all."""
    with pytest.raises(StoreError, match="no backup"):
        prune_backups(tmp_path / "nothing", 30)
    with pytest.raises(StoreError, match="at least 1 day"):
        prune_backups(tmp_path, 0)
