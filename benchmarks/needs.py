"""How long a need table of a million households takes, beside the plain pandas way of making one.

Run with `python benchmarks/needs.py [households]`. Three ways, in turn, on the same rows: `needs` on a pandas frame, `needs` on a
DuckDB relation over Parquet, and the peer, `Series.str.get_dummies(" ")` grouped by village and summed. The peer counts only;
`needs` also gives intervals and ranks, and keeps back what could point at a household. Printed as ratios to the peer.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

import duckdb
import numpy as np
import pandas as pd

from liuwen.analysis import needs
from liuwen.form import Form
from liuwen.form import builder as b

VILLAGES, NEEDS, ROUNDS = 200, 18, 3


def town(households: int) -> tuple[Form, pd.DataFrame]:
    """A form, and answers to it: three needs a household out of 18, in 200 villages."""
    chance = np.random.default_rng(1)
    names = np.array([f"need_{number}" for number in range(NEEDS)])
    chosen = [names[chance.choice(NEEDS, households, p=np.arange(NEEDS, 0, -1) / np.arange(NEEDS + 1).sum())] for _ in range(3)]
    answers = pd.Series(chosen[0]).str.cat([pd.Series(chosen[1]), pd.Series(chosen[2])], sep=" ").astype("string")
    villages = pd.Series(chance.integers(0, VILLAGES, households)).map("village_{}".format).astype("category")
    offered = b.choices("needs", *((name, name, name) for name in names))
    asked = [b.text("village", zh="村", en="Village"), b.select_multiple("needs", offered, zh="需求", en="Needs")]
    return b.build_form("bench", zh="测", en="Bench", version="1", items=asked), pd.DataFrame(
        {"village": villages, "needs": answers}
    )


def seconds(act: Callable[[], object]) -> float:
    """The median of a few runs."""
    taken = []
    for _ in range(ROUNDS):
        begun = perf_counter()
        act()
        taken.append(perf_counter() - begun)
    return median(taken)


def main(households: int) -> None:
    """Print each way's time and its ratio to the peer's."""
    form, frame = town(households)
    with tempfile.TemporaryDirectory() as folder:
        parquet = Path(folder) / "town.parquet"
        frame.to_parquet(parquet)
        ways: dict[str, Callable[[], object]] = {
            "peer: get_dummies, groupby, sum": lambda: (
                frame["needs"].str.get_dummies(" ").groupby(frame["village"], observed=True).sum()
            ),
            "needs on a pandas frame": lambda: needs(frame, form=form),
            "needs on DuckDB over Parquet": lambda: needs(duckdb.read_parquet(str(parquet)), form=form),
        }
        taken = {name: seconds(act) for name, act in ways.items()}
    peer = next(iter(taken.values()))
    print(f"{households:,} households, {VILLAGES} villages, {NEEDS} needs")
    for name, time in taken.items():
        print(f"{name:34}{time:8.2f} s   {time / peer:6.3f} × the peer")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
