"""What can be explored: the questions of any kind, and what each of them can be looked at by.

Two questions are crossed in one direction only, the later by the earlier: the same households counted both ways, each with its
own suppression, would tell what either withholds.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import pandas as pd

from liuwen.analysis.candidates import household_groups, place_columns, select_multiples, visit_dates
from liuwen.analysis.ratings import rating_questions, rating_steps
from liuwen.analysis.source import AnswerSource
from liuwen.form.households import household_column
from liuwen.form.types import SELECTS
from liuwen.responses.plan import MAIN
from liuwen.responses.section_counts import sections_of

if TYPE_CHECKING:
    from liuwen.responses import Responses

Kind = Literal["choices", "rating", "number"]
NUMBERS = frozenset({"integer", "decimal", "range"})
_MOST_GROUPS = 12
ROUND_NAMES = frozenset({"round", "wave", "轮次", "轮"})


def explorable(source: AnswerSource, minimum: int = 5) -> "Explorable":
    """What can be explored of a source; found once."""
    key = "explorable", minimum
    if key not in source.kept:
        source.kept[key] = Explorable(source, minimum)
    found: Explorable = source.kept[key]
    return found


@dataclass(frozen=True, eq=False)
class Explorable:
    """The questions of some answers, and the columns to look at them by."""

    source: AnswerSource
    minimum: int = 5

    @property
    def responses(self) -> "Responses":
        """The answers."""
        assert self.source.responses is not None
        return self.source.responses

    @cached_property
    def places(self) -> list[str]:
        """The columns of places, the finest first."""
        return place_columns(self.responses)

    @cached_property
    def kinds(self) -> list[str]:
        """The column that households are filtered by, if there is one."""
        return household_groups(self.responses)[:1]

    @cached_property
    def dates(self) -> list[str]:
        """The date of the visit, where visits fall in several months."""
        found = visit_dates(self.responses)[:1]
        months = [self.source.frame[column].dropna().dt.strftime("%Y-%m") for column in found]
        return [column for column, month in zip(found, months, strict=True) if month.nunique() > 1]

    @cached_property
    def questions(self) -> dict[str, Kind]:
        """Each question with enough answers and its kind: what is needed, or else a rating, first; then in the form's order."""
        found: dict[str, Kind] = {}
        skipped = {*self.source.places, household_column(self.source.form, self.source.columns)}
        for table in self.responses.plan.tables.values():
            for column in table.columns:
                kind = self._kind(column.name)
                if kind and column.name not in skipped and self._answers(column.name) >= self.minimum:
                    found[column.name] = kind
        asked_all = [column for column in select_multiples(self.responses)[:1] if column in found and self._is_asked_all(column)]
        ratings = [column for column, kind in found.items() if kind == "rating"][:1]
        return {column: found[column] for column in dict.fromkeys([*(asked_all or ratings), *found])}

    def _is_asked_all(self, column: str) -> bool:
        """Whether it is no follow-up of a rating, such as the reasons for it."""
        element = self.source.question(column)
        named = element.cell("relevant") if element is not None else ""
        return not any(f"${{{name}}}" in named for name in rating_questions(self.source.form, self.source.columns))

    def _kind(self, column: str) -> Kind | None:
        element = self.source.question(column)
        if element is None:
            return None
        if element.type in NUMBERS:
            return "number"
        if element.type not in {*SELECTS, "rank"}:
            return None
        return "rating" if element.type == "select_one" and rating_steps(self.source.form, element) else "choices"

    def _answers(self, column: str) -> int:
        return int(self.responses.answered(column).sum())

    def can_be_filtered(self, question: str) -> bool:
        """Whether it can be looked at for some households only: not where it is kept apart from whoever answered it."""
        return not self.responses.plan.tables[self.responses.column(question).table].unlinked

    def groupings(self, question: str) -> list[str]:
        """What a question can be looked at by: places, the month or round, and the select-one questions asked before it."""
        table = self.responses.column(question).table
        if self.responses.plan.tables[table].unlinked:
            section = sections_of(self.responses).get(question)
            return [] if section is None else [place for place in self.places if place in section.places]
        rounds = [column for column in self.source.columns if column.lower() in ROUND_NAMES and column != question]
        crossed = [] if question in self.kinds else self._asked_before(question)
        return list(dict.fromkeys([*self.places, *self.dates, *rounds, *crossed]))

    def _asked_before(self, question: str) -> list[str]:
        order = self._order
        before = order.get(question, len(order))
        return [column for column in self._crossing if order[column] < before]

    @cached_property
    def _order(self) -> dict[str, int]:
        return {column.name: number for number, column in enumerate(self.responses.plan.tables[MAIN].columns)}

    @cached_property
    def _crossing(self) -> list[str]:
        """The select-one questions that sort households into a few groups."""
        return [column for column in self._order if self._sorts_into_groups(column)]

    def _sorts_into_groups(self, column: str) -> bool:
        element = self.source.question(column)
        if element is None or element.type != "select_one" or column in self.source.places:
            return False
        values: pd.Series = self.source.frame[column].dropna()
        return 2 <= values.nunique() <= _MOST_GROUPS and len(values) >= 2 * self.minimum
