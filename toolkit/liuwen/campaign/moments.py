"""The phone's clock: when a form was ended, in seconds, to put steps of one day in order."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from liuwen.campaign.days import EVER, Days

LAST = int(np.iinfo(np.int64).max)
"""The moment of an event without one: last on its day."""


def read_moments(ends: "pd.Series[Any]", days: Days, zone: ZoneInfo) -> Days:
    """Each cell's moment in seconds since 1970: an ISO moment, or a time of the event's own day; `LAST` if missing."""
    moments = np.full(len(ends), LAST, dtype=np.int64)
    given = np.flatnonzero((ends != "").to_numpy())
    moments[given] = [_moment(text, day, zone) for text, day in zip(ends.iloc[given], days[given].tolist(), strict=True)]
    return moments


def _moment(text: str, day: int, zone: ZoneInfo) -> int:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return _clock(text, day, zone)
    return int((at if at.tzinfo else at.replace(tzinfo=zone)).timestamp())


def _clock(text: str, day: int, zone: ZoneInfo) -> int:
    try:
        at = time.fromisoformat(text)
    except ValueError:
        return LAST
    if abs(day) >= EVER:
        return LAST
    offset = datetime.fromtimestamp(day * 86400, zone).utcoffset()
    return day * 86400 + at.hour * 3600 + at.minute * 60 + at.second - int(offset.total_seconds() if offset else 0)
