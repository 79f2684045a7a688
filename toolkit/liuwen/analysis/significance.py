"""Whether a difference is more than chance: tests of tables, and what to make of many tests at once."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from liuwen.analysis.estimates import estimated_means
from liuwen.analysis.linearisation import Codes, Floats, Mask, SampledRows


class Association(NamedTuple):
    """A test of whether two questions hang together.

    Attributes:
        statistic: The F statistic.
        numerator: Its first degrees of freedom.
        denominator: Its second degrees of freedom.
        p: The probability of so large a statistic by chance.
    """

    statistic: float
    numerator: float
    denominator: float
    p: float


UNTESTED = Association(*[float("nan")] * 4)


def rao_scott(rows: SampledRows, first: Codes, second: Codes, domain: Mask) -> Association:
    """Test a two-way table with the second-order correction for the design.

    Source: J. N. K. Rao and A. J. Scott (1984), On chi-squared tests for multiway contingency tables with cell proportions
    estimated from survey data, Annals of Statistics 12(1), 46-60; R package survey 4.1.1, `svychisq(statistic = "F")`.

    Args:
        rows: The rows, with their weights and design.
        first: The value of the first question, as a code from 0.
        second: The value of the second question, as a code from 0.
        domain: Which rows count.

    Returns:
        The test; NaN where a question has one value only.
    """
    from scipy.stats import f

    high, wide = (np.unique(codes[domain], return_inverse=True) for codes in (first, second))
    across, down = len(wide[0]), len(high[0])
    if min(across, down) < 2:
        return UNTESTED
    cell = np.full(len(domain), -1)
    cell[domain] = wide[1] * down + high[1]
    found = estimated_means(rows, (cell[:, np.newaxis] == np.arange(across * down)).astype(np.float64), domain)
    shares, count = found.values, found.rows
    contrasts = _interactions(down, across)
    inverse = np.divide(1.0, shares, out=np.zeros_like(shares), where=shares > 0)
    simple = contrasts.T @ (inverse[:, np.newaxis] / count * contrasts)
    actual = contrasts.T @ (inverse[:, np.newaxis] * found.covariance * inverse) @ contrasts
    delta = np.linalg.solve(simple, actual)
    trace = float(np.trace(delta))
    first_degrees = trace**2 / float(np.trace(delta @ delta))
    second_degrees = first_degrees * found.degrees
    statistic = _pearson(shares.reshape(across, down) * count) / trace
    return Association(statistic, first_degrees, second_degrees, float(f.sf(statistic, first_degrees, second_degrees)))


def _pearson(table: Floats) -> float:
    expected = table.sum(axis=1, keepdims=True) * table.sum(axis=0, keepdims=True) / table.sum()
    return float(((table - expected) ** 2 / expected).sum())


def _interactions(down: int, across: int) -> Floats:
    """The part of the interactions that the two margins do not explain; cells run down the columns."""
    row, column = np.tile(np.arange(down), across), np.repeat(np.arange(across), down)
    rows, columns = (codes[:, np.newaxis] == np.arange(1, size) for codes, size in ((row, down), (column, across)))
    margins = np.column_stack([np.ones(down * across), rows, columns])
    both = (rows[:, :, np.newaxis] & columns[:, np.newaxis, :]).reshape(down * across, -1).astype(np.float64)
    return np.asarray(both - margins @ np.linalg.lstsq(margins, both, rcond=None)[0])


def fisher_exact(inside: tuple[int, int], outside: tuple[int, int]) -> float:
    """Compare one group with the rest, exactly.

    Source: R. A. Fisher (1935), The logic of inductive inference, Journal of the Royal Statistical Society 98(1), 39-82.

    Args:
        inside: How many of the group say so, and how many do not.
        outside: The same for the rest.

    Returns:
        The two-sided p value.

    Example:
        >>> round(fisher_exact((3, 17), (20, 60)), 3)
        0.553
    """
    from scipy.stats import fisher_exact as exact

    return float(exact([list(inside), list(outside)]).pvalue)


def holm(p_values: ArrayLike) -> Floats:
    """Adjust many p values so that all claims hold together.

    Source: S. Holm (1979), A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6, 65-70.

    Args:
        p_values: The p values; NaN counts as no test.

    Returns:
        The adjusted p values.

    Example:
        >>> holm([0.01, 0.04, 0.03]).round(3).tolist()
        [0.03, 0.06, 0.06]
    """
    return _adjusted(p_values, lambda count: (count - np.arange(count)).astype(np.float64), rising=True)


def benjamini_hochberg(p_values: ArrayLike) -> Floats:
    """Adjust many p values so that few of the claims are false.

    Source: Y. Benjamini and Y. Hochberg (1995), Controlling the false discovery rate, Journal of the Royal Statistical Society B
    57(1), 289-300.

    Args:
        p_values: The p values; NaN counts as no test.

    Returns:
        The adjusted p values.

    Example:
        >>> benjamini_hochberg([0.01, 0.04, 0.03]).round(3).tolist()
        [0.03, 0.04, 0.04]
    """
    return _adjusted(p_values, lambda count: count / np.arange(1, count + 1), rising=False)


def _adjusted(p_values: ArrayLike, factors: "object", *, rising: bool) -> Floats:
    given = np.asarray(p_values, dtype=np.float64)
    tested = np.flatnonzero(~np.isnan(given))
    order = tested[np.argsort(given[tested], kind="stable")]
    raised = given[order] * factors(len(order))  # type: ignore[operator]
    settled = np.maximum.accumulate(raised) if rising else np.minimum.accumulate(raised[::-1])[::-1]
    adjusted = np.full(len(given), np.nan)
    adjusted[order] = np.minimum(settled, 1.0)
    return adjusted


def rank_intervals(values: Sequence[float] | Floats, differences: Floats, confidence: float = 0.95) -> tuple[Codes, Codes]:
    """Tell between which ranks each of several figures lies, all pairs compared at once.

    Source: M. Mogstad, J. P. Romano, A. M. Shaikh and D. Wilhelm (2024), Inference for ranks with applications to mobility across
    neighbourhoods and academic achievement across countries, Review of Economic Studies 91(1), 476-518; here with the
    Bonferroni bound over all pairs.

    Args:
        values: The figures; NaN has no rank.
        differences: The standard error of the difference of each pair.
        confidence: The confidence level of all intervals together.

    Returns:
        The best and the worst rank of each figure, 1 for the highest figure; 0 for a missing figure.

    Example:
        >>> low, high = rank_intervals([0.6, 0.5, 0.1], np.full((3, 3), 0.05))
        >>> low.tolist(), high.tolist()
        ([1, 1, 3], [2, 2, 3])
    """
    from statistics import NormalDist

    given = np.asarray(values, dtype=np.float64)
    ranked = ~np.isnan(given)
    pairs = max(1, int(ranked.sum()) * (int(ranked.sum()) - 1) // 2)
    critical = NormalDist().inv_cdf(1 - (1 - confidence) / 2 / pairs)
    apart = given[:, np.newaxis] - given
    with np.errstate(invalid="ignore"):
        above, below = apart < -critical * differences, apart > critical * differences
    best, worst = 1 + above.sum(axis=1), int(ranked.sum()) - below.sum(axis=1)
    return np.where(ranked, best, 0).astype(np.int64), np.where(ranked, worst, 0).astype(np.int64)
