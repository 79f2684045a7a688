"""How many of each group chose each choice of a select-multiple, counted without its distinct answers.

Answers of several picks are nearly all different, so that a table of distinct answers is as long as the frame. The picks
themselves are counted: those of a pandas frame at once, those that DuckDB reads in parts, so that a province needs no more memory
than a town. Another engine (PySpark, Polars) adds up one column a choice.
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
_PART = 500_000
"""So many rows of DuckDB are counted at a time."""
_BITS, _SAMPLE = 62, 4_000


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
    if nw.from_native(frame).implementation.is_duckdb():
        return _in_parts(frame, question, by, periods)
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
    """The picks of some answers; `many` says that they may differ from each other.

    >>> found = picks_of(pd.Series(["road water", "", "road"]))
    >>> found.row.tolist(), found.choice.tolist(), found.blank.tolist(), found.names
    ([0, 0, 2], [0, 1, 0], [1], ('road', 'water'))
    """
    if not many or _are_often_alike(answers):
        return _repeated(answers)
    row, choice, names = _split(_texts(answers))
    if "" in names:
        kept = choice != names.index("")
        row, choice = row[kept], choice[kept]
    if _has_twice(row, choice, len(names)):
        row, choice = np.divmod(np.unique(row.astype(np.int64) * len(names) + choice), len(names))
    blank = np.ones(len(answers), dtype=bool)
    blank[row] = False
    real = [number for number, name in enumerate(names) if name]
    place = np.zeros(len(names), dtype=np.int64)
    place[real] = np.arange(len(real))
    return Picks(row, place[choice], np.flatnonzero(blank), tuple(names[number] for number in real))


def _are_often_alike(answers: pd.Series) -> bool:
    """Whether a sample of many answers holds few different ones."""
    sample = answers.iloc[:: max(len(answers) // _SAMPLE, 1)]
    return len(answers) > _SAMPLE and sample.nunique() < len(sample) // 5


def _repeated(answers: pd.Series) -> Picks:
    """The picks of answers of which each is read once, however many gave it."""
    code, distinct = pd.factorize(answers.array, use_na_sentinel=False)
    few = picks_of(pd.Series(distinct).astype("string"))
    held = np.bincount(few.row, minlength=len(distinct))
    width, begin = held[code], (np.cumsum(held) - held)[code]
    row = np.repeat(np.arange(len(code)), width)
    place = np.arange(len(row)) - np.repeat(np.cumsum(width) - width, width)
    return Picks(row, few.choice[begin[row] + place], np.flatnonzero(width == 0), few.names)


def _split(texts: pa.Array) -> tuple[Counts, Counts, list[str]]:
    """The answer and the choice of each pick, as numbers, and the choices; "" is one where two blanks follow each other."""
    picks = pc.split_pattern(texts, " ")
    encoded = pc.list_flatten(picks).dictionary_encode()
    if any(name.split() != [name] for name in encoded.dictionary.to_pylist() if name):  # parted by something else than blanks
        picks = pc.utf8_split_whitespace(texts)
        encoded = pc.list_flatten(picks).dictionary_encode()
    row = pc.list_parent_indices(picks).to_numpy(zero_copy_only=False)
    return row, encoded.indices.to_numpy(zero_copy_only=False), encoded.dictionary.to_pylist()


def _has_twice(row: Counts, choice: Counts, choices: int) -> bool:
    """Whether an answer holds a choice twice; `row` is in order."""
    if not len(row):
        return False
    if choices > _BITS:
        return bool(len(np.unique(row.astype(np.int64) * choices + choice)) < len(row))
    starts = np.flatnonzero(np.diff(row, prepend=row[0] - 1))
    held = np.bitwise_or.reduceat(np.left_shift(np.int64(1), choice, dtype=np.int64), starts)
    return int(np.bitwise_count(held).sum()) < len(row)


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


def _in_parts(frame: Any, question: str, by: Sequence[str], periods: Mapping[str, int]) -> ChoiceCounts:
    """The counts of a DuckDB relation, as it hands over its rows."""
    asked = nw.from_native(frame).filter(~nw.col(question).is_null())
    keys = [key_text(column, periods.get(column)) for column in by if column != question]
    rows = asked.select(*keys, nw.col(question).cast(nw.String)).to_native().to_arrow_reader(_PART)
    as_text = {kind: pd.StringDtype("pyarrow") for kind in (pa.string(), pa.large_string())}.get
    parts = [_in_memory(batch.to_pandas(types_mapper=as_text), question, by, {}) for batch in rows]
    return _added(parts, by)


def _added(parts: Sequence[ChoiceCounts], by: Sequence[str]) -> ChoiceCounts:
    """The counts of several parts as one."""
    names = sorted({name for part in parts for name in part.choices}, key=lambda name: name == UNANSWERED)
    rows = pd.concat([part.rows for part in parts], ignore_index=True) if parts else pd.DataFrame(columns=[*by, "households"])
    group = np.zeros(len(rows), dtype=np.int64)
    if by:
        group = np.asarray(rows.groupby(list(by), dropna=False, sort=False).ngroup(), dtype=np.int64)
    first = np.unique(group, return_index=True)[1]
    counts, begin = np.zeros((len(first), len(names)), dtype=np.int64), 0
    for part in parts:
        counts += part.of(group[begin : begin + len(part.rows)], names, len(first))
        begin += len(part.rows)
    households = np.bincount(group, rows["households"].astype(np.int64), len(first)).astype(np.int64)
    return ChoiceCounts(rows.loc[first, list(by)].reset_index(drop=True).assign(households=households), tuple(names), counts)


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
