"""One question's answers out of an export's columns: whole, split over its choices, or over a position's parts."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np

from liuwen.responses.from_exports.cells import chosen, label_names, stored_choices, stored_multiples, text_of, texts_of
from liuwen.responses.from_exports.coded import Coded, together
from liuwen.responses.from_exports.collecting import coded
from liuwen.responses.from_exports.headers import zone_of
from liuwen.responses.from_exports.placing import Placed
from liuwen.responses.from_exports.plain_writing import in_plain_writing
from liuwen.responses.from_exports.split_columns import Answers, agree, with_ranks, with_split
from liuwen.responses.from_submissions.raw_table import UNSURE
from liuwen.responses.plan import Column, Kind, TablePlan
from liuwen.responses.reading_options import DayOrder


def answers_to(column: Column, placed: Placed, rows: Sequence[int], plan: TablePlan, dates: DayOrder | None = None) -> Answers:
    """The answers to one question in the given rows of a grid; blanks are unsure."""
    wholes, split, parts = _where(column, placed)
    if not wholes and not split and not parts:
        return Answers(Coded([UNSURE], np.zeros(len(rows), np.int32)), {}, present=False)
    told = [_whole(column, placed, rows, number, plan, dates) for number in wholes]
    if parts:
        pieces = [texts_of(_cells(placed, part, rows)) for part in parts if part is not None]
        told.append(together(pieces).mapped(_position))
    joined, contradicted = _first_told(told, len(rows), column.kind)
    if not split:
        return Answers(joined.replaced("", UNSURE), contradicted)
    if column.element.type == "rank":
        return with_ranks(joined, {name: _texts(placed, rows, numbers) for name, numbers in split.items()}, plan.choices(column))
    said, unread = _split(column, placed, rows, split, plan)
    return with_split(joined, said, {**unread, **contradicted}, plan.choices(column))


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


def _first_told(told: Sequence[Coded[str]], count: int, kind: Kind) -> tuple[Coded[str], dict[int, str]]:
    """What the first column that is filled says in each row, and where a later one says otherwise."""
    if len(told) == 1:
        return told[0], {}
    first = [""] * count
    otherwise: dict[int, str] = {}
    for texts in told:
        for row, text in enumerate(texts):
            first[row] = first[row] or text
            if text and not agree(first[row], text, kind):
                otherwise[row] = text
    return coded(first), otherwise


def _whole(  # noqa: PLR0917
    column: Column, placed: Placed, rows: Sequence[int], number: int, plan: TablePlan, dates: DayOrder | None
) -> Coded[str]:
    texts = texts_of(_cells(placed, number, rows), column.kind)
    if column.kind == "choice":
        return stored_choices(texts, plan.choices(column))
    if column.kind == "choices":
        return stored_multiples(texts, plan.choices(column))
    return in_plain_writing(texts, column, dates, zone_of(placed.grid.header[number]))


def _split(
    column: Column, placed: Placed, rows: Sequence[int], split: dict[str, list[int]], plan: TablePlan
) -> tuple[Coded[dict[str, bool]], dict[int, str]]:
    """What the split columns say of each row, whether a choice was made; and the cells that say neither."""
    listed = plan.choices(column)
    labels: dict[str, set[str]] = {}
    for label, name in (label_names(listed) if listed else {}).items():
        labels.setdefault(name, set()).add(label)
    numbered = [(name, number) for name, numbers in split.items() for number in numbers]
    names = [name for name, _ in numbered]
    told = [
        _cells(placed, number, rows).mapped(partial(chosen, name=name, labels=frozenset(labels.get(name, ()))))
        for name, number in numbered
    ]
    unread: dict[int, str] = {}
    for (_, number), said in zip(numbered, told, strict=True):
        cells = _cells(placed, number, rows)
        for row in np.flatnonzero(said.rows_with(lambda is_chosen: is_chosen is None) & cells.rows_filled()).tolist():
            if text := text_of(cells[row]).strip():
                unread[row] = f"{unread[row]}; {text}" if row in unread else text
    return together(told).mapped(partial(_said, names)), unread


def _said(names: Sequence[str], told: Sequence[bool | None]) -> dict[str, bool]:
    said: dict[str, bool] = {}
    for name, is_chosen in zip(names, told, strict=True):
        if is_chosen is not None:
            said[name] = is_chosen or said.get(name, False)
    return said


def _cells(placed: Placed, number: int, rows: Sequence[int]) -> Coded[Any]:
    """The cells of a column in the given rows, which stand in their order."""
    cells = placed.grid.columns[number]
    return cells if len(rows) == len(cells) else cells.only(rows)


def _texts(placed: Placed, rows: Sequence[int], numbers: Sequence[int]) -> list[str]:
    """What the columns say, the first that is filled."""
    columns = [placed.grid.columns[number] for number in numbers]
    return [next((text for column in columns if (text := text_of(column[row]).strip())), "") for row in rows]


def _position(parts: Sequence[str]) -> str:
    """The parts that an export gives, as an XForm writes a position; "" where there is no latitude or longitude."""
    return " ".join(parts).strip() if all(parts[:2]) else ""
