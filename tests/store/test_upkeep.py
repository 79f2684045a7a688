"""The folder of a store: locking, reading while writing, backups and checks."""

import os
import sqlite3
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from liuwen.errors import StoreError
from liuwen.openrosa.envelope import read_envelope
from liuwen.store import Store
from liuwen.store.permissions import Sender
from liuwen.store.store import keeping_of

Make = Callable[..., bytes]


def test_a_second_writer_is_refused_with_one_sentence(store: Store, visit: Make) -> None:
    """Two writing programs would each assume that nobody else writes."""
    other = Store(store.folder)
    with store:
        store.receive(visit())
        with pytest.raises(StoreError, match=f"Another program \\(process {os.getpid()}\\) is writing"):
            other.receive(visit("uuid:two"))
        assert len(list(other.submissions())) == 1
    other.receive(visit("uuid:two"))
    assert len(list(store.submissions())) == 2
    other.close()


def test_commits_are_synced_to_disk(store: Store) -> None:
    """These two settings decide what a power cut may destroy; no test can cut the power."""
    settings = keeping_of(store).write(
        lambda c: [c.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
    )
    assert settings == ["wal", 2]


def test_reading_while_writing(store: Store, visit: Make) -> None:
    """A reader sees complete submissions, each a little later."""
    reader = Store(store.folder)
    seen: list[int] = []
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            seen.append(sum(1 for s in reader.submissions() if s.xml.endswith(b"</data>")))

    watching = threading.Thread(target=watch)
    with store:
        watching.start()
        for number in range(300):
            store.receive(visit(f"uuid:{number}"))
        done.set()
        watching.join()
    assert seen == sorted(seen)
    assert len(list(reader.submissions())) == 300
    reader.close()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="only Linux tells what is open")
def test_ended_threads_leave_no_open_connections(store: Store) -> None:
    """A notebook that pulls every hour runs for weeks."""
    for _ in range(20):
        thread = threading.Thread(target=store.count)
        thread.start()
        thread.join()
    folder = os.path.realpath(store.folder)
    opened = [path for path in Path("/proc/self/fd").iterdir() if os.path.realpath(path) == f"{folder}/store.sqlite"]
    assert len(opened) < 10


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a person's folders from others in its own way")
def test_other_accounts_cannot_read_the_store(tmp_path: Path) -> None:
    """Other accounts of the computer cannot read a store or its backup."""
    store = Store(tmp_path / "new")
    folders = (store.folder, store.copy_to(tmp_path / "copy"))
    assert [folder.stat().st_mode & 0o777 for folder in folders] == [0o700, 0o700]


def test_backup_while_writing_is_consistent(store: Store, visit: Make, tmp_path: Path) -> None:
    """The copy is a consistent snapshot, with attachments."""
    store.receive(visit("uuid:first", photo="p.jpg"), {"p.jpg": b"photo"})
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            store.receive(visit(f"uuid:{number}"), {"p.jpg": str(number).encode()})

    with store:
        writing = threading.Thread(target=write)
        writing.start()
        copy = Store(store.copy_to(tmp_path / "copy"))
        stop.set()
        writing.join()
    assert copy.check() == ()
    kept = {submission.instance_id for submission in copy.submissions()}
    assert "uuid:first" in kept
    assert all(path.exists() for instance in kept for path in copy.attachments("visit", instance).values())
    with pytest.raises(StoreError, match="already exists"):
        store.copy_to(tmp_path / "copy")
    copy.close()


def test_backup_of_a_large_store_ends_while_submissions_arrive(store: Store, visit: Make, tmp_path: Path) -> None:
    """Even while submissions keep arriving; writing continues."""
    stop = threading.Event()

    def write() -> int:
        number = 0
        while not stop.is_set():
            number += 1
            store.receive(visit(f"uuid:{number}"))
        return number

    with store, ThreadPoolExecutor(2) as hands:
        large = [
            keeping_of(store).begin_receiving(read_envelope(visit(f"uuid:l{n}", "x" * 30_000)), {}, Sender()) for n in range(1000)
        ]
        assert all(one.result().is_new for one in large)
        writing = hands.submit(write)
        try:
            copy = Store(hands.submit(store.copy_to, tmp_path / "copy").result(timeout=600))
        finally:
            stop.set()
        assert writing.result() > 1
    assert {f"uuid:l{n}" for n in range(1000)} <= {kept.instance_id for kept in copy.submissions()}
    assert copy.check() == ()
    copy.close()


def test_check_finds_damaged_files(store: Store, visit: Make) -> None:
    """A missing file, and one whose content has changed."""
    store.receive(visit(), {"a.jpg": b"one", "b.jpg": b"two"})
    assert store.check() == ()
    paths = store.attachments("visit", "uuid:one")
    paths["a.jpg"].unlink()
    paths["b.jpg"].write_bytes(b"three")
    assert sorted(fault.sentence.en.split(" (")[0] for fault in store.check()) == [
        'The content of the attachment "b.jpg" has changed',
        'The file of the attachment "a.jpg" is missing',
    ]


def test_damaged_database_is_reported(store: Store, visit: Make) -> None:
    """By every request, and by the check as far as it can read."""
    for number in range(200):
        store.receive(visit(f"uuid:{number}", "x" * 500))
    store.close()
    place = store.folder / "store.sqlite"
    with place.open("r+b") as stream:
        stream.seek(-16 * 4096, os.SEEK_END)
        stream.write(b"\xff" * 8 * 4096)
    with pytest.raises(StoreError, match=r"damaged .*last backup"):
        list(store.submissions())
    assert any("damaged" in str(fault) for fault in store.check())
    store.close()
    place.write_bytes(b"no database" * 1000)
    with pytest.raises(StoreError, match=rf'"{store.folder.name}" is damaged .*last backup'):
        Store(store.folder)


def test_store_on_a_read_only_medium_can_be_read(store: Store, visit: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """A backup on a read-only medium, or under another account."""
    store.receive(visit())
    store.close()
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and allowed(path, mode))
    before = {path.name for path in store.folder.iterdir()}
    reader = Store(store.folder)
    assert (reader.count(), reader.check()) == (1, ())
    assert {path.name for path in store.folder.iterdir()} == before
    reader.close()


def test_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    """A store is not created in a folder of other files, nor from another program's database."""
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").touch()
    with pytest.raises(StoreError, match="contains other files"):
        Store(tmp_path / "photos")
    with pytest.raises(StoreError, match="is a file"):
        Store(tmp_path / "photos" / "a.jpg")
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    with sqlite3.connect(foreign / "store.sqlite") as connection:
        connection.execute("CREATE TABLE notes (text)")
    connection.close()
    with pytest.raises(StoreError, match="not a liuwen store"):
        Store(foreign)


def test_incomplete_new_store_is_completed(tmp_path: Path, visit_form: Make) -> None:
    """A power cut may leave an empty database."""
    (tmp_path / "town").mkdir()
    (tmp_path / "town" / "store.sqlite").touch()
    store = Store(tmp_path / "town")
    assert store.publish(visit_form()).current
    store.close()
