"""Which submissions are interviews, and which only say that there was none: closed doors, refusals, screenings."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from liuwen.responses import Responses

ENOUGH = 0.3
"""Of the number of questions that the upper quarter of the submissions was asked at least: what makes an interview."""


def held_interviews(responses: "Responses", questions: "pd.Index[str]") -> "pd.Series[bool]":
    """Tell which submissions are interviews, by how many of the `questions` were asked in each.

    Forms record a visit without an interview in their own ways. What all of them share is that hardly anything is asked then. So
    the number asked is compared with that of the upper quarter, which holds even where most visits came to nothing.
    """
    asked = [responses.asked(name).fillna(False).to_numpy(dtype=bool) for name in questions]
    count = np.sum(asked, axis=0) if asked else np.zeros(len(responses.table))
    return pd.Series(count >= ENOUGH * np.quantile(count, 0.75), index=responses.table.index)
