"""A province's year of visits in Parquet: duties and coverage by the package's counting functions beside SQL written by hand.

Run with `python benchmarks/province.py [millions of visits] [--spark]` (1 where none is given; 46.22 is what Chongqing counted).
The visits lie in a folder a month. DuckDB has two threads and 2.5 GB; what is counted:

- duties: visits and different households of each person in the year, by `tally`;
- coverage: households of each village visited once, and on two days, by `households_visited`;
- a month's run: the accumulator of November, the visits of December and nothing else, by `month_added`;
- with `--spark`, the same functions on PySpark's frames: seconds, and whether every figure is the same (it ends with 1 if not).

PySpark and Java 17 are needed for the last alone and are no dependency of the project: `pip install pyspark`.

Measured in November 2026 on two shared cores, 46.22 M visits, 479 MiB of Parquet (DuckDB 2.0, PySpark 4.3, narwhals 2.29). The
peak of memory was 1.9 GiB, PySpark apart; all three engines gave the same figures.

| What | SQL by hand | package on DuckDB | ratio | package on PySpark |
|---|---|---|---|---|
| visits of each person | 18.3 s | 15.2 s | 0.83 | 148 s |
| different households of each person | 11.7 s | 9.5 s | 0.81 | 228 s |
| coverage of each village, once and twice | 16.2 s | 14.7 s | 0.91 | 458 s |
| December alone: visits of the year (accumulator 0.2 MiB) | | 0.5 s | | |
| December alone: households of the year (accumulator 215 MiB) | | 4.2 s | | |
"""

import resource
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import duckdb

from liuwen.campaign.duties import tally
from liuwen.campaign.duties.accumulated import done_so_far, households_visited, month_added

VILLAGES, BEGINS, DAYS = 10_000, 20454, 365
MEMORY = "2500MB"
SAME = {"visits": ("household", "on"), "households": ("household",)}
SQL = {
    "visits of each person": 'SELECT who, count(*) AS done FROM (SELECT DISTINCT who, household, "on" FROM v) GROUP BY who',
    "different households of each person": "SELECT who, count(DISTINCT household) AS done FROM v GROUP BY who",
    "coverage of each village": "SELECT village, count(*) AS visited, count(*) FILTER (days >= 2) AS twice FROM "
    '(SELECT village, household, count(DISTINCT "on") AS days FROM v GROUP BY village, household) GROUP BY village',
}
Counted = Callable[[Any], Any]
COUNTED: dict[str, Counted] = {
    "visits of each person": lambda visits: tally(visits, SAME["visits"], BEGINS, BEGINS + DAYS),
    "different households of each person": lambda visits: tally(visits, SAME["households"], BEGINS, BEGINS + DAYS),
    "coverage of each village": lambda visits: households_visited(visits, BEGINS, BEGINS + DAYS),
}


def written(folder: Path, millions: float, database: duckdb.DuckDBPyConnection) -> None:
    """So many visits, a folder a month: people of a village go to its households."""
    rows = int(millions * 1e6)
    for month in range(12):
        first, last = BEGINS + DAYS * month // 12, BEGINS + DAYS * (month + 1) // 12
        into = folder / f"month={month + 1:02d}"
        into.mkdir(parents=True)
        drawn = (
            f'SELECT (random() * {rows / 3})::INT AS household, {first} + (random() * {last - first - 1})::INT AS "on", '
            f"(random() * 2)::INT AS one FROM range({rows // 12})"
        )
        visits = (
            f'SELECT household % {VILLAGES} AS village, household % {VILLAGES} * 3 + one AS who, household, "on" FROM ({drawn})'
        )
        database.sql(f"COPY ({visits}) TO '{into / 'visits.parquet'}' (FORMAT parquet)")


def seconds(act: Callable[[], object]) -> tuple[float, Any]:
    """How long it took by the clock, and what it gave."""
    begun = perf_counter()
    found = act()
    return perf_counter() - begun, found


def checksum(rows: list[tuple[Any, ...]]) -> tuple[int, ...]:
    """How many rows, and the sum of every column of counts."""
    return (len(rows), *(int(sum(column)) for column in list(zip(*rows, strict=True))[1:]))


def beside_sql(folder: Path, database: duckdb.DuckDBPyConnection) -> dict[str, tuple[int, ...]]:
    """Each count by SQL and by the package; gives the figures."""
    found, source = {}, f"read_parquet('{folder}/*/*.parquet')"
    for what, query in SQL.items():
        asked = query.replace("FROM v", f"FROM {source}")
        by_hand, one = seconds(lambda asked=asked: database.sql(asked).fetchall())
        own, other = seconds(lambda what=what: COUNTED[what](database.sql(f"SELECT * FROM {source}")).fetchall())
        if checksum(one) != checksum(other):
            raise SystemExit(f"{what}: SQL {checksum(one)}, package {checksum(other)}")
        found[what] = checksum(other)
        print(f"{what:<38} SQL {by_hand:6.1f} s   package {own:6.1f} s   ratio {own / by_hand:.2f}", flush=True)
    return found


def month_by_month(folder: Path, kept: Path, database: duckdb.DuckDBPyConnection) -> None:
    """December's run, from the accumulator of November; it must give what the whole year gives."""
    for what, same in SAME.items():
        before = None
        for month in range(1, 13):
            visits = database.sql(f"SELECT * FROM '{folder}/month={month:02d}/visits.parquet'")
            file = kept / f"{what}-{month:02d}.parquet"

            def run(before: Any = before, visits: Any = visits, file: Path = file, same: tuple[str, ...] = same) -> Any:
                month_added(before, visits, same, BEGINS, BEGINS + DAYS).write_parquet(str(file))
                return done_so_far(database.sql(f"SELECT * FROM '{file}'"), same).fetchall()

            taken, found = seconds(run)
            before = database.sql(f"SELECT * FROM '{file}'")
        whole = tally(database.sql(f"SELECT * FROM read_parquet('{folder}/*/*.parquet')"), same, BEGINS, BEGINS + DAYS).fetchall()
        if checksum(found) != checksum(whole):
            raise SystemExit(f"{what}: month by month {checksum(found)}, the whole year {checksum(whole)}")
        size = file.stat().st_size / 1024**2
        print(f"December alone, {what:<22} package {taken:6.1f} s   accumulator {size:.1f} MiB", flush=True)


def by_spark(folder: Path, expected: dict[str, tuple[int, ...]]) -> None:
    """The same functions on PySpark's frames."""
    from pyspark.sql import SparkSession

    options = {"spark.driver.memory": "3g", "spark.sql.shuffle.partitions": "16", "spark.ui.enabled": "false"}
    builder = SparkSession.builder.master("local[2]")
    for name, value in options.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    visits = session.read.parquet(str(folder))
    for what, counted in COUNTED.items():
        taken, rows = seconds(lambda counted=counted: [tuple(row) for row in counted(visits).collect()])
        same = checksum(rows) == expected[what]
        print(f"{what:<38} PySpark {taken:6.1f} s   {'the same figures' if same else 'OTHER FIGURES'}", flush=True)
        if not same:
            raise SystemExit(1)
    session.stop()


def main(millions: float, spark: bool) -> None:
    """Print every figure."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        database = duckdb.connect(config={"threads": 2, "memory_limit": MEMORY, "temp_directory": str(place / "spilled")})
        folder = place / "visits"
        written(folder, millions, database)
        size = sum(file.stat().st_size for file in folder.rglob("*.parquet")) / 1024**2
        print(f"{millions:g} M visits, {size:.0f} MiB of Parquet")
        found = beside_sql(folder, database)
        (place / "kept").mkdir()
        month_by_month(folder, place / "kept", database)
        print(f"peak of memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2:.2f} GiB", flush=True)
        database.close()
        if spark:
            by_spark(folder, found)


if __name__ == "__main__":
    numbers = [one for one in sys.argv[1:] if not one.startswith("--")]
    main(float(numbers[0]) if numbers else 1, "--spark" in sys.argv)
