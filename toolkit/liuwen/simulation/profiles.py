"""What is known of each village, and how its people lean because of it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from liuwen.simulation.leanings import CONTENTMENT, HARDSHIP, village_leanings

if TYPE_CHECKING:
    import pandas as pd


class Profile(NamedTuple):
    """One village: its households, and how hard and how content life there is beside the other villages (standard scores)."""

    code: str
    households: float
    hardship: float
    contentment: float

    def leanings(self, seed: int) -> tuple[float, ...]:
        """How its people lean: by its profile where that tells, else by its name."""
        leanings = [0.6 * leaning for leaning in village_leanings(seed, f"|{self.code}")]
        leanings[HARDSHIP] = 1.2 * self.hardship
        leanings[CONTENTMENT] += 0.8 * self.contentment
        return tuple(leanings)


def profiles_of(villages: "pd.DataFrame | None") -> Mapping[str, Profile]:
    """Village code → profile, from a frame such as `made_up_town` gives.

    `village` is needed; `households`, `hardship_share` and `income` are used where they are.
    """
    if villages is None:
        return {}
    hardship, income = (_scores(villages, column) for column in ("hardship_share", "income"))
    households = villages["households"] if "households" in villages else [1.0] * len(villages)
    columns = zip(villages["village"], households, hardship, income, strict=True)
    return {str(code): Profile(str(code), float(size), hard, well) for code, size, hard, well in columns}


def _scores(villages: "pd.DataFrame", column: str) -> list[float]:
    if column not in villages:
        return [0.0] * len(villages)
    values = villages[column].astype(float)
    spread = values.std()
    if not spread > 0:  # one village alone, or all alike: the spread is NaN or 0
        return [0.0] * len(villages)
    return [float(score) for score in ((values - values.mean()) / spread).fillna(0.0)]
