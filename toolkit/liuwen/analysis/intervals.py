"""How sure a share is: the score interval for a proportion."""

from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Shares = NDArray[np.float64]


def wilson_interval(wanting: ArrayLike, asked: ArrayLike, confidence: float = 0.95) -> tuple[Shares, Shares]:
    """Lower and upper end of the score interval for `wanting` out of `asked`, each between 0 and 1.

    Both may be numbers or arrays of one shape; the ends have that shape. Where nobody was asked both ends are NaN.
    It holds its level for small groups and for shares near 0 and 1, where the textbook interval does not.

    Method: E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference, Journal of the
    American Statistical Association 22(158), 209-212; recommended for small samples by Brown, Cai and DasGupta (2001),
    Statistical Science 16(2), 101-133.

    Raises `ValueError` where `confidence` is not between 0 and 1, or more want than were asked.

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
