"""Weights made to agree with known totals: post-stratification, raking, and the trimming of extreme weights.

Source: R package survey 4.1.1, `postStratify`, `rake`, `trimWeights`; Deville, Särndal and Sautory (1993), Generalized raking
procedures in survey sampling, Journal of the American Statistical Association 88(423), 1013-1020.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.errors import AnswerError
from liuwen.messages import Sentence

Floats = NDArray[np.float64]

MISSING_GROUP = Sentence(
    zh="“{column}”一列有 {count} 行是空的，无法按总体数加权；请先补上，或把空值自成一类。",
    en="Column {column!r} is empty in {count} rows, so they cannot be weighted to known totals; fill it in first.",
)
NO_TOTAL = Sentence(
    zh="“{column}”中的“{value}”没有给总体数；请在总体数里补上。",
    en="No population total is given for {value!r} of {column!r}; add it to the totals.",
)
NOBODY = Sentence(
    zh="“{column}”中的“{value}”有总体数，样本里却没有人；请与别的类合并。",
    en="A population total is given for {value!r} of {column!r}, but nobody of the sample is in it; merge it with another.",
)
BAD_TOTAL = Sentence(
    zh="“{column}”中“{value}”的总体数是 {total}；总体数应大于 0。",
    en="The population total of {value!r} of {column!r} is {total}; it must be above 0.",
)
NOT_CONVERGED = Sentence(
    zh="迭代加权 {rounds} 次后仍不收敛；请检查各组总体数是否相合。",
    en="Raking did not converge in {rounds} rounds; check that the totals of the margins agree.",
)
NOTHING_TO_TRIM_TO = Sentence(
    zh="修剪的界限 {lower}–{upper} 之内没有权数；请放宽界限。",
    en="No weight lies between the trimming limits {lower} and {upper}; widen them.",
)
_ROUNDS = 1000
_RESIDUAL_ROUNDS = 10


class Adjustment(Protocol):
    """What a calibration takes away of the error."""

    def residuals(self, scores: Floats) -> Floats:
        """The weighted scores less what the known totals explain."""
        ...


@dataclass(frozen=True, eq=False)
class Poststrata:
    """Post-strata of the rows, with the weights before and after."""

    groups: NDArray[np.int64]
    before: Floats
    after: Floats

    def residuals(self, scores: Floats) -> Floats:
        """The scores less their post-stratum's mean."""
        size = int(self.groups.max()) + 1
        means = np.zeros((size, scores.shape[1]))
        np.add.at(means, self.groups, scores * (self.before / self.after)[:, np.newaxis])
        means /= np.bincount(self.groups, self.before, size)[:, np.newaxis]
        return scores - means[self.groups] * self.after[:, np.newaxis]


@dataclass(frozen=True, eq=False)
class RakedMargins:
    """Margins of a raking: the groups of each, with the weights after its last step."""

    margins: tuple[Poststrata, ...]

    def residuals(self, scores: Floats) -> Floats:
        """The scores less the means of each margin in turn, ten times over, as `survey` does it."""
        for _ in range(_RESIDUAL_ROUNDS):
            for margin in self.margins:
                size = int(margin.groups.max()) + 1
                means = np.zeros((size, scores.shape[1]))
                np.add.at(means, margin.groups, scores / margin.after[:, np.newaxis])
                means /= np.bincount(margin.groups, minlength=size)[:, np.newaxis]
                scores = scores - margin.after[:, np.newaxis] * means[margin.groups]
        return scores


@dataclass(frozen=True)
class Poststratification:
    """Weights that add up to known totals of the groups of one column."""

    column: str
    totals: Mapping[str, float]

    def applied(self, weights: Floats, columns: pd.DataFrame) -> tuple[Floats, tuple[Adjustment, ...]]:
        """The new weights, and what they take away of the error."""
        groups, totals = known_groups(self.column, self.totals, columns)
        step = _step(weights, groups, totals)
        return step.after, (step,)


@dataclass(frozen=True)
class Raking:
    """Weights that add up to known totals of several columns, by iterative proportional fitting."""

    margins: Mapping[str, Mapping[str, float]]
    epsilon: float = 1e-10

    def applied(self, weights: Floats, columns: pd.DataFrame) -> tuple[Floats, tuple[Adjustment, ...]]:
        """The new weights, and what they take away of the error."""
        known = [known_groups(column, totals, columns) for column, totals in self.margins.items()]
        cells = pd.DataFrame([groups for groups, _ in known]).T.groupby(list(range(len(known)))).ngroup().to_numpy()
        limit, table = self.epsilon * weights.sum(), np.bincount(cells, weights)
        for _ in range(_ROUNDS):
            steps = []
            for groups, totals in known:
                steps.append(_step(weights, groups, totals))
                weights = steps[-1].after
            before, table = table, np.bincount(cells, weights)
            if np.abs(before - table).max() < limit:
                return weights, (RakedMargins(tuple(steps)),)
        raise AnswerError(NOT_CONVERGED.filled(rounds=_ROUNDS))


@dataclass(frozen=True)
class Trimming:
    """Weights cut to limits; what is cut off is spread evenly over the others."""

    lower: float
    upper: float
    strict: bool = False

    def applied(self, weights: Floats, columns: pd.DataFrame) -> tuple[Floats, tuple[Adjustment, ...]]:
        """The new weights; trimming explains nothing of the error."""
        outside = (weights < self.lower) | (weights > self.upper)
        while outside.any():
            if outside.all():
                raise AnswerError(NOTHING_TO_TRIM_TO.filled(lower=self.lower, upper=self.upper))
            cut = np.clip(weights, self.lower, self.upper)
            cut[~outside] += (weights - cut).sum() / (~outside).sum()
            weights = cut
            outside = ((weights < self.lower) | (weights > self.upper)) & self.strict
        return weights, ()


def known_groups(column: str, totals: Mapping[str, float], columns: pd.DataFrame) -> tuple[NDArray[np.int64], Floats]:
    """The group of each row and the total of each group; raises `AnswerError` where the two do not fit each other."""
    values = columns[column].astype("string")
    if values.isna().any():
        raise AnswerError(MISSING_GROUP.filled(column=column, count=int(values.isna().sum())))
    named = {str(value): float(total) for value, total in totals.items()}
    for value, total in named.items():
        if not total > 0:
            raise AnswerError(BAD_TOTAL.filled(column=column, value=value, total=total))
    groups = pd.Categorical(values, list(named)).codes.astype(np.int64)
    if (groups < 0).any():
        raise AnswerError(NO_TOTAL.filled(column=column, value=values[groups < 0].iloc[0]))
    absent = [value for value, count in zip(named, np.bincount(groups, minlength=len(named)), strict=True) if not count]
    if absent:
        raise AnswerError(NOBODY.filled(column=column, value=absent[0]))
    return groups, np.array(list(named.values()))


def _step(weights: Floats, groups: NDArray[np.int64], totals: Floats) -> Poststrata:
    return Poststrata(groups, weights, weights * (totals / np.bincount(groups, weights))[groups])
