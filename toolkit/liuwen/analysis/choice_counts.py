"""How many of each group chose each choice of a select-multiple, counted where the frame lives, without its distinct answers.

Answers of several picks are nearly all different, so that a table of distinct answers is as long as the frame. pandas counts the
picks themselves; an engine (DuckDB, PySpark, Polars) adds up one column a choice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from liuwen.analysis.tally import UNANSWERED, key_text

Counts = NDArray[np.int64]
MOST_CHOICES = 200
"""Of how many choices an engine adds up one column each."""


@dataclass(frozen=True, eq=False)
class ChoiceCounts:
    """Groups × choices.

    Attributes:
        rows: A row per group: what it is grouped by, and `households`, how many were asked.
        choices: The choices that the form lists or somebody chose; `UNANSWERED` where somebody chose nothing.
        counts: How many chose each.
        present: Which of the groups that were known before these are; `b""` where none were.
    """

    rows: pd.DataFrame
    choices: tuple[str, ...]
    counts: Counts
    present: bytes = b""

    def of(self, groups: Counts, choices: Sequence[str], size: int) -> Counts:
        """The counts of larger groups and of `choices` in order; `groups` numbers that of each row, below `size`."""
        found = np.zeros((size, len(choices)), dtype=np.int64)
        for number, choice in enumerate(choices):
            if choice in self.choices:
                own = self.counts[:, self.choices.index(choice)]
                found[:, number] = np.bincount(groups, weights=own, minlength=size)
        return found


def choice_counts(
    frame: Any, question: str, by: Sequence[str], listed: Sequence[str], periods: Mapping[str, int]
) -> ChoiceCounts | None:
    """Count the choices of those who were asked; None if an engine meets choices that are not `listed`.

    >>> frame = pd.DataFrame({"village": ["a", "a", "b"], "needs": ["road water", "", "road"]})
    >>> choice_counts(frame, "needs", ["village"], ["road", "water"], {}).counts
    array([[1, 1, 1],
           [1, 0, 0]])
    """
    if isinstance(frame, pd.DataFrame):
        return _in_memory(frame, question, by, periods)
    return _by_engine(frame, question, by, listed, periods) if 0 < len(listed) <= MOST_CHOICES else None


@dataclass(frozen=True, eq=False)
class Picks:
    """Which choices each answer holds, as numbers.

    Attributes:
        row: The answer of each pick.
        choice: Its choice.
        blank: The answers without any.
        names: The choices.
    """

    row: Counts
    choice: Counts
    blank: Counts
    names: tuple[str, ...]


def picks_of(answers: pd.Series, *, many: bool = True) -> Picks:
    """The picks of some answers; `many` says that most answers differ from each other.

    >>> found = picks_of(pd.Series(["road water", "", "road"]))
    >>> found.row.tolist(), found.choice.tolist(), found.blank.tolist(), found.names
    ([0, 0, 2], [0, 1, 0], [1], ('road', 'water'))
    """
    if not many:
        code, distinct = pd.factorize(answers.array, use_na_sentinel=False)
        few = picks_of(pd.Series(distinct).astype("string"))
        if np.array_equal(few.row, np.sort(np.unique(few.row))):  # at most one pick each
            choice = np.full(len(distinct), -1)
            choice[few.row] = few.choice
            own = choice[code]
            picked = np.flatnonzero(own >= 0)
            return Picks(picked, own[picked], np.flatnonzero(own < 0), few.names)
    picks = pc.utf8_split_whitespace(_texts(answers))
    flat = pc.list_flatten(picks)
    row = pc.list_parent_indices(picks).to_numpy(zero_copy_only=False)
    encoded = flat.dictionary_encode()
    names, choice = encoded.dictionary.to_pylist(), encoded.indices.to_numpy(zero_copy_only=False)
    if "" in names:
        kept = choice != names.index("")
        row, choice = row[kept], choice[kept]
    chosen = np.zeros((len(answers), len(names)), dtype=bool)
    chosen[row, choice] = True
    if np.count_nonzero(chosen) < len(row):
        row, choice = np.nonzero(chosen)
    blank = np.ones(len(answers), dtype=bool)
    blank[row] = False
    real = [number for number, name in enumerate(names) if name]
    place = np.zeros(len(names), dtype=np.int64)
    place[real] = np.arange(len(real))
    return Picks(row, place[choice], np.flatnonzero(blank), tuple(names[number] for number in real))


def counted_picks(picks: Picks, group: Counts, rows: pd.DataFrame) -> ChoiceCounts:
    """The picks counted by the group of each answer; `rows` are the groups, those without an answer are left out."""
    width, size = len(picks.names), len(rows)
    households = np.bincount(group, minlength=size)
    counts = np.bincount(group[picks.row] * width + picks.choice, minlength=size * width).reshape(size, width)
    blanks = np.bincount(group[picks.blank], minlength=size)
    names = picks.names
    if len(picks.blank):
        counts, names = np.column_stack([counts, blanks]), (*names, UNANSWERED)
    there = households > 0
    if not there.all():
        rows, counts, households = rows[there].reset_index(drop=True), counts[there], households[there]
    return ChoiceCounts(rows.assign(households=households.astype(np.int64)), names, counts.astype(np.int64), there.tobytes())


def _in_memory(frame: pd.DataFrame, question: str, by: Sequence[str], periods: Mapping[str, int]) -> ChoiceCounts:
    known = frame[question].notna()
    asked = frame if known.all() else frame[known]
    keys, group = _groups(asked, by, periods)
    return counted_picks(picks_of(asked[question]), group, keys)


def _texts(answers: pd.Series) -> pa.Array:
    # the bare array: pyarrow asks a Series for attributes, which makes pandas index all its rows
    texts = pa.array((answers if answers.dtype == "string" else answers.astype("string")).array, from_pandas=True)
    return texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts


def _groups(rows: pd.DataFrame, by: Sequence[str], periods: Mapping[str, int]) -> tuple[pd.DataFrame, Counts]:
    """The combinations of the `by` columns as text, and the number of that of each row."""
    group, values = np.zeros(len(rows), dtype=np.int64), []
    for column in by:
        codes, distinct = pd.factorize(rows[column], use_na_sentinel=False)
        values.append(_as_text(column, pd.Series(distinct, name=column), periods.get(column)))
        group = group * max(len(distinct), 1) + codes
    if len(by) == 1:
        return pd.DataFrame({by[0]: values[0]}), group
    codes, present = pd.factorize(group) if by else (group, np.zeros(min(len(rows), 1), dtype=np.int64))
    keys = pd.DataFrame(index=range(len(present)))
    for column, distinct in zip(reversed(by), reversed(values), strict=True):
        present, at = np.divmod(present, max(len(distinct), 1))
        keys.insert(0, column, distinct.take(at).to_numpy())
    return keys, np.asarray(codes, dtype=np.int64)


def _as_text(column: str, values: pd.Series, length: int | None) -> pd.Series:
    named = nw.from_native(values.to_frame()).select(key_text(column, length)).to_native()
    return named[column].astype("string").reset_index(drop=True)


def _by_engine(
    frame: Any, question: str, by: Sequence[str], listed: Sequence[str], periods: Mapping[str, int]
) -> ChoiceCounts | None:
    """One sum a choice. The lengths of the choices found add up to that of the answers, or an answer holds something else."""
    names = [f"liuwen_{number}" for number in range(len(listed))]
    answer = nw.col(question).cast(nw.String)
    asked = nw.from_native(frame).filter(~nw.col(question).is_null())
    keys = [key_text(column, periods.get(column)) for column in by]
    texts = asked.select(*keys, answer.alias("liuwen_answer"))
    padded = nw.concat_str([nw.lit(" "), nw.col("liuwen_answer"), nw.lit(" ")])
    flags = [
        padded.str.contains(f" {choice} ", literal=True).cast(nw.Int32).alias(name)
        for name, choice in zip(names, listed, strict=True)
    ]
    length = nw.col("liuwen_answer").str.len_chars().cast(nw.Int64).alias("liuwen_length")
    blank = (nw.col("liuwen_answer") == "").cast(nw.Int32).alias("liuwen_blank")
    added = texts.select(*by, length, blank, *flags)
    sums = [nw.col(name).sum() for name in ("liuwen_length", "liuwen_blank", *names)]
    if by:
        found = added.group_by(*by).agg(nw.len().alias("households"), *sums)
    else:
        found = added.select(nw.len().alias("households"), *sums)
    small: pd.DataFrame = found.lazy().collect("pyarrow").to_pandas()
    counts = small[names].fillna(0).to_numpy(dtype=np.int64)
    households, blanks = (small[name].fillna(0).to_numpy(dtype=np.int64) for name in ("households", "liuwen_blank"))
    written = int(small["liuwen_length"].fillna(0).sum()) + int((households - blanks).sum())
    if written != int((counts * [len(choice) + 1 for choice in listed]).sum()):
        return None
    width = len(listed) + bool(blanks.any())
    rows = small[list(by)].assign(households=households)
    return ChoiceCounts(rows, (*listed, UNANSWERED)[:width], np.column_stack([counts, blanks])[:, :width])
