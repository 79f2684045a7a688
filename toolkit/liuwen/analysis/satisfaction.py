"""How satisfied people are, question by question: two best and two worst steps, their difference, mean, and what has changed."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.analysis.asked_rows import ANSWER
from liuwen.analysis.disclosure import Shown
from liuwen.analysis.estimates import Estimate, estimated_means
from liuwen.analysis.grouping import named_groups, require_columns
from liuwen.analysis.nonresponse import nonresponse
from liuwen.analysis.ratings import rating_questions, rating_steps
from liuwen.analysis.rounds import Rounds
from liuwen.analysis.shares import ShareTable
from liuwen.analysis.significance import holm
from liuwen.analysis.source import AnswerSource, source_of
from liuwen.analysis.survey_design import SurveyDesign, with_design
from liuwen.analysis.tallied import Tabulation, Tallied, tallied
from liuwen.errors import AnswerError
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.form import Form
    from liuwen.responses import Responses

Floats = NDArray[np.float64]

NO_RATINGS = Sentence(
    zh="问卷里没有满意度这样的评价题（从好到差的单选题），没有可算的。",
    en="The form has no rating question (a select-one with steps from good to bad), so there is no satisfaction to tell.",
)
_LEAST_FOR_IMPORTANCE = 30
_OVERALL = ("overall", "overall_satisfaction", "satisfaction")


def satisfaction(
    responses: "Responses | Any",
    by: str | Sequence[str] | None = None,
    *,
    questions: Sequence[str] | None = None,
    previous: "Responses | Any | None" = None,
    where: Mapping[str, str] | None = None,
    design: SurveyDesign | None = None,
    rounds: Rounds = "last",
    minimum: int = 5,
    confidence: float = 0.95,
    language: str | None = None,
    form: "Form | None" = None,
) -> pd.DataFrame:
    """Summarise every rating question: how many are satisfied, how many are not, and what matters.

    A rating is a select-one question whose choices are steps from good to bad. *Don't know*, *would rather not say*, *does not
    concern me* and blanks are counted apart and in no share. The distribution itself is `shares(..., base="stated")`.

    Source: net satisfaction with its error from the covariance of the two shares, as R's `svymean` of best less worst;
    differences between rounds by Welch (1947), Biometrika 34, 28-35, adjusted after Holm (1979).

    Args:
        responses: `Responses`; or any frame that narwhals knows together with its `form`.
        by: The column to group by, several columns, or None for all together.
        questions: The rating questions; by default all of the form.
        previous: The answers of the round before, to compare with; of the same kind as `responses`.
        where: Which rows count, as for `shares`.
        design: How the answers were drawn; without one a simple random sample is assumed.
        rounds: Which visits of a household count, as for `shares`.
        minimum: The smallest number of households that may be shown; 1 shows everything.
        confidence: The confidence level of intervals, between 0 and 1.
        language: The language of the labels.
        form: The form, if `responses` is a frame.

    Returns:
        One row per question and group. Columns:

        - `question`, `label`: the question and its words; those of `by`, each followed by its labels if the form has them;
        - `counted`: "households" or "interviews"; `asked`: how many were asked; `base`: how many gave a rating;
        - `dont_know`, `refused`, `not_concerned`, `blank`: how many did not, by kind;
        - `best`, `worst`: the shares of the two best and of the two worst steps (of one each on a scale of three);
        - `net`: best less worst, from -1 to 1, with `net_low`, `net_high`;
        - `mean`: the mean from 0 (worst step) to 100 (best step), with `mean_low`, `mean_high`;
        - `importance`: the correlation with the overall question among those who rated both, if at least 30 did; the whole
          only;
        - with `previous`: `change` of the mean, `p` of no change, and `p_holm`, adjusted over all rows;
        - `shown`, `reason`: whether the row is shown, and if not why, as for `shares`.

    Raises:
        AnswerError: If the form has no rating question, or the answers no such column.

    Example:
        >>> from liuwen.form import builder as b
        >>> steps = b.choices("q", ("good", "好", "Good"), ("middle", "中", "Middle"), ("poor", "差", "Poor"))
        >>> form = b.build_form("visit", zh="走访", en="Visit", version="1", items=[b.select_one("work", steps, zh="?", en="?")])
        >>> frame = pd.DataFrame({"work": ["good"] * 30 + ["middle"] * 10 + ["poor"] * 20})
        >>> satisfaction(frame, form=form)[["question", "base", "best", "worst", "net", "mean"]].round(3)
          question  base  best  worst    net  mean
        0     work    60   0.5  0.333  0.167  58.333
    """
    source = source_of(responses, form)
    items = list(questions or rating_questions(source.form, source.columns))
    if not items:
        raise AnswerError(NO_RATINGS)
    columns = () if by is None else (by,) if isinstance(by, str) else tuple(by)
    require_columns(source, [*columns, *(where or {}), *items])
    how: dict[str, Any] = {"minimum": minimum, "design": design, "confidence": confidence, "language": language}
    told = [_item(source, Tabulation(item, columns, where, rounds), **how) for item in items]
    found = pd.concat([table for table in told if len(table)], ignore_index=True)
    if not columns:
        found["importance"] = [_importance(source, item, rounds) for item in found["question"]]
        found.loc[~found["shown"], "importance"] = np.nan
    if previous is not None:
        before = satisfaction(
            previous, by, questions=items, where=where, rounds=rounds, minimum=minimum, language=language, form=form
        )
        found = _changed(found, before, ["question", *columns])
    order = [name for name in found if name not in {"shown", "reason"}]
    return found[[*order, "shown", "reason"]].drop(columns=["mean_se"])


def _item(
    source: AnswerSource,
    asking: Tabulation,
    *,
    minimum: int,
    design: SurveyDesign | None,
    confidence: float,
    language: str | None,
) -> pd.DataFrame:
    """The rows of one question."""
    element = source.question(asking.question)
    steps = rating_steps(source.form, element) if element is not None else {}
    if not steps:
        raise AnswerError(NO_RATINGS)
    counted = tallied(source, asking, minimum, language, design, rowwise=True)
    if not counted.asked.sum():
        return pd.DataFrame()
    kept = counted.kept(asking.filters)
    table = ShareTable(asking, counted, "stated", minimum, design, "xlogit", confidence)
    shown = table.whole_groups()[kept]
    label = " ".join((element.label(language or "") if element else "").split()) or asking.question
    head = pd.DataFrame({"question": asking.question, "label": label}, index=range(len(kept)))
    names = named_groups(source, counted.groups.loc[kept, list(asking.by)], language)
    figures = _figures(counted, kept, steps, design, confidence)
    sealed = counted.protection(minimum).groups[kept] != Shown.YES
    counts = _counts(counted, kept, table.stated_cells()[kept])
    counts = counts.assign(asked=counts["asked"].where(~sealed), base=counts["base"].where(shown))
    figures[~shown] = np.nan
    reason = np.select([sealed, ~shown], ["small group", "protected"], "")
    return (
        head.join(names)
        .assign(counted=counted.counted)
        .join(counts)
        .join(figures)
        .assign(shown=shown, reason=pd.Series(reason, dtype="string"))
    )


def _counts(counted: Tallied, kept: NDArray[np.int64], may: NDArray[np.bool_]) -> pd.DataFrame:
    """Those asked, those who gave a rating, and the others by kind where they may be shown."""
    kinds = [nonresponse(name, (label,)) for name, label in counted.choices.items()]
    told = {name: pd.Series(counted.asked[kept], dtype="Int64") for name in ("asked", "base")}
    for kind in ("dont_know", "refused", "not_concerned", "blank"):
        of_kind = np.array([each == kind for each in kinds], dtype=bool)
        number = counted.counts[kept][:, of_kind].sum(axis=1)
        told["base"] = told["base"] - number
        told[kind] = pd.Series(number, dtype="Int64").where(np.asarray(may[:, of_kind].all(axis=1), dtype=bool))
    return pd.DataFrame(told)


def _figures(
    counted: Tallied, kept: NDArray[np.int64], steps: Mapping[str, float], design: SurveyDesign | None, confidence: float
) -> pd.DataFrame:
    """Best, worst, net and mean of each group, with intervals."""
    from scipy.stats import t

    assert counted.rows is not None and counted.numbers is not None
    whole = counted.rows.whole if design is None else with_design(counted.rows.whole, design)
    drawn = (design or SurveyDesign()).of(whole)
    group = pd.Series(counted.numbers, index=counted.rows.table.index).reindex(whole.index).fillna(-1).to_numpy(dtype=np.int64)
    scores = whole[ANSWER].map(steps).astype("float64").to_numpy()
    ends = sorted(steps.values())
    some = 1 if len(ends) < 4 else 2
    best, worst = (scores >= ends[-some]).astype(np.float64), (scores <= ends[some - 1]).astype(np.float64)
    values = np.nan_to_num(np.stack([best, worst, best - worst, scores], axis=1))
    rows = []
    for number in kept:
        domain = (group == number) & ~np.isnan(scores)
        if not domain.any():
            rows.append([np.nan] * 9)
            continue
        found: Estimate = estimated_means(drawn, values, domain)
        critical = float(t.ppf(0.5 + confidence / 2, found.degrees)) if found.degrees > 0 else np.nan
        (high, low, net, mean), errors = found.values, found.errors
        half = critical * errors
        rows.append([high, low, net, net - half[2], net + half[2], mean, mean - half[3], mean + half[3], errors[3]])
    names = ["best", "worst", "net", "net_low", "net_high", "mean", "mean_low", "mean_high", "mean_se"]
    return pd.DataFrame(rows, columns=names)


def _importance(source: AnswerSource, item: str, rounds: Rounds) -> float:
    """The correlation of a rating with the overall one; NaN where too few rated both."""
    overall = next((name for name in _OVERALL if name in source.columns and name in source.form), None)
    if overall is None or overall == item:
        return float("nan")
    rows = tallied(source, Tabulation(item, (), None, rounds), 1, None, rowwise=True).rows
    first, second = source.question(item), source.question(overall)
    if rows is None or first is None or second is None or source.responses is None:
        return float("nan")
    one = rows.table[ANSWER].map(rating_steps(source.form, first)).astype("float64")
    other = (
        source.responses.table.loc[one.index, overall].astype("string").map(rating_steps(source.form, second)).astype("float64")
    )
    both = one.notna() & other.notna()
    enough = both.sum() >= _LEAST_FOR_IMPORTANCE and one[both].std() > 0 and other[both].std() > 0
    return float(np.corrcoef(one[both], other[both])[0, 1]) if enough else float("nan")


def _changed(now: pd.DataFrame, before: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """The change of each mean since the round before, tested, all rows together."""
    from scipy.stats import t

    last = before.assign(spread=(before["mean_high"] - before["mean_low"]) / 2)[[*keys, "mean", "spread", "base"]]
    both = now[[*keys, "mean", "mean_se", "base"]].merge(last, on=keys, how="left", suffixes=("", "_before"))
    count = both["base_before"].astype("float64")
    error = both["spread"] / t.ppf(0.975, count - 1)
    own, others = both["mean_se"] ** 2, error**2
    degrees = (own + others) ** 2 / (own**2 / (both["base"].astype("float64") - 1) + others**2 / (count - 1))
    change = both["mean"] - both["mean_before"]
    p_values = 2 * t.sf(np.abs(change) / np.sqrt(own + others), degrees)
    return now.assign(change=change.to_numpy(), p=p_values, p_holm=holm(p_values))
