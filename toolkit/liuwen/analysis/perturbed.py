"""Counts as the cell-key method shows them."""

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.analysis.asked_rows import ANSWER
from liuwen.analysis.cell_key import VARIANCE, cell_keys, perturbation_table, record_keys
from liuwen.analysis.intervals import Shares, wilson_interval
from liuwen.analysis.source import AnswerSource
from liuwen.analysis.tally import UNANSWERED
from liuwen.errors import AnswerError
from liuwen.messages import Sentence

if TYPE_CHECKING:
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


def perturbed(
    counted: "Tallied", source: AnswerSource, out: frozenset[str], secret: str | bytes
) -> tuple["Tallied", NDArray[np.int64]]:
    """The counts as they are shown, and how many of each group the base leaves out."""
    assert counted.rows is not None and counted.numbers is not None
    table, size = counted.rows.table, len(counted.groups)
    keys = record_keys(_records(table, source), secret.encode() if isinstance(secret, str) else secret)
    codes, distinct = pd.factorize(table[ANSWER])
    parts = [frozenset(answer.split() or [UNANSWERED]) for answer in distinct]
    chosen = np.array([[name in part for name in counted.choices] for part in parts], dtype=bool)[codes]
    stays = np.array([not part <= out for part in parts], dtype=bool)[codes]
    flags = np.column_stack([np.ones(len(table), dtype=bool), stays, chosen])
    true = np.stack([np.bincount(counted.numbers, column, size) for column in flags.T], axis=1).astype(np.int64)
    shown = perturbation_table().changed(true, cell_keys(counted.numbers, flags, keys, size))
    return replace(counted, asked=shown[:, 0], counts=shown[:, 2:]), shown[:, 0] - shown[:, 1]


def _records(table: pd.DataFrame, source: AnswerSource) -> pd.Index:
    """What names each record: its instance ID, or where answers are anonymous its content, so that new ones change no old key."""
    if not source.form.anonymous:
        return table.index
    texts = table.astype("string").fillna("").agg("\x1f".join, axis=1)
    return pd.Index(texts + "\x1f" + texts.groupby(texts).cumcount().astype(str))


def noisy_interval(counts: NDArray[np.int64], bases: NDArray[np.int64], confidence: float) -> tuple[Shares, Shares]:
    """The interval of a share whose count and base were changed: the score interval with the change's variance added."""
    base = np.maximum(bases, 1).astype(np.float64)
    share = np.clip(counts / base, 0.5 / (base + 1), 1 - 0.5 / (base + 1))
    sampling = share * (1 - share) / base
    effective = base * sampling / (sampling + VARIANCE * (1 + share**2) / base**2)
    low, high = wilson_interval(np.minimum(counts / base, 1) * effective, effective, confidence)
    return np.where(bases > 0, low, np.nan), np.where(bases > 0, high, np.nan)
