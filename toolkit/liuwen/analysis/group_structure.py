"""The groups of a table and the places around them; made once for all questions that the same groups were asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from liuwen.analysis.coded import coded_answers
from liuwen.analysis.grouping import MOST_GROUPS, groups_of
from liuwen.analysis.links import SEVERAL, CodedPlaces, coded_places, places_above, places_in, with_places_of_siblings
from liuwen.analysis.source import AnswerSource
from liuwen.analysis.states import Counts
from liuwen.analysis.tabulation import Tabulation, shape_of
from liuwen.form.sensitive import is_sensitive


@dataclass(frozen=True, eq=False)
class GroupStructure:
    """Groups and what lies around them.

    Attributes:
        groups: The groups, a row each.
        numbers: The group of each row that was counted.
        above: The coarser places of each group that are not among its own columns, the coarsest first.
        places: The columns of `groups` that are places, the coarsest first.
        coarser: The coarser places of each row, where the rows of a group may lie in several.
        known: What is computed of the groups alone, kept for the next table of the same groups.
    """

    groups: pd.DataFrame
    numbers: Counts
    above: pd.DataFrame
    places: Sequence[str]
    coarser: CodedPlaces | None = None
    known: dict[Any, Any] = field(default_factory=dict)
    parts: dict[bytes, "GroupStructure"] = field(default_factory=dict)
    """The structures of some of its groups."""

    def with_siblings(self, asked: Counts) -> "GroupStructure":
        """The same, where a group of which nobody was asked lies where others of its place do."""
        if (asked > 0).all():
            return self
        key = "siblings", (asked > 0).tobytes()
        if key not in self.known:
            above = with_places_of_siblings(self.above, self.groups, self.places, asked)
            self.known[key] = replace(self, above=above, known={})
        found: GroupStructure = self.known[key]
        return found


def group_structure(
    source: AnswerSource,
    asking: Tabulation,
    answers: pd.DataFrame,
    coarser: Sequence[str],
    names: Mapping[str, set[str]],
    *,
    minimum: int,
    named: int,
    present: bytes | None,
) -> GroupStructure:
    """Find the groups of counted rows.

    `names` are the values of each column that fewer households than `named` share, and that were put together. `present` tells
    which combinations of values the rows are; where it is None, nothing is kept.
    """
    together = tuple((column, frozenset(few), named) for column, few in names.items() if few)
    complete = _sensitive_keys(source, asking) if minimum > 1 else []
    key = "groups", shape_of(source, asking), tuple(coarser), together, tuple(complete), present
    if present is not None and key in source.kept:
        found: GroupStructure = source.kept[key]
        return found
    made = None if present is None or together or complete else _of_all(source, asking, coarser, present)
    made = made or _structure(source, asking, answers, coarser, complete)
    if present is not None:
        source.kept[key] = made
    return made


def _structure(
    source: AnswerSource, asking: Tabulation, answers: pd.DataFrame, coarser: Sequence[str], complete: Sequence[str] = ()
) -> GroupStructure:
    groups, numbers = groups_of(source, answers, asking.keys, complete)
    around = coded_places(answers, coarser)
    above = places_above(around, numbers, len(groups))
    parted = (above == SEVERAL).to_numpy(dtype=bool).any()
    return GroupStructure(groups, numbers, above, places_in(source, asking.keys), around if parted else None)


def _of_all(source: AnswerSource, asking: Tabulation, coarser: Sequence[str], present: bytes) -> GroupStructure | None:
    """Those of the groups of all submissions that are `present`: so questions asked of the same groups have one structure.

    None for too many groups. Groups that are part of several coarser places may be part of one for fewer answers: these places
    are found for each question.
    """
    key = "all groups", shape_of(source, asking), tuple(coarser)
    if key not in source.kept:
        rows = coded_answers(source).groups(asking, coarser)[1]
        source.kept[key] = _structure(source, asking, rows, coarser) if len(rows) <= MOST_GROUPS else None
    every: GroupStructure | None = source.kept[key]
    if every is None:
        return None
    there = np.frombuffer(present, dtype=bool)
    used, numbers = np.unique(every.numbers[there], return_inverse=True)
    if used.tobytes() not in every.parts:
        groups = every.groups.take(used).reset_index(drop=True)
        above = every.above.take(used).reset_index(drop=True)
        every.parts[used.tobytes()] = GroupStructure(groups, numbers, above, every.places)
    part = every.parts[used.tobytes()]
    if every.coarser is None:
        return replace(part, numbers=numbers)
    around = {place: (codes[there], values) for place, (codes, values) in every.coarser.items()}
    return replace(part, numbers=numbers, above=places_above(around, numbers, len(used)), known={})


def _sensitive_keys(source: AnswerSource, asking: Tabulation) -> list[str]:
    """The sensitive questions that groups are made by: a value without a group would be one that nobody gave."""
    asked = {key: source.question(key) for key in asking.keys}
    return [
        key for key, element in asked.items() if element is not None and element.type == "select_one" and is_sensitive(element)
    ]
