"""Files of a store: addressed by content, complete or absent, and deleted only when nobody needs them."""

import gzip
import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liuwen.store import files as store_files
from liuwen.store.compressed import compressed, write_compressed
from liuwen.store.files import Files, Incoming, MemoryRoom

QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Files:
    """An empty folder of files; more than 100 bytes go to disk."""
    monkeypatch.setattr(store_files, "MEMORY", 100)
    files = Files(tmp_path)
    files.prepare()
    return files


def on_disk(files: Files) -> list[str]:
    """The names of all files in the folder."""
    return sorted(path.name for path in (*files.kept.rglob("*"), *files.incoming.iterdir()) if path.is_file())


@QUICK
@given(chunks=st.lists(st.binary(max_size=70), max_size=6))
def test_file_is_stored_under_its_hash(files: Files, chunks: list[bytes]) -> None:
    """In chunks of any size, in memory or on disk, with its hashes and size."""
    incoming = Incoming(files)
    for chunk in chunks:
        incoming.write(chunk)
    content = b"".join(chunks)
    incoming.close()
    assert incoming.content() == content
    stored = incoming.keep(with_md5=True)
    assert (stored.sha256, stored.size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert stored.md5 == hashlib.md5(content, usedforsecurity=False).hexdigest()
    assert files.path(stored.sha256).read_bytes() == content
    assert not list(files.incoming.iterdir())


def test_equal_content_is_stored_once(files: Files) -> None:
    """Whoever sends it."""
    assert files.add(b"photo") == files.add(b"photo")
    assert len(on_disk(files)) == 1


@pytest.mark.parametrize("size", [10, 1000])
def test_discarded_file_leaves_nothing(files: Files, size: int) -> None:
    """Neither on disk nor in the budget of memory."""
    files.memory = MemoryRoom(100)
    incoming = Incoming(files)
    incoming.write(b"x" * size)
    incoming.discard()
    assert on_disk(files) == []
    assert files.memory.take(100)


def test_file_without_room_in_memory_goes_to_disk(files: Files) -> None:
    """Even a small one; it is complete all the same."""
    files.memory = MemoryRoom(5)
    first, second = Incoming(files), Incoming(files)
    first.write(b"12345")
    second.write(b"67890")
    assert len(on_disk(files)) == 1
    assert (first.content(), second.keep().size) == (b"12345", 5)


def test_needed_file_is_not_deleted(files: Files) -> None:
    """Storing a file protects it, as often as it is stored, until its submissions are in the database."""
    file = files.add(b"photo")
    files.add(b"photo")
    for _ in range(2):
        files.forget(file.sha256)
        assert files.path(file.sha256).exists()
        files.unprotect(file)
    files.forget(file.sha256)
    assert on_disk(files) == []
    files.forget(file.sha256)


def test_full_disk_leaves_nothing(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a partial file nor a protection."""

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.add(b"x" * 200)
    assert on_disk(files) == []
    monkeypatch.undo()
    stored = files.add(b"x" * 200)
    files.unprotect(stored)
    files.forget(stored.sha256)
    assert on_disk(files) == []


@pytest.mark.parametrize("left", [b"", b"x" * 199 + b"\0"])
def test_file_torn_by_a_power_cut_is_replaced(files: Files, left: bytes) -> None:
    """It has its name, and even its size, but not its content."""
    content = b"x" * 200
    place = files.path(hashlib.sha256(content).hexdigest())
    place.parent.mkdir()
    place.write_bytes(left)
    assert files.path(files.add(content).sha256).read_bytes() == content


def test_incomplete_files_are_deleted_on_start(files: Files) -> None:
    """As a crash leaves them."""
    left = Incoming(files)
    left.write(b"x" * 200)
    left.close()
    kept = files.add(b"photo")
    files.prepare()
    assert on_disk(files) == [kept.sha256]


@pytest.mark.parametrize("as_file", [True, False])
def test_compressed_file_is_reproducible(tmp_path: Path, as_file: bool) -> None:
    """Equal input gives equal output, without name and time."""
    text = "湖滨村".encode() * 1000
    source: Path | bytes = text
    if as_file:
        source = tmp_path / "list.csv"
        source.write_bytes(text)
    for name in ("a.gz", "b.gz"):
        write_compressed(source, tmp_path / name)
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()
    assert gzip.decompress((tmp_path / "a.gz").read_bytes()) == gzip.decompress(compressed(text)) == text
    assert (tmp_path / "a.gz").stat().st_size < len(text) / 10


def test_failed_compression_leaves_nothing(tmp_path: Path) -> None:
    """Neither a partial file nor a temporary one."""
    with pytest.raises(OSError, match="missing"):
        write_compressed(tmp_path / "missing.csv", tmp_path / "a.gz")
    assert list(tmp_path.iterdir()) == []


def test_only_the_first_file_waits_for_new_folders(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    """All folders are made and synced at once; later files sync their own folder only."""
    files.add(b"first")
    synced: list[Path] = []
    monkeypatch.setattr(store_files, "sync_folder", synced.append)
    for number in range(40):
        files.add(str(number).encode())
    assert len(synced) == 40 and files.kept not in synced
