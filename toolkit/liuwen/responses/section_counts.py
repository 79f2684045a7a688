"""How an unlinked section was answered in each place: counted when the submissions are read, since its rows carry no place.

Each question is counted by itself, so that neither a row nor two answers of one person can be put together from it. What may be
shown of the counts is decided where figures are made (`liuwen.analysis.set_apart`); they are written nowhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.form.households import household_column
from liuwen.form.places import likely_places
from liuwen.responses.plan import MAIN, SELECT_KINDS, TablePlan

if TYPE_CHECKING:
    from liuwen.responses.responses import Responses

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]


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
    """

    places: pd.DataFrame = field(repr=False)
    asked: Counts = field(repr=False)
    choices: tuple[str, ...] = field(repr=False)
    counts: Counts = field(repr=False)
    homes: Counts = field(repr=False)
    choosing: Counts = field(repr=False)
    others: Counts = field(repr=False)


def sections_of(responses: "Responses") -> "Mapping[str, SectionCounts]":
    """The counts of some responses, for the rooms that withhold what must not be shown; nobody else is to see them."""
    return responses._sections


def section_counts(
    plan: TablePlan, tables: Mapping[str, pd.DataFrame], asked: Mapping[str, pd.DataFrame], whose: Mapping[str, Sequence[int]]
) -> dict[str, SectionCounts]:
    """Question → its counts, of all questions with choices; `whose` has the row of the submission behind each row of a section.

    Nothing where the form asks for no place.
    """
    main = tables[MAIN]
    levels = likely_places(plan.form, list(main.columns))
    if not levels:
        return {}
    texts = main[levels].astype("string").reset_index(drop=True)
    place, home = texts.groupby(levels, sort=False, dropna=False).ngroup().to_numpy(), _homes(plan, main, texts)
    places, found = texts.iloc[np.unique(place, return_index=True)[1]].reset_index(drop=True), {}
    for name, rows in whose.items():
        own = np.asarray(rows, dtype=np.int64)
        for column in plan.tables[name].columns:
            if column.kind in SELECT_KINDS:
                given, wanted = tables[name][column.heads[0]], asked[name][column.name]
                found[column.name] = _counted(given, wanted, places, np.asarray(place, dtype=np.int64)[own], home[own])
    return found


def _homes(plan: TablePlan, main: pd.DataFrame, places: pd.DataFrame) -> Counts:
    """The household of each submission, as a number; without a household number, each is one of its own."""
    number, own = household_column(plan.form, list(main.columns)), np.arange(len(main))
    if number is None:
        return own
    keys = places.assign(number=main[number].astype("string").to_numpy())
    found = keys.groupby(list(keys), sort=False, dropna=False).ngroup().to_numpy(dtype=np.int64)
    return np.asarray(np.where(keys["number"].isna(), len(main) + own, found), dtype=np.int64)


def _counted(answers: pd.Series, asked: pd.Series, places: pd.DataFrame, place: Counts, home: Counts) -> SectionCounts:
    given = answers.astype("string").fillna("").str.strip()
    wanted = asked.fillna(False).to_numpy(dtype=bool) | (given != "").to_numpy(dtype=bool)
    split, place, home = [text.split() or [""] for text in given[wanted]], place[wanted], home[wanted]
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
    return SectionCounts(places[there].reset_index(drop=True), people[there], choices, counts, homes[there], choosing, others)
