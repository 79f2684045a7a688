"""The answers of submissions as numbers, made once: every later table is counted over them, however many there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.analysis.asked_rows import households, is_visited_again
from liuwen.analysis.bins import ranges_of
from liuwen.analysis.choice_counts import Picks, counted_picks, picks_of
from liuwen.analysis.rounds import Rounds, require_rounds, visit_ranks, visit_time, visits_kept
from liuwen.analysis.source import AnswerSource, counted
from liuwen.analysis.tabulation import Tabulation, given_numbers
from liuwen.responses.plan import MAIN

if TYPE_CHECKING:
    from liuwen.analysis.choice_counts import ChoiceCounts

Codes = NDArray[np.int64]
_DENSE = 4_000_000
"""Up to so many combinations of values, those that occur are found by counting instead of sorting."""


@dataclass(frozen=True, eq=False)
class CodedColumn:
    """A column as numbers: the number of each row's value, and the values as text."""

    codes: NDArray[np.int32]
    values: pd.Series


@dataclass(frozen=True, eq=False)
class CodedAnswers:
    """The columns and answers of a source's submissions as numbers."""

    source: AnswerSource

    @cached_property
    def _kept(self) -> dict[object, object]:
        return {}

    def counts(self, asking: Tabulation, coarser: Sequence[str]) -> "ChoiceCounts":
        """How many of each combination of the columns chose each choice."""
        picks = self._picks(asking)
        codes, rows = self.groups(asking, coarser)
        return counted_picks(picks, codes[self._visits(asking.question, asking.rounds)], rows)

    def groups(self, asking: Tabulation, coarser: Sequence[str] = ()) -> tuple[Codes, pd.DataFrame]:
        """The combination of columns that each submission is of, and the combinations, as text."""
        keys = tuple((column, self._cut(column, asking), self._chosen(column, asking)) for column in (*asking.keys, *coarser))
        if keys not in self._kept:
            self._kept[keys] = combined({key[0]: self._column(*key) for key in keys}, len(self.source.frame))
        found: tuple[Codes, pd.DataFrame] = self._kept[keys]  # type: ignore[assignment]
        return found

    def _cut(self, column: str, asking: Tabulation) -> int | None:
        """To how many characters a date is cut."""
        if not self.source.is_date(column):
            return None
        return asking.period if column in asking.by or column not in asking.filters else len(asking.filters[column])

    def _chosen(self, column: str, asking: Tabulation) -> str | None:
        """The value that a filter on a select-multiple looks for."""
        element = self.source.question(column)
        several = element is not None and element.type == "select_multiple"
        return asking.filters[column] if several and column in asking.filters and column not in asking.by else None

    def _column(self, column: str, cut: int | None, value: str | None) -> CodedColumn:
        key = column, cut, value
        if key not in self._kept:
            coded = coded_column(self.source.frame[column], cut) if value is None else self._column(column, cut, None)
            self._kept[key] = coded if value is None else _looked_for(coded, value)
        found: CodedColumn = self._kept[key]  # type: ignore[assignment]
        return found

    def _visits(self, question: str, rounds: Rounds) -> NDArray[np.intp]:
        """The rows that count for a question, one of each household."""
        key = "visits", question, rounds
        if key not in self._kept:
            responses = self.source.responses
            assert responses is not None
            require_rounds(rounds)
            visits = np.flatnonzero(counted(responses, question))
            if is_visited_again(self.source):
                times = visit_time(self.source)
                visits = visits_kept(visits, households(self.source), times, lambda: visit_ranks(self.source, rounds))
            self._kept[key] = visits
        found: NDArray[np.intp] = self._kept[key]  # type: ignore[assignment]
        return found

    def _picks(self, asking: Tabulation) -> Picks:
        key = "picks", asking.question, asking.rounds, asking.limits, asking.numbers
        if key not in self._kept:
            visits = self._visits(asking.question, asking.rounds)
            answers = self.source.frame[asking.question]
            answers = answers if len(visits) == len(answers) else answers.iloc[visits]
            if asking.numbers:
                answers = pd.Series(given_numbers(self.source.frame.iloc[visits], asking.numbers))
            if asking.limits:
                answers = ranges_of(answers, asking.limits)
            element = self.source.question(asking.question)
            self._kept[key] = picks_of(answers, many=element is not None and element.type == "select_multiple")
        found: Picks = self._kept[key]  # type: ignore[assignment]
        return found


def coded_answers(source: AnswerSource) -> CodedAnswers:
    """Those of a source, made once."""
    if "coded" not in source.kept:
        source.kept["coded"] = CodedAnswers(source)
    known: CodedAnswers = source.kept["coded"]
    return known


def can_be_coded(source: AnswerSource, asking: Tabulation) -> bool:
    """Whether a table can be counted so: of submissions, of which each household counts once, and nothing was released before."""
    responses = source.responses
    return (
        responses is not None
        and responses.published is None
        and asking.rounds != "all"
        and responses.column(asking.question).table == MAIN
    )


def coded_column(column: pd.Series, cut: int | None) -> CodedColumn:
    """A column as numbers; dates are cut to so many characters.

    >>> coded = coded_column(pd.Series(["b", None, "b"]), None)
    >>> coded.codes.tolist(), coded.values.tolist()
    ([0, 1, 0], ['b', <NA>])
    """
    codes, distinct = pd.factorize(column, use_na_sentinel=False)
    values = pd.Series(distinct)
    texts = values.dt.strftime("%Y-%m-%d").str.slice(0, cut) if cut else values.astype("string")
    again, distinct = pd.factorize(texts.astype("string"), use_na_sentinel=False)
    return CodedColumn(again.astype(np.int32)[codes], pd.Series(distinct, dtype="string"))


def _looked_for(coded: CodedColumn, value: str) -> CodedColumn:
    """Whether the answers have a value."""
    has = np.array([not pd.isna(answer) and value in answer.split() for answer in coded.values], dtype=np.int32)
    return CodedColumn(has[coded.codes], pd.Series([None, value], dtype="string"))


def combined(columns: Mapping[str, CodedColumn], size: int) -> tuple[Codes, pd.DataFrame]:
    """The number of the combination of values of each of `size` rows, and the combinations that occur, as text."""
    number, radix = np.zeros(size, dtype=np.int64), 1
    for column in columns.values():
        number = number * max(len(column.values), 1) + column.codes
        radix *= max(len(column.values), 1)
    if radix <= _DENSE:
        there = np.flatnonzero(np.bincount(number, minlength=radix))
        place = np.zeros(radix, dtype=np.int64)
        place[there] = np.arange(len(there))
        number = place[number]
    else:
        there, number = np.unique(number, return_inverse=True)
    keys = {}
    for name, column in reversed(list(columns.items())):
        there, at = np.divmod(there, max(len(column.values), 1))
        keys[name] = column.values.take(at).reset_index(drop=True)
    return number, pd.DataFrame(dict(reversed(list(keys.items()))), index=range(int(number.max(initial=-1)) + 1))
