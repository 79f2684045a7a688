"""Which blanks of an export were asked: what the form's relevance says of each row."""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

import numpy as np

from liuwen.expressions import ExpressionError, try_parse
from liuwen.expressions.answers import answer_value
from liuwen.expressions.kinds import ANY, Kinds, calculated_value
from liuwen.expressions.unknown import UnknownError
from liuwen.expressions.values import Scalar
from liuwen.responses.from_exports.coded import Coded, Numbers, together
from liuwen.responses.from_exports.linking import Linker
from liuwen.responses.from_exports.relevance import ExportCondition
from liuwen.responses.from_exports.split_columns import Answers
from liuwen.responses.from_submissions.raw_table import ASKED_BLANK, NOT_ASKED, UNSURE
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
_UNKNOWN, _HOLDS, _FAILS = range(3)
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
        self._combined = lru_cache(maxsize=32)(self._combine)

    def settled(self, column: Column, host: str) -> Any:
        """The column's cells as an Arrow array, a blank told as asked, not asked, or still unsure."""
        told = self._answers[column.path]
        unsure = np.flatnonzero(told.cells.rows_equal(UNSURE))
        if not len(unsure):
            return told.cells.as_array()
        verdicts = [self._verdicts(condition, host, unsure) for condition in self._conditions(column)]
        fails, holds = np.zeros(len(unsure), bool), np.full(len(unsure), told.present)
        for each in verdicts:
            fails |= each == _FAILS
            holds &= each == _HOLDS
        return told.cells.filled(unsure[fails], NOT_ASKED).filled(unsure[holds], ASKED_BLANK).as_array()

    def _verdicts(self, condition: ExportCondition, host: str, rows: Numbers) -> Numbers:
        """What a condition says of some rows; each combination of answers that stands in them is worked out once."""
        sources = [self._source(name, host) for name in condition.names]
        combined = self._combined(condition, host)
        codes = combined.codes[rows]
        verdicts = np.full(len(combined.different), _UNKNOWN, np.int8)
        for code in np.unique(codes).tolist():
            cells = zip(sources, combined.different[code], strict=True)
            said = condition.holds(tuple(self._worth(source, cell) for source, cell in cells))
            verdicts[code] = _UNKNOWN if said is None else _HOLDS if said else _FAILS
        return verdicts[codes]

    def _combine(self, condition: ExportCondition, host: str) -> Coded[tuple[str, ...]]:
        """The answers that a condition refers to, a tuple a row."""
        nothing = Coded([""], np.zeros(len(self._linker.links[host].rows), np.int32))
        named = [self._cells(self._source(name, host), host) for name in condition.names]
        return together([nothing if cells is None else cells for cells in named] or [nothing])

    def _cells(self, source: "tuple[Column, int] | None", host: str) -> Coded[str] | None:
        """The answers to a question in the rows of `host`, or above each."""
        if source is None:
            return None
        column, above = source
        rows = np.arange(len(self._linker.links[host].rows))
        for _ in range(above):
            rows = np.asarray(self._linker.links[host].parent_rows, np.int64)[rows]
            host = self._linker.above(host) or ""
        cells = self._answers[column.path].cells
        return Coded(cells.different, cells.codes[rows]) if above else cells

    def answer_to(self, name: str, host: str, row: int) -> Scalar | None:
        """The answer to the question that `name` refers to from a row of `host`; None if not available."""
        source = self._source(name, host)
        cells = self._cells(source, host)
        return None if cells is None else self._worth(source, cells[row])

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

    def _worth(self, source: tuple[Column, int] | None, cell: str) -> Scalar | None:
        """What a cell is to a condition; None if unknown."""
        if source is None or not self._answers[source[0].path].present or source[0].kind in _CANNOT_TELL:
            return None
        if cell == UNSURE or not cell:
            return ""
        return self._calculated(cell, source[0]) if source[0].element.type == "calculate" else _worth(cell, source[0])

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
