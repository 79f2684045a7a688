"""What the made-up households live on: their sources of income, how much it comes to, and their status on the registers."""

import math
import random
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

INCOME_A_HEAD = 24_437
"""Yuan a head in 2025: 23,119 in 2024 (NBS, communiqué), 5.7 per cent more in the first three quarters of 2025 (NBS)."""
MEDIAN = 0.85
"""The median of rural incomes as a part of their mean (NBS, first three quarters of 2025)."""
SPREAD = math.sqrt(2 * math.log(1 / MEDIAN))
"""The standard deviation of the logarithm, if incomes are log-normal: then the mean is exp(SPREAD² / 2) medians."""
BANDS = ((10_000, "i10"), (30_000, "i30"), (50_000, "i50"), (80_000, "i80"), (120_000, "i120"), (200_000, "i200"))
"""Yuan that a household's income stays under → the choice of `income_net`."""
GROUPS = {
    "none": 0.75,
    "allowance": 0.06,
    "allowance disabled": 0.013,
    "disabled": 0.04,
    "lifted": 0.06,
    "monitored": 0.007,
    "extreme": 0.01,
    "veteran": 0.03,
    "prospered": 0.02,
    "former_officer": 0.01,
}
"""What the register says of a household → share."""


def living(people: Callable[[Mapping[str, str]], Sequence[Any]], villages: "pd.DataFrame | None") -> dict[str, object]:
    """Answers on income and status, that fit the household's people.

    Args:
        people: Gives the members of the household that was asked.
        villages: The town, with `village` and `income`; None for the country's average everywhere.

    Returns:
        Question → a distribution, or a function of what was said so far.
    """
    a_head = (
        {} if villages is None or "income" not in villages else dict(zip(villages["village"], villages["income"], strict=True))
    )

    def net(said: Mapping[str, str], chance: random.Random) -> str:
        if chance.random() < 0.08:
            return chance.choice(("dont_know", "refused"))
        mean = float(a_head.get(said.get("village", ""), INCOME_A_HEAD))
        return band(len(people(said)) * income_a_head(mean, chance))

    return {
        "household_groups": GROUPS,
        "income_sources": lambda said, chance: sources(people(said), chance),
        "main_income": _main,
        "income_net": net,
        "income_bracket": {"under_50": 0.5, "under_100": 0.3, "dont_know": 0.2},
    }


def income_a_head(mean: float, chance: random.Random) -> float:
    """A household's net income a head, in yuan: log-normal about the mean of its village."""
    return mean * MEDIAN * math.exp(SPREAD * chance.gauss(0, 1))


def band(yuan: float) -> str:
    """The band of `income_net` that a household's income falls in.

    >>> band(9_999), band(10_000), band(400_000)
    ('i10', 'i30', 'over')
    """
    return next((name for below, name in BANDS if yuan < below), "over")


def sources(people: Sequence[Any], chance: random.Random) -> list[str]:
    """Where a household's money comes from, by who its people are."""
    working = any(person.months >= 6 and 18 <= person.age < 75 for person in people)
    likely = {
        "crops": 0.6 if working else 0.3,
        "livestock": 0.2 if working else 0.1,
        "odd_jobs": 0.3 if working else 0.0,
        "local_wage": 0.3 if working else 0.0,
        "migrant_wage": float(any(person.months < 6 for person in people)),
        "old_age_pension": 0.97 if any(person.age >= 60 for person in people) else 0.0,
        "land_rent": 0.25,
        "allowance": 0.3,
        "business": 0.08 if working else 0.0,
    }
    return [name for name, share in likely.items() if chance.random() < share] or ["relatives"]


def _main(said: Mapping[str, str], chance: random.Random) -> str:
    named = said.get("income_sources", "").split()
    order = ("business", "migrant_wage", "local_wage", "odd_jobs", "crops", "livestock", "old_age_pension")
    return next((name for name in order if name in named), named[0] if named else "crops")
