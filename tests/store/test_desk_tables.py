"""Tables that the desk keeps, which never travel to a phone."""

from pathlib import Path

import pandas as pd
import pytest

from liuwen.errors import StoreError
from liuwen.store import Store


def test_a_table_is_given_back_as_text(store: Store) -> None:
    """Codes keep their zeros, blanks are blank."""
    store.desk_tables["posts"] = pd.DataFrame({"person": ["007", "8"], "to": ["", None]})
    assert store.desk_tables["posts"].to_dict("list") == {"person": ["007", "8"], "to": ["", ""]}
    assert (store.desk_tables.names(), list(store.desk_tables)) == (("posts",), ["posts"])


def test_every_version_that_was_kept_stays(store: Store) -> None:
    """What was known on a day can be read again."""
    for rank in ("staff", "leader"):
        store.desk_tables["posts"] = pd.DataFrame({"person": ["Wang"], "rank": [rank]})
    versions = store.desk_tables.history("posts")
    assert [table["rank"].item() for _, table in versions] == ["staff", "leader"]
    assert versions[0][0] <= versions[1][0]
    assert store.desk_tables["posts"]["rank"].item() == "leader"


def test_a_table_without_rows_keeps_its_columns(store: Store) -> None:
    """An empty register is a register."""
    store.desk_tables["leave"] = pd.DataFrame({"person": [], "from": []})
    assert list(store.desk_tables["leave"].columns) == ["person", "from"]
    assert len(store.desk_tables["leave"]) == 0


def test_a_table_that_is_not_there_is_said(store: Store) -> None:
    """With the line that keeps one."""
    with pytest.raises(StoreError, match="pairs"):
        store.desk_tables["pairs"]
    assert store.desk_tables.get("pairs") is None


@pytest.mark.parametrize("name", ["", "a b", "../x", "表", "1st"])
def test_a_name_is_a_plain_word(store: Store, name: str) -> None:
    """So that it can be a file's name and a sheet's."""
    with pytest.raises(StoreError):
        store.desk_tables[name] = pd.DataFrame({"a": [1]})


def test_tables_travel_with_a_backup(store: Store, tmp_path: Path) -> None:
    """They are part of the store."""
    store.desk_tables["posts"] = pd.DataFrame({"person": ["Wang"]})
    store.backup(tmp_path / "copy")
    assert Store(tmp_path / "copy").desk_tables["posts"]["person"].tolist() == ["Wang"]
