"""Counts as the cell-key method shows them."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.analysis.asked_rows import ANSWER, HOUSEHOLD
from liuwen.analysis.cell_key import VARIANCE, cell_keys, perturbation_table, record_keys
from liuwen.analysis.intervals import Shares, wilson_interval
from liuwen.analysis.rounds import PEOPLE
from liuwen.analysis.source import AnswerSource
from liuwen.analysis.tally import UNANSWERED, chosen
from liuwen.errors import AnswerError
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.analysis.asked_rows import AskedRows
    from liuwen.analysis.tallied import Tallied

Method = Literal["suppress", "cell_key", "none"]

UNKNOWN_METHOD = Sentence(
    zh='protection={method!r} 不认识；可写 "suppress"、"cell_key" 或 "none"。',
    en='protection={method!r} is unknown; use "suppress", "cell_key" or "none".',
)
NO_SECRET = Sentence(
    zh='protection="cell_key" 需要 secret=：一段只有本单位知道的文字，每次都用同一段。',
    en='protection="cell_key" needs secret=: a text that only your office knows, the same every time.',
)
NOT_WITH_DESIGN = Sentence(
    zh='protection="cell_key" 改动的是户数，不能与抽样设计同用；请用 "suppress"。',
    en='protection="cell_key" changes counts of households and cannot be combined with a design; use "suppress".',
)
NOT_WITH_SEVERAL = Sentence(
    zh='protection="cell_key" 改动的是户数；重复组里的人和 rounds="all" 会把一户数几次，请用 "suppress"。',
    en='protection="cell_key" changes counts of households; people in a repeat and rounds="all" count one household several '
    'times; use "suppress".',
)
NOT_ADDING_UP = Sentence(
    zh="为保护个人，每个数都做了小的随机改动，相加不一定等于合计。",
    en="To protect people every count is changed a little at random, so that sums need not add up.",
)


def require_method(method: str, secret: str | bytes | None, design: object) -> None:
    """Raise `AnswerError` for an unknown protection, or one without its required arguments."""
    if method not in {"suppress", "cell_key", "none"}:
        raise AnswerError(UNKNOWN_METHOD.filled(method=method))
    if method == "cell_key" and not secret:
        raise AnswerError(NO_SECRET)
    if method == "cell_key" and design is not None:
        raise AnswerError(NOT_WITH_DESIGN)


@dataclass(frozen=True, eq=False)
class Changed:
    """More counts as they are shown, per group.

    Attributes:
        base: The number that shares are of.
        answered: Those who gave any answer.
    """

    base: NDArray[np.int64]
    answered: NDArray[np.int64]


def perturbed(counted: "Tallied", source: AnswerSource, out: frozenset[str], secret: str | bytes) -> tuple["Tallied", Changed]:
    """The counts as they are shown; `out` are the choices that the base leaves out.

    Raises `AnswerError` where several rows may be of one household: changing their number by a few hides no household.
    """
    if counted.rows is None or counted.rows.table[HOUSEHOLD].duplicated().any() or counted.counted == PEOPLE:
        raise AnswerError(NOT_WITH_SEVERAL)
    table, names = counted.rows.table, list(counted.choices)
    keys = record_keys(_records(counted.rows, source), secret.encode() if isinstance(secret, str) else secret)
    flags = chosen(table[ANSWER], names)
    stays = flags[:, [name not in out for name in names]].any(axis=1)
    columns = np.column_stack([np.ones(len(table), dtype=bool), stays, (table[ANSWER] != UNANSWERED).to_numpy(dtype=bool), flags])
    size = len(counted.groups)
    true = np.stack([np.bincount(counted.numbers, column, size) for column in columns.T], axis=1).astype(np.int64)
    shown = perturbation_table().changed(true, cell_keys(counted.numbers, columns, keys, size))
    return replace(counted, asked=shown[:, 0], counts=shown[:, 3:]), Changed(shown[:, 1], shown[:, 2])


def _records(rows: "AskedRows", source: AnswerSource) -> pd.Index:
    """What names each record: its instance ID, or where its index is a row number all that it holds.

    The same record must have the same name in every table, and whatever comes before it.
    """
    index = rows.table.index
    if not index.astype(str).str.isdigit().all():
        return index
    held = rows.whole[source.columns] if source.responses is None else source.responses.table
    texts = held.astype("string").fillna("").agg("\x1f".join, axis=1)
    return pd.Index((texts + "\x1f" + texts.groupby(texts).cumcount().astype(str)).loc[index])


def noisy_interval(counts: NDArray[np.int64], bases: NDArray[np.int64], confidence: float) -> tuple[Shares, Shares]:
    """The interval of a share whose count and base were changed: the score interval with the change's variance added."""
    base = np.maximum(bases, 1).astype(np.float64)
    share = np.clip(counts / base, 0.5 / (base + 1), 1 - 0.5 / (base + 1))
    sampling = share * (1 - share) / base
    effective = base * sampling / (sampling + VARIANCE * (1 + share**2) / base**2)
    low, high = wilson_interval(np.minimum(counts / base, 1) * effective, effective, confidence)
    return np.where(bases > 0, low, np.nan), np.where(bases > 0, high, np.nan)
