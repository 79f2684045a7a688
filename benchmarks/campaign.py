"""How long the ledger takes: a town's year, a county's, one arrival on a store that is being served, one step at the desk.

Run with `python benchmarks/campaign.py` (`--small` for a tenth). It prints Markdown tables with seconds of wall clock and of
processor and the peak of memory so far; on a machine that does other things too, the processor's seconds are those to compare.
Tables and commands of a town's year are made three times and the least is shown, months and larger sizes once.
The targets: of a town's year (5,000 matters, 25,000 steps) every table under 1 s and a month with all its PDFs under 20 s; of a
county (100,000 matters) a time that grows with the matters and no faster; after an arrival and after a step at the desk, a time
that does not grow with what came before.

The made-up town writes 3.7 steps a matter, one of them a note. A ledger is sorted again each month, and what is not done gets a
note of how it stands: such notes, each month while a matter is open, fill the year up to five steps a matter.
"""

import os
import platform
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import pandas as pd

import liuwen as lw
from liuwen.campaign import Campaign, MadeUpTown, enter_step, made_up_town
from liuwen.campaign.phone_list import phone_list
from liuwen.campaign.place_lists import PlaceLists

ON = "2026-12-20"
MATTERS, STEPS_A_MATTER = 5_000, 5
MONTHS = ("2026-07", "2026-12")
RUNS = 3


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print a row of the table: how long the block took."""
    wall, processor = perf_counter(), process_time()
    yield
    took, worked = perf_counter() - wall, process_time() - processor
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"| {what} | {took:.2f} | {worked:.2f} | {memory:,} |", flush=True)


def head(what: str) -> None:
    """Print the head of a table, with the machine that it was measured on."""
    began = process_time()
    sum(one for one in range(10_000_000))
    loop = process_time() - began
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    system += f"; a sum of ten million numbers takes {loop:.2f} s of processor just now"
    print(f"\n## {what}\n\n{system}\n\n| what | seconds | of processor | peak MiB |\n|---|---|---|---|")


def year_of(villages: int, matters: int) -> MadeUpTown:
    """A made-up year with five steps a matter."""
    town = made_up_town(villages, matters, begins="2026-01-02", months=12)
    steps = town.events["matters"]
    monthly = monthly_notes(steps).sample(STEPS_A_MATTER * matters - len(steps), random_state=7).sort_index()
    return replace(town, events={**town.events, "matters": pd.concat([steps, monthly], ignore_index=True).fillna("")})


def monthly_notes(steps: pd.DataFrame) -> pd.DataFrame:
    """A note for each month's list that a matter was open for, by who entered it, known two days later."""
    days = steps.assign(on=pd.to_datetime(steps["on"]))
    raised = days[days["step"] == "raise"].set_index("matter")
    ended = days[days["step"].isin(["done", "explain"])].set_index("matter")["on"]
    open_till = ended.reindex(raised.index).fillna(days["on"].max())
    lists = pd.DataFrame({"on": pd.date_range("2026-01-28", "2026-12-28", freq="MS") + pd.Timedelta(days=27)})
    notes = (
        raised[["village", "by", "synthetic"]].assign(begins=raised["on"], ends=open_till).reset_index().merge(lists, how="cross")
    )
    notes = notes[(notes["on"] > notes["begins"]) & (notes["on"] < notes["ends"])]
    said = notes["on"].dt.month.map("{}月例会：还在办".format)
    received = (notes["on"] + pd.Timedelta(days=2)).dt.date
    event = notes["matter"] + notes["on"].dt.strftime("-n%m")
    made = notes.assign(event=event, step="note", note=said, received=received, on=notes["on"].dt.date)
    return made.drop(columns=["begins", "ends"]).reset_index(drop=True)


def opened(town: MadeUpTown, store: lw.Store | None = None) -> Campaign:
    """Its campaign, with nothing computed yet."""
    return lw.read_campaign("hubin", 2026, registers=town.registers, events=town.events, store=store)


TABLES: dict[str, Callable[[Campaign], object]] = {
    "events, counted and not": lambda campaign: campaign.events().table,
    "ledger": lambda campaign: campaign.ledger(on=ON).table,
    "rates (of a ledger folded)": lambda campaign: campaign.rates(on=ON),
    "exceptions, applicants, settled": lambda campaign: (
        campaign.ledger(on=ON).exceptions,
        campaign.ledger(on=ON).applicants,
        campaign.ledger(on=ON).settled,
    ),
    "one matter explained": lambda campaign: campaign.explain(campaign.ledger(on=ON).table["matter"].iloc[0], on=ON),
    "duties": lambda campaign: campaign.duties(on=ON),
    "week of the town's office": lambda campaign: campaign.week("O1", ON),
    "list on the phones": lambda campaign: phone_list(campaign, ON),
}

FIRST = ("week of the town's office", "duties", "list on the phones")


def tables(town: MadeUpTown) -> None:
    """Every table of a town's year, each after those before it; then the slowest of them first."""
    opened(town).ledger(on=ON)  # what is loaded once
    reading = "reading registers and events"
    least: dict[str, tuple[float, float]] = {}
    for _ in range(RUNS):
        campaign, took = _measured(partial(opened, town))
        least[reading] = min(least.get(reading, took), took)
        for name, made in TABLES.items():
            _, took = _measured(partial(made, campaign))
            least[name] = min(least.get(name, took), took)
        for name in FIRST:
            fresh = opened(town)
            _, took = _measured(partial(TABLES[name], fresh))
            least[f"{name}, first of all"] = min(least.get(f"{name}, first of all", took), took)
    _rows(least)


def _measured(make: Callable[[], Any]) -> tuple[Any, tuple[float, float]]:
    """What was made, with its seconds of processor and of wall clock."""
    wall, processor = perf_counter(), process_time()
    made = make()
    return made, (process_time() - processor, perf_counter() - wall)


def _rows(least: dict[str, tuple[float, float]]) -> None:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    for name, (worked, took) in least.items():
        print(f"| {name} | {took:.2f} | {worked:.2f} | {memory:,} |", flush=True)


def commands(town: MadeUpTown) -> None:
    """Commands, each in a process of its own: from a store, and from the spreadsheet of the month's pages."""
    with tempfile.TemporaryDirectory() as folder:
        kept, registers, to = Path(folder) / "store", Path(folder) / "registers.xlsx", Path(folder) / "pages"
        with lw.Store(kept) as store, pd.ExcelWriter(registers) as book:
            for name, table in town.registers.items():
                store.desk_tables[name] = table
                table.to_excel(book, sheet_name=name, index=False)
            store.desk_tables["desk_steps"] = town.events["matters"]
        opened(town).month(MONTHS[-1], to, language="zh", pdf=False)
        sheet = ["--from", str(to / MONTHS[-1] / "desk" / "ledger.xlsx"), "--registers", str(registers)]
        of_store = ["ledger", str(kept), "--programme", "hubin", "--on", ON]
        week = ["week", "hubin", "O1", "--day", ON]
        told = {
            "`campaign check hubin`": ["check", "hubin"],
            "`campaign ledger STORE`": of_store,
            "`campaign ledger STORE --json`": [*of_store, "--json"],
            "`campaign duties STORE`": ["duties", str(kept), "--programme", "hubin", "--on", ON],
            "`campaign week --from STORE`": [*week, "--from", str(kept)],
            "`campaign week --from ledger.xlsx`": [*week, *sheet],
        }
        _rows({name: min(_of_process(arguments) for _ in range(RUNS)) for name, arguments in told.items()})


def _of_process(arguments: list[str]) -> tuple[float, float]:
    """Seconds of processor and of wall clock of a command."""
    began, wall = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    command = [sys.executable, "-c", "from liuwen.cli import main; main()", "campaign", *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime - began.ru_utime - began.ru_stime, perf_counter() - wall


def month(town: MadeUpTown, month: str) -> None:
    """A month with all its pages."""
    campaign = opened(town)
    with tempfile.TemporaryDirectory() as folder, timed(f"list of {month} with all PDFs"):
        campaign.month(month, Path(folder), language="zh")


def at_the_desk(town: MadeUpTown) -> None:
    """Steps that the desk enters one after the other."""
    with tempfile.TemporaryDirectory() as folder, lw.Store(Path(folder) / "store") as store:
        campaign = opened(town, store)
        for row in campaign.ledger().table.query("state == 'open' and responsible != ''").head(2).itertuples():
            person = {"by": row.responsible, "entered_by": row.responsible}
            with timed("a step entered at the desk"):
                campaign = enter_step(campaign, row.matter, "note", **person, note="x", anyway=True).campaign


def of_size(count: int) -> None:
    """The ledger of so many matters, twelve villages for every 5,000, and one step more."""
    town = year_of(max(12, count * 12 // 5000), count)
    steps = town.events["matters"]
    at = steps.index[steps["step"] == "note"][0]
    campaign = lw.read_campaign("hubin", 2026, registers=town.registers, events={"matters": steps.drop(at)})
    with timed(f"ledger of {count:,} matters, {len(steps):,} steps"):
        campaign.ledger(on=ON)
    with timed(f"its table, a row a matter ({count:,})"):
        _ = campaign.ledger(on=ON).table
    lists = PlaceLists()
    with timed(f"phone list of {count:,} matters, every place"):
        lists.table(campaign)
    with timed(f"phone list after one step more, 1 place of {len(town.registers['places']) - 1}"):
        lists.table(campaign.with_more("matters", steps.loc[[at]]))


def main(small: bool) -> None:
    """Print every figure."""
    part = 10 if small else 1
    town = year_of(12, MATTERS // part)
    head(f"A town's year: {MATTERS // part:,} matters, {len(town.events['matters']):,} steps")
    tables(town)
    commands(town)
    for one in MONTHS:
        month(town, one)
    at_the_desk(town)
    head("A county: matters of a year, twelve villages for every 5,000")
    for count in (5_000, 20_000, 100_000):
        of_size(count // part)


if __name__ == "__main__":
    main("--small" in sys.argv)
