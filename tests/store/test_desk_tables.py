"""Tables kept at the office, which are never sent to phones."""

from pathlib import Path

import pandas as pd
import pytest

from liuwen.errors import StoreError
from liuwen.store import Store


def test_table_is_returned_as_text(store: Store) -> None:
    """Codes keep leading zeros, blanks are blank."""
    store.desk_tables["posts"] = pd.DataFrame({"person": ["007", "8"], "to": ["", None]})
    assert store.desk_tables["posts"].to_dict("list") == {"person": ["007", "8"], "to": ["", ""]}
    assert (store.desk_tables.names(), list(store.desk_tables)) == (("posts",), ["posts"])


def test_all_versions_are_kept(store: Store) -> None:
    """The state known on a day can be read later."""
    for rank in ("staff", "leader"):
        store.desk_tables["posts"] = pd.DataFrame({"person": ["Wang"], "rank": [rank]})
    versions = store.desk_tables.history("posts")
    assert [table["rank"].item() for _, table in versions] == ["staff", "leader"]
    assert versions[0][0] <= versions[1][0]
    assert store.desk_tables["posts"]["rank"].item() == "leader"


def test_a_table_without_rows_keeps_its_columns(store: Store) -> None:
    """An empty register is still a register."""
    store.desk_tables["leave"] = pd.DataFrame({"person": [], "from": []})
    assert list(store.desk_tables["leave"].columns) == ["person", "from"]
    assert len(store.desk_tables["leave"]) == 0


def test_unknown_table_is_an_error(store: Store) -> None:
    """The message gives the line that stores one."""
    with pytest.raises(StoreError, match="pairs"):
        store.desk_tables["pairs"]
    assert store.desk_tables.get("pairs") is None


@pytest.mark.parametrize("name", ["", "a b", "../x", "表", "1st"])
def test_a_name_is_a_plain_word(store: Store, name: str) -> None:
    """It may become the name of a file or sheet."""
    with pytest.raises(StoreError):
        store.desk_tables[name] = pd.DataFrame({"a": [1]})


def test_backup_contains_the_tables(store: Store, tmp_path: Path) -> None:
    """They are part of the store."""
    store.desk_tables["posts"] = pd.DataFrame({"person": ["Wang"]})
    store.copy_to(tmp_path / "copy")
    assert Store(tmp_path / "copy").desk_tables["posts"]["person"].tolist() == ["Wang"]
