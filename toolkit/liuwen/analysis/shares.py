"""How many chose each answer of a question, of any kind, by any grouping: with base, interval, rank and suppression."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.analysis.asked_rows import ANSWER
from liuwen.analysis.candidates import is_no_need
from liuwen.analysis.cell_key import LARGEST, VARIANCE
from liuwen.analysis.disclosure import Protection
from liuwen.analysis.estimates import estimated_means
from liuwen.analysis.grouping import kept_by, named_groups, require_columns
from liuwen.analysis.intervals import beta_interval, wilson_interval, xlogit_interval
from liuwen.analysis.levels import require_levels
from liuwen.analysis.nonresponse import Base, left_out, nonresponse
from liuwen.analysis.perturbed import NOT_ADDING_UP, Changed, Method, noisy_interval, perturbed, require_method
from liuwen.analysis.rounds import Rounds
from liuwen.analysis.significance import rank_intervals
from liuwen.analysis.source import AnswerSource, column_names, source_of
from liuwen.analysis.states import Shown
from liuwen.analysis.survey_design import SurveyDesign, sampled
from liuwen.analysis.tabulation import Tabulation
from liuwen.analysis.tallied import Tallied, tallied
from liuwen.analysis.tally import UNANSWERED, chosen
from liuwen.errors import AnswerError
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.form import Form
    from liuwen.responses import Responses

Interval = Literal["wilson", "xlogit", "beta"]
Floats = NDArray[np.float64]

NO_CHOICES = Sentence(
    zh="“{name}”不是选择题，没有占比可算；数字题请用 lw.means。",
    en="Question {name!r} offers no choices, so it has no shares; for numbers use lw.means.",
)
NO_QUESTION = Sentence(zh="问卷里没有名为“{name}”的题。", en="The form has no question named {name!r}.")
NOBODY_ASKED = Sentence(
    zh="没有人被问到“{name}”，没有数可算；请看它的出现条件。",
    en="Nobody was asked {name!r}, so there is nothing to count; look at its relevance.",
)
WILSON_WITH_DESIGN = Sentence(
    zh='interval="wilson" 只适用于简单随机样本；有抽样设计时请用 "xlogit" 或 "beta"。',
    en='interval="wilson" is for simple random samples; with a design use "xlogit" or "beta".',
)
UNKNOWN_INTERVAL = Sentence(
    zh='interval={interval!r} 不认识；可写 "wilson"、"xlogit" 或 "beta"。',
    en='interval={interval!r} is unknown; use "wilson", "xlogit" or "beta".',
)
REASONS = {Shown.YES: "", Shown.FEW: "few", Shown.NEARLY_ALL: "nearly all", Shown.HIDDEN: "protected"}
SMALL_GROUP = "small group"


def shares(
    responses: "Responses | Any",
    question: str,
    by: str | Sequence[str] | None = None,
    *,
    where: Mapping[str, str] | None = None,
    design: SurveyDesign | None = None,
    interval: Interval | None = None,
    base: Base = "asked",
    rounds: Rounds = "last",
    minimum: int = 5,
    sensitive: bool | None = None,
    protection: Method = "suppress",
    secret: str | bytes | None = None,
    confidence: float = 0.95,
    language: str | None = None,
    form: "Form | None" = None,
) -> pd.DataFrame:
    """Tell how many chose each answer of a question, as counts and shares.

    A question of the form counts households (or interviews, where the form has no household number); a question in a repeat
    counts people. One household that was visited several times counts once.

    Args:
        responses: `Responses`; or any frame that narwhals knows (pandas, DuckDB over Parquet, PySpark) together with its
            `form`. In such a frame a household was asked if the question's cell is not null.
        question: A select-one, select-multiple or rank question; of a rank question each choice counts where it is ranked at all.
        by: The column to group by, several columns, or None for all together.
        where: Which rows count, such as `{"household_type": "poor", "visit_date": "2026-03"}`. The value of a select-multiple
            question keeps those who chose it; a date can be shortened to its month or year.
        design: How the answers were drawn; without one a simple random sample is assumed.
        interval: "wilson" (the default without a design), "xlogit" (the default with one) or "beta".
        base: What shares are of: "asked" (everybody asked), "answered" (without blanks) or "stated" (also without *don't
            know*, *would rather not say* and *does not concern me*).
        rounds: Which visits of a household count: its "last" one that was asked, its "first", or "all".
        minimum: The smallest number of households that may be shown; 1 shows everything, for those who may see it.
        sensitive: Whether 0 % and 100 % are withheld too, because they tell everybody's answer; by default where the form's note
            on the question says `sensitive`. (`liuwen: minimum 10` there asks for larger groups than `minimum`.)
        protection: "suppress" hides small figures and what would give them away; "cell_key" shows every figure, changed a little
            at random, with the change inside its interval; "none" shows everything as it is, for those who may see it.
        secret: What the changes of "cell_key" are made with: a text that only your office knows, the same every time; by
            default, of a release, the secret of its releases.
        confidence: The confidence level of intervals, between 0 and 1.
        language: The language of the labels.
        form: The form, if `responses` is a frame.

    Returns:
        One row per group and choice, in the order of the form. Columns:

        - those of `by`, each followed by its labels if the form has them;
        - `value`, `label`: the choice as stored and in words; "" means asked and not answered;
        - `counted`: "households", "interviews" or "people";
        - `asked`: how many were asked; where the source cannot tell, those who answered;
        - `answered`: those who gave any answer; missing where the number of blanks may not be shown;
        - `base`: the number that shares are of, and `base_is`: "asked", "answered" or "stated", with "(asked unknown)" where
          the source cannot tell who was asked;
        - `count`: how many chose it, unweighted;
        - `share`: the part of the base, weighted by the design, from 0 to 1; missing for what the base leaves out;
        - `se`: its standard error; `low`, `high`: the ends of its interval; `deff`: its design effect;
        - `rank`: 1 for the most chosen; missing for *none*, *don't know* and the like; `rank_low`, `rank_high`: the ranks
          between which it lies, all pairs compared at once;
        - `shown`, `reason`: whether the figures are shown, and if not why: "small group" (fewer than `minimum` households
          asked), "few" (fewer chose it), "nearly all" (fewer did not), "protected" (showing it would reveal another figure).

    Raises:
        AnswerError: If the form has no such question, the answers have no such column, nobody was asked, or the design cannot
            be used.

    Example:
        >>> from liuwen.form import builder as b
        >>> rating = b.choices("rating", ("good", "好", "Good"), ("poor", "差", "Poor"), ("dont_know", "不知道", "Don't know"))
        >>> form = b.build_form("visit", zh="走访", en="Visit", version="1", items=[b.select_one("work", rating, zh="?", en="?")])
        >>> frame = pd.DataFrame({"work": ["good"] * 30 + ["poor"] * 20 + ["dont_know"] * 10})
        >>> found = shares(frame, "work", base="stated", form=form, language="en")
        >>> found[["label", "asked", "base", "count", "share", "rank_low", "rank_high"]]
                label  asked  base  count  share  rank_low  rank_high
        0        Good     60    50     30    0.6         1          2
        1        Poor     60    50     20    0.4         1          2
        2  Don't know     60    50     10    NaN      <NA>       <NA>
    """
    source = source_of(responses, form)
    require_levels(minimum, confidence)
    method = _interval(interval, design)
    asking = Tabulation(question, column_names(by), where, rounds, sensitive=False if protection == "none" else sensitive)
    require_choices(source, question)
    require_known(source, asking)
    secret = secret or (source.responses.published.secret if source.responses and source.responses.published else None)
    require_method(protection, secret, design)
    named = 1 if protection == "none" else minimum
    minimum = minimum if protection == "suppress" else 1
    counted = tallied(source, asking, minimum, language, design, named=named, rowwise=protection == "cell_key")
    if not counted.asked.sum():
        raise AnswerError(NOBODY_ASKED.filled(name=question))
    kept = kept_by(source, counted.groups, asking.filters)
    changed = None
    if protection == "cell_key" and secret:
        counted, changed = perturbed(counted, source, left_out(base, counted.choices), secret)
    table = ShareTable(counted, base, minimum, design, method, confidence, changed)
    names = named_groups(source, counted.groups.loc[kept, list(asking.by)], language)
    found = names.loc[names.index.repeat(len(counted.choices))].reset_index(drop=True).join(table.figures(kept))
    if protection == "cell_key":
        found.attrs["protection"] = str(NOT_ADDING_UP)
    return found


def require_choices(source: AnswerSource, question: str) -> None:
    """Raise `AnswerError` if the question is unknown or offers no choices."""
    element = source.question(question)
    if element is None:
        raise AnswerError(NO_QUESTION.filled(name=question))
    if not element.is_select:
        raise AnswerError(NO_CHOICES.filled(name=question))


def require_known(source: AnswerSource, asking: Tabulation) -> None:
    """Raise `AnswerError` if a column to group or filter by is neither in the answers nor in the question's own table."""
    if source.responses is None and asking.question not in source.columns:
        raise AnswerError(NO_QUESTION.filled(name=asking.question))
    beside = columns_beside(source, asking.question)
    require_columns(source, [column for column in asking.keys if column not in beside])


def columns_beside(source: AnswerSource, question: str) -> set[str]:
    """The columns of the answers, and of the question's own table."""
    if source.responses is None:
        return set(source.columns)
    return {*source.columns, *source.responses[source.responses.column(question).table].columns}


def _interval(interval: str | None, design: SurveyDesign | None) -> str:
    if interval not in {None, "wilson", "xlogit", "beta"}:
        raise AnswerError(UNKNOWN_INTERVAL.filled(interval=interval))
    if interval == "wilson" and design is not None:
        raise AnswerError(WILSON_WITH_DESIGN)
    return interval or ("wilson" if design is None else "xlogit")


@dataclass(frozen=True, eq=False)
class ShareTable:
    """The figures of groups × choices, as far as they may be shown."""

    counted: Tallied
    base: Base
    minimum: int
    design: SurveyDesign | None
    interval: str
    confidence: float
    changed: Changed | None = None
    """Set where counts are changed by the cell-key method."""

    @cached_property
    def _out(self) -> frozenset[str]:
        return left_out(self.base, self.counted.choices)

    @cached_property
    def _excluded(self) -> NDArray[np.int64]:
        """How many of each group the base leaves out: those who chose nothing but what it leaves out."""
        counted = self.counted
        if self.changed is not None:
            return counted.asked - self.changed.base
        columns = [name in self._out for name in counted.choices]
        return np.asarray(np.minimum(counted.counts[:, columns].sum(axis=1), counted.asked), dtype=np.int64)

    @cached_property
    def _of_all(self) -> Protection:
        """What may be shown of the choices; in the last column, of what the base leaves out: their sum, where all may be."""
        found = self.counted.protection(self.minimum)
        out = np.array([name in self._out for name in self.counted.choices], dtype=bool)
        shown = found.cells == Shown.YES
        told = shown[:, ~out] if self.counted.linked.one_each else shown[:, out]
        return Protection(found.groups, np.column_stack([found.cells, np.where(told.all(axis=1), Shown.YES, Shown.HIDDEN)]))

    def stated_cells(self) -> NDArray[np.bool_]:
        """Which choices of which groups may be shown."""
        found = self._of_all
        return np.asarray((found.groups == Shown.YES)[:, np.newaxis] & (found.cells[:, :-1] == Shown.YES))

    def whole_groups(self) -> NDArray[np.bool_]:
        """The groups of which every choice in the base, and the base, may be shown."""
        inside = np.array([name not in self._out for name in self.counted.choices], dtype=bool)
        return np.asarray(self.stated_cells()[:, inside].all(axis=1) & (self._of_all.cells[:, -1] == Shown.YES))

    def sealed_groups(self) -> NDArray[np.bool_]:
        """The groups whose number asked may not be shown."""
        return np.asarray(self._of_all.groups != Shown.YES)

    def figures(self, kept: NDArray[np.int64]) -> pd.DataFrame:
        """One row per group and choice."""
        counted, width = self.counted, len(self.counted.choices)
        asked, counts = counted.asked[kept], counted.counts[kept]
        base = asked - self._excluded[kept]
        cells, groups = self._of_all.cells[kept, :-1], self._of_all.groups[kept]
        whole = np.repeat(groups != Shown.YES, width)
        said = pd.Series(cells.ravel()).map(REASONS)
        no_base = np.repeat((self._of_all.cells[kept, -1] != Shown.YES) & bool(self._out), width)
        out = np.tile([name in self._out for name in counted.choices], len(kept))
        shown = ~whole & (said == "").to_numpy() & ~(no_base & ~out)
        share, error, low, high, deff = (part.ravel() for part in self._estimates(kept, counts, base))
        if self.changed is not None and counted.linked.strict:
            alike = _nobody_or_everybody(counts, base, self.counted.linked.least)
            shown &= ~alike.ravel()
        has_share = shown & ~out
        rank, best, worst = self._ranks(
            np.where(has_share, share, np.nan).reshape(counts.shape), error.reshape(counts.shape), base
        )
        base_is = self.base if counted.known else f"{self.base} (asked unknown)"
        shown_base = np.repeat(base, width)
        numbers = pd.Series(np.repeat(asked, width), dtype="Int64")
        columns = {
            "value": pd.Series(list(counted.choices) * len(kept), dtype="string"),
            "label": pd.Series(list(counted.choices.values()) * len(kept), dtype="string"),
            "counted": pd.Series(counted.counted, index=range(len(numbers)), dtype="string"),
            "asked": numbers.mask(whole),
            "answered": self._answered(kept, asked, cells).mask(whole),
            "base": pd.Series(shown_base, dtype="Int64").mask(whole | no_base),
            "base_is": pd.Series(base_is, index=range(len(numbers)), dtype="string"),
            "count": pd.Series(counts.ravel(), dtype="Int64").where(shown),
            "share": pd.Series(share).where(has_share),
            "se": pd.Series(error).where(has_share),
            "low": pd.Series(low).where(has_share),
            "high": pd.Series(high).where(has_share),
            "deff": pd.Series(deff).where(has_share),
            "rank": rank,
            "rank_low": best,
            "rank_high": worst,
            "shown": pd.Series(shown),
            "reason": said.mask(whole, SMALL_GROUP).mask(~whole & (said == "") & ~shown, "protected").astype("string"),
        }
        return pd.DataFrame(columns)

    def _answered(self, kept: NDArray[np.int64], asked: NDArray[np.int64], cells: NDArray[np.int8]) -> pd.Series:
        """Those asked less the blanks, where the number of blanks may be shown."""
        names, width = list(self.counted.choices), len(self.counted.choices)
        if self.changed is not None:
            return pd.Series(np.repeat(self.changed.answered[kept], width), dtype="Int64")
        if UNANSWERED not in names:
            return pd.Series(np.repeat(asked, width), dtype="Int64")
        blank = names.index(UNANSWERED)
        answered = pd.Series(np.repeat(asked - self.counted.counts[kept, blank], width), dtype="Int64")
        return answered.where(np.repeat(cells[:, blank] == Shown.YES, width))

    def _estimates(self, kept: NDArray[np.int64], counts: NDArray[np.int64], base: NDArray[np.int64]) -> tuple[Floats, ...]:
        """Share, error, interval and design effect, groups × choices."""
        if self.design is not None:
            return self._of_design(kept)
        bases = base[:, np.newaxis].astype(np.float64)
        inside = np.minimum(counts, bases)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(bases > 0, inside / bases, np.nan)
            error = np.where(bases > 1, np.sqrt(share * (1 - share) / (bases - 1)), np.nan)
        if self.changed is not None:
            error = np.sqrt(error**2 + VARIANCE * (1 + share**2) / np.maximum(bases, 1) ** 2)
            low, high = noisy_interval(counts, np.broadcast_to(base[:, np.newaxis], counts.shape), self.confidence)
        elif self.interval == "wilson":
            low, high = wilson_interval(inside, np.broadcast_to(bases, inside.shape), self.confidence)
        else:
            pairs = [self._ends(share[row], error[row], int(base[row]), int(base[row]) - 1) for row in range(len(base))]
            low, high = (np.stack([pair[end] for pair in pairs]) if pairs else np.empty(share.shape) for end in (0, 1))
        return share, error, low, high, np.where(share * (1 - share) > 0, 1.0, np.nan)

    def _ends(self, share: Floats, error: Floats, rows: int, degrees: int) -> tuple[Floats, Floats]:
        if self.interval == "beta":
            return beta_interval(share, error, rows, degrees, self.confidence)
        low, high = xlogit_interval(share, error, degrees, self.confidence)
        exact = beta_interval(share, error, rows, degrees, self.confidence)
        edge = (share <= 0) | (share >= 1)
        return np.where(edge, exact[0], low), np.where(edge, exact[1], high)

    def _of_design(self, kept: NDArray[np.int64]) -> tuple[Floats, ...]:
        whole, group = self.counted.all_rows()
        drawn, names = sampled(whole, self.design), list(self.counted.choices)
        flags = chosen(whole[ANSWER], names)
        stays = flags[:, [name not in self._out for name in names]].any(axis=1)
        found = np.full((5, len(kept), len(names)), np.nan)
        for row, number in enumerate(kept):
            domain = (group == number) & stays
            if domain.any():
                estimate = estimated_means(drawn, flags.astype(np.float64), domain)
                low, high = self._ends(estimate.values, estimate.errors, estimate.rows, estimate.degrees)
                found[:, row] = estimate.values, estimate.errors, low, high, estimate.deff
        return tuple(found)

    def _ranks(self, share: Floats, error: Floats, base: NDArray[np.int64]) -> tuple[pd.Series, pd.Series, pd.Series]:
        """Ranks by what is shown, and the ranks between which each lies; a function of the figures shown alone."""
        choices = self.counted.choices
        unranked = [bool(nonresponse(name, (label,))) or is_no_need(name, (label,)) for name, label in choices.items()]
        ranked = np.where(np.array(unranked, dtype=bool), np.nan, share)
        ranks = pd.DataFrame(ranked).rank(axis=1, method="min", ascending=False).to_numpy().ravel()
        simple = self.design is None and self.changed is None
        apart = [_apart(row, error[number], int(base[number]), simple) for number, row in enumerate(ranked)]
        ends = [rank_intervals(row, errors, self.confidence) for row, errors in zip(ranked, apart, strict=True)]
        best, worst = (np.concatenate([pair[end] for pair in ends]) if ends else np.zeros(0, dtype=np.int64) for end in (0, 1))
        columns = [pd.Series(part).astype("Int64") for part in (ranks, best, worst)]
        return columns[0], columns[1].mask(best == 0), columns[2].mask(worst == 0)


def _nobody_or_everybody(counts: NDArray[np.int64], base: NDArray[np.int64], minimum: int) -> NDArray[np.bool_]:
    """Which changed figures could tell everybody's answer: hardly anybody chose it, or hardly anybody did not."""
    few = max(minimum, LARGEST)
    return np.asarray((base[:, np.newaxis] > 0) & ((counts < few) | (base[:, np.newaxis] - counts < few)))


def _apart(share: Floats, error: Floats, base: int, simple: bool) -> Floats:
    """The largest standard error that the difference of each two shares can have, whatever their overlap."""
    if not simple:
        known = np.nan_to_num(error)
        return np.asarray(known[:, np.newaxis] + known)
    one, other = share[:, np.newaxis], share[np.newaxis, :]
    only = one + other - 2 * np.maximum(0.0, one + other - 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.sqrt(np.maximum(only - (one - other) ** 2, 0.0) / max(base - 1, 1)))
