"""What earlier releases showed of a table, and what its difference from them would tell.

A figure that was shown and is shown again tells the difference: those counted since. So the table of what has moved between
two releases is protected like a table of its own, and a figure is shown again only where its difference may be shown. A figure
that was withheld is shown only where so much has moved that it tells nothing of what it was: anything that it could be then it
still can be.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.analysis.disclosure import Protection
from liuwen.analysis.linked import LinkedTable
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
        moved: Those counted now and not then, or then and not now.
        gone: Groups that may have lost answers which are changed or erased since.
    """

    asked: Counts
    counts: Counts
    states: Protection
    moved: LinkedTable
    gone: Mask

    def still_shown(self, now: Protection, counts: Counts, minimum: int) -> Protection:
        """What may be shown now of what `now` allows; `counts` are those of now."""
        minimum = max(minimum, self.moved.least)
        difference = self.moved.protected(minimum)
        before = self.states.groups == YES
        enough = self.moved.asked >= minimum
        groups_free = np.where(before, difference.groups == YES, enough) & (enough | ~self.gone)
        groups = np.where((now.groups == YES) & ~groups_free, HIDDEN, now.groups)
        states = np.where(before[:, np.newaxis], self.states.cells, HIDDEN).astype(np.int8)
        cells_free = np.where(states == YES, difference.cells == YES, self._untold(states, counts, minimum))
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
    moved = _moved(now, then, at)
    return EarlierTable(asked, counts, Protection(groups, cells), moved, _losing(now, gone))


def _moved(now: "Tallied", then: "Tallied", at: Counts) -> LinkedTable:
    """Those whose row counts in one of the two only."""
    came, went = now.alone_in(then), then.alone_in(now)
    size, names = len(now.groups), list(now.choices)
    asked, counts = now.counted_rows(came, now.numbers, size, names)
    lost, lost_counts = then.counted_rows(went, at[then.numbers], size, names)
    return LinkedTable(
        now.groups,
        asked + lost,
        counts + lost_counts,
        now.linked.above,
        now.linked.places,
        one_each=now.linked.one_each,
        alone=now.linked.alone,
        strict=now.linked.strict,
        least=now.linked.least,
    )


def _losing(now: "Tallied", gone: pd.DataFrame) -> Mask:
    """The groups that an answer of these places may have been in."""
    around = pd.concat([now.linked.above, now.groups], axis=1)
    places = [column for column in around.columns if column in gone]
    if not len(gone) or not places:
        return np.full(len(now.groups), bool(len(gone)))
    lost = set(map(tuple, gone[places].astype("object").fillna("").to_numpy()))
    return np.array([tuple(row) in lost for row in around[places].astype("object").fillna("").to_numpy()], dtype=bool)


def places_of(groups: pd.DataFrame, among: pd.DataFrame) -> Counts:
    """Where each group stands among others; -1 where it does not."""
    if not len(groups.columns):
        return np.zeros(len(groups), dtype=np.int64)
    known = {tuple(row): number for number, row in enumerate(among.astype("object").fillna("").to_numpy())}
    return np.array([known.get(tuple(row), -1) for row in groups.astype("object").fillna("").to_numpy()], dtype=np.int64)
