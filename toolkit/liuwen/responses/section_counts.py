"""How an unlinked section was answered in each place: counted when the submissions are read, since its rows carry no place.

Each question is counted by itself, so that neither a row nor two answers of one person can be put together from it. What may be
shown of the counts is decided where figures are made (`liuwen.analysis.set_apart`); they are written nowhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from liuwen.form.households import household_column
from liuwen.form.places import likely_places
from liuwen.responses.from_submissions.raw_table import NOT_ASKED, UNSURE, RawTable
from liuwen.responses.plan import MAIN, SELECT_KINDS, TablePlan

if TYPE_CHECKING:
    from liuwen.responses.responses import Responses

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]
_NOT_ASKED = (NOT_ASKED, UNSURE)


@dataclass(frozen=True, eq=False)
class SectionCounts:
    """The answers to one question of an unlinked section, by place.

    Attributes:
        places: A row a place: its column for each level, the finest first, as text; missing where it was not given.
        asked: Those asked, per place.
        choices: The choices that were given; "" stands for no answer.
        counts: Those who gave each, per place and choice.
        homes: The households behind those asked, per place.
        choosing: The households behind each count.
        others: The households of those asked who did not give it.
        all_places: A row a place, also of those whose rows are left out.
        all_asked: Those asked there, also those whose rows are left out.
    """

    places: pd.DataFrame = field(repr=False)
    asked: Counts = field(repr=False)
    choices: tuple[str, ...] = field(repr=False)
    counts: Counts = field(repr=False)
    homes: Counts = field(repr=False)
    choosing: Counts = field(repr=False)
    others: Counts = field(repr=False)
    all_places: pd.DataFrame = field(repr=False)
    all_asked: Counts = field(repr=False)


@dataclass(frozen=True, eq=False)
class RowsApart:
    """The rows of an unlinked section.

    Attributes:
        shown: Those shown, in order.
        whose: The row of the submission behind each.
        levels: The columns of places by which each is counted; None for all of them.
        out: The row of the submission behind each that is left out.
        asked_out: Path of a question → whether each that is left out was asked it.
    """

    shown: list[int]
    whose: list[int]
    levels: Sequence[tuple[str, ...]] | None
    out: list[int]
    asked_out: Mapping[str, Mask]


def rows_apart(
    table: RawTable, rows: list[int], at: Mapping[int, int], levels: "Sequence[tuple[str, ...] | None] | None"
) -> RowsApart:
    """Some rows of an unlinked section, with the `levels` of places that each is counted by (None: it is left out).

    `at` has the row of each submission.
    """
    if levels is None:
        return RowsApart(rows, [at[table.submissions[row]] for row in rows], None, [], {})
    shown = [(row, known) for row, known in zip(rows, levels, strict=True) if known is not None]
    out = [row for row, known in zip(rows, levels, strict=True) if known is None]
    cells = table.columns() if out else []
    asked = {
        column.path: np.array([cell not in _NOT_ASKED for cell in of.take(pa.array(out, pa.int64())).to_pylist()], dtype=bool)
        for column, of in zip(table.table.columns, cells, strict=False)
    }
    whose = [[at[table.submissions[row]] for row in some] for some in ([row for row, _ in shown], out)]
    return RowsApart([row for row, _ in shown], whose[0], [known for _, known in shown], whose[1], asked)


def sections_of(responses: "Responses") -> "Mapping[str, SectionCounts]":
    """The counts of some responses, for the rooms that withhold what must not be shown; nobody else is to see them."""
    return responses._sections


def section_counts(
    plan: TablePlan, tables: Mapping[str, pd.DataFrame], asked: Mapping[str, pd.DataFrame], apart: Mapping[str, RowsApart]
) -> dict[str, SectionCounts]:
    """Question → its counts, of all questions with choices; `apart` has the rows of each section.

    Nothing where the form asks for no place.
    """
    main = tables[MAIN]
    levels = likely_places(plan.form, list(main.columns))
    if not levels:
        return {}
    texts = main[levels].astype("string").reset_index(drop=True)
    every, place = _numbered(texts)
    home, found = _homes(plan, main, texts), {}
    for name, rows in apart.items():
        own, out = np.asarray(rows.whose, dtype=np.int64), np.asarray(rows.out, dtype=np.int64)
        places, counted_in = (every, place[own]) if rows.levels is None else _numbered(_told(texts.iloc[own], rows.levels))
        for column in plan.tables[name].columns:
            if column.kind in SELECT_KINDS:
                given = tables[name][column.heads[0]].astype("string").fillna("").str.strip()
                wanted = asked[name][column.name].fillna(False).to_numpy(dtype=bool) | (given != "").to_numpy(dtype=bool)
                people = np.bincount(place[own][wanted], minlength=len(every))
                if len(out):
                    people += np.bincount(place[out][rows.asked_out[column.path]], minlength=len(every))
                in_all = every[people > 0].reset_index(drop=True), people[people > 0]
                found[column.name] = _counted(given[wanted], places, counted_in[wanted], home[own][wanted], in_all)
    return found


def _numbered(texts: pd.DataFrame) -> tuple[pd.DataFrame, Counts]:
    """The different rows of some places, and the number of each row."""
    number: Counts = np.array(texts.groupby(list(texts), sort=False, dropna=False).ngroup(), dtype=np.int64)
    return texts.iloc[np.unique(number, return_index=True)[1]].reset_index(drop=True), number


def _told(texts: pd.DataFrame, levels: Sequence[tuple[str, ...]]) -> pd.DataFrame:
    """The places of some rows, without those that are not told of them."""
    kinds = {known: number for number, known in enumerate(dict.fromkeys(levels))}
    kind = np.array([kinds[known] for known in levels], dtype=np.int64)
    told = {place: np.array([place in known for known in kinds], dtype=bool)[kind] for place in texts}
    return pd.DataFrame({place: texts[place].where(told[place]) for place in texts}).reset_index(drop=True)


def _homes(plan: TablePlan, main: pd.DataFrame, places: pd.DataFrame) -> Counts:
    """The household of each submission, as a number; without a household number, each is one of its own."""
    number, own = household_column(plan.form, list(main.columns)), np.arange(len(main))
    if number is None:
        return own
    keys = places.assign(number=main[number].astype("string").to_numpy())
    found = keys.groupby(list(keys), sort=False, dropna=False).ngroup().to_numpy(dtype=np.int64)
    return np.asarray(np.where(keys["number"].isna(), len(main) + own, found), dtype=np.int64)


def _counted(
    given: pd.Series, places: pd.DataFrame, place: Counts, home: Counts, in_all: tuple[pd.DataFrame, Counts]
) -> SectionCounts:
    """The answers of those asked, with the place and the household of each."""
    split = [text.split() or [""] for text in given]
    choices = tuple(dict.fromkeys(choice for each in split for choice in each))
    chosen = np.array([[choice in each for choice in choices] for each in split], dtype=bool).reshape(len(split), len(choices))
    size = len(places)

    def behind(rows: Mask) -> Counts:
        """The households behind some rows, per place; a household is of one place."""
        first = np.unique(home[rows], return_index=True)[1]
        return np.bincount(place[rows][first], minlength=size)

    def by_choice(one: Mask) -> list[Counts]:
        return [np.bincount(place[one], minlength=size), behind(one), behind(~one)]

    found = np.array([by_choice(column) for column in chosen.T], dtype=np.int64).reshape(len(choices), 3, size)
    people, homes = np.bincount(place, minlength=size), behind(np.ones(len(split), dtype=bool))
    there = people > 0
    counts, choosing, others = (found[:, part].T[there] for part in range(3))
    shown = places[there].reset_index(drop=True)
    return SectionCounts(shown, people[there], choices, counts, homes[there], choosing, others, *in_all)
