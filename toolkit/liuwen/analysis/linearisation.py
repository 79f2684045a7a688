"""The covariance of estimated totals under a sampling design: Taylor linearisation over strata and clusters.

Source: R package survey 4.1.1, `svyrecvar` (Lumley 2004, Journal of Statistical Software 9(8)); Särndal, Swensson and Wretman
(1992), Model Assisted Survey Sampling, Springer, section 4.3. Clusters are drawn with replacement within strata, or in up to
two stages from finite populations.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from liuwen.analysis.calibration import Adjustment
from liuwen.analysis.replicates import Replicates
from liuwen.errors import AnswerError
from liuwen.messages import Sentence

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
Mask = NDArray[np.bool_]
Lonely = Literal["fail", "adjust", "average", "certainty"]

LONELY = Sentence(
    zh='层“{stratum}”只抽到一个群，算不出误差；请合并层，或写 lonely="adjust"、"average" 或 "certainty"。',
    en='Stratum {stratum!r} has only one cluster, so no error can be computed; merge strata, or set lonely="adjust", "average" '
    'or "certainty".',
)
_NOTHING_LEFT = 1e-7


@dataclass(frozen=True, eq=False)
class Stage:
    """One stage of the sampling: what each row belongs to.

    Attributes:
        strata: The stratum of each row.
        clusters: The cluster of each row.
        drawn: The number of clusters drawn in the row's stratum.
        population: The number of clusters in the population of that stratum; None if clusters are drawn with replacement.
    """

    strata: Codes
    clusters: Codes
    drawn: Floats
    population: Floats | None = None

    def at(self, rows: NDArray[np.intp]) -> "Stage":
        """The same for some of the rows."""
        population = None if self.population is None else self.population[rows]
        return Stage(self.strata[rows], self.clusters[rows], self.drawn[rows], population)


@dataclass(frozen=True, eq=False)
class SampledRows:
    """Rows with their weights, and how they were drawn.

    Attributes:
        weights: The weight of each row.
        stages: The stages of the sampling, the first one first.
        names: The names of the strata of the first stage, by code.
        lonely: What to do with a stratum of which one cluster was drawn.
        adjustments: The calibrations of the weights, which take away part of the error.
        replicates: Replicate weights, from which errors are then computed instead.
    """

    weights: Floats
    stages: tuple[Stage, ...]
    names: tuple[str, ...] = ()
    lonely: Lonely = "fail"
    adjustments: tuple[Adjustment, ...] = ()
    replicates: Replicates | None = None

    def degrees(self, domain: Mask) -> int:
        """Degrees of freedom in a domain: clusters less strata; of replicate weights their rank less 1."""
        if self.replicates is not None:
            return self.replicates.degrees(domain)
        first = self.stages[0]
        return len(np.unique(first.clusters[domain])) - len(np.unique(first.strata[domain]))

    def covariance(self, scores: Floats, domain: Mask) -> Floats:
        """The covariance of the column sums of `scores` (rows × figures; weighted, and zero outside the domain)."""
        if self.adjustments:
            domain = np.ones(len(self.weights), dtype=bool)
        for adjustment in self.adjustments:
            scores = adjustment.residuals(scores)
        rows = np.flatnonzero(domain)
        first = self.stages[0].at(rows)
        found = self._of_stage(scores[rows], first, np.ones(int(self.stages[0].strata.max(initial=-1)) + 1))
        if len(self.stages) > 1 and first.population is not None:
            fraction = np.ones(int(self.stages[0].clusters.max(initial=-1)) + 1)
            fraction[first.clusters] = first.drawn / first.population
            found = found + self._of_stage(scores[rows], self.stages[1].at(rows), fraction)
        return found

    def _of_stage(self, scores: Floats, stage: Stage, share: Floats) -> Floats:
        clusters, first, inverse = np.unique(stage.clusters, return_index=True, return_inverse=True)
        totals = np.zeros((len(clusters), scores.shape[1]))
        np.add.at(totals, inverse, scores)
        strata, stratum_of = np.unique(stage.strata[first], return_inverse=True)
        drawn, left = np.ones(len(strata)), np.ones(len(strata))
        drawn[stratum_of] = stage.drawn[first]
        if stage.population is not None:
            population = stage.population[first]
            left[stratum_of] = (population - stage.drawn[first]) / population
        lonely = (drawn == 1) & (left >= _NOTHING_LEFT)
        if lonely.any() and self.lonely == "fail":
            raise AnswerError(LONELY.filled(stratum=self._name(stage, int(strata[lonely][0]))))
        means = np.zeros((len(strata), scores.shape[1]))
        np.add.at(means, stratum_of, totals)
        means /= drawn[:, np.newaxis]
        if self.lonely == "adjust":
            means[lonely] = 0
        scale = share[strata] * left * np.where(drawn > 1, drawn / np.maximum(drawn - 1, 1), 1.0)
        scale *= ~lonely | (self.lonely == "adjust")
        apart = totals - means[stratum_of]
        unseen = scale * (drawn - np.bincount(stratum_of, minlength=len(strata)))
        found = (apart * scale[stratum_of, np.newaxis]).T @ apart + (means * unseen[:, np.newaxis]).T @ means
        known = len(strata) - lonely.sum() if self.lonely == "average" else len(strata)
        return np.asarray(found * (len(strata) / known if known else np.nan))

    def _name(self, stage: Stage, code: int) -> str:
        first = self.stages[0]
        if len(self.stages) > 1 and stage.population is self.stages[1].population:
            code = int(first.strata[np.flatnonzero(self.stages[1].strata == code)[0]])
        return self.names[code] if code < len(self.names) else str(code)
