"""What a table of counts must not show, so that nobody can be pointed at: primary and complementary suppression.

The rule, for a table of groups (villages, say) by needs, where *n* households of a group were asked and *c* of them want it:

1. A group of fewer than `minimum` households is hidden whole, its base too.
2. In the other groups a cell is hidden where the households that want it, or those that do not, are some but fewer than
   `minimum` (0 < c < minimum, or 0 < n - c < minimum). An empty side identifies nobody and stays. Such a cell states
   that "few" or "nearly all" want it, unless the group is so small (n < 2 · minimum - 1) that even this would tell the number.
3. Whoever knows the totals can subtract. So further cells, and further groups, are hidden until what is shown leaves every
   hidden figure free to be any number of its range: "few" anything from 1 to `minimum` - 1, "nearly all" the same of those
   who do not want it, and a cell without any bounds at least `minimum` - 1 different numbers. The hidden groups of a line
   count as one group, because that is what subtraction gives. The cheapest protecting cells are taken first.
4. Where several answers may be chosen, but some stand alone, the cells of one group tell of each other as well;
   `liuwen.analysis.remainders` has the rule.
5. Of a sensitive question nobody and everybody are few as well: 0 % and 100 % tell the answer of each household.
6. Where too little is left to hide, or the total is itself hidden, the cells lose even the words "few" and "nearly all".

A table by several columns is protected along each of them against the totals over it. A filter is such a column too: showing
one kind of household shows, by subtraction, all others; and what is withheld of a village is withheld of its kinds. Tables
laid side by side over more columns than that are not audited together.

Method: cell suppression with an audit, line by line, of the bounds an outsider can compute; Hundepool et al. (2012),
Statistical Disclosure Control, Wiley, chapter 4.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liuwen.analysis.remainders import without_remainders
from liuwen.analysis.states import Counts, Shown, States, own_states, stated_bounds


@dataclass(frozen=True)
class Protection:
    """What may be shown of a table.

    Attributes:
        groups: One `Shown` per group: whether its base may be shown.
        cells: One `Shown` per group and need.
    """

    groups: States
    cells: States


def protect(
    asked: Counts,
    wanting: Counts,
    keys: Sequence[Counts] = (),
    minimum: int = 5,
    *,
    besides: NDArray[np.bool_] | None = None,
    sealed: NDArray[np.bool_] | None = None,
    lines: Sequence[Counts] | None = None,
    one_each: bool = False,
    alone: NDArray[np.bool_] | None = None,
    strict: bool = False,
) -> Protection:
    """Decide what may be shown of a table of counts; the rule is in the docstring of this module.

    Source: Hundepool et al. (2012), Statistical Disclosure Control, Wiley, chapter 4.

    Args:
        asked: Households asked, per group.
        wanting: Households that want it, per group (rows) and need (columns).
        keys: One array for each column that the table is grouped by: the number of the column's value in every group.
            Without any, all groups add up to one known total.
        minimum: The smallest number of households that may be shown.
        besides: Cells to hide besides, however large their counts: a household that was visited fourteen times is one household.
        sealed: Groups to hide whole, their bases too, however many were asked.
        lines: Which groups add up to a known total, in place of what `keys` say: the villages of each town.
        one_each: Whether everybody gave one answer, so that the cells of a group add up to its base.
        alone: Where several answers could be chosen, which columns of `wanting` stand alone: none, don't know, no answer.
        strict: Whether nobody and everybody are hidden too, as of a sensitive question.

    Returns:
        What may be shown of every base and every cell.

    Example:
        >>> of_four_villages = protect(np.array([30, 25, 20, 3]), np.array([[12], [9], [2], [1]]))
        >>> [Shown(state).name for state in of_four_villages.groups]
        ['YES', 'YES', 'HIDDEN', 'FEW']
        >>> [Shown(state).name for state in of_four_villages.cells[:, 0]]
        ['YES', 'HIDDEN', 'HIDDEN', 'HIDDEN']
    """
    if not len(asked):
        return Protection(np.zeros(0, dtype=np.int8), np.zeros(wanting.shape, dtype=np.int8))
    lines = _lines(keys, len(asked)) if lines is None else list(lines)
    roomy = _in_no_line_alone(lines, len(asked))
    bases = asked[:, np.newaxis].astype(np.int64)
    few = np.where((bases > 0) & (bases < minimum), Shown.FEW, Shown.YES).astype(np.int8)
    if sealed is not None:
        few[sealed & ((asked >= minimum) | (asked == 0))] = Shown.HIDDEN
    nobody = np.zeros(len(asked), dtype=bool)
    groups = _cover(_Table(bases, np.full_like(bases, bases.sum()), nobody, roomy, minimum, bases=True), few, lines)[:, 0]
    hidden = groups != Shown.YES
    cells = own_states(wanting, bases, minimum, strict=strict).astype(np.int8)
    cells[hidden] = Shown.HIDDEN
    if besides is not None:
        cells[besides] = Shown.HIDDEN
    if one_each:
        return Protection(
            groups,
            closed_rows(asked, wanting.astype(np.int64), cells, sealed=hidden, lines=lines, minimum=minimum, strict=strict),
        )
    limits = None
    if alone is not None:
        cells, limits = without_remainders(asked, wanting.astype(np.int64), cells, alone, minimum)
    table = _Table(wanting.astype(np.int64), bases, hidden, roomy, minimum, limits=limits, strict=strict)
    cells = _cover(table, cells, lines)
    return Protection(groups, cells)


def closed_rows(
    asked: Counts,
    counts: Counts,
    cells: States,
    *,
    sealed: NDArray[np.bool_],
    lines: Sequence[Counts],
    minimum: int,
    strict: bool = False,
) -> States:
    """Where cells of a group add up to its base: groups that are shown whole or not at all, and what that asks of others.

    A group with a cell that may not be shown is closed: all its cells are hidden without any bounds. Of the closed
    groups of a line an outsider knows the bases and, from the total, the sum of each choice; the bounds of each cell are then
    those of Fréchet, and exact. Groups are closed, the smallest first, until they leave room enough.
    """
    closed = (cells != Shown.YES).any(axis=1) | sealed
    changed = True
    while changed:
        changed = False
        for line in lines:
            while _gives_away(asked[line], counts[line], closed[line], sealed[line], minimum, strict=strict):
                closed[line[np.where(closed[line], np.iinfo(np.int64).max, asked[line]).argmin()]] = True
                changed = True
    return np.where(closed[:, np.newaxis], np.int8(Shown.HIDDEN), cells).astype(np.int8)


def _gives_away(
    asked: Counts, counts: Counts, closed: NDArray[np.bool_], sealed: NDArray[np.bool_], minimum: int, *, strict: bool
) -> bool:
    """Whether the closed groups of a line can be computed, and another could still be closed."""
    total, whole = counts.sum(axis=0), asked.sum()
    if (
        closed.all()
        or not closed.any()
        or (own_states(total, np.full_like(total, whole), minimum, strict=strict) != Shown.YES).any()
    ):
        return False
    alone = closed & ~sealed
    rows = np.vstack([counts[alone], counts[sealed].sum(axis=0)[np.newaxis]]) if sealed.any() else counts[alone]
    bases = np.append(asked[alone], asked[sealed].sum()) if sealed.any() else asked[alone]
    sums, base = rows.sum(axis=0), bases.sum()
    if ((sums > 0) & (sums < minimum)).any() or ((sums < base) & (base - sums < minimum)).any():
        return True
    low = np.maximum(0, bases[:, np.newaxis] + sums - base)
    high = np.minimum(bases[:, np.newaxis], sums)
    sensitive = own_states(rows, bases[:, np.newaxis], minimum, strict=strict) != Shown.YES
    return bool((sensitive & (high - low < minimum - 2)).any())


@dataclass(frozen=True)
class _Table:
    values: Counts
    most: Counts
    sealed: NDArray[np.bool_]
    roomy: NDArray[np.bool_]
    minimum: int
    bases: bool = False
    limits: Counts | None = None
    """How many at most each value can be by what its group shows."""
    strict: bool = False


def _lines(keys: Sequence[Counts], groups: int) -> list[Counts]:
    """Which groups add up to a figure that is known elsewhere: those alike in every column but one."""
    if len(keys) <= 1:
        return [np.arange(groups)]
    lines = []
    for free in range(len(keys)):
        others = np.stack([key for number, key in enumerate(keys) if number != free], axis=1)
        _, line_of = np.unique(others, axis=0, return_inverse=True)
        line_of = line_of.reshape(-1)
        order = np.argsort(line_of, kind="stable")
        lines += np.split(order, np.flatnonzero(np.diff(line_of[order])) + 1)
    return lines


def _in_no_line_alone(lines: list[Counts], groups: int) -> NDArray[np.bool_]:
    roomy = np.ones(groups, dtype=bool)
    for line in lines:
        if len(line) == 1:
            roomy[line] = False
    return roomy


def _cover(table: _Table, states: States, lines: list[Counts]) -> States:
    """Hide more until no line gives a hidden figure away."""
    states = states.copy()
    changed = True
    while changed:
        changed = False
        for line in lines:
            while _cover_line(table, states, line):
                changed = True
    return states


def _cover_line(table: _Table, states: States, line: Counts) -> bool:
    """Hide one more cell in each column of the line that gives something away; whether any was hidden."""
    if not states[line].any():
        return False  # every figure is shown, and no group is sealed
    failing, total_shown = _given_away(table, states, line)
    if not failing.any():
        return False
    cost = _cost(table, states, line)
    cheapest = cost.argmin(axis=0)
    worded = (states[line] == Shown.FEW) | (states[line] == Shown.NEARLY_ALL)
    coverable = failing & np.isfinite(cost.min(axis=0)) & (total_shown | ~worded.any(axis=0))
    columns = np.flatnonzero(coverable)
    states[line[cheapest[columns]], columns] = Shown.HIDDEN
    rows, wordless = np.nonzero(worded & failing & ~coverable)
    states[line[rows], wordless] = Shown.HIDDEN
    return bool(len(columns) or len(rows))


def _cost(table: _Table, states: States, line: Counts) -> NDArray[np.float64]:
    """What hiding each cell would lose; infinite where there is nothing to hide."""
    values = table.values[line].astype(np.float64)
    far = np.where(table.roomy[line], 0.0, 1e12)[:, np.newaxis]
    small = np.where(values < table.minimum, 1e9 - values, values)
    if table.bases:
        small = np.where(values < table.minimum, np.inf, values)
    return np.where(states[line] == Shown.YES, small + far, np.inf)


def _given_away(table: _Table, states: States, line: Counts) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """In which columns the bounds that an outsider can compute are narrower than those published; and whose total is shown."""
    values, most, said, limits, sealed = _merged(table, states, line)
    low, high = stated_bounds(values, most, said, table.minimum)
    said_high, high = high, high if table.limits is None else np.minimum(high, limits)
    total, whole = values.sum(axis=0), most.sum(axis=0) if not table.bases else most[0]
    total_said = np.where(whole < table.minimum, Shown.HIDDEN, own_states(total, whole, table.minimum, strict=table.strict))
    if table.bases:
        total_said = _few(total, table.minimum)
    total_low, total_high = stated_bounds(total, whole, total_said, table.minimum)
    floor = np.maximum(low, total_low - (high.sum(axis=0) - high))
    ceiling = np.minimum(high, total_high - (low.sum(axis=0) - low))
    must_say, wanted_low, wanted_high = said, low, said_high
    if sealed.any():
        must_say = np.where(sealed[:, np.newaxis], own_states(values, most, table.minimum, strict=table.strict), said)
        wanted_low, wanted_high = stated_bounds(values, most, must_say, table.minimum)
    narrowed = (floor > wanted_low) | (ceiling < wanted_high)
    pinned = ceiling - floor < np.minimum(table.minimum - 2, np.minimum(most, limits))
    hidden = must_say == Shown.HIDDEN
    worded = (must_say == Shown.FEW) | (must_say == Shown.NEARLY_ALL)
    return ((worded & narrowed) | (hidden & pinned)).any(axis=0), total_said == Shown.YES


def _few(values: Counts, minimum: int) -> States:
    return np.where((values > 0) & (values < minimum), Shown.FEW, Shown.YES).astype(np.int8)


def _merged(table: _Table, states: States, line: Counts) -> tuple[Counts, Counts, States, Counts, NDArray[np.bool_]]:
    """The line's groups with the wholly hidden ones made one, since subtraction gives only their sum."""
    sealed = table.sealed[line]
    values, most, said = table.values[line], table.most[line], states[line]
    most = np.broadcast_to(most, values.shape)
    limits = most if table.limits is None else table.limits[line]
    if not sealed.any():
        return values, most, said, limits, sealed
    values = np.vstack([values[~sealed], values[sealed].sum(axis=0)])
    limits = np.vstack([limits[~sealed], most[sealed].sum(axis=0)])
    most = np.vstack([most[~sealed], most[sealed].sum(axis=0)])
    said = np.vstack([said[~sealed], np.full(values.shape[1], Shown.HIDDEN, dtype=np.int8)])
    return values, most, said, limits, np.arange(len(values)) == len(values) - 1
