"""Whether a share is precise enough to be shown: the presentation standards of NCHS."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liuwen.analysis.intervals import beta_interval

Fitness = Literal["present", "review", "suppress"]
_LEAST, _NARROW, _WIDE, _RELATIVE, _FEW_DEGREES = 30, 0.05, 0.30, 1.30, 8


def presentation_fitness(
    shares: ArrayLike, errors: ArrayLike, rows: int, degrees: int, deff: ArrayLike = 1.0
) -> NDArray[np.str_]:
    """Judge whether shares are precise enough to be shown, by the rules for proportions of the US health statistics office.

    A share is not shown where fewer than 30 were asked (effectively: divided by the design effect, if that is above 1), where its
    interval is 30 points wide or more, or where it is wider than 5 points and wider than 1.3 times the share. It is looked at
    first where there are fewer than 8 degrees of freedom, or where it is 0 or 100 %. This is about precision; what may point at a
    household is withheld by `protect`, whatever the precision.

    Source: J. D. Parker et al. (2017), National Center for Health Statistics data presentation standards for proportions, Vital
    and Health Statistics series 2, number 175; number 200 (2023) for rates and counts.

    Args:
        shares: The shares, from 0 to 1.
        errors: Their standard errors.
        rows: The number of rows behind them.
        degrees: Degrees of freedom: clusters less strata.
        deff: Their design effects.

    Returns:
        "present", "review" or "suppress" for each share.

    Example:
        >>> presentation_fitness([0.4, 0.02, 0.0], [0.03, 0.012, 0.0], 250, 40).tolist()
        ['present', 'suppress', 'review']
    """
    share, error = (np.atleast_1d(np.asarray(each, dtype=np.float64)) for each in (shares, errors))
    low, high = beta_interval(share, error, rows, degrees)
    width = high - low
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = width / share
        effective = rows / np.maximum(np.nan_to_num(np.asarray(deff, dtype=np.float64), nan=1.0), 1.0)
    imprecise = (width >= _WIDE) | ((width > _NARROW) & (relative > _RELATIVE) & (share > 0)) | np.isnan(width)
    unfit = imprecise | (rows < _LEAST) | (effective < _LEAST)
    edge = (share == 0) | (share == 1) | (degrees < _FEW_DEGREES)
    return np.asarray(np.select([unfit, edge], ["suppress", "review"], "present"))
