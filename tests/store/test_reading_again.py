"""A store keeps what was read of its answers, so that a second reading takes only what is new; erased answers leave it too."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from liuwen.form import Form
from liuwen.form import builder as b
from liuwen.responses.from_submissions import plain_batch
from liuwen.responses.from_submissions.packed import table_of
from liuwen.store import Store
from liuwen.store.erased_index import READ

Make = Callable[..., bytes]


def kept_ids(folder: Path) -> set[str]:
    """The instance IDs of what is kept."""
    with sqlite3.connect(folder / READ) as connection:
        heads = [table_of(row) for (row,) in connection.execute("SELECT heads FROM packs")]
    connection.close()
    return {name for each in heads for name in each["instance_id"].to_pylist()}


def test_a_second_reading_parses_only_new_answers(store: Store, visit: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    store.receive(visit("uuid:one"))
    store.receive(visit("uuid:two", "东村"))
    first = store.responses()
    store.receive(visit("uuid:edit", "西村", edits="uuid:one"))
    seen: list[bytes] = []
    plain = plain_batch.plain_xml
    monkeypatch.setattr(plain_batch, "plain_xml", lambda xml: (seen.append(xml) if xml else None, plain(xml))[1])
    again = store.responses()
    assert seen == [visit("uuid:edit", "西村", edits="uuid:one")]
    assert sorted(first.table["village"]) == ["东村", "湖滨"]
    assert sorted(again.table["village"]) == ["东村", "西村"]
    assert again.edits["before"].tolist() == ["湖滨"]
    assert (store.folder / READ).stat().st_mode & 0o777 == 0o600


def test_an_erased_answer_leaves_the_cache(store: Store, visit: Make) -> None:
    """At once, with all its edits, and not only when the store is read again."""
    for name in ("uuid:one", "uuid:two"):
        store.receive(visit(name))
    store.receive(visit("uuid:edit", edits="uuid:one"))
    store.responses()
    assert kept_ids(store.folder) == {"uuid:one", "uuid:edit", "uuid:two"}
    store.erase(instance="uuid:one")
    assert not kept_ids(store.folder) & {"uuid:one", "uuid:edit"}
    assert store.responses().table.index.tolist() == ["uuid:two"]
    assert kept_ids(store.folder) == {"uuid:two"}


def test_a_reading_that_began_before_an_erasure_keeps_nothing_of_it(
    store: Store, visit: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.receive(visit("uuid:one"))
    plain = plain_batch.plain_xml

    def erased_meanwhile(xml: bytes) -> object:
        Store(store.folder).erase(instance="uuid:one")
        return plain(xml)

    monkeypatch.setattr(plain_batch, "plain_xml", erased_meanwhile)
    assert len(store.responses()) == 1
    assert kept_ids(store.folder) == set()


def poll(version: str, *, anonymous: bool) -> Form:
    items = [b.text("opinion", zh="意见？", en="Opinion?")]
    return b.build_form("poll", version=version, zh="评议", en="Poll", anonymous=anonymous, items=items)


def test_answers_that_become_anonymous_leave_the_cache(store: Store) -> None:
    store.publish(poll("1", anonymous=False))
    told = '<data id="poll" version="1"><opinion>bad</opinion><meta><instanceID>uuid:one</instanceID></meta></data>'
    store.receive(told.encode())
    assert len(store.responses("poll")) == 1
    assert kept_ids(store.folder) == {"uuid:one"}
    store.publish(poll("2", anonymous=True))
    assert kept_ids(store.folder) == set()
    assert len(store.responses("poll")) == 1
    assert kept_ids(store.folder) == set()


def test_copies_leave_out_the_cache(store: Store, visit: Make, tmp_path: Path) -> None:
    store.receive(visit())
    store.responses()
    copy = store.copy_to(tmp_path / "copy")
    assert not (copy / READ).exists()
