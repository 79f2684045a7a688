"""What a store shows a user, and what it keeps to itself."""

from pathlib import Path

import liuwen.store
from liuwen.store import Store
from liuwen.store.keeping import Keeping
from liuwen.store.store import keeping_of

FACE = """
    add_collector add_link add_token anonymous_counts attachments backup check close collectors count desk_tables entities
    folder form forms publish published receive replaced_attachments responses revoke revoke_token set_places set_state
    submission submissions
""".split()


def public(thing: object) -> list[str]:
    return [name for name in dir(thing) if not name.startswith("_")]


def test_a_store_shows_what_a_user_does_and_nothing_else(tmp_path: Path) -> None:
    """A name more or fewer is a decision about the package's face, made here."""
    assert public(Store(tmp_path / "town")) == FACE


def test_writing_and_holding_are_behind_one_door(tmp_path: Path) -> None:
    """The server and the rooms above ask `keeping_of`; the package's face does not name it."""
    store = Store(tmp_path / "town")
    keeping = keeping_of(store)
    assert isinstance(keeping, Keeping) and keeping is keeping_of(store) and keeping.folder == store.folder
    assert {"write", "hold", "release", "reading", "begin_receiving", "files"} <= {*public(keeping)}
    assert not {"keeping_of", "Keeping"} & {*liuwen.store.__all__}


def test_parts_of_a_store_outlive_it(tmp_path: Path) -> None:
    """The entity lists and desk tables work on when only they are held."""
    store = Store(tmp_path / "town")
    entities, tables = store.entities, store.desk_tables
    del store
    entities.create_list("households", ["head"])
    assert entities.lists() == ("households",) and tables.names() == ()
