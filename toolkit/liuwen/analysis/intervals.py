"""How sure a share is: the score interval for a proportion."""

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


def _floats(numbers: Any) -> NDArray[np.float64]:
    return np.asarray(numbers, dtype=np.float64)
