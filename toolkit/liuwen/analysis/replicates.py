"""Replicate weights: the error of a figure from the same figure under other weights (jackknife, BRR, Fay, bootstrap).

Source: R package survey 4.1.1, `svrepdesign`, `svrVar` (deviations from the mean of the replicates); Wolter (2007), Introduction
to Variance Estimation, Springer, chapters 3 to 5.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.errors import AnswerError
from liuwen.messages import Sentence

Floats = NDArray[np.float64]
Statistic = Callable[[Floats], Floats]
"""Weights of the rows → figures."""
Method = Literal["JK1", "JKn", "BRR", "Fay", "bootstrap", "other"]

UNKNOWN_METHOD = Sentence(
    zh="method={method!r} 不认识；可写 JK1、JKn、BRR、Fay、bootstrap 或 other。",
    en="method={method!r} is unknown; use JK1, JKn, BRR, Fay, bootstrap or other.",
)
NO_REPLICATES = Sentence(zh="复制权数至少要有两列。", en="At least two columns of replicate weights are needed.")
NEEDS_FACTORS = Sentence(
    zh="method={method!r} 要用 factors= 写明每组复制权数的系数，共 {count} 个。",
    en="method={method!r} needs factors=, one for each of the {count} replicates.",
)
NEEDS_SHRINKAGE = Sentence(
    zh='method="Fay" 要用 shrinkage= 写明 0 到 1 之间的收缩系数。', en='method="Fay" needs shrinkage=, from 0 to below 1.'
)
BAD_REPLICATE = Sentence(
    zh="复制权数列“{column}”有 {count} 行是空的、为负或不是数；请改正。",
    en="Replicate weights {column!r} are missing, negative or no number in {count} rows; correct them.",
)


@dataclass(frozen=True)
class ReplicateWeights:
    """Columns of replicate weights that came with the data, and how they were made.

    Replicate weights contain the sampling weight, as statistical offices give them out.

    Attributes:
        columns: The columns, one a replicate.
        method: "JK1", "JKn", "BRR", "Fay", "bootstrap" or "other".
        scale: What the sum of squared deviations is multiplied with; by default what the method says.
        factors: The factor of each replicate; by default 1. "JKn" needs them.
        shrinkage: Fay's coefficient, from 0 to below 1.

    Raises:
        AnswerError: If there are fewer than two columns, the method is unknown, or something that it needs is missing.

    Example:
        >>> ReplicateWeights(("rep1", "rep2", "rep3", "rep4")).multipliers
        array([0.75, 0.75, 0.75, 0.75])
    """

    columns: tuple[str, ...]
    method: Method = "JK1"
    scale: float | None = None
    factors: tuple[float, ...] | None = None
    shrinkage: float | None = None

    def __post_init__(self) -> None:
        if isinstance(self.columns, str) or len(self.columns) < 2:
            raise AnswerError(NO_REPLICATES)
        if self.method not in {"JK1", "JKn", "BRR", "Fay", "bootstrap", "other"}:
            raise AnswerError(UNKNOWN_METHOD.filled(method=self.method))
        wrong = self.factors is not None and len(self.factors) != len(self.columns)
        if wrong or (self.method == "JKn" and self.factors is None):
            raise AnswerError(NEEDS_FACTORS.filled(method=self.method, count=len(self.columns)))
        if self.method == "Fay" and not (self.shrinkage is not None and 0 <= self.shrinkage < 1):
            raise AnswerError(NEEDS_SHRINKAGE)

    @property
    def multipliers(self) -> Floats:
        """What each squared deviation is multiplied with."""
        count = len(self.columns)
        scales = {
            "JK1": (count - 1) / count,
            "BRR": 1 / count,
            "Fay": 1 / (count * (1 - (self.shrinkage or 0.0)) ** 2),
            "bootstrap": 1 / (count - 1),
        }
        scale = self.scale if self.scale is not None else scales.get(self.method, 1.0)
        return scale * np.asarray(self.factors or np.ones(count), dtype=np.float64)

    def of(self, answers: pd.DataFrame) -> "Replicates":
        """The replicate weights of the rows of `answers`.

        Args:
            answers: One row per answer, with `columns`.

        Returns:
            The weights as numbers.

        Raises:
            AnswerError: If one is missing, negative or not a number.
        """
        return Replicates(np.stack([_numbers(answers, column) for column in self.columns], axis=1), self.multipliers)


@dataclass(frozen=True, eq=False)
class Replicates:
    """Replicate weights of rows.

    Attributes:
        weights: Rows × replicates.
        multipliers: What the squared deviation of each replicate is multiplied with.
    """

    weights: Floats
    multipliers: Floats

    def covariance(self, statistic: Statistic) -> Floats:
        """The covariance of the figures that `statistic` makes of weights.

        Replicates without any row of the domain give no figure and are left out, as `svrVar` does.
        """
        with np.errstate(divide="ignore", invalid="ignore"):
            found = np.stack([statistic(weights) for weights in self.weights.T])
        known = np.isfinite(found).all(axis=1)
        found, multipliers = found[known], self.multipliers[known]
        if not (multipliers > 0).any():
            return np.full((found.shape[1], found.shape[1]), np.nan)
        apart = found - found[multipliers > 0].mean(axis=0)
        return np.asarray((apart * multipliers[:, np.newaxis]).T @ apart)

    def degrees(self, domain: NDArray[np.bool_]) -> int:
        """Degrees of freedom: the rank of the replicate weights less 1."""
        triangle = np.linalg.qr(self.weights[domain], mode="r")
        return int(np.linalg.matrix_rank(triangle, rtol=1e-7)) - 1


def _numbers(answers: pd.DataFrame, column: str) -> Floats:
    numbers = pd.to_numeric(answers[column].astype("string"), errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
    wrong = ~(np.isfinite(numbers) & (numbers >= 0))
    if wrong.any():
        raise AnswerError(BAD_REPLICATE.filled(column=column, count=int(wrong.sum())))
    return numbers
