"""Exports that spread repeats over columns, as Ona's CSV does: "kids/child[2]/name" for the second child's name."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from liuwen.responses.from_exports.records import Rows, grids_of_records

_NUMBERED = re.compile(r"\[([0-9]{1,4})\]")
_MOST = 1000
_NOT_AVAILABLE = "n/a"
"""What Ona writes in columns that a row has nothing for."""


def is_wide(header: Sequence[str]) -> bool:
    """Whether some header counts the instances of a repeat."""
    return any(_NUMBERED.search(head) for head in header)


def unfolded(
    header: Sequence[str], rows: Sequence[Sequence[Any]], counts: Mapping[int, str] = MappingProxyType({})
) -> dict[str, Rows]:
    """The same as sheets linked by index, a row an instance of a repeat; `counts` are the columns (by number) that say how many
    instances a repeat (by path) has, where there are such.

    >>> sheets = unfolded(["town", "child[1]/name", "child[2]/name"], [["Hubin", "Hansel", "n/a"]])
    >>> sheets["child"]
    [['child/name', '_parent_index', '_parent_table_name', '_index'], ['Hansel', 1, '', 1]]
    """
    places = [_place(head) for head in header]
    sheets = grids_of_records([_record(places, row, counts) for row in rows])
    repeats = (repeat for above, _ in places for repeat, _ in above)
    return {**sheets, **{repeat: [[]] for repeat in dict.fromkeys(repeats) if repeat not in sheets}}


def _place(head: str) -> tuple[tuple[tuple[str, int], ...], str]:
    """The repeats a header stands in, by path and number, and its own path."""
    above = []
    for found in _NUMBERED.finditer(head):
        above.append((_NUMBERED.sub("", head[: found.start()]), int(found[1])))
    return tuple(above), _NUMBERED.sub("", head)


Place = tuple[tuple[str, int], ...]


def _record(places: Sequence[tuple[Place, str]], row: Sequence[Any], counts: Mapping[int, str]) -> dict[str, Any]:
    """A row as a record: instances stand in the order of their numbers; one without any answer is there only if it is counted."""
    filled = [(above, path, cell) for (above, path), cell in zip(places, row, strict=True) if not _is_blank(cell)]
    counted = [((repeat, each),) for number, repeat in counts.items() for each in range(1, _count(row[number]) + 1)]
    wanted = {*counted, *(above[:depth] for above, _, _ in filled for depth in range(1, len(above) + 1))}
    record: dict[str, Any] = {}
    instances: dict[Place, dict[str, Any]] = {(): record}
    for place in sorted(wanted, key=lambda place: (len(place), [number for _, number in place])):
        instances[place] = {}
        instances[place[:-1]].setdefault(place[-1][0], []).append(instances[place])
    for above, path, cell in filled:
        instances[above][path] = cell
    return record


def _is_blank(cell: Any) -> bool:
    return cell is None or cell != cell or cell in {"", _NOT_AVAILABLE}  # noqa: PLR0124 - NaN alone is unlike itself


def _count(cell: Any) -> int:
    """How many instances a cell says there are; a repeat of more than a thousand is no household's."""
    text = str(cell or "").strip().removesuffix(".0")
    return min(int(text), _MOST) if text.isascii() and text.isdigit() else 0
