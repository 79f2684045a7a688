"""Exports that number the columns of a repeat at their end, as SurveyCTO's wide CSV does: "name_2" for the second member's name.

Such headers are given the spelling that says the same in full, "member[2]/name"; what they hold is then unfolded as any other.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from liuwen.responses.from_exports.cells import text_of
from liuwen.responses.from_exports.coded import together
from liuwen.responses.from_exports.grid import Grid
from liuwen.responses.from_exports.headers import Headers
from liuwen.responses.plan import MAIN, Column, TablePlan

_NUMBERED = re.compile(r"(?P<name>.*?[^_])(?P<numbers>(?:_[0-9]{1,4})+)")
_LINKS = frozenset({"parent_index", "parent_key", "parent_table"})
Path = tuple[str, ...]


def in_full(grid: Grid, plan: TablePlan, paths: Mapping[Path, Column]) -> list[str]:
    """The header with the columns of repeats spelled in full; the others as they are."""
    header = grid.header
    inside = {table.name: table for table in plan.tables.values() if table.name != MAIN and _repeats(table.columns)}
    if not inside or not any(char.isdigit() for head in header for char in head):
        return list(header)
    own = Headers(plan, [MAIN], paths)
    if any((means := own.meaning(head)) and means.system in _LINKS for head in header):
        return list(header)  # rows of a repeat themselves
    columns = {name: column for table in inside.values() for column in table.columns for name in _names(column, paths)}
    spelled = [head if own.meaning(head) else _value(head, columns) or _infixed(head, plan) or head for head in header]
    return _with_choices(spelled, grid, columns, own, plan)


def counts(header: Sequence[str], plan: TablePlan) -> dict[int, str]:
    """The columns that say how many instances a repeat of the top level has: their numbers, and the repeat's path."""
    tops = {
        f"{table.element.name}_count": "/".join(table.element.path)
        for table in plan.tables.values()
        if table.element and table.element.kind == "repeat" and not table.element.repeats
    }
    return {number: tops[head] for number, head in enumerate(header) if head in tops}


def _repeats(columns: Iterable[Column]) -> bool:
    return any(column.element.repeats for column in columns)


def _names(column: Column, paths: Mapping[Path, Column]) -> Iterator[str]:
    """What a question is called in such a header: its name, or its path, in this version or an earlier one."""
    for path, meant in paths.items():
        if meant is column:
            yield from (path[-1], *(separator.join(path) for separator in "/-._"))


def _value(head: str, columns: Mapping[str, Column]) -> str | None:
    found = _NUMBERED.fullmatch(head)
    numbers = found["numbers"].split("_")[1:] if found else []
    while numbers:
        name = head.removesuffix("".join(f"_{number}" for number in numbers))
        column = columns.get(name)
        if column and len(column.element.repeats) == len(numbers):
            return _in_full(column, [int(number) for number in numbers])
        numbers = numbers[1:]
    return None


def _in_full(column: Column, numbers: Sequence[int]) -> str:
    repeats = {repeat.path: number for repeat, number in zip(column.element.repeats, numbers, strict=True)}
    path = column.element.path
    parts = []
    for depth in range(1, len(path) + 1):
        number = repeats.get(path[:depth])
        parts.append(f"{path[depth - 1]}[{number}]" if number else path[depth - 1])
    return "/".join(parts)


def _infixed(head: str, plan: TablePlan) -> str | None:
    """A header that has the number after the repeat's name: "member/2/name", "member_2_name"."""
    for table in plan.tables.values():
        if table.element and table.element.kind == "repeat" and not table.element.repeats:
            for name in {table.element.name, "/".join(table.element.path)}:
                found = re.fullmatch(rf"{re.escape(name)}([/._-])([1-9][0-9]{{0,3}})\1(.+)", head)
                if found:
                    below = {column.element.name: column for column in table.columns}
                    column = below.get(found[3])
                    return _in_full(column, [int(found[2])]) if column else None
    return None


@dataclass(frozen=True, slots=True)
class _SplitHead:
    """A header of a split select inside a repeat: its question, and the two endings of which one is the instance's number."""

    number: int
    column: Column
    one: str
    other: str

    def read(self, *, choice_first: bool) -> tuple[str, str]:
        """The choice and the number of the instance."""
        return (self.one, self.other) if choice_first else (self.other, self.one)


def _with_choices(spelled: Sequence[str], grid: Grid, columns: Mapping[str, Column], own: Headers, plan: TablePlan) -> list[str]:
    """The headers of split selects inside a repeat, which end in a choice and a number, in either order, spelled in full."""
    made = list(spelled)
    split: dict[Column, list[_SplitHead]] = {}
    for number, head in enumerate(spelled):
        if "[" not in head and not own.meaning(head) and (found := _split_head(number, head, columns)):
            split.setdefault(found.column, []).append(found)
    place = {head: number for number, head in enumerate(spelled)}
    for column, heads in split.items():
        listed = plan.choices(column)
        stored = {re.sub(r"[^A-Za-z0-9]", "_", choice): choice for choice in (listed.names if listed else ())}
        readings = [reading for reading in (True, False) if _may_be(heads, stored, place, grid, choice_first=reading)]
        if len(readings) == 1:
            for each in heads:
                choice, instance = each.read(choice_first=readings[0])
                made[each.number] = f"{_in_full(column, [int(instance)])}/{stored[choice]}"
    return made


def _split_head(number: int, head: str, columns: Mapping[str, Column]) -> _SplitHead | None:
    for name, column in columns.items():
        if column.kind == "choices" and len(column.element.repeats) == 1 and head.startswith(f"{name}_"):
            ending = head.removeprefix(f"{name}_")
            first, _, last = ending.rpartition("_")
            start, _, rest = ending.partition("_")
            if last.isdigit() and first:
                return _SplitHead(number, column, first, last)
            if start.isdigit() and rest:
                return _SplitHead(number, column, start, rest)
    return None


def _may_be(
    heads: Sequence[_SplitHead],
    stored: Mapping[str, str],
    place: Mapping[str, int],
    grid: Grid,
    *,
    choice_first: bool,
) -> bool:
    """Whether the endings can be read in one order: as choices and numbers, and in agreement with the joined columns."""
    for head in heads:
        choice, instance = head.read(choice_first=choice_first)
        if choice not in stored or not instance.isdigit():
            return False
        joined = place.get(_in_full(head.column, [int(instance)]), -1)
        if joined >= 0:
            told = together([grid.columns[joined].mapped(text_of), grid.columns[head.number].mapped(text_of)])
            if any(text.split() and (cell == "1") != (stored[choice] in text.split()) for text, cell in told.different):
                return False
    return True
