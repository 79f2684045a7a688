"""What a table counts of whom: question, groups, filters."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from liuwen.analysis.rounds import Rounds
from liuwen.analysis.source import DAY, AnswerSource
from liuwen.analysis.tally import UNANSWERED
from liuwen.form.sensitive import own_minimum

if TYPE_CHECKING:
    from liuwen.form.elements import Element

GIVEN = "given"
"""The choice that stands for: a number was given."""


@dataclass(frozen=True, eq=False)
class Tabulation:
    """What is counted of whom.

    Attributes:
        question: The question.
        by: The columns that are grouped by.
        where: The filters: column → value.
        rounds: Which visits of a household count.
        numbers: For a question of numbers, the columns that must all hold one for an answer to count as `GIVEN`.
        limits: For a question of numbers, the limits of the ranges to count.
        period: To how many characters dates that are grouped by are cut: 10 to the day, 7 to the month.
        sensitive: Whether nobody and everybody are withheld too; by default as the form declares.
    """

    question: str
    by: tuple[str, ...] = ()
    where: Mapping[str, str] | None = None
    rounds: Rounds = "last"
    numbers: tuple[str, ...] = ()
    limits: tuple[float, ...] = ()
    period: int = DAY
    sensitive: bool | None = None

    @property
    def filters(self) -> dict[str, str]:
        """The filters as a dictionary."""
        return dict(self.where or {})

    @property
    def keys(self) -> list[str]:
        """All columns that the table is made by."""
        return list(dict.fromkeys([*self.by, *self.filters]))


def least_shown(element: "Element | None", minimum: int) -> int:
    """The smallest number of households that may be shown of a question; 1 stays 1, for those who may see all."""
    return minimum if minimum <= 1 or element is None else max(minimum, own_minimum(element))


def shape_of(source: AnswerSource, asking: Tabulation) -> tuple[object, ...]:
    """What a table of all groups depends on: of most filters the column alone, since every value of it is a group."""
    filters = tuple((column, _cut_of(source, column, value)) for column, value in asking.filters.items())
    return asking.by, filters, asking.rounds, asking.period


def _cut_of(source: AnswerSource, column: str, value: str) -> str | int | None:
    """What of a filter's value changes the groups: of a select-multiple the value, of a date its length, else nothing."""
    element = source.question(column)
    if element is not None and element.type == "select_multiple":
        return value
    return len(value) if source.is_date(column) or column not in source.columns else None


def given_numbers(rows: pd.DataFrame, numbers: tuple[str, ...]) -> Any:
    """`GIVEN` where all numbers are there, the column's name where only it is, else `UNANSWERED`."""
    given = [pd.to_numeric(rows[column], errors="coerce").notna().to_numpy() for column in numbers]
    names = pd.array([GIVEN, *numbers, UNANSWERED], dtype="string")
    return names.take(np.select([np.all(given, axis=0), *given], [*range(len(numbers) + 1)], len(numbers) + 1))
