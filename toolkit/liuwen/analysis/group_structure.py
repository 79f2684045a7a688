"""The groups of a table and the places around them; made once for all questions that the same groups were asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from liuwen.analysis.grouping import groups_of
from liuwen.analysis.links import places_above, places_in, with_places_of_siblings
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
        known: What is computed of the groups alone, kept for the next table of the same groups.
    """

    groups: pd.DataFrame
    numbers: Counts
    above: pd.DataFrame
    places: Sequence[str]
    known: dict[Any, Any] = field(default_factory=dict)

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
    key = "groups", shape_of(source, asking), tuple(coarser), together, minimum > 1, present
    if present is not None and key in source.kept:
        found: GroupStructure = source.kept[key]
        return found
    groups, numbers = groups_of(source, answers, asking.keys, _sensitive_keys(source, asking) if minimum > 1 else ())
    above = places_above(answers, numbers, len(groups), coarser)
    made = GroupStructure(groups, numbers, above, places_in(source, asking.keys))
    if present is not None:
        source.kept[key] = made
    return made


def _sensitive_keys(source: AnswerSource, asking: Tabulation) -> list[str]:
    """The sensitive questions that groups are made by: a value without a group would be one that nobody gave."""
    asked = {key: source.question(key) for key in asking.keys}
    return [
        key for key, element in asked.items() if element is not None and element.type == "select_one" and is_sensitive(element)
    ]
