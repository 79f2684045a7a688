"""Marks that stand for no answer: "n/a" of Ona, "NA" of R, "None" of Python.

A mark is recognised by evidence: in a column of numbers, days or listed choices it cannot be an answer. In columns of text it is
taken for a blank only where it also fills several columns in which it cannot be an answer; else "NA" may be a name.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from liuwen.messages import Sentence
from liuwen.responses.from_exports.cells import label_names
from liuwen.responses.from_exports.coded import Coded
from liuwen.responses.from_exports.headers import Meaning
from liuwen.responses.from_exports.placing import Placed
from liuwen.responses.plan import TablePlan

_MARKS = frozenset(("n/a", "na", "#n/a", "<na>", "null", "none", "nan", "nat", "nil", "-", "--", "."))
_LONGEST = max(map(len, _MARKS))
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
            if isinstance(cell, str) and cell.strip() in marks:
                counts[cell.strip()] += count
    told = [
        _CLEARED.filled(mark=mark, columns=sum(mark in marks for marks in taken.values()), cells=cells)
        for mark, cells in counts.items()
    ]
    return replace(placed, grid=placed.grid.replaced(made)), told


def _without(cell: Any, marks: Collection[str]) -> Any:
    return "" if isinstance(cell, str) and cell.strip() in marks else cell


def _marks(column: Coded[Any], na: Collection[str] | None) -> frozenset[str]:
    if na:
        return frozenset(column.short_texts(max(map(len, na))).intersection(na) - {""})
    return frozenset(text for text in column.short_texts(_LONGEST) if text.casefold() in _MARKS)


def _evident(found: dict[int, frozenset[str]], meanings: Sequence[Meaning | None], plan: TablePlan) -> dict[int, frozenset[str]]:
    strict = {number: marks - _answers(meanings[number], plan) for number, marks in found.items() if _is_strict(meanings[number])}
    counts = Counter(mark for marks in strict.values() for mark in marks)
    everywhere = frozenset(mark for mark, count in counts.items() if count >= _ENOUGH)
    loose = {number: marks & everywhere for number, marks in found.items() if number not in strict}
    return {number: marks for number, marks in {**strict, **loose}.items() if marks}


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
