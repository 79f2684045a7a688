"""What earlier releases showed of a table, and what its difference from them would tell.

A figure that was shown and is shown again tells the difference: those counted since. So the table of what has moved between
two releases is protected like a table of its own, and a figure is shown again only where its difference may be shown. A figure
that was withheld is shown only where so much has moved that it tells nothing of what it was: anything that it could be then it
still can be.

Answers that were changed or erased since can no longer be read; the record of releases knows only their places. They count as
asked in the table of what has moved, and a figure of such a group is shown only where it moves by the minimum at least, whatever
they answered.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.analysis.behind import most_behind
from liuwen.analysis.disclosure import Protection
from liuwen.analysis.linked import LinkedTable
from liuwen.analysis.plain_texts import plain_texts
from liuwen.analysis.states import HIDDEN, YES, Counts, States, stated_bounds

if TYPE_CHECKING:
    from liuwen.analysis.tallied import Tallied

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class EarlierTable:
    """The same table as an earlier release showed it, with the groups and choices of now.

    Attributes:
        asked: Those asked then.
        counts: Those who chose it then.
        states: What was shown then; of groups that were not there all is known.
        moved: Those counted now and not then, or then and not now; those lost count as asked.
        lost: How many rows that are changed or erased since each group may have had: of each submission as many as of the
            largest household.
    """

    asked: Counts
    counts: Counts
    states: Protection
    moved: LinkedTable
    lost: Counts

    def still_shown(self, now: Protection, counts: Counts, minimum: int) -> Protection:
        """What may be shown now of what `now` allows; `counts` are those of now."""
        minimum = max(minimum, self.moved.least)
        difference = self.moved.protected(minimum)
        whole, cells = difference.groups == YES, difference.cells[:, : counts.shape[1]] == YES
        before, losing = self.states.groups == YES, self.lost > 0
        groups_free = np.where(before | losing, whole, self.moved.asked >= minimum)
        groups = np.where((now.groups == YES) & ~groups_free, HIDDEN, now.groups)
        states = np.where(before[:, np.newaxis], self.states.cells, HIDDEN).astype(np.int8)
        cells_free = np.where(states == YES, cells, self._untold(states, counts, minimum)) & (cells | ~losing[:, np.newaxis])
        free = cells_free & groups_free[:, np.newaxis]
        return Protection(groups.astype(np.int8), np.where(free, now.cells, HIDDEN).astype(np.int8))

    def _untold(self, states: States, counts: Counts, minimum: int) -> Mask:
        """Where the count of now leaves a withheld count of then all that it could be."""
        low, high = stated_bounds(self.counts, np.broadcast_to(self.asked[:, np.newaxis], counts.shape), states, minimum)
        moved = self.moved.asked[:, np.newaxis]
        return np.asarray((counts - moved <= low) & (counts >= high))


def earlier_table(now: "Tallied", then: "Tallied", gone: pd.DataFrame, minimum: int) -> EarlierTable:
    """The table of an earlier release beside that of now; `gone` are the places of answers changed or erased since."""
    at = places_of(then.groups, now.groups)
    names = list(now.choices)
    asked, counts = np.zeros_like(now.asked), np.zeros_like(now.counts)
    groups, cells = np.zeros(len(now.asked), dtype=np.int8), np.zeros(now.counts.shape, dtype=np.int8)
    known, found = at >= 0, then.protection(minimum)
    common = [(names.index(name), number) for number, name in enumerate(then.choices) if name in names]
    asked[at[known]], groups[at[known]] = then.asked[known], found.groups[known]
    for here, there in common:
        counts[at[known], here], cells[at[known], here] = then.counts[known, there], found.cells[known, there]
    lost = _lost(now, gone) * max(now.most_of_one, then.most_of_one)
    return EarlierTable(asked, counts, Protection(groups, cells), _moved(now, then, at, lost, minimum), lost)


def _moved(now: "Tallied", then: "Tallied", at: Counts, lost: Counts, minimum: int) -> LinkedTable:
    """Those whose row counts in one of the two only, and those `lost`."""
    came, went = now.rows_not_in(then), then.rows_not_in(now)
    size, names, least = len(now.groups), list(now.choices), max(minimum, now.linked.least)
    asked, counts, behind = now.counted_rows(came, now.numbers, size, names)
    left, left_counts, behind_left = then.counted_rows(went, at[then.numbers], size, names)
    asked, counts, alone = asked + left, counts + left_counts, now.linked.alone
    sure = np.minimum(counts, asked[:, np.newaxis] - counts) >= (least + lost)[:, np.newaxis]
    few, sealed = (lost > 0)[:, np.newaxis] & ~sure, (lost > 0) & (asked < least + lost)
    homes = [each for each in (behind, behind_left) if each is not None]
    if homes:
        few_homes, in_few = most_behind(homes).few(least)
        few, sealed = few | few_homes, sealed | in_few
    if alone is not None:  # what a group leaves is audited there: those lost are no part of it
        counts, few, alone = np.column_stack([counts, lost]), np.column_stack([few, lost < 0]), np.append(alone, True)
    return LinkedTable(
        now.groups,
        asked + lost,
        counts,
        now.linked.above,
        now.linked.places,
        one_each=now.linked.one_each,
        alone=alone,
        few=few,
        sealed=sealed,
        strict=now.linked.strict,
        least=now.linked.least,
    )


def _lost(now: "Tallied", gone: pd.DataFrame) -> Counts:
    """How many submissions of these places each group may have had."""
    around = pd.concat([now.linked.above, now.groups], axis=1)
    places = [column for column in around.columns if column in gone]
    if not places:
        return np.full(len(now.groups), len(gone), dtype=np.int64)
    lost = Counter(map(tuple, gone[places].astype("object").fillna("").to_numpy()))
    found = [lost[tuple(row)] for row in around[places].astype("object").fillna("").to_numpy()]
    return np.array(found, dtype=np.int64)


def places_of(groups: pd.DataFrame, among: pd.DataFrame) -> Counts:
    """Where each group stands among others; -1 where it does not."""
    if not len(groups.columns):
        return np.zeros(len(groups), dtype=np.int64)
    if groups is among:
        return np.arange(len(groups))
    known = {row: number for number, row in enumerate(_rows(among, groups.columns))}
    return np.array([known.get(row, -1) for row in _rows(groups, groups.columns)], dtype=np.int64)


def _rows(groups: pd.DataFrame, columns: pd.Index) -> Iterator[tuple[str, ...]]:
    return zip(*(plain_texts(groups[column]) for column in columns), strict=True)
