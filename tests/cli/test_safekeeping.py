"""`liuwen backup`, `restore` and `verify`: their output and exit status."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from liuwen.form import builder as b
from liuwen.messages import use_language
from liuwen.openrosa import new_keys
from liuwen.server.scheduled_backup import ScheduledBackup
from liuwen.store import Store, restore_backup
from liuwen.store.backups import states

Run = Callable[..., Any]
Make = Callable[..., bytes]


def test_back_up_verify_restore(store: Store, visit: Make, tmp_path: Path, liuwen: Run) -> None:
    """The road of a clerk whose laptop was stolen."""
    store.receive(visit(photo="p.jpg"), {"p.jpg": b"photo"})
    said = liuwen("backup", store.folder, "--to", tmp_path / "usb")
    assert said.status == 0 and "Backed up 1 submissions" in said.out
    assert liuwen("verify", tmp_path / "usb").status == liuwen("verify", store.folder).status == 0
    said = liuwen("restore", tmp_path / "usb", "--to", tmp_path / "again")
    assert said.status == 0 and "1 submissions" in said.out
    assert Store(tmp_path / "again").attachments("visit", "uuid:one")["p.jpg"].read_bytes() == b"photo"


def test_anonymous_answers_are_mentioned(store: Store, tmp_path: Path, liuwen: Run) -> None:
    """They are not among the submissions counted."""
    poll = b.build_form("poll", version="1", zh="评", en="Poll", anonymous=True, items=[b.text("a", zh="意见", en="Opinion")])
    store.publish(poll)
    assert "anonymous answers" not in liuwen("backup", store.folder, "--to", tmp_path / "usb").out
    store.receive(b'<data id="poll" version="1"><a>x</a><meta><instanceID>uuid:p</instanceID></meta></data>')
    assert "anonymous answers are in it too" in liuwen("backup", store.folder, "--to", tmp_path / "usb").out
    assert "restored too" in liuwen("restore", tmp_path / "usb", "--to", tmp_path / "again").out
    assert Store(tmp_path / "again").count("poll") == 1


def test_faults_are_listed_with_status_1(store: Store, visit: Make, tmp_path: Path, liuwen: Run) -> None:
    """The rest is backed up."""
    store.receive(visit(photo="p.jpg"), {"p.jpg": b"photo"})
    store.attachments("visit", "uuid:one")["p.jpg"].unlink()
    said = liuwen("verify", store.folder, "--json")
    assert said.status == 1 and "p.jpg" in json.loads(said.out)["faults"][0]
    said = liuwen("backup", store.folder, "--to", tmp_path / "usb")
    assert said.status == 1 and "p.jpg" in said.err
    said = liuwen("restore", tmp_path / "usb", "--to", tmp_path / "again")
    assert said.status == 1 and "p.jpg" in said.err


def test_a_backup_key_without_a_folder_is_an_error(tmp_path: Path, liuwen: Run) -> None:
    """Before anything is served; otherwise nothing would be backed up, and nobody would know."""
    (tmp_path / "town.pem.pub").write_text("key")
    said = liuwen("serve", tmp_path / "town", "--backup-key", tmp_path / "town.pem.pub")
    assert said.status == 2 and "add --backup FOLDER" in said.err and not (tmp_path / "town").exists()


def test_encrypted_backup(store: Store, tmp_path: Path, liuwen: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the files of `liuwen keys new` and its passphrase."""
    monkeypatch.setenv("LIUWEN_PASSPHRASE", "six questions, one answer")
    key = new_keys("six questions, one answer").write(tmp_path / "town.pem")
    assert liuwen("backup", store.folder, "--to", tmp_path / "usb", "--encrypt-to", f"{key}.pub").status == 0
    assert liuwen("verify", tmp_path / "usb").status == 2
    assert liuwen("verify", tmp_path / "usb", "--key", key).status == 0
    assert liuwen("restore", tmp_path / "usb", "--to", tmp_path / "again", "--key", key).status == 0


@pytest.mark.parametrize("command", [("backup", "nothing", "--to", "usb"), ("verify", "nothing")])
def test_a_wrong_path_creates_nothing(tmp_path: Path, liuwen: Run, monkeypatch: pytest.MonkeyPatch, command: Any) -> None:
    """Status 2 and one sentence."""
    monkeypatch.chdir(tmp_path)
    said = liuwen(*command)
    assert said.status == 2 and "not a store" in said.err
    assert not list(tmp_path.iterdir())


def test_scheduled_backups(store: Store, tmp_path: Path) -> None:
    """One at the start, one at the end; a fault is told in the language of whoever started it, and does not stop the others."""
    made: list[object] = []
    faults: list[object] = []
    with ScheduledBackup(store, tmp_path / "usb", every=1, on_made=made.append, on_fault=faults.append):
        pass
    assert len(made) == 2 == len(states(tmp_path / "usb")) and not faults
    (tmp_path / "file").touch()
    told = {"every": 1, "on_made": made.append, "on_fault": lambda fault: faults.append(str(fault))}
    with use_language("zh"), ScheduledBackup(store, tmp_path / "file", **told):
        pass
    assert len(faults) == 2 and all("备份" in str(fault) for fault in faults)
    assert restore_backup(tmp_path / "usb", tmp_path / "again").faults == ()


def test_old_backups_are_deleted(store: Store, tmp_path: Path, liuwen: Run) -> None:
    """The newest three stay; a copy in a store that cannot be reached is told, and the backup is there."""
    for _ in range(2):
        assert liuwen("backup", store.folder, "--to", tmp_path / "usb", "--keep", "1").status == 0
    old = next((tmp_path / "usb" / "states").glob("*.json"))
    for suffix in (".json", ".pieces"):
        old.with_suffix(suffix).rename(old.with_name(f"20200101T000000000000Z{suffix}"))
    for _ in range(2):
        said = liuwen("backup", store.folder, "--to", tmp_path / "usb", "--keep", "1")
    assert "Deleted 1 old backups" in said.out
    assert len(list((tmp_path / "usb" / "states").glob("*.json"))) == 3
    said = liuwen("backup", store.folder, "--to", tmp_path / "usb", "--copy-to", "s4://town")
    assert said.status == 2 and "s4://town" in said.err and len(list((tmp_path / "usb" / "states").glob("*.json"))) == 4
