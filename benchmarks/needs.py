"""How long a need table takes, in CPU seconds, beside the quickest ways of counting the same by hand.

Run with `python benchmarks/needs.py [households] [villages] [--spark] [--duckdb-only]` (1,000,000 in 200 villages where none is
given; 46,220,000 in 2,000 is what Chongqing counted). Answers are realistic: 4.5 picks of 20 on average, so most are different.
The peers only count; `needs` also gives intervals and ranks. It is run with `minimum=1`, so that its counts can be compared:
the time of withholding small figures is not in it. All must give the same counts, or the run ends with 1. CPU seconds are those
of all threads, the median of three runs (one above 5 M households).

Peers start from the same answers: of a frame in memory numpy's factorize and bincount over the distinct answers; of Parquet
behind DuckDB one sum a need ("one-hot"), numpy on a frame fetched from DuckDB, and the picks unnested. The last is the quickest
and counts the least: no base, no blanks, and an answer that names a need twice would count twice.
With `--spark` the same function on a PySpark frame (local mode, Java 17): whether it gives the same table.
"""

import resource
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from liuwen.analysis import needs
from liuwen.form import Form
from liuwen.form import builder as b

NEEDS, PICKS = 20, 4.5
PART = 5_000_000
"""So many households are made up; more are these again, since making them takes longer than counting them."""
NAMES = [f"need_{number}" for number in range(NEEDS)]


def town() -> Form:
    """A form that asks for the village and the needs."""
    offered = b.choices("needs", *((name, name, name) for name in NAMES))
    asked = [b.text("village", zh="村", en="Village"), b.select_multiple("needs", offered, zh="需求", en="Needs")]
    return b.build_form("bench", zh="测", en="Bench", version="1", items=asked)


def answered(folder: Path, households: int, villages: int) -> Path:
    """Made-up answers as Parquet; common needs are picked more often than rare ones."""
    chances = np.linspace(0.4, 0.05, NEEDS)
    chances *= PICKS / chances.sum()
    picks = ", ".join(f"CASE WHEN random() < {chance} THEN '{name}' END" for name, chance in zip(NAMES, chances, strict=True))
    sizes = [PART] * (households // PART) + [households % PART] * bool(households % PART)
    rows = f"SELECT 'village_' || (random() * {villages - 1})::INT AS village, concat_ws(' ', {picks}) AS needs"
    with duckdb.connect(config={"threads": 2}) as database:
        database.sql("SELECT setseed(0.5)")
        for number, size in enumerate(sizes):
            file = folder / f"answers{number}.parquet"
            if number and size == PART:
                file.hardlink_to(folder / "answers0.parquet")
            else:
                database.sql(f"COPY ({rows} FROM range({size})) TO '{file}' (FORMAT parquet)")
    return folder


def by_numpy(frame: pd.DataFrame) -> np.ndarray:
    """Households × needs of each village, in the order of their names."""
    villages, names = pd.factorize(frame["village"], sort=True)
    codes, distinct = pd.factorize(frame["needs"])
    place = {name: number for number, name in enumerate(NAMES)}
    flags = np.zeros((len(distinct), NEEDS), dtype=bool)
    for number, answer in enumerate(distinct):
        flags[number, [place[part] for part in answer.split()]] = True
    return np.stack([np.bincount(villages[flags[codes, at]], minlength=len(names)) for at in range(NEEDS)], axis=1)


def by_sql(database: duckdb.DuckDBPyConnection, folder: Path) -> np.ndarray:
    """The same by one sum a need."""
    sums = ", ".join(f"sum(contains(padded, ' {name} ')::INT)" for name in NAMES)
    rows = f"SELECT village, ' ' || needs || ' ' AS padded FROM '{folder}/*.parquet'"
    found = database.sql(f"SELECT village, {sums} FROM ({rows}) GROUP BY village ORDER BY village").fetchall()
    return np.array([row[1:] for row in found], dtype=np.int64)


def by_picks(database: duckdb.DuckDBPyConnection, folder: Path) -> np.ndarray:
    """The same by a row for each pick."""
    picks = f"SELECT village, unnest(string_split(needs, ' ')) AS need FROM '{folder}/*.parquet'"
    found = database.sql(f"SELECT village, need, count(*) AS wanting FROM ({picks}) GROUP BY ALL").df()
    return found.pivot(index="village", columns="need", values="wanting").sort_index()[NAMES].to_numpy(dtype=np.int64)


def counts_of(table: pd.DataFrame) -> np.ndarray:
    """The counts of a table of `needs`, in the same order."""
    wide = table[table["need"] != ""].pivot(index="village", columns="need", values="wanting")
    return wide.sort_index()[NAMES].to_numpy(dtype=np.int64)


def seconds(act: Callable[[], Any], rounds: int) -> tuple[float, Any]:
    """CPU seconds of all threads, the median of the rounds; and what it gave."""
    taken, found = [], None
    for _ in range(rounds):
        begun = process_time()
        found = act()
        taken.append(process_time() - begun)
    return median(taken), found


def by_spark(form: Form, folder: Path) -> np.ndarray:
    """The counts from a PySpark frame."""
    from pyspark.sql import SparkSession

    session = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    found = counts_of(needs(session.read.parquet(str(folder)), form=form, minimum=1))
    session.stop()
    return found


def main(households: int, villages: int, *, in_memory: bool, spark: bool) -> None:
    """Print each way's CPU seconds, beside the better peer."""
    form, rounds = town(), 3 if households <= 5_000_000 else 1
    with tempfile.TemporaryDirectory() as name:
        folder = answered(Path(name), households, villages)
        database = duckdb.connect(config={"threads": 2})
        relation = database.sql(f"SELECT * FROM '{folder}/*.parquet'")
        ours, sources = {"DuckDB": "needs on DuckDB"}, {"DuckDB": ["one-hot SQL on DuckDB", "picks by SQL on DuckDB"]}
        ways: dict[str, Callable[[], Any]] = {"needs on DuckDB": lambda: counts_of(needs(relation, form=form, minimum=1))}
        ways["one-hot SQL on DuckDB"] = lambda: by_sql(database, folder)
        ways["picks by SQL on DuckDB"] = lambda: by_picks(database, folder)
        if in_memory:
            frame = pd.read_parquet(folder)
            ours["pandas"], sources["pandas"] = "needs on pandas", ["numpy on pandas"]
            sources["DuckDB"].append("numpy on a frame from DuckDB")
            ways["numpy on a frame from DuckDB"] = lambda: by_numpy(relation.df())
            ways["needs on pandas"] = lambda: counts_of(needs(frame, form=form, minimum=1))
            ways["numpy on pandas"] = lambda: by_numpy(frame)
        print(f"{households:,} households, {villages:,} villages, {PICKS} of {NEEDS} needs")
        taken, counts = {}, {}
        for way, act in ways.items():
            taken[way], counts[way] = seconds(act, rounds)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
            print(f"{way:34}{taken[way]:8.2f} CPU s   peak so far {peak:.2f} GiB", flush=True)
        for source, way in ours.items():
            for peer in sources[source]:
                print(f"{way:18}{taken[way] / taken[peer]:6.2f} × {peer}")
        if spark:
            counts["needs on PySpark"] = by_spark(form, folder)
        first = next(iter(counts.values()))
        if not all(np.array_equal(first, other) for other in counts.values()):
            raise SystemExit("the counts differ")
        print("the same counts from all:", ", ".join(counts))


if __name__ == "__main__":
    numbers = [int(one.replace(",", "")) for one in sys.argv[1:] if not one.startswith("--")]
    main(
        numbers[0] if numbers else 1_000_000,
        numbers[1] if len(numbers) > 1 else 200,
        in_memory="--duckdb-only" not in sys.argv,
        spark="--spark" in sys.argv,
    )
