"""Which blanks of an export were asked: what the form's relevance says of each row."""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

import pyarrow as pa

from liuwen.expressions import ExpressionError, try_parse
from liuwen.expressions.answers import answer_value
from liuwen.expressions.kinds import ANY, Kinds, calculated_value
from liuwen.expressions.unknown import UnknownError
from liuwen.expressions.values import Scalar
from liuwen.responses.from_exports.linking import Linker
from liuwen.responses.from_exports.relevance import ExportCondition
from liuwen.responses.from_exports.split_columns import Answers
from liuwen.responses.from_submissions.raw_table import ASKED_BLANK, NOT_ASKED, UNSURE, Cell
from liuwen.responses.plan import Column, Kind, TablePlan

_CANNOT_TELL = frozenset({"datetime", "geopoint"})
_DATA_TYPES = {"integer": "integer", "decimal": "decimal", "date": "date", "choices": "select_multiple"}
_KINDS: Mapping[Kind, Kinds] = {
    "integer": frozenset({float}),
    "decimal": frozenset({float}),
    "date": frozenset({datetime}),
    "datetime": frozenset({datetime}),
}
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?=$|T| )")
_POINT_NOUGHT = re.compile(r"\.0*$")


class Asking:
    """Tells blanks that were asked from those that were not, as far as the other answers show it."""

    def __init__(self, plan: TablePlan, linker: Linker, answers: Mapping[str, Answers]) -> None:
        self._linker = linker
        self._answers = answers
        """By the path of the question; a cell for each row that its grid's links hold."""
        self._columns: dict[str, list[Column]] = {}
        for table in plan.tables.values():
            for column in table.columns:
                self._columns.setdefault(column.element.name, []).append(column)
        self._condition = lru_cache(maxsize=None)(ExportCondition)

    def settled(self, column: Column, host: str) -> Any:
        """The column's cells as an Arrow array, a blank told as asked, not asked, or still unsure."""
        told = self._answers[column.path]
        if UNSURE not in told.cells.different:
            return told.cells.as_array()
        conditions = self._conditions(column)
        cells: list[Cell] = list(told.cells)
        sources = [[self._source(name, host) for name in condition.names] for condition in conditions]
        for row, cell in enumerate(cells):
            if cell != UNSURE:
                continue
            verdicts = [
                condition.holds(tuple(self._answer(source, host, row) for source in named))
                for condition, named in zip(conditions, sources, strict=True)
            ]
            if False in verdicts:
                cells[row] = NOT_ASKED
            elif None not in verdicts and told.present:
                cells[row] = ASKED_BLANK
        return pa.array(cells, pa.string())

    def answer_to(self, name: str, host: str, row: int) -> Scalar | None:
        """The answer to the question that `name` refers to from a row of `host`; None if not available."""
        return self._answer(self._source(name, host), host, row)

    def _conditions(self, column: Column) -> list[ExportCondition]:
        """Those of the question and of the groups it stands in, up to the row's own repeat, which is there."""
        line = [*column.element.parents, column.element]
        below = [place for place, element in enumerate(line) if element.kind == "repeat"]
        return [
            self._condition(element.cell("relevant"))
            for element in line[below[-1] + 1 if below else 0 :]
            if element.cell("relevant")
        ]

    def _source(self, name: str, host: str) -> tuple[Column, int] | None:
        """The column that a name means to a row of `host`, and how many grids above it stands."""
        above = 0
        grid: str | None = host
        while grid is not None:
            for column in self._columns.get(name, ()):
                if self._linker.host_of(column.table) == grid:
                    return column, above
            grid, above = self._linker.above(grid), above + 1
        return None

    def _answer(self, source: tuple[Column, int] | None, host: str, row: int) -> Scalar | None:
        if source is None:
            return None
        column, above = source
        told = self._answers[column.path]
        if not told.present or column.kind in _CANNOT_TELL:
            return None
        for _ in range(above):
            row = self._linker.links[host].parent_rows[row]
            host = self._linker.above(host) or ""
        cell = told.cells[row]
        if cell == UNSURE or not cell:
            return ""
        return self._calculated(cell, column) if column.element.type == "calculate" else _worth(cell, column)

    def _calculated(self, text: str, column: Column) -> Scalar | None:
        tree = try_parse(column.element.cell("calculation"))
        try:
            return None if isinstance(tree, ExpressionError) else calculated_value(text, tree, self._kinds)
        except UnknownError:
            return None

    def _kinds(self, name: str) -> Kinds:
        """What the answers to a question are to an expression."""
        columns = self._columns.get(name, ())
        if len(columns) != 1 or columns[0].element.type == "calculate":
            return ANY
        return _KINDS.get(columns[0].kind, frozenset({str}))


def _worth(text: str, column: Column) -> Scalar | None:
    """The value of an exported answer in a condition; None if unknown, such as a day in another notation."""
    if column.kind == "date":
        day = _DAY.match(text.strip())
        if day is None:
            return None
        text = day[1]
    elif column.kind == "integer":
        text = _POINT_NOUGHT.sub("", text.strip())
    try:
        return answer_value(text, "time" if column.element.type == "time" else _DATA_TYPES.get(column.kind, "text"))
    except UnknownError:
        return None
