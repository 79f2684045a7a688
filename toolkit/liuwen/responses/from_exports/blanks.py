"""Marks that stand for no answer: "n/a" of Ona, "NA" of R, "None" of Python.

A mark is recognised by evidence: in a column of numbers, days or listed choices it cannot be an answer. In columns of text it is
taken for a blank only where it also fills several columns in which it cannot be an answer; else "NA" may be a name.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from liuwen.messages import Sentence
from liuwen.responses.from_exports.arrow_texts import ArrowTexts
from liuwen.responses.from_exports.cells import label_names, text_of
from liuwen.responses.from_exports.coded import Coded
from liuwen.responses.from_exports.headers import Meaning
from liuwen.responses.from_exports.placing import Placed
from liuwen.responses.plan import TablePlan

_MARKS = frozenset(("n/a", "na", "#n/a", "<na>", "null", "none", "nan", "nat", "nil", "-", "--", "."))
_LONGEST = max(map(len, _MARKS))
_WITHOUT_POINT = re.compile(r"(?<=[0-9])\.0*$")
_MORE = 8
"""Signs by which a number may be longer than the mark that it is, such as ".0"."""
_ENOUGH = 2
"""Columns in which a mark cannot be an answer, before it counts in columns of text too."""

_CLEARED = Sentence(
    zh="“{mark}”在 {columns} 列中表示没有回答（{cells} 格），读作空白；不该如此时请写 na=()。",
    en="“{mark}” stands for no answer in {columns} columns ({cells} cells) and was read as blank; if it does not, pass na=().",
)


def without_marks(placed: Placed, plan: TablePlan, na: Collection[str] | None) -> tuple[Placed, list[Sentence]]:
    """The grid with its marks blank, and a remark for each; `na` are the marks that the caller names, () being none."""
    columns = placed.grid.columns
    if na is not None and not na:
        return placed, []
    found = {number: marks for number, column in enumerate(columns) if (marks := _marks(column, na))}
    if not found:
        return placed, []
    taken = found if na else _evident(found, placed.meanings, plan)
    counts: Counter[str] = Counter()
    made = list(columns)
    for number, marks in taken.items():
        made[number] = columns[number].mapped(partial(_without, marks=marks))
        for cell, count in columns[number].counts().items():
            if mark := marks.get(text_of(cell).strip()):
                counts[mark] += count
    told = [
        _CLEARED.filled(mark=mark, columns=sum(mark in marks.values() for marks in taken.values()), cells=cells)
        for mark, cells in counts.items()
    ]
    return replace(placed, grid=placed.grid.replaced(made)), told


Marks = Mapping[str, str]
"""What stands in a column → the mark that it is: "-99.0" → "-99"."""


def _without(cell: Any, marks: Marks) -> Any:
    return "" if text_of(cell).strip() in marks else cell


def _marks(column: Coded[Any], na: Collection[str] | None) -> Marks:
    if not na:
        return {text: text for text in column.short_texts(_LONGEST) if text.casefold() in _MARKS}
    texts = column.short_texts(max(map(len, na)) + _MORE)
    if not isinstance(column.different, ArrowTexts):
        texts |= {text_of(cell) for cell in column.different if not isinstance(cell, str)}
    named = {_WITHOUT_POINT.sub("", mark): mark for mark in na if mark}
    return {text: named[plain] for text in texts if (plain := _WITHOUT_POINT.sub("", text)) in named}


def _evident(found: Mapping[int, Marks], meanings: Sequence[Meaning | None], plan: TablePlan) -> dict[int, Marks]:
    strict = {
        number: _but(marks, _answers(meanings[number], plan)) for number, marks in found.items() if _is_strict(meanings[number])
    }
    counts = Counter(mark for marks in strict.values() for mark in marks)
    rare = {mark for marks in found.values() for mark in marks if counts[mark] < _ENOUGH}
    loose = {number: _but(marks, rare) for number, marks in found.items() if number not in strict}
    return {number: marks for number, marks in {**strict, **loose}.items() if marks}


def _but(marks: Marks, others: Collection[str]) -> Marks:
    return {text: mark for text, mark in marks.items() if text not in others}


def _is_strict(means: Meaning | None) -> bool:
    """Whether a mark cannot be an answer in a column."""
    if means is None or means.column is None:
        return False
    return means.choice is not None or means.part is not None or means.column.kind != "text"


def _answers(means: Meaning | None, plan: TablePlan) -> frozenset[str]:
    """The names and labels that a column's question offers."""
    listed = plan.choices(means.column) if means and means.column else None
    return frozenset(_spellings(listed.names, label_names(listed)) if listed else ())


def _spellings(names: Collection[str], labels: Collection[str]) -> Iterator[str]:
    yield from names
    yield from labels
