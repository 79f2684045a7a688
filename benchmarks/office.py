"""How long the office page takes over a store of many household interviews.

Run with `python benchmarks/office.py [COUNT]` (100,000 by default). The store is filled with made-up interviews, each repeated
under new IDs; then every page is asked for over HTTP, as a browser does. Seconds of the wall clock and of the process's CPU.
Tables of all answers are loaded only of up to 200,000, because they are held in memory.
"""

import argparse
import os
import re
import tempfile
import uuid
from pathlib import Path
from time import perf_counter, process_time

import requests

import liuwen as lw
from liuwen.office import open_office
from liuwen.office.answer_index import AnswerIndex
from liuwen.openrosa.envelope import read_envelope
from liuwen.simulation.simulating import submissions
from liuwen.store import Store
from liuwen.store.permissions import Sender
from liuwen.store.store import keeping_of

MADE = 200
"""How many different interviews there are."""
IN_MEMORY = 200_000
PAGES = (
    "/",
    "/answers",
    "/answers?page=1000",
    "/answers?search=低保",
    "/answers?search=zhao",
    "/answers?state=approved",
    "/answers?visitor=Wang",
    "/answers?since=2020-01-01&search=低保%20合作医疗",
    "/answers/77",
    "/collectors",
)


def filled(folder: Path, count: int) -> tuple[Store, float]:
    """A store with so many interviews, and the seconds that storing them took."""
    form = lw.questionnaires.household_interview()
    store = Store(folder)
    store.publish(form)
    store.add_collector("Wang")
    templates = submissions(form, MADE, seed=5)
    instance = re.compile(rb"uuid:[0-9a-f-]{36}")
    began = perf_counter()
    with store:
        keeping = keeping_of(store)
        for first in range(0, count, 1000):
            waiting = []
            for number in range(first, min(first + 1000, count)):
                xml = instance.sub(f"uuid:{uuid.uuid4()}".encode(), templates[number % MADE], count=1)
                waiting.append(keeping.begin_receiving(read_envelope(xml), {}, Sender(collector=1)))
            for one in waiting:
                one.result()
    return store, perf_counter() - began


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int, nargs="?", default=100_000)
    count = parser.parse_args().count
    with tempfile.TemporaryDirectory() as folder:
        store, took = filled(Path(folder) / "town", count)
        print(f"stored {count:,} in {took:.0f} s: {(store.folder / 'store.sqlite').stat().st_size / 1e6:.0f} MB", flush=True)
        began, cpu = perf_counter(), process_time()
        index = AnswerIndex(store)
        index.catch_up()
        index.stop()
        print(f"index made in {perf_counter() - began:.1f} s, {process_time() - cpu:.1f} s CPU", flush=True)
        with open_office(store, port=0) as office:
            session = requests.Session()
            session.get(office.entrance, timeout=600)
            for page in PAGES:
                began, cpu = perf_counter(), process_time()
                got = session.get(office.url + page, timeout=600)
                print(
                    f"{page:45} {got.status_code} {perf_counter() - began:7.2f} s {process_time() - cpu:7.2f} s CPU", flush=True
                )
        if count <= IN_MEMORY:
            began, cpu = perf_counter(), process_time()
            loaded = store.responses("household_interview")
            print(f"loaded {len(loaded):,} in {perf_counter() - began:.1f} s, {process_time() - cpu:.1f} s CPU", flush=True)
        store.close()


if __name__ == "__main__":
    print(f"load average {os.getloadavg()[0]:.1f} before the run")
    main()
