"""Stores of older and newer versions of the package."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from liuwen.errors import StoreError
from liuwen.openrosa import new_keys
from liuwen.server import serve
from liuwen.store import Store
from liuwen.store.permissions import Sender
from liuwen.store.schema import APPLICATION, MIGRATIONS
from liuwen.store.store_records import StoreRecords
from liuwen.testing.phone import Phone

Make = Callable[..., bytes]
LAYOUT_BEFORE_RELEASES = 8


def in_layout(store: Store, layout: int, folder: Path) -> Path:
    """A store as created with only the first `layout` migrations, with the content of this one."""
    copy = store.copy_to(folder)
    (copy / "store.sqlite").rename(folder / "newer.sqlite")
    connection = sqlite3.connect(copy / "store.sqlite")
    connection.executescript("".join(MIGRATIONS[:layout]))
    connection.execute("ATTACH ? AS newer", (str(folder / "newer.sqlite"),))
    for (table,) in connection.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table' AND sql NOT NULL").fetchall():
        if not table.startswith("sqlite_"):
            columns = ", ".join(f'"{row[1]}"' for row in connection.execute(f"PRAGMA main.table_info({table})"))
            connection.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM newer.{table}")
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {layout}")
    connection.commit()
    connection.close()
    (folder / "newer.sqlite").unlink()
    return copy


@pytest.mark.parametrize("layout", range(1, len(MIGRATIONS)))
def test_store_with_an_older_layout_is_migrated(store: Store, visit_form: Make, visit: Make, tmp_path: Path, layout: int) -> None:
    """Its content is kept, and new features work with it; collectors can still edit their submissions."""
    who = store.add_collector("wang")
    store.receive(visit(photo="a.jpg"), {"a.jpg": b"first"}, Sender(collector=1))
    store.publish(visit_form(form_id="secret"), key=new_keys("six questions, one answer").public)
    opened = Store(in_layout(store, layout, tmp_path / "older"))
    assert [kept.xml for kept in opened.submissions("visit")] == [visit(photo="a.jpg")]
    assert [form.encrypted for form in opened.forms()] == [False, True]
    assert opened.add_link("visit", uses=1)
    with serve(opened, port=0) as server, Phone(f"{server.url}/key/{who.token}") as phone:
        phone.send(visit("uuid:two"))
        phone.send(visit(photo="a.jpg"), {"a.jpg": b"second"})
        phone.send(visit("uuid:three", photo="a.jpg", edits="uuid:one"))
    assert [kept.instance_id for kept in opened.submissions("visit")] == ["uuid:two", "uuid:three"]
    assert opened.replaced_attachments("visit", "uuid:one")["a.jpg"][0].read_bytes() == b"first"
    assert opened.check() == ()
    opened.close()


def test_releases_of_an_older_store_are_still_remembered(store: Store, tmp_path: Path) -> None:
    """They stood among the figures of the office page, which stay what they are."""
    older = in_layout(store, LAYOUT_BEFORE_RELEASES, tmp_path / "older")
    with sqlite3.connect(older / "store.sqlite") as connection:
        kept = [("visit\x1freleases", "a record", 1.0), ("visit", "figures", 2.0)]
        connection.executemany("INSERT INTO released_figures VALUES (?, ?, ?)", kept)
    opened = Store(older)
    assert StoreRecords(opened._keeping).read("visit") == "a record"
    assert opened.office.figures("visit") == "figures"
    assert StoreRecords(opened._keeping).write("visit", "a record", "the next") == "the next"
    assert opened.check() == ()
    opened.close()


def test_a_store_of_a_newer_liuwen_is_refused(store: Store, tmp_path: Path) -> None:
    """An older program does not interpret an unknown layout."""
    newer = tmp_path / "newer"
    shutil.copytree(store.copy_to(tmp_path / "copy"), newer)
    connection = sqlite3.connect(newer / "store.sqlite")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreError, match="newer liuwen"):
        Store(newer)
