"""How sure a share is: the score interval of a simple random sample, and two intervals for designs."""

from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Shares = NDArray[np.float64]


def wilson_interval(wanting: ArrayLike, asked: ArrayLike, confidence: float = 0.95) -> tuple[Shares, Shares]:
    """The score interval for a proportion.

    It keeps its confidence level for small groups and for shares near 0 and 1, where the usual normal interval does not.

    Source: E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference, Journal of the
    American Statistical Association 22(158), 209-212; recommended for small samples by Brown, Cai and DasGupta (2001),
    Statistical Science 16(2), 101-133.

    Args:
        wanting: The number of households that want it: a number or an array.
        asked: The number of households asked, of the same shape.
        confidence: The confidence level, between 0 and 1.

    Returns:
        The lower and the upper end, between 0 and 1, in the shape of the input; NaN where nobody was asked.

    Raises:
        ValueError: If `confidence` is not between 0 and 1, or `wanting` is negative or larger than `asked`.

    Example:
        >>> low, high = wilson_interval(8, 20)
        >>> f"{low:.3f} {high:.3f}"
        '0.219 0.613'
    """
    if not 0 < confidence < 1:
        raise ValueError(f"confidence is a share between 0 and 1, not {confidence}")
    count, base = _floats(wanting), _floats(asked)
    if bool(np.any((count < 0) | (count > base))):
        raise ValueError("more households want it than were asked, or fewer than none")
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = count / base
        middle = (share + z**2 / (2 * base)) / (1 + z**2 / base)
        half = z * np.sqrt(share * (1 - share) / base + z**2 / (4 * base**2)) / (1 + z**2 / base)
    low, high = np.where(count == 0, 0.0, middle - half), np.where(count == base, 1.0, middle + half)
    unasked = base == 0
    return np.where(unasked, np.nan, low), np.where(unasked, np.nan, high)


def xlogit_interval(shares: ArrayLike, errors: ArrayLike, degrees: int, confidence: float = 0.95) -> tuple[Shares, Shares]:
    """The interval of a share on the logit scale, with a t quantile.

    Source: R package survey 4.1.1, `svyciprop(method = "xlogit")`.

    Args:
        shares: The shares, from 0 to 1.
        errors: Their standard errors.
        degrees: Degrees of freedom: clusters less strata.
        confidence: The confidence level, between 0 and 1.

    Returns:
        The lower and the upper end; NaN where a share is 0 or 1, or there are no degrees of freedom.

    Example:
        >>> low, high = xlogit_interval(0.4, 0.05, 18)
        >>> f"{low:.3f} {high:.3f}"
        '0.301 0.508'
    """
    from scipy.stats import t

    share, error = _floats(shares), _floats(errors)
    critical = float(t.ppf(0.5 + confidence / 2, degrees)) if degrees > 0 else np.nan
    with np.errstate(divide="ignore", invalid="ignore"):
        middle, half = np.log(share / (1 - share)), critical * error / (share * (1 - share))
        low, high = 1 / (1 + np.exp(-(middle - half))), 1 / (1 + np.exp(-(middle + half)))
    return low, high


def beta_interval(
    shares: ArrayLike, errors: ArrayLike, rows: int, degrees: int, confidence: float = 0.95
) -> tuple[Shares, Shares]:
    """The exact interval of Clopper and Pearson with the effective sample size of the design.

    Source: E. L. Korn and B. I. Graubard (1998), Confidence intervals for proportions with small expected number of positive
    counts estimated from survey data, Survey Methodology 24, 193-201; R package survey 4.1.1, `svyciprop(method = "beta")`.

    Args:
        shares: The shares, from 0 to 1.
        errors: Their standard errors.
        rows: The number of rows behind them.
        degrees: Degrees of freedom: clusters less strata.
        confidence: The confidence level, between 0 and 1.

    Returns:
        The lower and the upper end. Where a share is 0 or 1, its effective sample size is the number of rows.

    Example:
        >>> low, high = beta_interval(0.1, 0.03, 120, 18)
        >>> f"{low:.3f} {high:.3f}"
        '0.046 0.182'
    """
    from scipy.stats import beta, t

    share, error = _floats(shares), _floats(errors)
    tail = 0.5 + confidence / 2
    factor = (t.ppf(tail, rows - 1) / t.ppf(tail, degrees)) ** 2 if degrees > 0 and rows > 1 else np.nan
    with np.errstate(divide="ignore", invalid="ignore"):
        effective = np.where((share > 0) & (share < 1), share * (1 - share) / error**2, float(rows)) * factor
        low = beta.ppf(1 - tail, effective * share, effective * (1 - share) + 1)
        high = beta.ppf(tail, effective * share + 1, effective * (1 - share))
    unknown = np.isnan(effective)
    low, high = np.where(share == 0, 0.0, low), np.where(share == 1, 1.0, high)
    return np.where(unknown, np.nan, low), np.where(unknown, np.nan, high)


def _floats(numbers: Any) -> NDArray[np.float64]:
    return np.asarray(numbers, dtype=np.float64)
