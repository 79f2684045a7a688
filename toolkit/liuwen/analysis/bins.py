"""Numbers in a few ranges: round limits that depend on the bulk of the answers, so that no limit tells one household's number."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from liuwen.analysis.tally import UNANSWERED
from liuwen.messages import Sentence

BELOW = Sentence(zh="不足 {high}", en="under {high}")
FROM = Sentence(zh="{low} 及以上", en="{low} or more")
ONE = Sentence(zh="{low}", en="{low}")
WHOLE_NUMBERS = Sentence(zh="{low}–{high}", en="{low}–{high}")
BETWEEN = Sentence(zh="{low} 至不足 {high}", en="{low} to under {high}")
_BULK = (0.05, 0.95)
_MOST_RANGES = 9
_ROUND = (1.0, 2.0, 5.0, 10.0)


def round_limits(values: pd.Series) -> tuple[float, ...]:
    """Limits of at most nine ranges, the first and the last open; () where the bulk of the answers is one number.

    The step is 1, 2 or 5 times a power of ten.

    >>> round_limits(pd.Series([1, 2, 2, 3, 3, 3, 4, 4, 5, 60])), round_limits(pd.Series([7, 7, 7]))
    ((5.0, 10.0, 15.0, 20.0, 25.0, 30.0, 35.0, 40.0), ())
    """
    given = pd.to_numeric(values, errors="coerce").dropna().to_numpy(dtype=np.float64)
    if not len(given):
        return ()
    low, high = np.quantile(given, _BULK, method="lower" if len(given) > 20 else "linear")
    if high <= low:
        return ()
    step = _round_step((high - low) / (_MOST_RANGES - 2), whole=bool((given == np.round(given)).all()))
    first = np.floor(low / step) * step
    limits = first + step * np.arange(1, _MOST_RANGES)
    return tuple(float(limit) for limit in np.round(limits[limits <= high + step], 10)[: _MOST_RANGES - 1])


def _round_step(wanted: float, *, whole: bool) -> float:
    power = 10.0 ** np.floor(np.log10(wanted))
    step = next(power * times for times in _ROUND if power * times >= wanted * (1 - 1e-9))
    return max(1.0, float(step)) if whole else float(step)


def ranges_of(values: pd.Series, limits: Sequence[float]) -> pd.Series:
    """The number of each value's range, as text; `UNANSWERED` where no number was given."""
    numbers = pd.to_numeric(values, errors="coerce").astype("Float64")
    found = np.searchsorted(np.asarray(limits), numbers.to_numpy(dtype=np.float64, na_value=np.nan), side="right")
    names = pd.array([*map(str, range(len(limits) + 1)), UNANSWERED], dtype="string")
    return pd.Series(names.take(np.where(numbers.isna(), len(limits) + 1, found)), index=values.index)


def range_labels(limits: Sequence[float], *, whole: bool) -> dict[str, Sentence]:
    """What each range is called.

    >>> [str(label.en) for label in range_labels([2.0, 3.0, 10.0], whole=True).values()]
    ['under 2', '2', '3–9', '10 or more']
    """
    told = [_number(limit) for limit in limits]
    if not told:
        return {}
    between = [
        ONE.filled(low=_number(low))
        if whole and high - low == 1
        else WHOLE_NUMBERS.filled(low=_number(low), high=_number(high - 1))
        if whole
        else BETWEEN.filled(low=_number(low), high=_number(high))
        for low, high in pairwise(limits)
    ]
    labels = [BELOW.filled(high=told[0]), *between, FROM.filled(low=told[-1])]
    return {str(number): label for number, label in enumerate(labels)}


def _number(value: float) -> str:
    return f"{value:,.10g}"
