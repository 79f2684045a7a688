"""How long the ledger takes: a town's year, a county's, and one arrival on a store that is being served.

Run with `python benchmarks/campaign.py` (`--small` for a tenth). It prints seconds of wall clock and of processor; on a machine
that does other things too, the second is the one to compare. The targets: of a town's year (6,700 matters, about 25,000 steps)
every table under 1 s and a month with all its PDFs under 20 s; of a county (100,000 matters) a time that grows with the matters
and no faster; and after an arrival, the list on the phones in a time that does not grow with what came before.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, process_time

import liuwen as lw
from liuwen.campaign import Campaign, MadeUpTown, made_up_town
from liuwen.campaign.phone_list import phone_list
from liuwen.campaign.place_lists import PlaceLists

ON = "2026-12-20"
MATTERS = 6_700
"""So many matters have about 25,000 steps."""


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long the block took."""
    wall, processor = perf_counter(), process_time()
    yield
    print(f"{what:<58} {perf_counter() - wall:8.2f} s {process_time() - processor:8.2f} s of processor", flush=True)


def year_of(villages: int, matters: int) -> MadeUpTown:
    """A made-up year."""
    return made_up_town(villages, matters, begins="2026-01-02", months=12)


def opened(town: MadeUpTown) -> Campaign:
    """Its campaign, with nothing computed yet."""
    return lw.read_campaign("hubin", 2026, registers=town.registers, events=town.events)


TABLES: dict[str, Callable[[Campaign], object]] = {
    "events, counted and not": lambda campaign: campaign.events().table,
    "ledger": lambda campaign: campaign.ledger(on=ON).table,
    "rates (of a ledger folded)": lambda campaign: campaign.rates(on=ON),
    "exceptions, applicants, settled": lambda campaign: (
        campaign.ledger(on=ON).exceptions,
        campaign.ledger(on=ON).applicants,
        campaign.ledger(on=ON).settled,
    ),
    "duties": lambda campaign: campaign.duties(on=ON),
    "week of the town's office": lambda campaign: campaign.week("O1", ON),
    "list on the phones": lambda campaign: phone_list(campaign, ON),
}


def tables(town: MadeUpTown) -> None:
    """Every table of a town's year, each after those before it."""
    with timed("reading registers and events"):
        campaign = opened(town)
    for name, made in TABLES.items():
        with timed(name):
            made(campaign)


def month(town: MadeUpTown) -> None:
    """A month with all its pages."""
    campaign = opened(town)
    with tempfile.TemporaryDirectory() as folder, timed("the month of July with all PDFs"):
        run = campaign.month("2026-07", Path(folder), language="zh")
    print(f"   {len(run.files)} files, of these PDFs: {sum(name.endswith('.pdf') for name in run.files)}")


def county(matters: int) -> None:
    """The ledger of many matters, twelve villages for every 5,000, at three sizes."""
    for share in (4, 2, 1):
        count = matters // share
        town = year_of(max(12, count * 12 // 5000), count)
        campaign = opened(town)
        with timed(f"ledger of {count:,} matters, {len(town.events['matters']):,} steps"):
            campaign.ledger(on=ON)


def arrival(matters: int) -> None:
    """One step arrives after so many matters: the list on the phones, all places and the one concerned."""
    for count in (matters // 4, matters):
        town = year_of(max(12, count * 12 // 5000), count)
        steps = town.events["matters"]
        at = steps.index[steps["step"] == "note"][0]
        campaign = lw.read_campaign("hubin", 2026, registers=town.registers, events={"matters": steps.drop(at)})
        lists = PlaceLists()
        with timed(f"phone list of {count:,} matters, every place"):
            lists.table(campaign)
        with timed(f"   one step more: {1} place of {len(town.registers['places']) - 1}"):
            lists.table(campaign.with_more("matters", steps.loc[[at]]))


def main(small: bool) -> None:
    """Print every figure."""
    part = 10 if small else 1
    town = year_of(12, MATTERS // part)
    print(f"A town's year: {len(town.events['matters']):,} steps of {MATTERS // part:,} matters")
    tables(town)
    month(town)
    arrival(20_000 // part)
    county(100_000 // part)


if __name__ == "__main__":
    main("--small" in sys.argv)
