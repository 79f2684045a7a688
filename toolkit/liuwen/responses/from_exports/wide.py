"""Exports that spread repeats over columns, as Ona's CSV does: "kids/child[2]/name" for the second child's name."""

import re
from collections.abc import Sequence
from typing import Any

from liuwen.responses.from_exports.records import Rows, grids_of_records

_NUMBERED = re.compile(r"\[([0-9]{1,4})\]")
_NOT_AVAILABLE = "n/a"
"""What Ona writes in columns that a row has nothing for."""


def is_wide(header: Sequence[str]) -> bool:
    """Whether some header counts the instances of a repeat."""
    return any(_NUMBERED.search(head) for head in header)


def unfolded(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> dict[str, Rows]:
    """The same as sheets linked by index, a row an instance of a repeat.

    >>> sheets = unfolded(["town", "child[1]/name", "child[2]/name"], [["Hubin", "Hansel", "n/a"]])
    >>> sheets["child"]
    [['child/name', '_parent_index', '_parent_table_name', '_index'], ['Hansel', 1, '', 1]]
    """
    places = [_place(head) for head in header]
    return grids_of_records([_record(places, row) for row in rows])


def _place(head: str) -> tuple[tuple[tuple[str, int], ...], str]:
    """The repeats a header stands in, by path and number, and its own path."""
    above = []
    for found in _NUMBERED.finditer(head):
        above.append((_NUMBERED.sub("", head[: found.start()]), int(found[1])))
    return tuple(above), _NUMBERED.sub("", head)


def _record(places: Sequence[tuple[tuple[tuple[str, int], ...], str]], row: Sequence[Any]) -> dict[str, Any]:
    record: dict[str, Any] = {}
    instances: dict[tuple[tuple[str, int], ...], dict[str, Any]] = {(): record}
    for (above, path), cell in zip(places, row, strict=True):
        if cell in {None, "", _NOT_AVAILABLE}:
            continue
        for depth in range(1, len(above) + 1):
            if above[:depth] not in instances:
                instances[above[:depth]] = {}
                instances[above[: depth - 1]].setdefault(above[depth - 1][0], []).append(instances[above[:depth]])
        instances[above][path] = cell
    return record
