"""Weighted quantiles with Woodruff's interval.

Source: R package survey 4.1.1, `svyquantile` with `qrule = "math"` and `interval.type = "mean"`; Woodruff (1952), Confidence
intervals for medians and other position measures, Journal of the American Statistical Association 47(260), 635-646.
"""

from typing import NamedTuple

import numpy as np

from liuwen.analysis.estimates import estimated_means
from liuwen.analysis.linearisation import Floats, Mask, SampledRows

_ROUNDING = 1e-12


class QuantileEstimate(NamedTuple):
    """A quantile with its interval; an end is NaN where the sample does not reach so far."""

    value: float
    low: float
    high: float
    error: float
    rows: int


def weighted_quantile(values: Floats, weights: Floats, part: float) -> float:
    """The smallest value that `part` of the weight does not lie above.

    R survey 4.1.1 gives the next larger one where the smallest value alone has more than `part` of the weight.

    >>> weighted_quantile(np.array([3.0, 1.0, 2.0]), np.array([1.0, 1.0, 2.0]), 0.5)
    2.0
    """
    order = np.argsort(values, kind="stable")
    running, whole = np.cumsum(weights[order]), weights.sum()
    reached = int((running <= part * whole).sum())
    if reached and part - running[reached - 1] / whole == 0:
        return float(values[order[reached - 1]])
    return float(values[order[min(reached, len(order) - 1)]])


def estimated_quantile(
    rows: SampledRows, values: Floats, domain: Mask, part: float, confidence: float = 0.95
) -> QuantileEstimate:
    """One quantile of the domain, with its interval and standard error."""
    from scipy.stats import t

    inside, weights = values[domain], rows.weights[domain]
    found = weighted_quantile(inside, weights, part)
    below = np.where(domain, values <= found, False).astype(np.float64)[:, np.newaxis]
    share = estimated_means(rows, below, domain)
    critical = float(t.ppf(0.5 + confidence / 2, share.degrees)) if share.degrees > 0 else float("nan")
    ends = share.values[0] - critical * share.errors[0], share.values[0] + critical * share.errors[0]
    low = weighted_quantile(inside, weights, float(ends[0])) if ends[0] >= -_ROUNDING else float("nan")
    high = weighted_quantile(inside, weights, float(ends[1])) if ends[1] <= 1 + _ROUNDING else float("nan")
    return QuantileEstimate(found, low, high, (high - low) / (2 * critical), share.rows)
