"""The score of an appraisal: ratings as indicators from 0 to 100, weighted parts with an interval; no score if one is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from liuwen.analysis.asked_rows import ANSWER
from liuwen.analysis.estimates import covariance_of
from liuwen.analysis.grouping import kept_by, listed
from liuwen.analysis.linearisation import Floats
from liuwen.analysis.ratings import rating_questions, steps_of
from liuwen.analysis.rounds import Rounds
from liuwen.analysis.satisfaction import NO_RATINGS, NOT_A_RATING, satisfaction
from liuwen.analysis.source import AnswerSource, source_of
from liuwen.analysis.survey_design import SurveyDesign, sampled
from liuwen.analysis.tabulation import Tabulation
from liuwen.analysis.tallied import tallied
from liuwen.errors import AnswerError
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.form import Form
    from liuwen.responses import Responses

WEIGHTS_NOT_ONE = Sentence(
    zh="各部分权重之和是 {sum:g}，应正好是 1。", en="The weights of the parts sum to {sum:g}; they must sum to 1."
)
BAD_WEIGHT = Sentence(
    zh="“{part}”的权重是 {weight:g}，应在 0 到 1 之间。", en="The weight of {part!r} is {weight:g}; it must be from 0 to 1."
)
NOT_IN_SCALE = Sentence(
    zh="“{part}”的得分是 {score:g}，应在 0 到 100 之间。", en="The score of part {part!r} is {score:g}; it must be from 0 to 100."
)


class ScorePart(NamedTuple):
    """One part of an appraisal.

    Attributes:
        weight: Its weight, from 0 to 1.
        score: Its score, from 0 to 100; None if unknown.
        error: Its standard error; 0 where it was not a sample.
    """

    weight: float
    score: float | None
    error: float = 0.0


@dataclass(frozen=True)
class AppraisalScore:
    """The score of an appraisal.

    Attributes:
        score: From 0 to 100; None if a part is missing.
        error: Its standard error, from the parts that are samples.
        low: The lower end of its interval.
        high: The upper end.
        missing: The parts that are missing.
    """

    score: float | None
    error: float | None
    low: float | None
    high: float | None
    missing: tuple[str, ...] = ()


def appraisal_score(parts: Mapping[str, ScorePart], confidence: float = 0.95) -> AppraisalScore:
    """Weigh the parts of an appraisal together.

    The parts are taken to be independent: results, colleagues' appraisal and public opinion come from different people. Nothing
    is put in place of a missing part, and its weight is not given to the others.

    Args:
        parts: The parts by name; their weights sum to 1.
        confidence: The confidence level of the interval, between 0 and 1.

    Returns:
        The score with its interval, or which parts are missing.

    Raises:
        AnswerError: If a weight is not between 0 and 1, the weights do not sum to 1, or a score is not between 0 and 100.

    Example:
        >>> results, colleagues = ScorePart(0.6, 82.0), ScorePart(0.1, 90.0)
        >>> appraisal_score({"results": results, "colleagues": colleagues, "public": ScorePart(0.3, 70.0, 2.0)}).score
        79.2
        >>> appraisal_score({"results": results, "colleagues": colleagues, "public": ScorePart(0.3, None)}).missing
        ('public',)
    """
    _require_weights({name: part.weight for name, part in parts.items()})
    missing = tuple(name for name, part in parts.items() if part.score is None or not isfinite(part.score))
    if missing:
        return AppraisalScore(None, None, None, None, missing)
    for name, part in parts.items():
        if not 0 <= (part.score or 0) <= 100:
            raise AnswerError(NOT_IN_SCALE.filled(part=name, score=part.score))
    score = round(sum(part.weight * (part.score or 0) for part in parts.values()), 12)
    error = sqrt(sum((part.weight * part.error) ** 2 for part in parts.values()))
    half = NormalDist().inv_cdf(0.5 + confidence / 2) * error
    return AppraisalScore(score, error, max(score - half, 0.0), min(score + half, 100.0))


def opinion_score(
    responses: "Responses | Any",
    weights: Mapping[str, float] | Sequence[str] | str | None = None,
    *,
    where: Mapping[str, str] | None = None,
    design: SurveyDesign | None = None,
    rounds: Rounds = "last",
    minimum: int = 5,
    form: "Form | None" = None,
) -> ScorePart:
    """Compute the public opinion part of an appraisal: the weighted mean of indicators from 0 to 100.

    An indicator is the mean of a rating question from 0 (worst step) to 100 (best step), without *don't know* and the like. The
    same people rate all of them, so the error is that of their sum, with the covariances.

    Args:
        responses: `Responses`; or any frame that narwhals knows together with its `form`.
        weights: The rating questions, each with its weight; a list weighs them alike, a name is one question; by default all
            ratings of the form.
        where: Which rows count, as for `shares`.
        design: How the answers were drawn; without one a simple random sample is assumed.
        rounds: Which visits of a household count, as for `shares`.
        minimum: The smallest number of households that may be shown; 1 shows everything.
        form: The form, if `responses` is a frame.

    Returns:
        The part, with weight 1, to be given its own by `._replace(weight=0.3)`. Its score is None if one of the indicators
        may not be shown.

    Raises:
        AnswerError: If a question is no rating, a weight is not between 0 and 1, or the weights do not sum to 1.

    Example:
        >>> from liuwen.form import builder as b
        >>> steps = b.choices("q", ("good", "好", "Good"), ("middle", "中", "Middle"), ("poor", "差", "Poor"))
        >>> asking = [b.select_one(name, steps, zh="?", en="?") for name in ("roads", "doctor")]
        >>> form = b.build_form("visit", zh="走访", en="Visit", version="1", items=asking)
        >>> rows = pd.DataFrame({"roads": ["good"] * 20 + ["poor"] * 20, "doctor": ["good"] * 30 + ["poor"] * 10})
        >>> part = opinion_score(rows, {"roads": 0.5, "doctor": 0.5}, form=form)
        >>> round(part.score, 1), round(part.error, 2)
        (62.5, 6.64)
    """
    source = source_of(responses, form)
    shared = _weights(source, weights)
    _require_weights(shared)
    told = satisfaction(source, questions=list(shared), where=where, design=design, rounds=rounds, minimum=minimum)
    if not told["shown"].all() or len(told) < len(shared):
        return ScorePart(1.0, None)
    found = [_indicator(source, Tabulation(name, (), where, rounds), design, minimum) for name in shared]
    return _together(found, np.array(list(shared.values())), design)


def _require_weights(weights: Mapping[str, float]) -> None:
    """Raise `AnswerError` for weights that are no parts of a whole."""
    for name, weight in weights.items():
        if not 0 <= weight <= 1:
            raise AnswerError(BAD_WEIGHT.filled(part=name, weight=weight))
    if abs(sum(weights.values()) - 1) > 1e-9:
        raise AnswerError(WEIGHTS_NOT_ONE.filled(sum=sum(weights.values())))


def _weights(source: AnswerSource, weights: Mapping[str, float] | Sequence[str] | str | None) -> dict[str, float]:
    known = rating_questions(source.form, source.columns)
    asked = list(dict.fromkeys(known if weights is None else [weights] if isinstance(weights, str) else weights))
    if not asked:
        raise AnswerError(NO_RATINGS)
    for name in asked:
        if name not in known:
            raise AnswerError(NOT_A_RATING.filled(name=name, candidates=listed(known)))
    return dict(weights) if isinstance(weights, Mapping) else dict.fromkeys(asked, 1 / len(asked))


def _indicator(source: AnswerSource, asking: Tabulation, design: SurveyDesign | None, minimum: int) -> pd.DataFrame:
    """All rows, with the rating of each from 0 to 100 in `score`, missing where it does not count."""
    counted = tallied(source, asking, minimum, None, design, rowwise=True)
    rows, group = counted.all_rows()
    scores = rows[ANSWER].map(steps_of(source, asking.question)).astype("float64")
    return rows.assign(score=scores.where(np.isin(group, kept_by(source, counted.groups, asking.filters))))


def _together(found: Sequence[pd.DataFrame], weights: Floats, design: SurveyDesign | None) -> ScorePart:
    """The weighted mean of the indicators and its error, over the rows that any of them has."""
    whole = pd.concat(found)
    whole = whole[~whole.index.duplicated()]
    drawn = sampled(whole, design)
    scores = np.stack([rows["score"].reindex(whole.index).to_numpy(dtype=np.float64) for rows in found], axis=1)
    known = ~np.isnan(scores)
    values = np.where(known, scores, 0.0)
    means = _means(drawn.weights, values, known)
    apart = np.where(known, (values - means) / (drawn.weights @ known), 0.0) @ weights
    every = known.any(axis=1)
    covariance = covariance_of(
        drawn, (apart * drawn.weights)[:, np.newaxis], every, lambda own: np.atleast_1d(_means(own, values, known) @ weights)
    )
    return ScorePart(1.0, float(means @ weights), float(np.sqrt(max(covariance[0, 0], 0.0))))


def _means(weights: Floats, values: Floats, known: Any) -> Floats:
    return np.asarray(weights @ values / (weights @ known))
