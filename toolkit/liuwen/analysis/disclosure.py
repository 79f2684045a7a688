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

from liuwen.analysis.closing import closed_rows
from liuwen.analysis.covering import OpenTable
from liuwen.analysis.lines import in_no_line_alone, lines_of
from liuwen.analysis.remainders import without_remainders
from liuwen.analysis.states import FEW, HIDDEN, YES, Counts, States, own_states

Mask = NDArray[np.bool_]


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
    besides: Mask | None = None,
    sealed: Mask | None = None,
    lines: Sequence[Counts] | None = None,
    one_each: bool = False,
    alone: Mask | None = None,
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
        lines: For each way in which groups add up to known totals, the line of each group (the town of each village), in place of
            what `keys` say.
        one_each: Whether everybody gave one answer, so that the cells of a group add up to its base.
        alone: Where several answers could be chosen, which columns of `wanting` stand alone: none, don't know, no answer.
        strict: Whether nobody and everybody are hidden too, as of a sensitive question.

    Returns:
        What may be shown of every base and every cell.

    Example:
        >>> from liuwen.analysis.states import Shown
        >>> of_four_villages = protect(np.array([30, 25, 20, 3]), np.array([[12], [9], [2], [1]]))
        >>> [Shown(state).name for state in of_four_villages.groups]
        ['YES', 'YES', 'HIDDEN', 'FEW']
        >>> [Shown(state).name for state in of_four_villages.cells[:, 0]]
        ['YES', 'HIDDEN', 'HIDDEN', 'HIDDEN']
    """
    if not len(asked):
        return Protection(np.zeros(0, dtype=np.int8), np.zeros(wanting.shape, dtype=np.int8))
    lines = lines_of(keys, len(asked)) if lines is None else list(lines)
    groups = protected_groups(asked, lines, minimum, sealed)
    cells = protected_cells(
        asked, wanting, groups, lines, minimum, besides=besides, one_each=one_each, alone=alone, strict=strict
    )
    return Protection(groups, cells)


def protected_groups(
    asked: Counts, lines: Sequence[Counts], minimum: int, sealed: Mask | None = None, whole: Counts | None = None
) -> States:
    """What may be shown of the bases; the arguments are those of `protect`.

    `whole` tells the most that each can be, by default all that were asked: the groups of several tables can be given at once.
    """
    bases = asked[:, np.newaxis].astype(np.int64)
    few = np.where((bases > 0) & (bases < minimum), FEW, YES).astype(np.int8)
    if sealed is not None:
        few[sealed & ((asked >= minimum) | (asked == 0))] = HIDDEN
    if not few.any():
        return few[:, 0]
    nobody, roomy = np.zeros(len(asked), dtype=bool), in_no_line_alone(lines, len(asked))
    most = np.full_like(bases, bases.sum()) if whole is None else whole[:, np.newaxis]
    table = OpenTable(bases, most, nobody, roomy, minimum, bases=True)
    return np.asarray(table.covered(few, lines)[:, 0])


def protected_cells(
    asked: Counts,
    wanting: Counts,
    groups: States,
    lines: Sequence[Counts],
    minimum: int,
    *,
    besides: Mask | None = None,
    one_each: bool = False,
    alone: Mask | None = None,
    strict: bool = False,
) -> States:
    """What may be shown of the cells, given what may be shown of the `groups`; the other arguments are those of `protect`."""
    bases, hidden, limits = asked[:, np.newaxis].astype(np.int64), groups != YES, None
    cells = own_states(wanting, bases, minimum, strict=strict).astype(np.int8)
    cells[hidden] = HIDDEN
    if besides is not None:
        cells[besides] = HIDDEN
    if one_each:
        return closed_rows(asked, wanting.astype(np.int64), cells, sealed=hidden, lines=lines, minimum=minimum, strict=strict)
    if alone is not None:
        cells, limits = without_remainders(asked, wanting.astype(np.int64), cells, alone, minimum)
    most, roomy = np.broadcast_to(bases, wanting.shape), in_no_line_alone(lines, len(asked))
    table = OpenTable(wanting.astype(np.int64), most, hidden, roomy, minimum, limits=limits, strict=strict)
    return table.covered(cells, lines)
