"""Figures of small places: the direct one, and beside it the one of a model of all places together."""

from collections.abc import Mapping
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from liuwen.analysis.fay_herriot import FayHerriot, Floats, fitted_model
from liuwen.analysis.levels import require_levels
from liuwen.analysis.means import means
from liuwen.analysis.nonresponse import Base
from liuwen.analysis.rounds import Rounds
from liuwen.analysis.shares import shares
from liuwen.analysis.source import source_of
from liuwen.analysis.survey_design import SurveyDesign
from liuwen.errors import AnswerError
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.form import Form
    from liuwen.responses import Responses

WHICH_ANSWER = Sentence(
    zh="“{name}”是选择题，请用 value= 写明看哪个回答。可用的有：{candidates}。",
    en="Question {name!r} offers choices; say which answer with value=. It has: {candidates}.",
)
TOO_FEW_PLACES = Sentence(
    zh="只有 {count} 处的数可以显示且有误差，模型至少要 {needed} 处；一处只抽到一个群，或人人回答相同，就没有误差。"
    "请换大一级的地方，或少用几个辅助变量。",
    en="Only {count} places have a figure that may be shown and an error, and the model needs {needed}; a place has no error if "
    "it is a single cluster or all its answers are the same. Use fewer covariates, or places of which more were asked.",
)
NO_COVARIATES = Sentence(
    zh="covariates= 里缺“{place}”，或它的某一列不是数；每处都要有一行，以“{by}”的值为索引。",
    en="covariates= lacks {place!r}, or one of its columns is no number; it needs a row for each place, indexed by the values of "
    "{by!r}.",
)
SAME_PLACE = Sentence(
    zh="covariates= 里“{place}”有好几行；每处只能有一行。",
    en="covariates= has several rows for {place!r}; give one for each place.",
)
NOT_FOUND = Sentence(
    zh="模型算不出来（方差没有收敛，或辅助变量之间线性相关）；请少用几个辅助变量。",
    en="The model cannot be fitted (its variance did not converge, or covariates determine each other); use fewer covariates.",
)
BOTH, ALONE = "direct and model", "model alone"
_NO_ERROR = 1e-9
"""Standard errors below this part of the largest figure are rounding: one cluster, or answers that are all the same."""


def small_areas(
    responses: "Responses | Any",
    question: str,
    by: str = "village",
    *,
    value: str | None = None,
    covariates: pd.DataFrame | pd.Series | None = None,
    base: Base = "stated",
    where: Mapping[str, str] | None = None,
    design: SurveyDesign | None = None,
    rounds: Rounds = "last",
    minimum: int = 5,
    confidence: float = 0.95,
    language: str | None = None,
    form: "Form | None" = None,
) -> pd.DataFrame:
    """Estimate a share or a mean for small places with the Fay-Herriot model, beside the direct figure.

    The model borrows from all places: where few were asked, its figure lies nearer to what covariates and the other places say.
    It never replaces the direct figure, and must be called *modelled* wherever it is shown. A place whose direct figure may not
    be shown, or has no error, takes no part in the model; it gets what the covariates say of it, which tells nothing of its
    own answers.

    Source: R. E. Fay and R. A. Herriot (1979), Journal of the American Statistical Association 74(366), 269-277; errors after
    N. G. N. Prasad and J. N. K. Rao (1990), the same 85(409), 163-171, as R package sae, `mseFH(method = "REML")`.

    Args:
        responses: `Responses`; or any frame that narwhals knows together with its `form`.
        question: A select question, or one of numbers (then of its mean).
        by: The column of places.
        value: Of a select question, the stored value of the answer.
        covariates: What is known of every place from elsewhere, such as a census: columns of numbers, indexed by the values of
            `by`. Without them the model has a constant alone.
        base: What shares are of, as for `shares`.
        where: Which rows count, as for `shares`.
        design: How the answers were drawn; without one a simple random sample is assumed.
        rounds: Which visits of a household count, as for `shares`.
        minimum: The smallest number of households that may be shown; 1 shows everything.
        confidence: The confidence level of intervals, between 0 and 1.
        language: The language of the labels.
        form: The form, if `responses` is a frame.

    Returns:
        One row per place. Columns:

        - that of `by`, followed by its labels if the form has them;
        - `answered`: the number of answers behind the direct figure;
        - `direct`, `direct_se`: the direct figure (share from 0 to 1, or mean) and its standard error;
        - `modelled`, `modelled_se`: the modelled figure and the root of its mean squared error;
        - `low`, `high`: the ends of the interval of the modelled figure;
        - `from`: "direct and model", or "model alone"; empty for answers without a place;
        - `shown`, `reason`: whether the direct figure is shown, and if not why, as for `shares`.

    Raises:
        AnswerError: If no answer is named, a place has no covariates or several rows of them, or the places are too few for the
            model.

    Example:
        >>> from liuwen.form import builder as b
        >>> asking = [b.text("village", zh="村", en="Village"), b.integer("people", zh="几口人", en="People")]
        >>> form = b.build_form("visit", zh="走访", en="Visit", version="1", items=asking)
        >>> numbers = {"a": [1, 2, 3, 4, 5, 6], "b": [2, 3, 3, 4, 4, 5], "c": [4, 5, 6, 7, 8, 9], "d": [1, 1, 2, 2, 3, 3]}
        >>> rows = [{"village": village, "people": number} for village, people in numbers.items() for number in people]
        >>> small_areas(pd.DataFrame(rows), "people", form=form)[["village", "direct", "modelled"]].round(2)
          village  direct  modelled
        0       a     3.5      3.54
        1       b     3.5      3.52
        2       c     6.5      6.13
        3       d     2.0      2.06
    """
    require_levels(minimum, confidence)
    source = source_of(responses, form)
    about: dict[str, Any] = {"where": where, "design": design, "rounds": rounds, "minimum": minimum, "language": language}
    element = source.question(question)
    of_choices = element is not None and element.is_select
    table = shares(source, question, by, base=base, **about) if of_choices else means(source, question, by, **about)
    direct = _direct(_of_answer(table, question, value) if of_choices else table, by)
    known = _known(direct, by, covariates)
    figures, model = _modelled(direct, known)
    half = NormalDist().inv_cdf(0.5 + confidence / 2) * figures["modelled_se"]
    lowest, highest = (0.0, 1.0) if of_choices else (-np.inf, np.inf)
    ends = {"low": (figures["modelled"] - half).clip(lowest), "high": (figures["modelled"] + half).clip(upper=highest)}
    found = direct.drop(columns=["shown", "reason"]).join(figures.assign(**ends))
    found = found[[*[name for name in found if name != "from"], "from"]].join(direct[["shown", "reason"]])
    found.attrs["variance"] = model.variance
    return found


def _of_answer(table: pd.DataFrame, question: str, value: str | None) -> pd.DataFrame:
    """The rows of one answer, named as those of `means`."""
    if value is None or value not in set(table["value"]):
        raise AnswerError(WHICH_ANSWER.filled(name=question, candidates=", ".join(filter(None, table["value"].unique()))))
    return table[table["value"] == value].drop(columns="answered").rename(columns={"base": "answered", "share": "mean"})


def _direct(table: pd.DataFrame, by: str) -> pd.DataFrame:
    named = [name for name in (by, f"{by}_label") if name in table]
    found = table.rename(columns={"mean": "direct", "se": "direct_se"}).reset_index(drop=True)
    return found[[*named, "answered", "direct", "direct_se", "shown", "reason"]].astype(
        {"direct": "float64", "direct_se": "float64"}
    )


def _known(direct: pd.DataFrame, by: str, covariates: pd.DataFrame | pd.Series | None) -> Floats:
    """The covariates of each place, a constant first; missing for answers without a place."""
    named = direct[by].notna().to_numpy(dtype=bool)
    covariates = covariates.to_frame() if isinstance(covariates, pd.Series) else covariates
    known = np.ones((len(direct), 1 + (0 if covariates is None else covariates.shape[1])))
    if covariates is not None:
        known[named, 1:] = _covariates_of(direct.loc[named, by], covariates)
    known[~named] = np.nan
    return known


def _covariates_of(places: pd.Series, covariates: pd.DataFrame) -> Floats:
    index = covariates.index.astype("string")
    if index.has_duplicates:
        raise AnswerError(SAME_PLACE.filled(place=index[index.duplicated()][0]))
    numbers = covariates.set_axis(index).apply(pd.to_numeric, errors="coerce")
    matched: Floats = numbers.reindex(places).to_numpy(dtype=np.float64, na_value=np.nan)
    without = ~np.isfinite(matched).all(axis=1)
    if without.any():
        raise AnswerError(NO_COVARIATES.filled(place=str(places.to_numpy()[without][0]), by=places.name))
    return matched


def _modelled(direct: pd.DataFrame, known: Floats) -> tuple[pd.DataFrame, FayHerriot]:
    """The modelled figures of all places, and the model of those that take part."""
    values, errors = direct["direct"].to_numpy(), direct["direct_se"].to_numpy() ** 2
    named = np.isfinite(known[:, 0])
    least = _NO_ERROR * np.nanmax(np.abs(values), initial=0.0)
    part = np.isfinite(values) & (errors > least**2) & named
    needed = known.shape[1] + 2
    if part.sum() < needed:
        raise AnswerError(TOO_FEW_PLACES.filled(count=int(part.sum()), needed=needed))
    if np.linalg.matrix_rank(known[part]) < known.shape[1]:
        raise AnswerError(NOT_FOUND)
    model = fitted_model(values[part], errors[part], known[part])
    if not model.converged:
        raise AnswerError(NOT_FOUND)
    modelled, error = model.expected(known)
    modelled[part], error[part] = model.estimates(values[part], errors[part], known[part])
    columns = {"modelled": modelled, "modelled_se": error, "from": np.select([part, named], [BOTH, ALONE], "")}
    return pd.DataFrame(columns, index=direct.index), model
