"""How long a town's duties take, and the counting function over Parquet beside SQL written by hand.

Run with `python benchmarks/duties.py [millions of visits]` (1 where none is given). First a town of 8,000 households and 24,000
visits: all duties under two programmes, and the plan of a month. Then so many million visits as Parquet: visits and different
households of each person, and households visited at all, by `liuwen.campaign.duties.tally` on a DuckDB relation and by SQL.
"""

import resource
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time

import duckdb
import numpy as np
import pandas as pd

from liuwen.campaign import Campaign, read_campaign
from liuwen.campaign.duties import tally

HOUSEHOLDS, VISITS, VILLAGES, ROUNDS = 8_000, 24_000, 12, 3
SQL = {
    "visits": 'SELECT who, count(*) AS done FROM (SELECT DISTINCT who, household, "on" FROM v) GROUP BY who',
    "households": "SELECT who, count(DISTINCT household) AS done FROM v GROUP BY who",
    "coverage": "SELECT count(DISTINCT household) AS done FROM v",
}


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


def seconds(act: Callable[[], object]) -> float:
    """The median of a few runs."""
    taken = []
    for _ in range(ROUNDS):
        begun = process_time()
        act()
        taken.append(process_time() - begun)
    return median(taken)


def parquet(file: Path, millions: float) -> None:
    """So many visits, written by DuckDB itself."""
    rows = int(millions * 1e6)
    duckdb.sql(
        f"COPY (SELECT (random() * {rows / 2000})::INT AS who, (random() * {rows / 3})::INT AS household, "
        f"20454 + (random() * 364)::INT AS \"on\" FROM range({rows})) TO '{file}' (FORMAT parquet)"
    )


def by_tally(file: Path, what: str) -> object:
    """The counting function on a DuckDB relation."""
    visits = duckdb.sql(f"SELECT * FROM '{file}'")
    if what == "coverage":
        visits = duckdb.sql(f"SELECT 1 AS who, household, \"on\" FROM '{file}'")
    same = ("household", "on") if what == "visits" else ("household",)
    return tally(visits, same, 0, 10**6).fetchall()


def main(millions: float) -> None:
    """Print seconds of the processor for the town, and of the large file with the ratio to SQL."""
    for programme in ("hubin", "chongqing"):
        campaign = town(programme)
        campaign.duties("2026-12-31")
        for what, act in (("all duties", one_year), ("plan of June", one_plan)):
            print(f"{programme}: {what} {seconds(lambda act=act, town=campaign: act(town)):.2f} s")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "visits.parquet"
        parquet(file, millions)
        for what, query in SQL.items():
            sql = seconds(lambda query=query: duckdb.sql(query.replace("FROM v", f"FROM '{file}'")).fetchall())
            own = seconds(lambda what=what: by_tally(file, what))
            print(f"{millions:g} M visits, {what}: SQL {sql:.2f} s, tally {own:.2f} s, ratio {own / sql:.2f}")
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2:.1f} GiB")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 1)
