"""The cell-key method: every count is changed a little, always in the same way for the same records, beside suppression.

Each record has a key, made from its instance ID with a secret. The key of a cell is the sum of its records' keys, modulo 1; a
table of probabilities maps count and key to a change with mean 0 and a given variance. Nought stays nought, no 1 and no 2 is
ever shown, and nobody who lacks the secret can undo it. The same records give the same figure in every table, and the
difference of two tables is noise. So sums need not add up.

Source: B. Fraser and J. Wooton (2005), A proposed method for confidentialising tabular output to protect against differencing,
UNECE work session on statistical data confidentiality; the table of probabilities is that of largest entropy, as in Eurostat's
guidelines for the 2021 census (S. Giessing 2016, Privacy in Statistical Databases, Springer, 49-61; R package `ptable`).
"""

import hashlib
import hmac
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]

VARIANCE, LARGEST, NEVER_SHOWN = 3.0, 5, 2
"""Variance of the change, its bound, and the largest count that is never shown."""


@dataclass(frozen=True, eq=False)
class PerturbationTable:
    """How counts are changed.

    Attributes:
        changes: The possible changes, from the lowest.
        probabilities: Their probabilities for the counts 0, 1, 2, …; the last row is that of all larger counts.
    """

    changes: Counts
    probabilities: Floats

    def changed(self, counts: Counts, keys: Floats) -> Counts:
        """The counts as they are shown.

        Args:
            counts: True counts.
            keys: The key of each cell, from 0 to 1.

        Returns:
            Counts of the same shape: 0, or at least 3.
        """
        rows = np.minimum(counts, len(self.probabilities) - 1)
        reached = (np.cumsum(self.probabilities, axis=1)[rows] <= keys[..., np.newaxis]).sum(axis=-1)
        last = len(self.changes) - 1 - (self.probabilities[:, ::-1] > 0).argmax(axis=1)
        return np.asarray(counts + self.changes[np.minimum(reached, last[rows])], dtype=np.int64)

    def certainty(self, below: int = 5) -> float:
        """How sure an outsider can be of a true count from 1 to `below` - 1, at most, who sees one figure and knows no more.

        Args:
            below: The smallest count that is no secret.

        Returns:
            The largest probability of such a count given a figure, all counts being equally likely beforehand.

        Example:
            >>> round(perturbation_table().certainty(), 2)
            0.3
        """
        largest = len(self.probabilities) + 2 * LARGEST
        shown = np.zeros((largest, largest + LARGEST + 1))
        for count in range(largest):
            chances = self.probabilities[min(count, len(self.probabilities) - 1)]
            inside = chances > 0
            shown[count, (count + self.changes)[inside]] += chances[inside]
        known = shown[:, : largest - LARGEST]
        return float((known / np.maximum(known.sum(axis=0), 1e-300))[1:below, :].max())


@lru_cache(maxsize=8)
def perturbation_table(variance: float = VARIANCE, largest: int = LARGEST, never_shown: int = NEVER_SHOWN) -> PerturbationTable:
    """Make the table of probabilities with the largest entropy.

    Args:
        variance: The variance of the change.
        largest: The largest change.
        never_shown: Counts from 1 to this are never shown.

    Returns:
        The table.

    Example:
        >>> table = perturbation_table()
        >>> table.probabilities[0].max(), table.probabilities[1][table.changes == 0][0]
        (np.float64(1.0), np.float64(0.0))
    """
    changes = np.arange(-largest, largest + 1)
    rows = [np.where(changes == 0, 1.0, 0.0)]
    for count in range(1, largest + never_shown + 2):
        figure = count + changes
        allowed = (figure == 0) | (figure > never_shown)
        row = np.zeros(len(changes))
        row[allowed] = _largest_entropy(changes[allowed].astype(np.float64), variance)
        rows.append(row)
    return PerturbationTable(changes, np.stack(rows))


def _largest_entropy(changes: Floats, variance: float) -> Floats:
    """The distribution on `changes` with mean 0 and the variance: exp(a x + b x²), found by Newton's method on the dual."""
    parameters = np.zeros(2)
    moments, target = np.stack([changes, changes**2]), np.array([0.0, variance])
    for _ in range(200):
        weights = np.exp(np.clip(parameters @ moments, -700, 700))
        chances = weights / weights.sum()
        gap = moments @ chances - target
        if np.abs(gap).max() < 1e-13:
            break
        spread = (moments * chances) @ moments.T - np.outer(moments @ chances, moments @ chances)
        step = np.linalg.solve(spread + 1e-14 * np.eye(2), gap)
        parameters = parameters - step * min(1.0, 1.0 / max(np.abs(step).max(), 1e-300))
    return np.asarray(chances)


def record_keys(records: pd.Index, secret: bytes) -> Floats:
    """The key of each record, uniform from 0 to 1, by a hash that nobody can compute without the secret.

    Args:
        records: What names each record, such as its instance ID.
        secret: The secret.

    Returns:
        One number per record.
    """
    digests = (hmac.new(secret, str(record).encode(), hashlib.sha256).digest()[:8] for record in records)
    return np.array([int.from_bytes(digest, "big") / 2**64 for digest in digests], dtype=np.float64)


def cell_keys(groups: Counts, flags: Flags, keys: Floats, size: int) -> Floats:
    """The key of each cell: the sum of its records' keys, modulo 1.

    Args:
        groups: The number of the group of each record.
        flags: Which records are in which column (records × columns).
        keys: The key of each record.
        size: The number of groups.

    Returns:
        Keys of groups × columns.
    """
    return np.stack([np.bincount(groups, keys * column, size) % 1.0 for column in flags.T], axis=1)
