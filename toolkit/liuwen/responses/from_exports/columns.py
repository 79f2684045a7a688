"""One question's answers out of an export's columns: whole, split over its choices, or over a position's parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from liuwen.responses.from_exports.cells import chosen, label_names, stored_choices, stored_multiples, text_of
from liuwen.responses.from_exports.placing import Placed
from liuwen.responses.from_submissions.gather import ASKED_BLANK, UNSURE
from liuwen.responses.plan import Column, Kind, TablePlan


@dataclass(frozen=True, slots=True)
class Answers:
    """A question's cells, a row each; `contradicted[row]` is what another of its columns says where it says otherwise."""

    cells: list[str]
    contradicted: dict[int, str]
    present: bool = True
    """Whether the export has any column of the question."""


def answers_to(column: Column, placed: Placed, rows: Sequence[int], plan: TablePlan) -> Answers:
    """The answers to one question in the given rows of a grid; blanks are unsure."""
    wholes, split, parts = _where(column, placed)
    if not wholes and not split and not parts:
        return Answers([UNSURE] * len(rows), {}, present=False)
    told = [_whole(column, placed, rows, number, plan) for number in wholes]
    if parts:
        told.append([_position([text_of(placed.grid.rows[row][part]) for part in parts if part is not None]) for row in rows])
    joined, contradicted = _first_told(told, len(rows), column.kind)
    if not split:
        return Answers([text or UNSURE for text in joined], contradicted)
    return _with_split(joined, _split(column, placed, rows, split, plan), contradicted)


def _where(column: Column, placed: Placed) -> tuple[list[int], dict[str, list[int]], list[int | None]]:
    wholes: list[int] = []
    split: dict[str, list[int]] = {}
    parts: list[int | None] = [None] * 4
    for number, means in enumerate(placed.meanings):
        if means is None or means.column is not column:
            continue
        if means.choice is not None:
            split.setdefault(means.choice, []).append(number)
        elif means.part is not None:
            parts[means.part] = number
        else:
            wholes.append(number)
    return wholes, split, parts if any(part is not None for part in parts) else []


def _first_told(told: Sequence[Sequence[str]], count: int, kind: Kind) -> tuple[list[str], dict[int, str]]:
    """What the first column that is filled says in each row, and where a later one says otherwise."""
    first = [""] * count
    otherwise: dict[int, str] = {}
    for texts in told:
        for row, text in enumerate(texts):
            first[row] = first[row] or text
            if text and not _agree(first[row], text, kind):
                otherwise[row] = text
    return first, otherwise


def _agree(one: str, other: str, kind: Kind) -> bool:
    if kind == "geopoint":  # the parts may be rounded, or lack what the whole has
        return True
    return set(one.split()) == set(other.split()) if kind == "choices" else one == other


def _whole(column: Column, placed: Placed, rows: Sequence[int], number: int, plan: TablePlan) -> list[str]:
    texts = [text_of(placed.grid.rows[row][number], column.kind) for row in rows]
    if column.kind == "choice":
        return stored_choices(texts, plan.choices(column))
    return stored_multiples(texts, plan.choices(column)) if column.kind == "choices" else texts


def _split(column: Column, placed: Placed, rows: Sequence[int], split: dict[str, list[int]], plan: TablePlan) -> list[str | None]:
    """The names chosen in each row; None where the split columns say nothing."""
    listed = plan.choices(column)
    labels: dict[str, set[str]] = {}
    for label, name in (label_names(listed) if listed else {}).items():
        labels.setdefault(name, set()).add(label)
    said: list[dict[str, bool]] = [{} for _ in rows]
    for name, number in ((name, number) for name, numbers in split.items() for number in numbers):
        own = frozenset(labels.get(name, ()))
        read: dict[Any, bool | None] = {}
        for place, row in enumerate(rows):
            cell = placed.grid.rows[row][number]
            if cell not in read:
                read[cell] = chosen(cell, name, own)
            if (is_chosen := read[cell]) is not None:
                said[place][name] = is_chosen or said[place].get(name, False)
    return [" ".join(name for name, is_chosen in row.items() if is_chosen) if row else None for row in said]


def _with_split(joined: Sequence[str], split: Sequence[str | None], contradicted: dict[int, str]) -> Answers:
    """The joined column counts, for it keeps the order of choosing; where it is blank, the split ones do."""
    cells = []
    for row, (whole, parted) in enumerate(zip(joined, split, strict=True)):
        if parted and whole and not _agree(whole, parted, "choices"):
            contradicted[row] = parted
        cells.append(whole or (UNSURE if parted is None else parted or ASKED_BLANK))
    return Answers(cells, contradicted)


def _position(parts: Sequence[str]) -> str:
    """The parts that an export gives, as an XForm writes a position; "" where there is no latitude or longitude."""
    return " ".join(parts).strip() if all(parts[:2]) else ""
