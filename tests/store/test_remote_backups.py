"""Copies of a backup folder in an S3-compatible store, against a real S3 server on this computer."""

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
import requests

from liuwen.errors import StoreError
from liuwen.store import Store, check_backups, fetch_backups, mirror_backups, restore_backup
from liuwen.store.backups import state_files

Make = Callable[..., bytes]


@pytest.fixture(scope="module")
def s3_server() -> Iterator[str]:
    """The address of an S3 server."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An address in a bucket of its own."""
    secrets = {"ACCESS_KEY_ID": "town", "SECRET_ACCESS_KEY": "secret", "REGION": "us-east-1"}
    for name, value in {**secrets, "ENDPOINT": s3_server, "ALLOW_HTTP": "true"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    name = tmp_path.name.replace("_", "-").lower()[:50]
    assert requests.put(f"{s3_server}/{name}", timeout=60).ok
    return f"s3://{name}/my-town"


def test_a_copy_is_restored_on_another_computer(store: Store, visit: Make, tmp_path: Path, bucket: str) -> None:
    """With photos; a second copy sends only what is new, and the one copy of anonymous answers."""
    store.receive(visit(photo="p.jpg"), {"p.jpg": b"picture" * 1000})
    store.backup(tmp_path / "usb")
    first = mirror_backups(tmp_path / "usb", bucket)
    assert not first.encrypted
    assert mirror_backups(tmp_path / "usb", bucket).sent == 1
    store.receive(visit("uuid:two"))
    store.backup(tmp_path / "usb")
    second = mirror_backups(tmp_path / "usb", bucket)
    assert first.sent > second.sent > 0 == second.deleted
    fetched = fetch_backups(bucket, tmp_path / "fetched")
    assert check_backups(fetched) == ()
    assert restore_backup(fetched, tmp_path / "again").faults == ()
    again = Store(tmp_path / "again")
    assert again.attachments("visit", "uuid:one")["p.jpg"].read_bytes() == b"picture" * 1000 and again.count() == 2


def test_pruning_here_deletes_the_copy_there(store: Store, tmp_path: Path, bucket: str) -> None:
    """But an empty stick in place of the old one costs the copy nothing."""
    states = [store.backup(tmp_path / "usb").state for _ in range(2)]
    mirror_backups(tmp_path / "usb", bucket)
    for file in state_files(tmp_path / "usb", states[0]):
        file.unlink()
    assert mirror_backups(tmp_path / "usb", bucket).deleted == 2
    store.backup(tmp_path / "other")
    with pytest.raises(StoreError, match="another backup folder"):
        mirror_backups(tmp_path / "other", bucket)
    assert len(list((fetch_backups(bucket, tmp_path / "fetched") / "states").glob("*.json"))) == 1


def test_a_store_that_is_not_there_is_a_sentence(
    store: Store, tmp_path: Path, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bucket that does not exist, no copy at the address, no backup to copy, another kind of address."""
    store.backup(tmp_path / "usb")
    for address in ("s3://no-such-bucket-at-all/x", "nonsense://town/x", "s3:"):
        with pytest.raises(StoreError):
            mirror_backups(tmp_path / "usb", address)
    with pytest.raises(StoreError, match="no backup"):
        fetch_backups(bucket, tmp_path / "fetched")
    monkeypatch.setenv("AWS_ENDPOINT", "http://127.0.0.1:1")
    with pytest.raises(StoreError, match="AWS_ENDPOINT"):
        mirror_backups(tmp_path / "usb", bucket)
    with pytest.raises(StoreError, match="no backup"):
        mirror_backups(tmp_path / "nothing", bucket)


def test_without_the_library_a_sentence_says_what_to_install(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To copy, and to fetch."""
    store.backup(tmp_path / "usb")
    monkeypatch.setitem(sys.modules, "obstore", None)
    for ask in (partial(mirror_backups, tmp_path / "usb"), partial(fetch_backups, folder=tmp_path / "fetched")):
        with pytest.raises(StoreError, match=r"liuwen\[s3\]"):
            ask("s3://town/x")
