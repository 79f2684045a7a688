"""The order in which steps are folded: by the day they take effect, never by arrival."""

from heapq import heapify, heappop, heappush

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.campaign.schema import LedgerRule


def in_order(frame: pd.DataFrame, rule: LedgerRule) -> pd.DataFrame:
    """The prepared steps, group by group of matters that refer to each other, each group in order.

    Within a group: the day it takes effect; the step that creates a matter first; the phone's clock; the order that a desk gave;
    the position in the programme; the event ID. A step never precedes the one that it answers (`after`).
    """
    if frame.empty:
        return frame.assign(group=pd.Series(dtype=np.int64))
    bears = np.array([step.bears for step in rule.steps])[frame["step_index"].to_numpy()]
    group = _groups(frame, rule)
    keys = (
        frame["event"].rank(method="dense"),
        frame["step_index"],
        frame["order_key"],
        frame["end_key"],
        ~bears,
        frame["day"],
        group,
    )
    ordered = frame.assign(group=group).iloc[np.lexsort([np.asarray(key) for key in keys])].reset_index(drop=True)
    return ordered.iloc[_after_what_they_answer(ordered)].reset_index(drop=True)


def _groups(frame: pd.DataFrame, rule: LedgerRule) -> NDArray[np.int64]:
    """A number for each matter's group: matters that are merged are folded together."""
    codes, names = pd.factorize(frame["matter"], sort=True)
    root = np.arange(len(names))

    def find(at: int) -> int:
        while root[at] != at:
            root[at] = root[root[at]]
            at = int(root[at])
        return at

    refers = np.array([step.refers for step in rule.steps])[frame["step_index"].to_numpy()]
    places = {name: at for at, name in enumerate(names)}
    for matter, other in zip(codes[refers], frame["of"].to_numpy()[refers], strict=True):
        if other in places:
            one, two = find(int(matter)), find(places[other])
            root[max(one, two)] = min(one, two)
    return np.array([find(at) for at in range(len(names))], dtype=np.int64)[codes]


def _after_what_they_answer(frame: pd.DataFrame) -> NDArray[np.int64]:
    """The rows in order, those moved back that would stand before the step that they answer."""
    order = np.arange(len(frame))
    if not (frame["after"] != "").any():
        return order
    answered = frame["after"].map(pd.Series(order, index=frame["event"])).to_numpy(dtype=float)
    wrong = answered > order
    groups = frame["group"].to_numpy()
    for group in np.unique(groups[wrong]):
        rows = np.flatnonzero(groups == group)
        order[rows] = _sorted(rows, answered)
    return order


def _sorted(rows: NDArray[np.int64], answered: NDArray[np.float64]) -> list[int]:
    """The smallest row first of those whose step before them stands already; rows in a ring keep their order at the end."""
    inside = set(rows.tolist())
    waiting: dict[int, list[int]] = {}
    ready: list[int] = []
    for row in rows.tolist():
        before = answered[row]
        if not np.isnan(before) and int(before) in inside and int(before) != row:
            waiting.setdefault(int(before), []).append(row)
        else:
            ready.append(row)
    heapify(ready)
    placed: list[int] = []
    while ready:
        row = heappop(ready)
        placed.append(row)
        for freed in waiting.pop(row, []):
            heappush(ready, freed)
    return placed + sorted(inside - set(placed))
