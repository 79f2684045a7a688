"""The rows of a list that a collector sees."""

import pandas as pd
import pytest

from liuwen.errors import StoreError
from liuwen.store import Store
from liuwen.store.entities.lists import csv_chunks, states
from liuwen.store.entities.views import WHOLE, ListView
from liuwen.store.store import keeping_of

ROWS = {
    "11111111-1111-4111-8111-111111111111": {"label": "井", "for_phone": "V1", "town": "T1"},
    "22222222-2222-4222-8222-222222222222": {"label": "路", "for_phone": "V2", "town": "T1"},
    "33333333-3333-4333-8333-333333333333": {"label": "旧", "for_phone": "", "town": ""},
}


@pytest.fixture
def listed(store: Store) -> Store:
    """A store whose list assigns each row to a place."""
    store.entities.replace("matters", pd.DataFrame.from_dict(ROWS, orient="index"))
    return store


def labels(store: Store, view: ListView) -> list[str]:
    """The labels in the CSV of a view, in the order of the rows above."""
    with keeping_of(store).reading() as connection:
        text = b"".join(csv_chunks(connection, "matters", view)).decode()
    return sorted(line.split(",")[1] for line in text.splitlines()[1:])


@pytest.mark.parametrize(
    ("places", "seen"),
    [
        (None, ["井", "旧", "路"]),
        ({"V1"}, ["井"]),
        ({"V1", "V2"}, ["井", "路"]),
        ({"T1"}, ["井", "路"]),
        ({"V9"}, []),
        (set(), []),
    ],
)
def test_view_contains_the_rows_of_its_places(listed: Store, places: set[str] | None, seen: list[str]) -> None:
    """By the row's village or town; a row without a place is visible only at the office."""
    view = ListView(None if places is None else frozenset(places))
    assert labels(listed, view) == sorted(seen)
    with keeping_of(listed).reading() as connection:
        there = {uuid for uuid, deleted in states(connection, "matters", ROWS, view) if not deleted}
    assert {ROWS[uuid]["label"] for uuid in there} == set(seen)


def test_list_without_a_place_column_is_sent_whole(store: Store) -> None:
    """Lists such as villages and people are not restricted by place."""
    store.entities.replace("matters", pd.DataFrame({"label": ["东村"], "code": ["V1"]}, index=list(ROWS)[:1]))
    assert labels(store, ListView(frozenset())) == ["东村"]


def test_equal_views_share_a_file() -> None:
    """The key does not depend on the order of the places."""
    assert ListView(frozenset({"a", "b"})).key == ListView(frozenset(["b", "a"])).key != ListView(frozenset({"a"})).key
    assert WHOLE.key == ""


def test_places_of_a_collector_are_stored(store: Store) -> None:
    """None removes the restriction; an unknown collector is an error."""
    store.add_collector("wang")
    for places in (frozenset({"V1"}), frozenset(), None):
        store.set_places("wang", places)
        assert store.collectors()[-1].places == places
    with pytest.raises(StoreError, match="nobody"):
        store.set_places("nobody", ["V1"])
