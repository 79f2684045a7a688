"""What became of the households that were drawn: interviewed, refused, not at home, not visited; by stratum."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.analysis.disclosure import Protection, protect
from liuwen.analysis.held_interviews import held_interviews
from liuwen.analysis.register_keys import IN_ANSWERS, key_texts, require_key
from liuwen.analysis.source import source_of
from liuwen.analysis.states import Shown
from liuwen.errors import AnswerError
from liuwen.form.types import UNASKED
from liuwen.messages import Sentence
from liuwen.responses.plan import MAIN

if TYPE_CHECKING:
    from liuwen.responses import Responses

ANSWERED, REFUSED, NOT_AT_HOME, OTHER, NOT_VISITED = "answered", "refused", "not_at_home", "other", "not_visited"
OUTCOMES = (ANSWERED, REFUSED, NOT_AT_HOME, OTHER, NOT_VISITED)
"""What can become of a household that was drawn, the best first."""
IN_WORDS = {
    REFUSED: re.compile(r"refus|declin|拒", re.IGNORECASE),
    NOT_AT_HOME: re.compile(
        r"nobody|no[ _-]?one|not[ _-]?(at[ _-]?)?home|(?<![a-z])(absent|away|closed|locked)(?![a-z])|无人|没人|不在|锁门|外出",
        re.IGNORECASE,
    ),
    ANSWERED: re.compile(
        r"^(interviewed|answered|done|(interview[ _-]?)?complete(d?|ly)([ _-]interview)?)$"
        r"|^(?!.*(未|没|不|无法|部分)).*(已访|完成|访成)",
        re.IGNORECASE,
    ),
}
"""How forms record an outcome, by stored value or label."""
OUTCOME_COLUMN = "visit_outcome"

NO_OUTCOME_COLUMN = Sentence(
    zh="答卷里没有“{column}”一列，不知道走访结果；请检查 outcome=。",
    en="The answers have no column {column!r} with the outcome of a visit; check outcome=.",
)
NO_INTERVIEW_AMONG = Sentence(
    zh="“{column}”的值里看不出哪个是访谈完成；请先改写成 interviewed、refused、not_home。",
    en="None of the values of {column!r} says that there was an interview; recode them to interviewed, refused and not_home.",
)


@dataclass(frozen=True, eq=False)
class ReachedHouseholds:
    """The households that were visited.

    Attributes:
        best: Household → the best outcome of its visits; visits without a number each count by themselves, under "".
        tells: Whether a column tells refusals and closed doors.
    """

    best: pd.Series
    tells: bool

    def became(self, drawn: pd.Series) -> pd.Series:
        """The outcome of each key that was drawn."""
        return drawn.map(self.best[self.best.index != ""]).fillna(NOT_VISITED)

    def outside(self, drawn: pd.Series) -> pd.Series:
        """The outcomes of those who are not among the keys that were drawn."""
        return self.best[(self.best.index == "") | ~self.best.index.isin(drawn)]


def visits_of(responses: "Responses | pd.DataFrame", key: Sequence[str], outcome: str | None) -> ReachedHouseholds:
    """What became of the visits to each household."""
    answers = responses if isinstance(responses, pd.DataFrame) else responses.table
    require_key(answers, key, IN_ANSWERS)
    told = outcome if outcome is not None else OUTCOME_COLUMN if OUTCOME_COLUMN in answers else None
    best = _best(key_texts(answers, key), _outcomes(responses, answers, told))
    return ReachedHouseholds(best, told is not None)


def unanswered(became: pd.Series) -> "pd.Series[bool]":
    """Who was visited without an interview."""
    return ~became.isin([ANSWERED, NOT_VISITED])


def fieldwork_table(
    strata: pd.DataFrame, stratum: pd.Series, keys: pd.Series, reached: ReachedHouseholds, minimum: int, *, reserve: pd.Series
) -> pd.DataFrame:
    """One row per stratum, for all, for the reserve, and for those outside the sample; see `Sample.answered`."""
    spare = reached.became(reserve)
    found = {"reserve": spare[spare != NOT_VISITED], "not drawn": reached.outside(pd.concat([keys, reserve]))}
    beside = {part: became for part, became in found.items() if len(became)}
    counts = pd.crosstab(stratum, reached.became(keys)).reindex(index=strata["stratum"], columns=list(OUTCOMES), fill_value=0)
    table = _table(strata, counts, beside, minimum)
    if not reached.tells:
        table[[REFUSED, NOT_AT_HOME]] = pd.NA
    return table


def _outcomes(responses: "Responses | pd.DataFrame", answers: pd.DataFrame, column: str | None) -> pd.Series:
    """What became of each visit."""
    if column is None:
        return _by_questions(responses, answers)
    if column not in answers:
        raise AnswerError(NO_OUTCOME_COLUMN.filled(column=column))
    values = answers[column].astype("string").fillna("").str.strip()
    meant = {value: _meaning(words) for value, words in _worded(responses, column, values).items()}
    if len(values) and ANSWERED not in meant.values():
        raise AnswerError(NO_INTERVIEW_AMONG.filled(column=column))
    return values.map(meant)


def _by_questions(responses: "Responses | pd.DataFrame", answers: pd.DataFrame) -> pd.Series:
    """Interviews by how much was asked, where no column tells the outcome; in a frame, all rows."""
    if isinstance(responses, pd.DataFrame):
        return pd.Series(ANSWERED, index=answers.index)
    asking = [column.name for column in responses.plan.tables[MAIN].columns if column.element.type not in UNASKED]
    held = held_interviews(responses, pd.Index(asking))
    return pd.Series(np.where(held, ANSWERED, OTHER), index=answers.index)


def _worded(responses: "Responses | pd.DataFrame", column: str, values: pd.Series) -> dict[str, list[str]]:
    """Each value with its labels."""
    distinct = [str(value) for value in values.unique()]
    if isinstance(responses, pd.DataFrame):
        return {value: [value] for value in distinct}
    labels = [source_of(responses).labels(column, distinct, language) for language in responses.form.languages]
    return {value: [value, *(each.get(value, "") for each in labels)] for value in distinct}


def _meaning(words: Sequence[str]) -> str:
    return next((meaning for meaning, said in IN_WORDS.items() if any(said.search(word) for word in words)), OTHER)


def _best(keys: pd.Series, outcomes: pd.Series) -> pd.Series:
    rank = {outcome: number for number, outcome in enumerate(OUTCOMES)}
    visits = pd.DataFrame({"key": keys, "outcome": outcomes, "rank": outcomes.map(rank)}).sort_values("rank", kind="stable")
    once = visits[(visits["key"] == "") | ~visits["key"].duplicated()]
    return once.set_index("key")["outcome"]


def _table(strata: pd.DataFrame, counts: pd.DataFrame, beside: Mapping[str, pd.Series], minimum: int) -> pd.DataFrame:
    """One row per stratum, for all, and for those `beside` the sample.

    The rows are protected together, because all visits are their sum; and all drawn are all visits less those beside, so they
    are withheld with any of those.
    """
    apart = pd.DataFrame(
        [became.value_counts().reindex(OUTCOMES, fill_value=0) for became in beside.values()], columns=list(OUTCOMES)
    )
    drawn = [*strata["drawn"], *apart.sum(axis=1)]
    rows = _figures(pd.concat([counts, apart]).to_numpy(dtype=np.int64), np.array(drawn, dtype=np.int64), minimum)
    strangers = [False] * len(strata) + [part == "not drawn" for part in beside]
    rows.loc[strangers, ["drawn", "response_rate", NOT_VISITED]] = pd.NA
    rows.insert(0, "part", [*["stratum"] * len(strata), *beside])
    rows.insert(1, "stratum", [*strata["stratum"], *[""] * len(beside)])
    rows.insert(2, "population", [*strata["population"], *[None] * len(beside)])
    whole = _figures(counts.sum().to_numpy(dtype=np.int64)[np.newaxis], np.array([counts.sum().sum()]), minimum)
    if not rows["shown"].iloc[len(strata) :].all():
        whole[[*OUTCOMES, "response_rate"]] = pd.NA
        whole["shown"], whole["reason"] = False, "protected"
    whole = whole.assign(part="all", stratum="", population=strata["population"].sum())
    return pd.concat([rows.iloc[: len(strata)], whole, rows.iloc[len(strata) :]], ignore_index=True).astype(
        {"population": "Int64"}
    )


def _protection(counts: NDArray[np.int64], drawn: NDArray[np.int64], minimum: int) -> Protection:
    """What may be shown. What shares of the outcomes by stratum hide is hidden here too, else one table completes the other."""
    if minimum <= 1:
        return Protection(np.zeros(len(drawn), np.int8), np.zeros(counts.shape, np.int8))
    visits = counts[:, [outcome != NOT_VISITED for outcome in OUTCOMES]]
    visited = protect(visits.sum(axis=1), visits, minimum=minimum, one_each=True)
    besides = np.repeat((visited.cells != Shown.YES).any(axis=1)[:, np.newaxis], len(OUTCOMES), axis=1)
    return protect(drawn, counts, minimum=minimum, besides=besides, sealed=visited.groups != Shown.YES, one_each=True)


def _figures(counts: NDArray[np.int64], drawn: NDArray[np.int64], minimum: int) -> pd.DataFrame:
    """Counts by outcome and the response rate, as far as they may be shown: of a stratum all or none."""
    found = _protection(counts, drawn, minimum)
    based = found.groups == Shown.YES
    shown = based & (found.cells == Shown.YES).all(axis=1)
    table = pd.DataFrame(counts, columns=list(OUTCOMES)).astype("Int64")
    table.insert(0, "drawn", pd.Series(drawn).astype("Int64").where(based))
    table[list(OUTCOMES)] = table[list(OUTCOMES)].where(np.repeat(shown[:, np.newaxis], len(OUTCOMES), axis=1))
    table["response_rate"] = np.where(shown, counts[:, 0] / np.maximum(drawn, 1), np.nan)
    table["shown"] = shown
    table["reason"] = np.select([shown, drawn < minimum], ["", "small group"], "protected")
    return table
