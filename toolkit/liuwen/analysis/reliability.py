"""How reliable answers are: one scale of several questions, and what the visitor adds."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from liuwen.analysis.agreement import side_by_side
from liuwen.errors import AnswerError
from liuwen.messages import Sentence

TOO_FEW_ROWS = Sentence(
    zh="只有 {count} 行各题都有数，算不出信度；至少要 2 行、2 道题。",
    en="Only {count} rows have a number in every question; reliability needs at least 2 rows and 2 questions.",
)
ONE_GROUP = Sentence(
    zh="至少要两位走访人，其中一位有两份答卷，才能看走访人之间的差别。",
    en="The effect of visitors needs at least two of them, one with two interviews.",
)


class VisitorEffect(NamedTuple):
    """How much of the spread of answers lies between visitors.

    Attributes:
        icc: The intraclass correlation ICC(1): 0 where visitors do not matter; it may be a little below.
        visitors: The number of visitors.
        size: The mean number of interviews of a visitor, as the formula counts it.
        deff: How many times larger the variance of a mean is for it: 1 + (size - 1) · icc.
    """

    icc: float
    visitors: int
    size: float
    deff: float


def cronbach_alpha(items: pd.DataFrame) -> float:
    """Compute how far several questions measure one thing, Cronbach's alpha.

    Source: L. J. Cronbach (1951), Psychometrika 16, 297-334; R package psy, `cronbach`.

    Args:
        items: A row per person and a column per question, numbers that all point the same way; rows with a missing number are
            left out.

    Returns:
        Alpha, at most 1; missing where the sums do not differ.

    Raises:
        AnswerError: If fewer than two rows are complete, or there is one question only.

    Example:
        >>> round(cronbach_alpha(pd.DataFrame({"roads": [1, 2, 3, 4], "water": [1, 3, 3, 4], "bus": [2, 2, 4, 4]})), 3)
        0.939
    """
    numbers = items.apply(pd.to_numeric, errors="coerce").astype("float64").dropna().to_numpy()
    count = numbers.shape[1]
    if len(numbers) < 2 or count < 2:
        raise AnswerError(TOO_FEW_ROWS.filled(count=len(numbers)))
    whole = numbers.sum(axis=1).var(ddof=1)
    if whole == 0:
        return float("nan")
    return float(count / (count - 1) * (1 - numbers.var(axis=0, ddof=1).sum() / whole))


def visitor_effect(values: ArrayLike, visitors: ArrayLike) -> VisitorEffect:
    """Compute how far the answers of one visitor's households are alike: ICC(1) by analysis of variance.

    Visitors work in different villages, and villages differ: a large figure alone says nothing about a visitor.

    Source: P. E. Shrout and J. L. Fleiss (1979), Psychological Bulletin 86, 420-428, case 1, with groups of unequal size; L. Kish
    (1962), Journal of the American Statistical Association 57, 92-115.

    Args:
        values: The numbers answered; missing ones are left out.
        visitors: Who visited, in the same order.

    Returns:
        The correlation, the number of visitors, their mean number of interviews, the design effect.

    Raises:
        AnswerError: If there are fewer than two visitors, none has two interviews, or the lengths differ.

    Example:
        >>> visitor_effect([1, 2, 1, 5, 6, 5], ["li", "li", "li", "wu", "wu", "wu"]).visitors
        2
    """
    given = side_by_side(values=values, visitors=visitors)
    given = given.assign(values=pd.to_numeric(given["values"], errors="coerce")).dropna()
    grouped = given.groupby("visitors", observed=True)["values"]
    sizes, means = grouped.size().to_numpy(dtype=np.float64), grouped.mean().to_numpy(dtype=np.float64)
    groups, rows = len(sizes), len(given)
    if groups < 2 or rows <= groups:
        raise AnswerError(ONE_GROUP)
    between = float((sizes * (means - given["values"].mean()) ** 2).sum()) / (groups - 1)
    within = float(((given["values"] - grouped.transform("mean")) ** 2).sum()) / (rows - groups)
    size = float((rows - (sizes**2).sum() / rows) / (groups - 1))
    spread = between + (size - 1) * within
    icc = (between - within) / spread if spread else float("nan")
    return VisitorEffect(icc, groups, size, 1 + (size - 1) * icc)
