"""A stratified random sample from a register, which anybody who knows the seed can draw again."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from liuwen.analysis.allocation import allocated
from liuwen.analysis.fieldwork import NOT_VISITED, fieldwork_table, unanswered, visits_of
from liuwen.analysis.register_keys import IN_ANSWERS, key_texts, require_key
from liuwen.analysis.sampling_frame import (
    DRAWN,
    STRATUM,
    WEIGHT,
    identifying_columns,
    register_of,
    require_numbers,
    require_sizes,
    require_strata,
    strata_of,
)
from liuwen.analysis.source import column_names
from liuwen.analysis.survey_design import SurveyDesign
from liuwen.errors import AnswerError
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.responses import Responses

ANSWERS_NOT_DRAWN = Sentence(
    zh="有 {count} 份答卷不在样本里，没有权数；请先去掉这些答卷，或检查 key=。",
    en="{count} answers are not in the sample and have no weight; leave them out first, or check key=.",
)


@dataclass(frozen=True, eq=False)
class Sample:
    """What was drawn from a register.

    Attributes:
        table: The rows drawn: the register's columns, then `weight` (the inverse of the probability of being drawn), `stratum`
            and `drawn` (the order within the stratum, from 1), stratum after stratum.
        strata: One row per stratum: `stratum`, `population` (rows of the register), `share` (its part of the sample by largest
            remainder), `drawn` (the same, but at least `least`), `weight`.
        key: The columns that identify a household or resident.
        reserve: The rows that come next in each stratum, in the order in which they replace households that did not answer.
    """

    table: pd.DataFrame
    strata: pd.DataFrame
    key: tuple[str, ...]
    reserve: pd.DataFrame

    def _repr_html_(self) -> str:
        """The strata, not the people."""
        return str(self.strata.to_html(index=False))

    def __repr__(self) -> str:
        """The strata, not the people."""
        return self.strata.to_string(index=False)

    def answered(
        self,
        responses: "Responses | pd.DataFrame",
        key: str | Sequence[str] | None = None,
        *,
        outcome: str | None = None,
        minimum: int = 5,
        people: bool = False,
    ) -> pd.DataFrame:
        """Compare what was drawn with what answered, by stratum.

        Of several visits to one household the best counts: an interview, else a refusal, else nobody at home, else another
        outcome. Where a row beside the sample is withheld, so is that of all drawn: all visits less all drawn would tell it.

        Source: AAPOR (2023), Standard Definitions, response rate 1: interviews of all that were drawn.

        Args:
            responses: The answers, or a frame with a row per visit.
            key: The columns of the answers that identify the household, in the order of the sample's `key`; by default of the
                same names.
            outcome: The column that tells what became of a visit; by default `visit_outcome`. Without one, interviews are
                those that were asked about as much as others (see `quality`), and in a frame all rows.
            minimum: The smallest number that may be shown; 1 shows everything, for those who may see it.
            people: Whether to give a row for each household drawn in place of strata; for those who do the fieldwork.

        Returns:
            One row per stratum, then one for all together (`part` "all"), one for the reserve that was visited ("reserve"), and
            last one for those visited without being drawn ("not drawn"), if any. Columns: `part` ("stratum" for the others),
            `stratum`, `population`, `drawn`, `answered`, `refused`, `not_at_home`, `other` (another outcome), `not_visited`,
            `response_rate` (0 to 1), and `shown`, `reason` as in `shares`. `refused` and `not_at_home` are missing where the
            answers do not tell. With `people`: the sample's `table` with `outcome`.

        Raises:
            AnswerError: If the key is not in the answers, or they have no such outcome column.

        Example:
            >>> register = pd.DataFrame({"household": range(1000), "village": ["east"] * 600 + ["west"] * 400})
            >>> drawn = sample(register, per_mille=30, by="village", seed=7)
            >>> visits = drawn.table[["household"]].assign(visit_outcome=["interviewed"] * 25 + ["refused"] * 5)
            >>> drawn.answered(visits)[["part", "stratum", "drawn", "answered", "refused", "response_rate"]].round(3)
                  part stratum  drawn  answered  refused  response_rate
            0  stratum    east     18        18        0          1.000
            1  stratum    west     12         7        5          0.583
            2      all              30        25        5          0.833
        """
        reached = visits_of(responses, column_names(key) or self.key, outcome)
        keys = key_texts(self.table, self.key)
        if people:
            return self.table.assign(outcome=reached.became(keys))
        spare = key_texts(self.reserve, self.key)
        return fieldwork_table(self.strata, self.table[STRATUM], keys, reached, minimum, reserve=spare)

    def replacements(
        self, responses: "Responses | pd.DataFrame", key: str | Sequence[str] | None = None, *, outcome: str | None = None
    ) -> pd.DataFrame:
        """List whom of the reserve to visit next: one for each household visited without an interview, in the order of the draw.

        For those who do the fieldwork: the list tells how many did not answer. A household of the reserve that did not answer
        either is replaced by the next.

        Args:
            responses: The answers, or a frame with a row per visit.
            key: The columns of the answers that identify the household, as for `answered`.
            outcome: The column that tells what became of a visit, as for `answered`.

        Returns:
            Rows of `reserve` that were not visited yet; fewer where a stratum's reserve is used up.

        Raises:
            AnswerError: As for `answered`.

        Example:
            >>> register = pd.DataFrame({"household": range(1000), "village": ["east"] * 600 + ["west"] * 400})
            >>> drawn = sample(register, per_mille=30, by="village", seed=7, reserve=3)
            >>> visits = drawn.table[["household"]].assign(visit_outcome=["interviewed"] * 28 + ["refused"] * 2)
            >>> drawn.replacements(visits)[["stratum", "drawn"]].values.tolist()
            [['west', 13], ['west', 14]]
        """
        reached = visits_of(responses, column_names(key) or self.key, outcome)
        became = reached.became(key_texts(self.table, self.key))
        spare = reached.became(key_texts(self.reserve, self.key))
        failed = pd.concat([self.table[STRATUM][unanswered(became)], self.reserve[STRATUM][unanswered(spare)]]).value_counts()
        tried = self.reserve[STRATUM][spare != NOT_VISITED].value_counts()
        open_ones = self.reserve[spare == NOT_VISITED]
        wanted = open_ones[STRATUM].map(failed.sub(tried, fill_value=0)).fillna(0)
        return open_ones[open_ones.groupby(STRATUM).cumcount() < wanted]

    def design(self, responses: "Responses | pd.DataFrame", key: str | Sequence[str] | None = None) -> SurveyDesign:
        """The design of the answers that came from this sample: weights, strata and their populations.

        Weights are those of the draw; a household of the reserve has the weight of the one that it replaces. Where households
        did not answer, `.poststratify("stratum", totals)` lets those who did
        stand for their stratum.

        Args:
            responses: The answers, or a frame of answers.
            key: The columns of the answers that identify the household, in the order of the sample's `key`; by default of the
                same names.

        Returns:
            The design, for `shares`, `means` and the others.

        Raises:
            AnswerError: If answers are not in the sample, or the key is not in the answers.

        Example:
            >>> register = pd.DataFrame({"household": range(1000), "village": ["east"] * 600 + ["west"] * 400})
            >>> drawn = sample(register, per_mille=30, by="village", seed=7)
            >>> drawn.design(drawn.table).poststratify("stratum", drawn.totals).columns
            ('weight', 'stratum', 'population')
        """
        answers = responses if isinstance(responses, pd.DataFrame) else responses.table
        columns = column_names(key) or self.key
        require_key(answers, columns, IN_ANSWERS)
        drawn = pd.concat([self.table, self.reserve])
        own = drawn[[STRATUM, WEIGHT]].set_axis(key_texts(drawn, self.key).to_numpy(), axis=0)
        frame = own.reindex(key_texts(answers, columns).to_numpy()).set_axis(answers.index, axis=0)
        outside = int(frame[WEIGHT].isna().sum())
        if outside:
            raise AnswerError(ANSWERS_NOT_DRAWN.filled(count=outside))
        frame["population"] = frame[STRATUM].map(self.totals)
        return SurveyDesign(weights=WEIGHT, strata=STRATUM, population="population", frame=frame)

    @property
    def totals(self) -> dict[str, int]:
        """Stratum → how many there are in the register."""
        return dict(zip(self.strata[STRATUM], self.strata["population"].astype(int).tolist(), strict=True))


def sample(
    frame: Any,
    *,
    seed: int | str,
    per_mille: float = 2,
    by: str | Sequence[str] | None = None,
    least: int = 2,
    key: str | Sequence[str] | None = None,
    reserve: int = 0,
) -> Sample:
    """Draw a stratified random sample of households or residents from a register.

    The sample has `per_mille` of the register, rounded up, shared out to the strata by largest remainder; a stratum whose part
    is less than `least` gets `least` all the same, so that the sample may be larger than asked for (`strata` says by how much).
    In a stratum each household has the same probability, and its place in the draw is a hash of the seed and its key. So the same
    seed draws the same households whatever the order of the rows, and a register with one household more draws almost the same.

    Source: stratified sampling with permanent random numbers; E. Ohlsson (1995), in Cox et al., Business Survey Methods, Wiley,
    chapter 9; largest remainder (Hare quota).

    Args:
        frame: The register: a row for each household or resident; a frame of any kind that narwhals knows.
        seed: A number or text; published before the draw, it shows that nobody chose.
        per_mille: How many of a thousand to draw.
        by: The column of strata, or several; None for one stratum.
        least: The fewest to draw in a stratum; two give an error of the estimate.
        key: The columns that identify a household or resident; by default the column that looks like a household number.
        reserve: How many more to draw in each stratum, to replace households that do not answer: the next of the same draw, so
            that they too are settled before the first visit. A stratum with fewer left gives what it has.

    Returns:
        The sample: `table` (rows), `strata` (how many were drawn where), `answered(...)` and `design(...)`.

    Raises:
        AnswerError: If the register is empty, a stratum or key is missing, empty or too small, keys are not unique, or numbers
            are out of range.

    Example:
        >>> register = pd.DataFrame({"household": range(5200), "village": ["a"] * 4000 + ["b"] * 1000 + ["c"] * 200})
        >>> sample(register, per_mille=2, by="village", seed="2026-11").strata
          stratum  population  share  drawn      weight
        0       a        4000      9      9  444.444444
        1       b        1000      2      2  500.000000
        2       c         200      0      2  100.000000
    """
    register = register_of(frame)
    columns = column_names(by)
    require_numbers(per_mille, least, reserve)
    require_strata(register, columns)
    keys = identifying_columns(register, key)
    strata = strata_of(register, columns)
    sizes = strata.value_counts(sort=False)
    require_sizes(sizes, least)
    share, drawn = allocated(np.asarray(sizes, dtype=np.int64), per_mille, least)
    counts = pd.DataFrame({STRATUM: sizes.index.astype(object), "population": sizes.to_numpy(), "share": share, DRAWN: drawn})
    counts[WEIGHT] = counts["population"] / counts[DRAWN]
    rows = _drawn(register, keys, strata, counts, seed, reserve=reserve)
    first = rows[DRAWN] <= rows[STRATUM].map(counts.set_index(STRATUM)[DRAWN]).astype("int64")
    return Sample(rows[first], counts, keys, rows[~first])


def _drawn(
    register: pd.DataFrame, keys: tuple[str, ...], strata: pd.Series, counts: pd.DataFrame, seed: int | str, *, reserve: int
) -> pd.DataFrame:
    """The rows with the smallest numbers of each stratum, in the order of the numbers, and `reserve` more."""
    numbers = pd.DataFrame({
        STRATUM: strata.to_numpy(), "number": _numbers(key_texts(register, keys), seed), "at": range(len(register)),
    }).sort_values([STRATUM, "number"])  # fmt: skip
    numbers[DRAWN] = numbers.groupby(STRATUM, observed=True).cumcount() + 1
    numbers = numbers.assign(most=numbers[STRATUM].map(counts.set_index(STRATUM)[DRAWN]).astype(int) + reserve)
    kept = numbers[numbers[DRAWN] <= numbers["most"]]
    names = kept[STRATUM].astype(object).to_numpy()
    weights = pd.Series(names).map(counts.set_index(STRATUM)[WEIGHT]).to_numpy(dtype=np.float64)
    return register.iloc[kept["at"].to_numpy()].assign(**{WEIGHT: weights, STRATUM: names, DRAWN: kept[DRAWN].to_numpy()})


def _numbers(keys: pd.Series, seed: int | str) -> list[bytes]:
    """The permanent random number of each key; as digests, which sort like numbers."""
    salt = blake2b(str(seed).encode(), digest_size=16).digest()
    return [blake2b(key.encode(), digest_size=16, key=salt).digest() for key in keys]
