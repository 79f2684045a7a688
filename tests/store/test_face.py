"""The public interface of a store."""

from pathlib import Path

import liuwen.store
from liuwen.store import Store
from liuwen.store.keeping import Keeping
from liuwen.store.store import keeping_of

FACE = """
    add_collector add_link add_token anonymous_counts attachments backup check close collectors copy_to count
    desk_tables drafts entities erase folder form forms links log office publish published receive rename_collector
    replaced_attachments responses revoke revoke_link revoke_token set_places set_state submission submissions to_read
""".split()


def public(thing: object) -> list[str]:
    return [name for name in dir(thing) if not name.startswith("_")]


def test_public_names_of_a_store(tmp_path: Path) -> None:
    """Adding or removing a public name is a deliberate decision, made here."""
    assert public(Store(tmp_path / "town")) == FACE


def test_internals_are_only_reached_through_keeping_of(tmp_path: Path) -> None:
    """The server and other rooms use `keeping_of`, which the package does not export."""
    store = Store(tmp_path / "town")
    keeping = keeping_of(store)
    assert isinstance(keeping, Keeping) and keeping is keeping_of(store) and keeping.folder == store.folder
    assert {"write", "hold", "release", "reading", "begin_receiving", "files"} <= {*public(keeping)}
    assert not {"keeping_of", "Keeping"} & {*liuwen.store.__all__}


def test_parts_of_a_store_outlive_it(tmp_path: Path) -> None:
    """Entity lists and desk tables keep working when only they are referenced."""
    store = Store(tmp_path / "town")
    entities, tables = store.entities, store.desk_tables
    del store
    entities.create_list("households", ["head"])
    assert entities.lists() == ("households",) and tables.names() == ()
