"""How the answers were drawn: weights, strata, clusters, finite populations, known totals."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from liuwen.analysis.calibration import Poststratification, Raking, Trimming
from liuwen.analysis.linearisation import Codes, Floats, Lonely, SampledRows, Stage
from liuwen.analysis.replicates import ReplicateWeights
from liuwen.analysis.source import column_names
from liuwen.errors import AnswerError
from liuwen.messages import Sentence

NO_DESIGN_COLUMN = Sentence(
    zh="抽样设计要用“{column}”一列，答卷和 frame= 里都没有；请检查列名。",
    en="The design names a column {column!r} that neither the answers nor frame= have; check its name.",
)
NOT_IN_FRAME = Sentence(
    zh="frame= 里缺 {count} 份答卷，例如“{example}”；它的行要以答卷的 instance ID 为索引。",
    en="frame= lacks {count} of the answers, such as {example!r}; its rows must be indexed by instance ID.",
)
BAD_WEIGHTS = Sentence(
    zh="权数列“{column}”有 {count} 行不能用：缺 {missing} 行，为零 {zero} 行，为负 {negative} 行，不是数 {text} 行；"
    "每行都要有大于 0 的权数。",
    en="Weight column {column!r} cannot be used in {count} rows: {missing} missing, {zero} zero, {negative} negative, {text} not "
    "a number; every row needs a weight above 0.",
)
MISSING_IN_DESIGN = Sentence(
    zh="抽样设计的“{column}”一列有 {count} 行是空的；每行都要写明。",
    en="Column {column!r} of the design is empty in {count} rows; every row must have it.",
)
SMALL_POPULATION = Sentence(
    zh="“{column}”：层“{stratum}”的总体是 {population}，比样本 {drawn} 还小；总体应是抽样单位的总数。",
    en="{column!r}: the population of stratum {stratum!r} is {population}, smaller than the sample of {drawn}; it must be the "
    "number of sampling units there are.",
)
UNEQUAL_POPULATION = Sentence(
    zh="“{column}”：层“{stratum}”里写了不同的总体数；一层只能有一个。",
    en="{column!r}: stratum {stratum!r} has several population sizes; a stratum has one.",
)
TOO_MANY_POPULATIONS = Sentence(
    zh="population= 有 {given} 列，clusters= 只有 {clusters} 级；每级至多一列。",
    en="population= has {given} columns for {clusters} stages of clusters; give at most one for each.",
)
NOT_A_COLUMN = Sentence(
    zh="抽样设计的 {part}= 要写列名，现在是 {given}；数目请放进答卷或 frame= 的一列，再写那一列的名称。",
    en="{part}= of a design names columns, not {given}; put the number into a column of the answers or of frame=, and name that.",
)
REPLICATES_ALONE = Sentence(
    zh="有复制权数时，抽样设计不能再写 strata、clusters、population，也不能再校准：复制权数里已经包含。",
    en="With replicate weights a design takes no strata, clusters, population or calibration: the replicates contain them.",
)


@dataclass(frozen=True, eq=False)
class SurveyDesign:
    """How the answers were drawn; without one, a simple random sample is assumed.

    Names are columns of the answers, or of `frame`. Clusters are taken to lie within strata, so that villages of the same
    name in two towns are two clusters.

    Source: the estimators are those of R package survey (`svydesign`, `svyrecvar`).

    Attributes:
        weights: The column of weights: how many households (or people) a row stands for.
        strata: The column of strata.
        clusters: The column of clusters, the first stage's first where there are two.
        population: The column with the number of clusters (or rows) there are in the row's stratum; for two stages two columns.
        frame: The columns above, where the answers do not have them; indexed by instance ID.
        lonely: What to do with a stratum of which one cluster was drawn: "fail" refuses, "adjust" compares it with the overall
            mean, "average" gives it the average error of the others, "certainty" gives it none.
        calibrations: What `rake`, `poststratify` and `trim` have added.
        replicates: Replicate weights that came with the data; they stand in place of strata and clusters.

    Example:
        >>> design = SurveyDesign(weights="weight", strata="town", clusters="village")
        >>> design.rake({"sex": {"female": 3100, "male": 2900}}).calibrations
        (Raking(margins={'sex': {'female': 3100, 'male': 2900}}, epsilon=1e-10),)
    """

    weights: str | None = None
    strata: str | None = None
    clusters: str | tuple[str, ...] | list[str] | None = None
    population: str | tuple[str, ...] | list[str] | None = None
    frame: pd.DataFrame | None = field(default=None, repr=False)
    lonely: Lonely = "fail"
    calibrations: tuple[Poststratification | Raking | Trimming, ...] = ()
    replicates: ReplicateWeights | None = None

    def poststratify(self, column: str, totals: Mapping[str, float]) -> "SurveyDesign":
        """Make the weights add up to known totals.

        Args:
            column: The column that sorts the rows into groups.
            totals: The number of households (or people) there are in each group.

        Returns:
            The new design.
        """
        return replace(self, calibrations=(*self.calibrations, Poststratification(column, totals)))

    def rake(self, margins: Mapping[str, Mapping[str, float]]) -> "SurveyDesign":
        """Make the weights add up to the known totals of several columns at once.

        Args:
            margins: For each column, the number of households (or people) there are in each of its groups.

        Returns:
            The new design.
        """
        return replace(self, calibrations=(*self.calibrations, Raking(margins)))

    def trim(self, lower: float = 0.0, upper: float = float("inf"), *, strict: bool = False) -> "SurveyDesign":
        """Cut weights to limits; what is cut off is spread evenly over the other rows.

        Args:
            lower: The smallest weight.
            upper: The largest weight.
            strict: Whether to repeat until no weight is outside.

        Returns:
            The new design.
        """
        return replace(self, calibrations=(*self.calibrations, Trimming(lower, upper, strict)))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the design needs of the answers or of `frame`."""
        calibrated: list[str] = []
        for each in self.calibrations:
            calibrated += list(each.margins) if isinstance(each, Raking) else []
            calibrated += [each.column] if isinstance(each, Poststratification) else []
        for part in ("weights", "strata", "clusters", "population"):
            given = getattr(self, part)
            if given is not None and not (isinstance(given, str) or _are_names(given)):
                raise AnswerError(NOT_A_COLUMN.filled(part=part, given=repr(given)))
        one = [column for column in (self.weights, self.strata) if column]
        drawn = [*one, *column_names(self.clusters), *column_names(self.population)]
        return tuple(dict.fromkeys([*drawn, *calibrated, *(self.replicates.columns if self.replicates else ())]))

    def of(self, answers: pd.DataFrame) -> SampledRows:
        """The rows of `answers`, which has the design's columns, with their weights and how they were drawn.

        Args:
            answers: One row per answer, with `columns`.

        Returns:
            Weights, strata and clusters as numbers.

        Raises:
            AnswerError: If a weight, stratum, cluster or population cannot be used.
        """
        weights = np.ones(len(answers)) if self.weights is None else _weights(answers, self.weights)
        if self.replicates is not None and (self.strata or self.clusters or self.population or self.calibrations):
            raise AnswerError(REPLICATES_ALONE)
        adjustments: list[Any] = []
        for calibration in self.calibrations:
            weights, found = calibration.applied(weights, answers)
            adjustments += found
        stages, names = self._stages(answers)
        replicates = self.replicates.of(answers) if self.replicates is not None else None
        return SampledRows(weights, stages, names, self.lonely, tuple(adjustments), replicates)

    def _stages(self, answers: pd.DataFrame) -> tuple[tuple[Stage, ...], tuple[str, ...]]:
        strata, names = _codes(answers, self.strata) if self.strata else (np.zeros(len(answers), dtype=np.int64), ("",))
        clusters, populations = column_names(self.clusters) or ("",), column_names(self.population)
        if len(populations) > len(clusters):
            raise AnswerError(TOO_MANY_POPULATIONS.filled(given=len(populations), clusters=len(clusters)))
        stages, above = [], strata
        for number, cluster in enumerate(clusters[: max(1, len(populations))]):
            own = _codes(answers, cluster)[0] if cluster else np.arange(len(answers))
            codes = _pairs(above, own)
            drawn = _drawn(above, codes)
            column = populations[number] if number < len(populations) else None
            called = names if number == 0 else tuple(str(code) for code in range(int(above.max(initial=0)) + 1))
            stages.append(Stage(above, codes, drawn, _population(answers, column, above, drawn, called) if column else None))
            above = codes
        return tuple(stages), names


def sampled(answers: pd.DataFrame, design: SurveyDesign | None) -> SampledRows:
    """How the answers were drawn; without a design as a simple random sample.

    The columns of the design's own frame are matched by index; raises `AnswerError` if one is missing.
    """
    if design is None:
        return SurveyDesign().of(answers)
    if design.frame is not None:
        own = [column for column in design.columns if column in design.frame]
        missing = answers.index.difference(design.frame.index)
        if len(missing):
            raise AnswerError(NOT_IN_FRAME.filled(count=len(missing), example=missing[0]))
        answers = answers.assign(**{column: design.frame[column].reindex(answers.index) for column in own})
    for column in design.columns:
        if column not in answers:
            raise AnswerError(NO_DESIGN_COLUMN.filled(column=column))
    return design.of(answers)


def _are_names(given: object) -> bool:
    return isinstance(given, list | tuple) and all(isinstance(name, str) for name in given)


def _weights(answers: pd.DataFrame, column: str) -> Floats:
    given = answers[column]
    numbers = pd.to_numeric(given.astype("string"), errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
    text = np.isnan(numbers) & given.notna().to_numpy()
    missing, zero, negative = given.isna().to_numpy(), numbers == 0, numbers < 0
    text |= np.isinf(numbers)
    unusable = missing | zero | negative | text
    if unusable.any():
        counts = {"missing": missing.sum(), "zero": zero.sum(), "negative": negative.sum(), "text": text.sum()}
        raise AnswerError(BAD_WEIGHTS.filled(column=column, count=int(unusable.sum()), **counts))
    return numbers


def _codes(answers: pd.DataFrame, column: str) -> tuple[Codes, tuple[str, ...]]:
    values = answers[column].astype("string")
    if values.isna().any():
        raise AnswerError(MISSING_IN_DESIGN.filled(column=column, count=int(values.isna().sum())))
    codes, names = pd.factorize(values)
    return codes.astype(np.int64), tuple(names)


def _pairs(outer: Codes, inner: Codes) -> Codes:
    return pd.factorize(outer * (int(inner.max(initial=0)) + 1) + inner)[0].astype(np.int64)


def _drawn(strata: Codes, clusters: Codes) -> Floats:
    pairs = pd.DataFrame({"stratum": strata, "cluster": clusters}).drop_duplicates()
    counts = np.bincount(pairs["stratum"], minlength=int(strata.max(initial=0)) + 1)
    return counts[strata].astype(np.float64)


def _population(answers: pd.DataFrame, column: str, strata: Codes, drawn: Floats, names: tuple[str, ...]) -> Floats:
    sizes = _weights(answers, column)
    spread = pd.Series(sizes).groupby(strata).transform("nunique").to_numpy() > 1
    if spread.any():
        raise AnswerError(UNEQUAL_POPULATION.filled(column=column, stratum=names[strata[spread][0]]))
    small = sizes < drawn
    if small.any():
        at = int(np.flatnonzero(small)[0])
        raise AnswerError(
            SMALL_POPULATION.filled(column=column, stratum=names[strata[at]], population=f"{sizes[at]:g}", drawn=int(drawn[at]))
        )
    return sizes
