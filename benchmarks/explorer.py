"""How long a change of the explorer takes in Python: another question, place, kind of household or month.

Run with `python benchmarks/explorer.py [interviews ...]` (1,500, 100,000 and 1,000,000 where none is given). The answers are
simulated household interviews, drawn again and again with new household numbers, villages and days. Every change is one that
was not looked at before. CPU seconds of all threads, from the change of a control until all pictures are drawn; and what
Python's search for reference cycles took after that, which may keep the next change waiting.
"""

import sys
from dataclasses import replace
from statistics import median
from time import perf_counter, process_time

import numpy as np
import pandas as pd

import liuwen as lw
from liuwen.questionnaires import household_interview
from liuwen.responses import Responses

SIMULATED = 150
ASKED = ("worries", "first_need", "rules_quality", "income_sources", "income_bracket", "companions", "needs")


def answers(interviews: int) -> Responses:
    """So many interviews of different households in the same villages, over four months."""
    known = lw.simulate(household_interview(), SIMULATED, seed=7)
    drawn = np.random.default_rng(1).integers(0, len(known), interviews)
    ids = pd.Index([f"uuid:{number:08d}" for number in range(interviews)], name=known.table.index.name)
    main = known.table.iloc[drawn].set_index(ids)
    main["household"] = pd.Series(range(interviews), index=ids).astype(known.table["household"].dtype)
    days = np.random.default_rng(2).integers(0, 120, interviews)
    main["visit_date"] = (pd.Timestamp("2026-03-01") + pd.to_timedelta(days, unit="D")).astype(known.table["visit_date"].dtype)
    villages = known.table[["town", "village"]].iloc[np.random.default_rng(3).integers(0, len(known), interviews)]
    main[["town", "village"]] = villages.set_index(ids)
    tables, asked = {}, {}
    for name, table in known.tables.items():
        tables[name], asked[name] = (
            (main, known._asked[name].iloc[drawn].set_index(ids))
            if name == "submissions"
            else (table.iloc[:0], known._asked[name].iloc[:0])
        )
    return replace(known, _tables=tables, _asked=asked, submissions=pd.DataFrame(index=ids))


class Drawn:
    """When an explorer last had all its pictures drawn."""

    def __init__(self, explorer: object) -> None:
        self._draw, self.at = explorer._refresh, 0.0
        explorer._refresh = self._refresh

    def _refresh(self) -> None:
        self._draw()
        self.at = process_time()


def changes(explorer: object) -> dict[str, list[float]]:
    """CPU seconds of each change, by what was changed."""
    question, by, group, period = explorer._question, explorer._by, explorer._group, explorer._period
    found: dict[str, list[float]] = {}

    def note(what: str, control: object, value: object) -> None:
        begun = process_time()
        control.value = value
        found.setdefault(what, []).append(drawn.at - begun)
        found.setdefault("after the picture", []).append(process_time() - drawn.at)

    kinds = explorer._exploring.questions
    element, drawn = explorer._exploring.source.question, Drawn(explorer)
    for name in ASKED:
        what = element(name).type if kinds[name] != "rating" else "rating"
        note(what, question, name)
        note("month", by, "visit_date")
        note("place level", by, "hamlet")
        note("all together", by, "")
        note("place level", by, "village")
        for _, value in group.options[1:3]:
            note("filter", group, value)
        for _, value in period.options[1:3]:
            note("filter and period", period, value)
        note("period", group, ("", ""))
        note("seen before", period, ("", ""))
    return found


def main(sizes: list[int]) -> None:
    """Print how long it takes to open, and the median and longest change of each kind."""
    for size in sizes:
        responses = answers(size)
        begun, clock = process_time(), perf_counter()
        explorer = lw.explore(responses, language="zh")
        print(f"{size:,} interviews: opened in {process_time() - begun:.2f} CPU s, {perf_counter() - clock:.2f} s", flush=True)
        for what, taken in changes(explorer).items():
            print(
                f"  {what:20} median {1000 * median(taken):6.0f} ms   longest {1000 * max(taken):6.0f} ms   ({len(taken)})",
                flush=True,
            )


if __name__ == "__main__":
    main([int(each.replace(",", "")) for each in sys.argv[1:]] or [1_500, 100_000, 1_000_000])
