"""How the interviews were done, as distributions with an innocent reading beside each: never a verdict, never a ranking.

What is looked at is what field supervisors look at (IPA's high-frequency checks; REACH's cleaningtools): how long an interview
took, how often nothing was said, whether all ratings are the same, how much two interviews are alike, how many a day. Each has
causes that are nobody's fault, and they are named in the table.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from liuwen.analysis.candidates import visit_dates
from liuwen.analysis.grouping import names_of_few, put_together
from liuwen.analysis.held_interviews import held_interviews
from liuwen.analysis.nonresponse import nonresponse
from liuwen.analysis.pointing import shared_by
from liuwen.analysis.ratings import rating_questions
from liuwen.analysis.source import column_names, source_of
from liuwen.errors import AnswerError
from liuwen.form.types import GEO, MEDIA, UNASKED
from liuwen.messages import Language, Sentence, language_in_force
from liuwen.responses.plan import MAIN

if TYPE_CHECKING:
    from liuwen.responses import Responses

NO_INTERVIEWS = Sentence(zh="还没有答卷，看不出什么。", en="There are no interviews yet, so there is nothing to look at.")
NO_BY = Sentence(
    zh="答卷里没有“{name}”一列；请用 by= 写明走访人或日期所在的列。",
    en="The answers have no column {name!r}; name the column of visitors or days with by=.",
)
MEASURES = {
    "minutes": (
        Sentence(zh="访问用时（分钟）", en="minutes an interview took"),
        Sentence(
            zh="短：家里只有一位老人、问题大多不适用；长：中途停下再续。",
            en="Short: one old person at home, most questions do not apply. Long: paused and taken up again.",
        ),
    ),
    "unsaid": (
        Sentence(zh="“不知道”“不愿说”和空白的比例", en="share of don't know, would rather not say and blanks"),
        Sentence(
            zh="多：题目难懂、有旁人在场、受访者刚搬来；少：走访人和住户熟。",
            en="Many: a hard question, others listening, a newcomer. Few: visitor and household know each other.",
        ),
    ),
    "same_ratings": (
        Sentence(zh="评价题中选得最多的一档所占比例", en="share of a person's ratings that are the same step"),
        Sentence(
            zh="高：确实样样满意；也可能是题目太多，答累了。",
            en="High: satisfied with everything indeed, or tired after many alike questions.",
        ),
    ),
    "likeness": (
        Sentence(zh="与最相像的另一份答卷相同的比例", en="share of answers equal to those of the interview most like it"),
        Sentence(
            zh="高：一家人、同一户走访两次、题目少或大家情况相近。0.85 以上算可疑的说法有争议。",
            en="High: one family, a second visit, few questions, people in the same situation. The limit of 0.85 is disputed.",
        ),
    ),
    "a_day": (
        Sentence(zh="一天几份", en="interviews on that day"),
        Sentence(
            zh="多：住户集中、事先约好；答卷里没有走访日期时，几天的答卷一起上传。",
            en="Many: houses close together, visits arranged beforehand; where no date of the visit is known, several days sent "
            "at once.",
        ),
    ),
}
"""What is measured of each interview, and how it may come about innocently."""
QUANTILES = {"low": 0.1, "q25": 0.25, "median": 0.5, "q75": 0.75, "high": 0.9}
_VISITORS = ("visitor", "enumerator", "enumerator_id", "interviewer", "collector", "username", "sent_by", "deviceid")
_LONGEST = 24 * 60
_MOST_COMPARED = 4000


def quality(
    responses: "Responses", by: str | Sequence[str] | None = None, *, minimum: int = 5, language: Language | None = None
) -> pd.DataFrame:
    """Show how the interviews were done, by visitor, by day or by any column, as distributions.

    No row says that somebody did wrong, and rows are in no order of merit: visitors come as they are named. A distribution
    apart from the others is a reason to ask and to go along, as `innocent` says.

    Only interviews are measured. A submission that was asked fewer than 0.3 times as many questions as the upper quarter of the
    submissions is a closed door, a refusal or the like: it takes a minute and is like every other of its kind.

    Source: IPA, High-frequency checks; REACH, cleaningtools; likeness as N. Kuriakose and M. Robbins (2016), Statistical Journal
    of the IAOS 32(3), 283-291, whose limit of 0.85 is disputed (K. Simmons et al. 2016, the same issue).

    Args:
        responses: The answers.
        by: The column to group by, such as the visitor or the day, or several; by default the form's visitor.
        minimum: The smallest number of interviews that may be shown; 1 shows everything, for those who may see it.
        language: The language of the words; by default the one in force.

    Returns:
        One row per group and measure, groups in the order of their names:

        - those of `by`; names that the form does not list and fewer than `minimum` interviews share are put together as "<5";
        - `measure`, `label`: "minutes", "unsaid", "same_ratings", "likeness" or "a_day", and its words;
        - `interviews`: how many interviews it is known of; missing below `minimum`;
        - `low`, `q25`, `median`, `q75`, `high`: the tenth, quarter, half, three quarters and nine tenths of the distribution;
          each missing where fewer than `minimum` interviews lie as low, or as high;
        - `others`: the median of all other groups together, missing likewise;
        - `innocent`: how it may come about without anybody's fault.

    Raises:
        AnswerError: If there are no interviews, or no column to group by.

    Example:
        >>> from liuwen.form import builder as b
        >>> from liuwen.responses import read_responses
        >>> steps = b.choices("q", ("good", "好", "Good"), ("middle", "中", "Middle"), ("dont_know", "不知道", "Don't know"))
        >>> asking = [b.text("visitor", zh="走访人", en="Visitor"), b.select_one("work", steps, zh="?", en="?")]
        >>> form = b.build_form("visit", zh="走访", en="Visit", version="1", items=asking)
        >>> answer = "<visitor>li</visitor><work>good</work><meta><instanceID>uuid:{}</instanceID></meta>"
        >>> answers = [f'<data id="visit">{answer.format(number)}</data>'.encode() for number in range(6)]
        >>> quality(read_responses(answers, form), language="en")[["visitor", "measure", "interviews", "median"]]
          visitor measure  interviews  median
        0      li  unsaid           6     0.0
    """
    if not len(responses):
        raise AnswerError(NO_INTERVIEWS)
    columns = list(column_names(by)) or _visitor(responses)
    for name in columns:
        if name not in responses.table:
            raise AnswerError(NO_BY.filled(name=name))
    measured = interview_measures(responses, columns[0])
    words = language or language_in_force()
    rows = []
    for group, part in _named(responses, columns, minimum).groupby(columns, sort=True):
        others = measured.index.difference(part.index)
        for measure, (label, innocent) in MEASURES.items():
            if measured[measure].notna().any():
                rows.append({
                    **dict(zip(columns, group, strict=True)),
                    "measure": measure,
                    "label": label.in_language(words),
                    **_distribution(measured.loc[part.index, measure].dropna(), minimum),
                    "others": _quantile(measured.loc[others, measure].dropna(), 0.5, minimum),
                    "innocent": innocent.in_language(words),
                })  # fmt: skip
    return pd.DataFrame(rows).astype({"interviews": "Int64"})


def _named(responses: "Responses", columns: list[str], minimum: int) -> pd.DataFrame:
    """What the interviews are grouped by, as text; nobody is listed by telephone number."""
    names = responses.table[columns].astype("string").fillna("")
    source, each = source_of(responses), names.assign(households=1)
    return put_together(names, {column: names_of_few(source, column, each, minimum) for column in columns}, minimum)


def _distribution(values: pd.Series, minimum: int) -> dict[str, float | int | None]:
    known = len(values) if len(values) >= minimum else None
    return {"interviews": known} | {name: _quantile(values, part, minimum) for name, part in QUANTILES.items()}


def _quantile(values: pd.Series, part: float, minimum: int) -> float:
    """A quantile that is nobody's smallest or largest value, or else NaN."""
    found = float(values.quantile(part))
    return found if shared_by(values.to_numpy(dtype=np.float64), found, minimum) else np.nan


def interview_measures(responses: "Responses", by: str | None = None) -> pd.DataFrame:
    """Measure each interview; for those who may see single interviews.

    Args:
        responses: The answers.
        by: The column of visitors, for the number of interviews a day.

    Returns:
        One row per submission, with `minutes`, `unsaid` (0 to 1), `same_ratings` (0 to 1), `likeness` (0 to 1), `a_day`; all
        missing where hardly anything was asked, as `quality` says.
    """
    table = responses.table
    answers = _answers(responses)
    held = held_interviews(responses, answers.columns)
    measured = {
        "minutes": _minutes(table),
        "unsaid": _unsaid(responses, answers),
        "same_ratings": _same_ratings(responses),
        "likeness": _likeness(answers, held),
        "a_day": _a_day(responses, by, held),
    }
    return pd.DataFrame(measured, index=table.index).where(held)


def _visitor(responses: "Responses") -> list[str]:
    found = next((name for name in _VISITORS if name in responses.table and responses.table[name].notna().any()), None)
    return [found or "visitor"]


def _answers(responses: "Responses") -> pd.DataFrame:
    """The substantive answers: what a person was asked and the device did not fill in."""
    left_out = UNASKED | MEDIA | GEO | {"note", "date", "dateTime", "time", "acknowledge"}
    columns = [column for column in responses.plan.tables[MAIN].columns if column.element.type not in left_out]
    named = {column.name: responses.table[column.name] for column in columns if column.kind != "geopoint"}
    return pd.DataFrame(named, index=responses.table.index).astype("string")


def _minutes(table: pd.DataFrame) -> pd.Series:
    if "start" not in table or "end" not in table:
        return pd.Series(np.nan, index=table.index)
    took = (table["end"] - table["start"]).dt.total_seconds() / 60
    return took.where(took.between(0, _LONGEST)).astype("float64")


def _unsaid(responses: "Responses", answers: pd.DataFrame) -> pd.Series:
    """Of the choices asked, the share that say nothing."""
    source, asked_of, unsaid = source_of(responses), [], []
    for name in answers:
        element = source.question(str(name))
        if element is None or not element.is_select:
            continue
        labels = source.labels(str(name), ())
        nothing = {value for value, label in labels.items() if nonresponse(value, (label,))}
        asked = responses.asked(str(name)).fillna(False).to_numpy(dtype=bool)
        asked_of.append(asked)
        unsaid.append(asked & (answers[name].isna() | answers[name].isin(nothing)).to_numpy(dtype=bool))
    if not asked_of:
        return pd.Series(np.nan, index=answers.index)
    count = np.sum(asked_of, axis=0)
    return pd.Series(np.where(count > 0, np.sum(unsaid, axis=0) / np.maximum(count, 1), np.nan), index=answers.index)


def _same_ratings(responses: "Responses") -> pd.Series:
    """The share of a person's ratings that are the step they chose most; at least five ratings."""
    table = responses.table
    ratings = table[rating_questions(responses.form, list(table.columns))].astype("string")
    if ratings.shape[1] < 5:
        return pd.Series(np.nan, index=table.index)
    steps = sorted({step for name in ratings for step in ratings[name].dropna().unique()})
    most = np.max([(ratings == step).sum(axis=1) for step in steps] or [np.zeros(len(ratings))], axis=0)
    given = ratings.notna().sum(axis=1).to_numpy()
    return pd.Series(np.where(given >= 5, most / np.maximum(given, 1), np.nan), index=table.index)


def _likeness(answers: pd.DataFrame, held: "pd.Series[bool]") -> pd.Series:
    """For each interview, the share of answers equal to those of its nearest neighbour; missing equals missing.

    Only questions that half of those interviewed answered are compared, so that empty ones do not make all alike.
    """
    found = pd.Series(np.nan, index=answers.index)
    interviews = answers[held]
    common = interviews.loc[:, interviews.notna().mean() >= 0.5]
    if common.shape[1] < 5 or not 1 < len(common) <= _MOST_COMPARED:
        return found
    codes = np.stack([pd.factorize(common[name])[0] for name in common], axis=1).astype(np.int32)
    nearest = np.empty(len(codes))
    for row, own in enumerate(codes):
        equal = (codes == own).mean(axis=1)
        equal[row] = -1
        nearest[row] = equal.max()
    found[held] = nearest
    return found


def _a_day(responses: "Responses", by: str | None, held: "pd.Series[bool]") -> pd.Series:
    table = responses.table
    day = next((name for name in visit_dates(responses) if table[name].notna().any()), None)
    if day is None:
        return pd.Series(np.nan, index=table.index)
    days = table[day].dt.strftime("%Y-%m-%d").where(held)
    keys = [days, table[by].astype("string")] if by is not None and by in table else [days]
    counts: pd.Series = days.groupby(keys).transform("size").astype("float64")
    return counts
