"""What some submissions hold, gathered: their rows, what the form does not know, and the entities that they make."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from liuwen.responses.from_submissions.raw_table import RawTable

StrayReason = Literal["field", "system", "split"]
"""No such question; an exporter's own column; a second column of a question that says otherwise."""


@dataclass(frozen=True, slots=True)
class Stray:
    """Something a submission holds that the form does not know."""

    submission: int | None
    """The submission, numbered in reading order; None in an unlinked section."""
    table: str
    key: str
    field: str
    value: str
    reason: StrayReason = "field"


@dataclass(frozen=True, slots=True)
class EntityRow:
    """One entity that a submission creates or updates."""

    submission: int
    table: str
    key: str
    attributes: dict[str, str]
    label: str


@dataclass(frozen=True, slots=True)
class Pack:
    """What was gathered of some submissions; numbers are those of the submissions in reading order.

    Attributes:
        tables: Their rows, a table each.
        strays: What the form does not know, each with the number of its submission, in unlinked sections too.
        entities: The entities.
    """

    tables: Mapping[str, RawTable]
    strays: list[tuple[int, Stray]] = field(default_factory=list)
    entities: list[EntityRow] = field(default_factory=list)

    def of(self, numbers: Mapping[int, int]) -> "Pack":
        """What it holds of some submissions, each under the number that it is given there."""
        return Pack(
            {name: table.of(numbers) for name, table in self.tables.items()},
            list(_renumbered(self.strays, numbers)),
            [replace(each, submission=numbers[each.submission]) for each in self.entities if each.submission in numbers],
        )


def _renumbered(strays: Iterable[tuple[int, Stray]], numbers: Mapping[int, int]) -> Iterator[tuple[int, Stray]]:
    for number, stray in strays:
        if number in numbers:
            now = numbers[number]
            yield now, stray if stray.submission is None else replace(stray, submission=now)


def joined(packs: Iterable[Pack], tables: Mapping[str, RawTable]) -> Pack:
    """All that some packs hold, in the order of the submissions; `tables` are empty, and take the rows in."""
    strays: list[tuple[int, Stray]] = []
    entities: list[EntityRow] = []
    for pack in packs:
        for name, table in pack.tables.items():
            tables[name].extend(table, 0)
        strays += pack.strays
        entities += pack.entities
    return Pack(tables, sorted(strays, key=lambda each: each[0]), sorted(entities, key=lambda each: each.submission))


def compact(packs: Sequence[Pack]) -> Pack:
    """Some packs as one, whose columns have memory of their own."""
    pack = joined(packs, {name: RawTable(table.table) for name, table in packs[0].tables.items()})
    for table in pack.tables.values():
        table.compact()
    return pack
