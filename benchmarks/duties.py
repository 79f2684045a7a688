"""How long a town's duties take: 8,000 households, 24,000 visits, twelve villages, a year.

Run with `python benchmarks/duties.py`: all duties, the coverage and the plan of a month under three programmes, in seconds of the
processor. Tens of millions of visits are in `province.py`.

Measured in November 2026 on two shared cores: all duties 0.54 s (Hubin), 0.60 s (Chongqing), 0.15 s (Yunnan); coverage of each
village at the end of each month 0.30 to 0.38 s; the plan of June 0.78 s, 0.71 s, 0.44 s.
"""

from collections.abc import Callable
from statistics import median
from time import process_time

import numpy as np
import pandas as pd

from liuwen.campaign import Campaign, read_campaign

HOUSEHOLDS, VISITS, VILLAGES, ROUNDS = 8_000, 24_000, 12, 3


def town(programme: str) -> Campaign:
    """A year of visits: three to each household on average, by two people a village."""
    chance = np.random.default_rng(1)
    villages = [f"V{at:02d}" for at in range(VILLAGES)]
    household = chance.integers(0, HOUSEHOLDS, VISITS)
    village = household % VILLAGES
    posts = [(f"S{at:02d}{one}", "staff", villages[at]) for at in range(VILLAGES) for one in "ab"]
    homes = [(f"H{at:05d}", villages[at % VILLAGES]) for at in range(HOUSEHOLDS)]
    days = pd.Timestamp("2026-01-01") + pd.to_timedelta(chance.integers(0, 365, VISITS), unit="D")
    visits = pd.DataFrame(
        {
            "on": days,
            "by": [f"S{at:02d}{'ab'[one]}" for at, one in zip(village, chance.integers(0, 2, VISITS), strict=True)],
            "household": [f"H{at:05d}" for at in household],
            "village": [villages[at] for at in village],
            "mode": "home",
            "outcome": "interviewed",
        }
    )
    registers = {
        "places": pd.DataFrame({"place": villages, "level": "village"}),
        "posts": pd.DataFrame(posts, columns=["person", "rank", "place"]),
        "households": pd.DataFrame(homes, columns=["household", "village"]),
    }
    return read_campaign(programme, 2026, registers=registers, events={"visit": visits})


def one_year(campaign: Campaign) -> object:
    """All duties at the end of the year."""
    return campaign.duties("2026-12-31")


def one_plan(campaign: Campaign) -> object:
    """The plan of a month."""
    return campaign.visit_plan("2026-06")


def one_coverage(campaign: Campaign) -> object:
    """The coverage of every village at the end of each month."""
    return campaign.coverage("2026-12-31", office=True)


def seconds(act: Callable[[], object]) -> float:
    """The median of a few runs."""
    taken = []
    for _ in range(ROUNDS):
        begun = process_time()
        act()
        taken.append(process_time() - begun)
    return median(taken)


def main() -> None:
    """Print seconds of the processor for the town."""
    for programme in ("hubin", "chongqing", "yunnan"):
        campaign = town(programme)
        campaign.duties("2026-12-31")
        for what, act in (("all duties", one_year), ("coverage", one_coverage), ("plan of June", one_plan)):
            print(f"{programme}: {what} {seconds(lambda act=act, town=campaign: act(town)):.2f} s")


if __name__ == "__main__":
    main()
