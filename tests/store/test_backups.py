"""Backups: complete and consistent, incremental, encrypted if wished, and never half."""

import errno
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from liuwen.errors import StoreError
from liuwen.form import builder as b
from liuwen.openrosa import new_keys
from liuwen.store import Store, check_backups, restore_backup
from liuwen.store.backup_parts import BackupParts
from liuwen.store.backups import states

Make = Callable[..., bytes]
POLL = b.build_form("poll", version="1", zh="评议", en="Poll", anonymous=True, items=[b.text("opinion", zh="意见", en="Opinion")])
POLLED = b'<data id="poll" version="1"><opinion>x</opinion><meta><instanceID>uuid:p</instanceID></meta></data>'
PHOTO = os.urandom(600_000)
PASSPHRASE = "six questions, one answer"


@pytest.fixture
def town(store: Store, visit: Make, visit_form: Make) -> Store:
    """A store with a photo, an edit, an anonymous answer and a collector."""
    store.publish(POLL)
    store.add_collector("王")
    store.receive(visit(photo="p.jpg"), {"p.jpg": PHOTO})
    store.receive(visit("uuid:two", edits="uuid:one", photo="p.jpg"))
    store.receive(POLLED)
    return store


def content(store: Store) -> object:
    """Everything that must be the same after a backup is restored."""
    submissions = sorted(map(repr, store.submissions(current=False)))
    files = {name: path.read_bytes() for name, path in store.attachments("visit", "uuid:two").items()}
    return submissions, files, store.forms(), store.collectors()


def test_restored_store_is_the_same(town: Store, tmp_path: Path) -> None:
    """Answers, photos, anonymous answers, forms and collectors; and it goes on collecting."""
    made = town.backup(tmp_path / "usb")
    assert (made.submissions, made.lacking) == (2, ())
    restored = restore_backup(tmp_path / "usb", tmp_path / "again")
    assert restored.faults == () and restored.backup == made
    again = Store(tmp_path / "again")
    assert content(again) == content(town)
    assert again.check() == check_backups(tmp_path / "usb") == ()
    again.add_collector("Li")
    again.close()


def test_only_what_changed_is_written_again(town: Store, visit: Make, tmp_path: Path) -> None:
    """A second backup adds little; each can be restored."""
    first = town.backup(tmp_path / "usb")
    town.receive(visit("uuid:three"))
    second = town.backup(tmp_path / "usb")
    assert first.added > len(PHOTO) > second.added > 0
    restore_backup(tmp_path / "usb", tmp_path / "before", state=first.state)
    restore_backup(tmp_path / "usb", tmp_path / "after")
    assert [Store(tmp_path / name).count("visit") for name in ("before", "after")] == [1, 2]


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("encrypted", [False, True])
def test_backups_do_not_tell_when_an_anonymous_answer_came(town: Store, tmp_path: Path, encrypted: bool) -> None:
    """Only the newest copy of anonymous answers is kept, and the list of a backup does not describe it."""
    usb, pair = tmp_path / "usb", new_keys(PASSPHRASE)
    key, secret = (pair.public, {"key": pair.private, "passphrase": PASSPHRASE}) if encrypted else (None, {})
    first = town.backup(usb, key=key)
    before = everything(usb)
    town.receive(POLLED.replace(b"uuid:p", b"uuid:q"))
    second = town.backup(usb, key=key)
    after = everything(usb)
    (copy,) = (name for name in after if name.startswith("anonymous"))
    gone = {name for name in before if after.get(name) != before[name]}
    new = {name for name in after if name not in before and not name.startswith("keys")}
    assert gone == {copy} and new == {str(Path("states", f"{second.state}.{ending}")) for ending in ("json", "pieces")}
    assert len({after[str(Path("states", f"{each.state}.pieces"))] for each in (first, second)}) == 1
    assert (second.files, second.anonymous) == (first.files, first.anonymous)
    restore_backup(usb, tmp_path / "again", state=first.state, **secret)
    assert Store(tmp_path / "again").count("poll") == 2


def test_an_older_backup_leaves_out_anonymous_answers_to_newer_versions(town: Store, tmp_path: Path) -> None:
    """Says how many, and the restored store is whole."""
    first = town.backup(tmp_path / "usb")
    town.publish(b.build_form("poll", version="2", zh="评议", en="Poll", items=[b.text("opinion", zh="意见", en="Opinion")]))
    town.receive(POLLED.replace(b"uuid:p", b"uuid:q").replace(b'version="1"', b'version="2"'))
    town.backup(tmp_path / "usb")
    (fault,) = restore_backup(tmp_path / "usb", tmp_path / "again", state=first.state).faults
    assert "1 anonymous answers belong to versions" in str(fault)
    again = Store(tmp_path / "again")
    assert again.count("poll") == 1 and again.check() == ()
    again.receive(POLLED.replace(b"uuid:p", b"uuid:r"))
    assert restore_backup(tmp_path / "usb", tmp_path / "newest").faults == () and Store(tmp_path / "newest").count("poll") == 2


def test_a_store_restored_without_some_anonymous_answers_does_not_replace_the_copy_that_has_them(
    town: Store, tmp_path: Path
) -> None:
    """Its backups have a copy of their own; the earlier backups stay as full as they were."""
    usb, first = tmp_path / "usb", town.backup(tmp_path / "usb")
    town.publish(b.build_form("poll", version="2", zh="评议", en="Poll", items=[b.text("opinion", zh="意见", en="Opinion")]))
    town.receive(POLLED.replace(b"uuid:p", b"uuid:q").replace(b'version="1"', b'version="2"'))
    full = town.backup(usb)
    restore_backup(usb, tmp_path / "again", state=first.state)
    again = Store(tmp_path / "again")
    again.receive(POLLED.replace(b"uuid:p", b"uuid:r"))
    assert again.backup(usb).anonymous == again.backup(usb).anonymous != full.anonymous
    restore_backup(usb, tmp_path / "full", state=full.state)
    restore_backup(usb, tmp_path / "newest")
    assert [Store(tmp_path / name).count("poll") for name in ("full", "newest")] == [2, 2]
    assert check_backups(usb) == () and len(list((usb / "anonymous").iterdir())) == 2
    forms = {one.version for one in Store(tmp_path / "full").forms() if one.form_id == "poll"}
    assert forms == {"1", "2"}


def test_damaged_anonymous_answers_do_not_replace_the_earlier_copy(town: Store, tmp_path: Path) -> None:
    """The backup reports it, and the earlier copy is restored. A damaged copy is reported when verifying and restoring."""
    town.backup(tmp_path / "usb")
    place = town.folder / "anonymous.sqlite"
    content = place.read_bytes()
    with sqlite3.connect(place) as connection:
        connection.execute("UPDATE seal SET rows = 7")
    assert town.backup(tmp_path / "usb").lacking == ("anonymous.sqlite",)
    restore_backup(tmp_path / "usb", tmp_path / "again")
    assert Store(tmp_path / "again").count("poll") == 1
    (copy,) = (tmp_path / "usb" / "anonymous").iterdir()
    copy.write_bytes(content[:-1])
    assert "anonymous.sqlite" in str(check_backups(tmp_path / "usb")[0])
    faults = restore_backup(tmp_path / "usb", tmp_path / "third").faults
    assert any("damaged or missing" in str(fault) for fault in faults)


def test_the_temporary_copy_of_a_killed_backup_is_deleted(town: Store, tmp_path: Path) -> None:
    """It may hold answers that were erased since then."""
    left = town.folder / "backup-left"
    left.mkdir()
    (left / "store.sqlite").write_bytes(b"x")
    town.backup(tmp_path / "usb")
    assert not list(town.folder.glob("backup-*"))


def test_backup_to_a_key_needs_the_key(town: Store, visit: Make, tmp_path: Path) -> None:
    """Nothing of it is readable without; another key does not open it, nor is added to it."""
    pair, other = new_keys(PASSPHRASE), new_keys(PASSPHRASE)
    town.backup(tmp_path / "usb", key=pair.public)
    town.receive(visit("uuid:three"))
    assert town.backup(tmp_path / "usb", key=pair.public).added < len(PHOTO)
    there = b"".join(path.read_bytes() for path in (tmp_path / "usb").rglob("*") if path.is_file())
    assert not any(clear in there for clear in (b"uuid:one", b"SQLite format", PHOTO[:50], "湖滨".encode(), b"p.jpg"))
    with pytest.raises(StoreError, match="are encrypted; give the private key"):
        restore_backup(tmp_path / "usb", tmp_path / "again")
    with pytest.raises(StoreError, match="encrypted to another key"):
        restore_backup(tmp_path / "usb", tmp_path / "again", key=other.private, passphrase=PASSPHRASE)
    with pytest.raises(StoreError, match="encrypted to another key"):
        town.backup(tmp_path / "usb", key=other.public)
    with pytest.raises(StoreError, match="encrypted"):
        town.backup(tmp_path / "usb")
    restore_backup(tmp_path / "usb", tmp_path / "again", key=pair.private, passphrase=PASSPHRASE)
    assert content(Store(tmp_path / "again")) == content(town)
    assert check_backups(tmp_path / "usb", key=pair.private, passphrase=PASSPHRASE) == ()


def test_a_missing_photo_costs_only_the_photo(town: Store, tmp_path: Path) -> None:
    """The backup names it, and so do verifying and restoring."""
    town.attachments("visit", "uuid:two")["p.jpg"].unlink()
    assert town.backup(tmp_path / "usb").lacking == ("p.jpg",)
    assert "p.jpg" in str(check_backups(tmp_path / "usb")[0])
    assert "p.jpg" in str(restore_backup(tmp_path / "usb", tmp_path / "again").faults[0])
    assert Store(tmp_path / "again").count("visit") == 1


def test_a_full_disk_costs_only_what_did_not_fit(
    town: Store, visit: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Large photos do not fit, everything else does."""
    town.receive(visit("uuid:small", photo="s.jpg"), {"s.jpg": b"small"})
    writing = BackupParts._write

    def full(parts: BackupParts, place: Path, content: bytes) -> None:
        if content in PHOTO:
            raise OSError(errno.ENOSPC, "No space left on device")
        writing(parts, place, content)

    monkeypatch.setattr(BackupParts, "_write", full)
    assert town.backup(tmp_path / "usb").lacking == ("p.jpg",)
    restore_backup(tmp_path / "usb", tmp_path / "again")
    again = Store(tmp_path / "again")
    assert again.attachments("visit", "uuid:small")["s.jpg"].read_bytes() == b"small"
    assert again.count("visit") == 2


def test_a_disk_too_full_for_the_database_keeps_earlier_backups(
    town: Store, visit: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence, and the earlier backup can be restored."""
    town.backup(tmp_path / "usb")
    town.receive(visit("uuid:three"))
    monkeypatch.setattr(BackupParts, "_write", lambda *_: (_ for _ in ()).throw(OSError(errno.ENOSPC, "No space left on device")))
    with pytest.raises(StoreError, match=r"no new backup.*No space left.*Earlier backups are untouched"):
        town.backup(tmp_path / "usb")
    assert check_backups(tmp_path / "usb") == ()


def test_a_damaged_backup_is_reported_and_not_restored_in_silence(town: Store, tmp_path: Path) -> None:
    """A damaged photo is left out and named; a damaged database is not restored at all."""
    made = town.backup(tmp_path / "usb")
    files = {file.path: tmp_path / "usb" / "parts" / file.parts[0][:2] / file.parts[0] for file in made.files}
    photo = next(path for name, path in files.items() if name.startswith("attachments"))
    photo.write_bytes(photo.read_bytes()[:-1] + b"!")
    assert len(check_backups(tmp_path / "usb")) == 1
    assert len(restore_backup(tmp_path / "usb", tmp_path / "again").faults) == 1
    assert Store(tmp_path / "again").count("visit") == 1
    files["store.sqlite"].write_bytes(b"SQLite format 3\0")
    with pytest.raises(StoreError, match=r'"store\.sqlite" in the backup is damaged.*earlier backup'):
        restore_backup(tmp_path / "usb", tmp_path / "third")
    assert not (tmp_path / "third").exists()


def test_refused_places(town: Store, tmp_path: Path) -> None:
    """Inside the store, among other files, over an existing folder, from a folder without backups."""
    with pytest.raises(StoreError, match="must not be inside the store"):
        town.backup(town.folder / "backups")
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").touch()
    with pytest.raises(StoreError, match="contains other files"):
        town.backup(tmp_path / "photos")
    town.backup(tmp_path / "usb")
    with pytest.raises(StoreError, match="already exists"):
        restore_backup(tmp_path / "usb", town.folder)
    with pytest.raises(StoreError, match="no backup"):
        restore_backup(tmp_path / "photos", tmp_path / "again")


WORK = """
import sys
from pathlib import Path
from liuwen.form import builder as b
from liuwen.store import Store, restore_backup
from liuwen.store.backup_parts import BackupParts
what, place = sys.argv[1], Path(sys.argv[2])
kept, steps = {"backup": "put", "restore": "get"}[what], 0
doing = getattr(BackupParts, kept)
def slowly(*given):
    print(".", flush=True)
    sys.stdin.readline()
    return doing(*given)
setattr(BackupParts, kept, slowly)
Store(place / "town").backup(place / "usb") if what == "backup" else restore_backup(place / "usb", place / "again")
"""


@pytest.mark.parametrize(("what", "steps"), [("backup", 3), ("restore", 3)])
def test_killed_in_the_middle(town: Store, visit: Make, tmp_path: Path, what: str, steps: int) -> None:
    """A killed backup leaves the earlier one whole, a killed restore leaves nothing; both can be repeated."""
    town.backup(tmp_path / "usb")
    town.receive(visit("uuid:three", photo="q.jpg"), {"q.jpg": PHOTO[::-1]})
    before = states(tmp_path / "usb")
    command = [sys.executable, "-c", WORK, what, str(tmp_path)]
    worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert worker.stdout and worker.stdin
    for _ in range(steps):
        assert worker.stdout.readline() == ".\n"
        worker.stdin.write("\n")
        worker.stdin.flush()
    worker.send_signal(signal.SIGKILL)
    worker.communicate()
    assert (states(tmp_path / "usb"), check_backups(tmp_path / "usb")) == (before, ())
    assert not (tmp_path / "again").exists()
    town.backup(tmp_path / "usb")
    assert restore_backup(tmp_path / "usb", tmp_path / "again").faults == ()
    assert content(Store(tmp_path / "again")) == content(town)
    assert not list((tmp_path / "usb").rglob("*.part"))


def test_backup_while_submissions_arrive(town: Store, visit: Make, tmp_path: Path) -> None:
    """One moment, with the photos of that moment."""
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            town.receive(visit(f"uuid:w{number}", photo="p.jpg"), {"p.jpg": b"%d" % number})

    with town:
        writing = threading.Thread(target=write)
        writing.start()
        time.sleep(0.05)
        made = town.backup(tmp_path / "usb")
        stop.set()
        writing.join()
    assert made.lacking == ()
    restore_backup(tmp_path / "usb", tmp_path / "again")
    assert Store(tmp_path / "again").check() == ()
