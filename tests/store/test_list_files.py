"""Computed lists and the CSV files of lists: unchanged rows keep their version, unchanged lists their file and hash."""

import asyncio
import gzip
from collections.abc import Mapping

import pandas as pd
import pytest

from liuwen.errors import StoreError
from liuwen.store import Store
from liuwen.store.entities.csv_files import ListFiles
from liuwen.store.entities.views import WHOLE, ListView
from liuwen.store.store import keeping_of

FIRST, SECOND, THIRD = (f"{n}1111111-1111-4111-8111-111111111111" for n in (1, 2, 3))


def table(rows: Mapping[str, Mapping[str, str]]) -> pd.DataFrame:
    return pd.DataFrame.from_dict(dict(rows), orient="index")


def content(files: ListFiles, view: ListView = WHOLE, *, as_gzip: bool = False) -> tuple[bytes, str, bool]:
    """The bytes of the list as sent, its hash, and whether it is gzip."""

    async def read() -> tuple[bytes, str, bool]:
        opened = await files.open("matters", view, compressed=as_gzip)
        text = b"".join([piece async for piece in opened.pieces()])
        assert len(text) == opened.size
        return text, opened.md5, opened.is_gzip

    return asyncio.run(read())


@pytest.fixture
def listed(store: Store) -> Store:
    """A store with a computed list of two rows."""
    store.entities.replace("matters", table({FIRST: {"label": "井", "state": "open"}, SECOND: {"label": "路", "state": "open"}}))
    return store


def versions(store: Store) -> dict[str, int]:
    return store.entities["matters"]["version"].to_dict()


def test_only_changed_rows_get_a_new_version(listed: Store) -> None:
    """The others are not touched; a removed row is deleted; the number of changes is returned."""
    rows = {FIRST: {"label": "井", "state": "done"}, THIRD: {"label": "桥", "state": "open"}}
    assert listed.entities.replace("matters", table(rows)) == 3
    assert versions(listed) == {FIRST: 2, THIRD: 1}
    assert listed.entities.replace("matters", table(rows)) == 0
    assert versions(listed) == {FIRST: 2, THIRD: 1}


def test_deleted_row_may_return(listed: Store) -> None:
    """With a further version, so that phones notice."""
    only = {FIRST: {"label": "井", "state": "open"}}
    listed.entities.replace("matters", table(only))
    assert listed.entities.replace("matters", table({**only, SECOND: {"label": "路", "state": "open"}})) == 1
    assert versions(listed) == {FIRST: 1, SECOND: 2}


def test_new_column_becomes_a_property(listed: Store) -> None:
    """Existing rows get its value."""
    rows = {FIRST: {"label": "井", "state": "open", "town": "T"}, SECOND: {"label": "路", "state": "open", "town": ""}}
    listed.entities.replace("matters", table(rows))
    assert listed.entities["matters"].loc[FIRST, "town"] == "T"


def test_unchanged_list_keeps_its_file_and_hash(listed: Store) -> None:
    """A changed one gets others, and the old file is deleted."""
    keeping = keeping_of(listed)
    files = ListFiles(keeping)
    text, md5, is_gzip = content(files)
    assert text.decode().splitlines()[0] == "name,label,__version,state"
    assert not is_gzip
    assert content(files) == (text, md5, False)
    assert files.hash_of("matters") == md5
    listed.entities.update("matters", FIRST, {"state": "done"})
    changed, other, _ = content(files)
    assert changed != text
    assert other != md5
    assert len(list((keeping.folder / "cache").glob("list-*.csv"))) == 1


def test_views_have_their_own_file_and_hash(listed: Store) -> None:
    """Of one edition of the list."""
    listed.entities.replace(
        "matters", table({FIRST: {"label": "井", "for_phone": "V1"}, SECOND: {"label": "路", "for_phone": "V2"}})
    )
    files = ListFiles(keeping_of(listed))
    seen = {place: content(files, ListView(frozenset({place})))[:2] for place in ("V1", "V2")}
    assert "井" in seen["V1"][0].decode()
    assert "井" not in seen["V2"][0].decode()
    assert len({md5 for _, md5 in (*seen.values(), content(files)[:2])}) == 3


def test_long_list_is_sent_as_gzip(listed: Store) -> None:
    """If requested, and if it is long enough; the hash is the same."""
    files = ListFiles(keeping_of(listed))
    assert content(files, as_gzip=True)[2] is False
    listed.entities.create("matters", [{"label": f"事项 {n}", "state": "open"} for n in range(50)])
    plain, packed = content(files), content(files, as_gzip=True)
    assert packed[2] is True
    assert gzip.decompress(packed[0]) == plain[0]
    assert packed[1] == plain[1]


def test_full_disk_sends_the_list_uncompressed(listed: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Compression is optional."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("liuwen.store.entities.csv_files.write_compressed", full)
    listed.entities.create("matters", [{"label": f"事项 {n}", "state": "open"} for n in range(50)])
    assert content(ListFiles(keeping_of(listed)), as_gzip=True)[2] is False


def test_unknown_list_is_an_error(store: Store) -> None:
    """One sentence names it."""
    with pytest.raises(StoreError, match='no entity list "matters"'):
        content(ListFiles(keeping_of(store)))
