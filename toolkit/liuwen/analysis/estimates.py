"""Means, shares, totals and ratios of a domain, with their covariance and design effect.

Source: R package survey 4.1.1, `svymean`, `svytotal`, `svyratio`, with `deff = "replace"`.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from liuwen.analysis.linearisation import Floats, Mask, SampledRows
from liuwen.analysis.replicates import Statistic
from liuwen.errors import AnswerError
from liuwen.messages import Sentence

NO_WEIGHTS = Sentence(
    zh="权数应为大于 0 的数，每户一个，不能缺。",
    en="Weights are numbers above 0, one for each household, none missing.",
)


@dataclass(frozen=True, eq=False)
class Estimate:
    """Several figures of one domain.

    Attributes:
        values: The figures.
        covariance: Their covariance.
        deff: Their design effects: the variance beside that of a simple random sample drawn with replacement.
        rows: The number of rows behind them.
        degrees: Degrees of freedom: clusters less strata.
    """

    values: Floats
    covariance: Floats
    deff: Floats
    rows: int
    degrees: int

    @property
    def errors(self) -> Floats:
        """Standard errors."""
        return np.sqrt(np.maximum(np.diag(self.covariance), 0.0))


def covariance_of(rows: SampledRows, scores: Floats, domain: Mask, statistic: Statistic) -> Floats:
    """The covariance of figures: of the sums of their weighted `scores`, or of `statistic` under replicate weights."""
    return rows.covariance(scores, domain) if rows.replicates is None else rows.replicates.covariance(statistic)


def estimated_means(rows: SampledRows, values: Floats, domain: Mask) -> Estimate:
    """The weighted means of the columns of `values` (rows × figures; finite in the domain)."""
    weights = np.where(domain, rows.weights, 0.0)
    whole = weights.sum()
    inside = np.where(domain[:, np.newaxis], values, 0.0)
    means = weights @ inside / whole
    apart = np.where(domain[:, np.newaxis], inside - means, 0.0)
    covariance = covariance_of(
        rows, apart * (weights / whole)[:, np.newaxis], domain, lambda own: own[domain] @ inside[domain] / own[domain].sum()
    )
    count = int(domain.sum())
    with np.errstate(divide="ignore", invalid="ignore"):
        simple = weights @ apart**2 / whole / (count - 1)
        deff = np.diag(covariance) / simple
    return Estimate(means, covariance, deff, count, rows.degrees(domain))


def estimated_totals(rows: SampledRows, values: Floats, domain: Mask) -> Estimate:
    """The weighted totals of the columns of `values`."""
    weights = np.where(domain, rows.weights, 0.0)
    inside = np.where(domain[:, np.newaxis], values, 0.0)
    whole, count = weights.sum(), int(domain.sum())
    covariance = covariance_of(rows, inside * weights[:, np.newaxis], domain, lambda own: own @ inside)
    apart = np.where(domain[:, np.newaxis], inside - weights @ inside / whole, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        deff = np.diag(covariance) / (weights @ apart**2 * whole / (count - 1))
    return Estimate(weights @ inside, covariance, deff, count, rows.degrees(domain))


def estimated_ratio(rows: SampledRows, above: NDArray[np.float64], below: NDArray[np.float64], domain: Mask) -> Estimate:
    """The ratio of two weighted totals."""
    weights = np.where(domain, rows.weights, 0.0)
    over, under = (np.where(domain, numbers, 0.0) for numbers in (above, below))
    whole = weights @ under
    ratio = weights @ over / whole
    apart = np.where(domain, over - ratio * under, 0.0) / whole
    covariance = covariance_of(
        rows, (apart * weights)[:, np.newaxis], domain, lambda own: np.atleast_1d(own @ over / (own @ under))
    )
    count = int(domain.sum())
    with np.errstate(divide="ignore", invalid="ignore"):
        deff = np.diag(covariance) / (weights @ (apart - weights @ apart / weights.sum()) ** 2 * weights.sum() / (count - 1))
    return Estimate(np.array([ratio]), covariance, deff, count, rows.degrees(domain))


def kish_effect(weights: ArrayLike) -> float:
    """Tell what unequal weights cost: the design effect where strata and clusters are not known.

    Source: L. Kish (1965), Survey Sampling, Wiley, section 11.7: n · sum(w²) / sum(w)².

    Args:
        weights: A weight above 0 for each household.

    Returns:
        1 where all weights are equal; 2 where the sample tells as much as one half as large with equal weights.

    Raises:
        AnswerError: If there is no weight, or one of them is missing, no number, or not above 0.

    Example:
        >>> kish_effect([1, 1, 1, 1]), round(kish_effect([1, 1, 1, 5]), 2)
        (1.0, 1.75)
    """
    numbers = np.asarray(pd.to_numeric(pd.Series(weights), errors="coerce"), dtype=np.float64)
    if not len(numbers) or not np.isfinite(numbers).all() or not (numbers > 0).all():
        raise AnswerError(NO_WEIGHTS)
    return float(len(numbers) * (numbers**2).sum() / numbers.sum() ** 2)
