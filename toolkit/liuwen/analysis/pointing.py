"""Whether a figure made of numbers points at one household: an extreme value, or a total that is nearly all its own."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

_NEARLY = 0.1


def shared_by(values: Floats, figure: float, minimum: int, households: ArrayLike | None = None) -> bool:
    """Whether at least `minimum` households have a value as low as the figure, and as many a value as high.

    Of a quantile this says that it is nobody's smallest or largest value.

    >>> shared_by(np.arange(9.0), 4.0, 5), shared_by(np.arange(9.0), 8.0, 5)
    (True, False)
    """
    homes = np.arange(len(values)) if households is None else np.asarray(households)
    return all(len(np.unique(homes[side])) >= minimum for side in (values <= figure, values >= figure))


def dominated(values: Floats, households: ArrayLike) -> bool:
    """Whether the second largest household could tell from the total, within a tenth, what the largest one gave.

    Source: the p% rule with p = 10; Hundepool et al. (2012), Statistical Disclosure Control, Wiley, chapter 4.

    >>> dominated(np.array([1000.0, 20, 10, 10, 10]), range(5)), dominated(np.array([40.0, 20, 10, 10, 10]), range(5))
    (True, False)
    """
    parts = np.sort(pd.Series(np.abs(values)).groupby(np.asarray(households)).sum().to_numpy())
    return bool(len(parts) and parts[:-2].sum() < _NEARLY * parts[-1])
