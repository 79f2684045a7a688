"""Whether ratings of several groups lie higher or lower than each other's: the rank test for survey designs."""

import numpy as np
import pandas as pd

from liuwen.analysis.estimates import covariance_of
from liuwen.analysis.linearisation import Codes, Floats, Mask, SampledRows
from liuwen.analysis.significance import UNTESTED, Association


def rank_test(rows: SampledRows, values: Floats, groups: Codes, domain: Mask) -> Association:
    """Test whether groups differ in the ranks of their values (two groups: Wilcoxon; more: Kruskal and Wallis).

    Source: T. Lumley and A. J. Scott (2013), Two-sample rank tests under complex sampling, Biometrika 100(4), 831-842; R package
    survey 4.1.1, `svyranktest`.

    Args:
        rows: The rows, with their weights and design.
        values: The value of each row, finite in the domain.
        groups: The group of each row, as a code from 0.
        domain: Which rows count.

    Returns:
        The test; of two groups the statistic is the square of R's t. NaN where there is one group, or all values are the same.
    """
    from scipy.stats import f

    present = np.unique(groups[domain])
    scores = np.zeros(len(domain))
    scores[domain] = _rank_scores(values[domain], rows.weights[domain])
    if len(present) < 2 or np.ptp(scores[domain]) == 0:
        return UNTESTED
    inside = np.asarray((groups[:, np.newaxis] == present) & domain[:, np.newaxis], dtype=np.float64)
    sizes = rows.weights @ inside
    means = (rows.weights * scores) @ inside / sizes
    apart = inside * (scores[:, np.newaxis] - means) * rows.weights[:, np.newaxis] / sizes
    covariance = covariance_of(rows, apart, domain, lambda own: (own * scores) @ inside / (own @ inside))
    contrasts = np.column_stack([-np.ones(len(present) - 1), np.eye(len(present) - 1)])
    differences, numerator = contrasts @ means, len(present) - 1
    denominator = rows.degrees(domain) - numerator
    spread = contrasts @ covariance @ contrasts.T
    if denominator < 1 or np.linalg.matrix_rank(spread) < numerator:
        return UNTESTED
    statistic = float(differences @ np.linalg.solve(spread, differences)) / numerator
    return Association(statistic, numerator, denominator, float(f.sf(statistic, numerator, denominator)))


def _rank_scores(values: Floats, weights: Floats) -> Floats:
    """The rank of each value in the population, from 0 to 1; equal values share theirs."""
    order = np.argsort(values, kind="stable")
    running = np.cumsum(weights[order]) - weights[order] / 2
    shared = pd.Series(running).groupby(values[order]).transform("mean").to_numpy()
    scores = np.empty(len(values))
    scores[order] = shared / weights.sum()
    return scores
