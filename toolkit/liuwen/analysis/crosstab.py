"""Two questions crossed: the shares of one within each answer of the other, and whether they hang together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from liuwen.analysis.asked_rows import ANSWER, asked_rows
from liuwen.analysis.linearisation import Codes, Mask, SampledRows
from liuwen.analysis.nonresponse import Base
from liuwen.analysis.rank_test import rank_test
from liuwen.analysis.ratings import rating_steps
from liuwen.analysis.rounds import Rounds
from liuwen.analysis.shares import Interval, require_choices, shares
from liuwen.analysis.significance import UNTESTED, Association, rao_scott
from liuwen.analysis.source import AnswerSource, column_names, source_of
from liuwen.analysis.survey_design import SurveyDesign, sampled
from liuwen.errors import AnswerError
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.form import Form
    from liuwen.responses import Responses

ONE_ANSWER_ONLY = Sentence(
    zh="交叉表的行“{name}”要是单选题；多选题请放在列上。",
    en="The rows of a cross-tabulation must be a select-one question, and {name!r} is none; put it in the columns.",
)


def crosstab(
    responses: "Responses | Any",
    rows: str,
    columns: str,
    by: str | Sequence[str] | None = None,
    *,
    where: Mapping[str, str] | None = None,
    design: SurveyDesign | None = None,
    interval: Interval | None = None,
    base: Base = "asked",
    rounds: Rounds = "last",
    minimum: int = 5,
    sensitive: bool | None = None,
    confidence: float = 0.95,
    language: str | None = None,
    form: "Form | None" = None,
) -> pd.DataFrame:
    """Cross two questions: among those who gave each answer to one, the shares of the answers to the other.

    Source: the test is that of J. N. K. Rao and A. J. Scott (1984), second order, as R's `svychisq(statistic = "F")`.

    Args:
        responses: `Responses`; or any frame that narwhals knows together with its `form`.
        rows: The select-one question whose answers make the rows.
        columns: The select-one or select-multiple question whose shares are shown.
        by: The column to group by besides, several columns, or None.
        where: Which rows count, as for `shares`.
        design: How the answers were drawn; without one a simple random sample is assumed.
        interval: As for `shares`.
        base: What shares are of, as for `shares`.
        rounds: Which visits of a household count, as for `shares`.
        minimum: The smallest number of households that may be shown; 1 shows everything.
        sensitive: Whether 0 % and 100 % are withheld too, as in `shares`; by default where the form says so of `columns`.
        confidence: The confidence level of intervals, between 0 and 1.
        language: The language of the labels.
        form: The form, if `responses` is a frame.

    Returns:
        The table of `shares(responses, columns, by=[..., rows])`: one row per answer to `rows` and to `columns`. Its
        `attrs["association"]` holds the test of whether the two hang together (`statistic`, `numerator`, `denominator`, `p`),
        where both are select-one and nothing is grouped or filtered; NaN where a figure of the table is not shown, since
        the test would tell it. Where `columns` is a rating, `attrs["rank_test"]` holds in the same way the test of whether
        the groups of `rows` rate alike (Lumley and Scott).

    Raises:
        AnswerError: If a question cannot be crossed, or the design cannot be used.

    Example:
        >>> from liuwen.form import builder as b
        >>> yes_no = b.choices("yes_no", ("yes", "是", "Yes"), ("no", "否", "No"))
        >>> form = b.build_form("visit", zh="走访", en="Visit", version="1",
        ...     items=[b.select_one("poor", yes_no, zh="?", en="?"), b.select_one("ill", yes_no, zh="?", en="?")])
        >>> frame = pd.DataFrame({"poor": ["yes"] * 20 + ["no"] * 30, "ill": ["yes"] * 12 + ["no"] * 38})
        >>> found = crosstab(frame, "poor", "ill", form=form, language="en")
        >>> found[["poor", "value", "asked", "reason"]]
          poor value  asked reason
        0  yes   yes     20
        1  yes    no     20
        2   no   yes     30
        3   no    no     30
    """
    source = source_of(responses, form)
    require_choices(source, rows)
    element = source.question(rows)
    if element is not None and element.type != "select_one":
        raise AnswerError(ONE_ANSWER_ONLY.filled(name=rows))
    outer = column_names(by)
    found = shares(
        responses,
        columns,
        (*outer, rows),
        where=where,
        design=design,
        interval=interval,
        base=base,
        rounds=rounds,
        minimum=minimum,
        sensitive=sensitive,
        confidence=confidence,
        language=language,
        form=form,
    )
    other = source.question(columns)
    if not outer and not where and other is not None and other.type == "select_one":
        crossed = _Crossed.of(source, rows, columns, design, rounds)
        found.attrs["association"] = (crossed.association() if found["shown"].all() else UNTESTED)._asdict()
        if steps := rating_steps(source.form, other):
            found.attrs["rank_test"] = (crossed.ranked(steps) if found["shown"].all() else UNTESTED)._asdict()
    return found


@dataclass(frozen=True, eq=False)
class _Crossed:
    """Those who answered both questions."""

    drawn: SampledRows
    groups: Codes
    answers: pd.Series
    given: Mask

    @classmethod
    def of(cls, source: AnswerSource, first: str, second: str, design: SurveyDesign | None, rounds: Rounds) -> "_Crossed":
        """From the rows that were asked the second question."""
        found = asked_rows(source, second, [first, *(design.columns if design else ())], rounds)
        whole = found.whole
        answers = whole[ANSWER].astype("string")
        given = whole.index.isin(found.table.index) & (answers != "").to_numpy() & whole[first].notna().to_numpy()
        groups = pd.factorize(whole[first].astype("string"))[0].astype(np.int64)
        return cls(sampled(whole, design), groups, answers, np.asarray(given, dtype=bool))

    def association(self) -> Association:
        """Whether the two hang together."""
        return rao_scott(self.drawn, self.groups, pd.factorize(self.answers)[0].astype(np.int64), self.given)

    def ranked(self, steps: Mapping[str, float]) -> Association:
        """Whether the groups rate alike."""
        scores = self.answers.map(steps).to_numpy(dtype=np.float64, na_value=np.nan)
        rated = self.given & ~np.isnan(scores)
        return rank_test(self.drawn, np.nan_to_num(scores), self.groups, rated)
