"""The order of steps: what a phone knew (`after`) before what its clock said, whatever the clock said."""

import random
from datetime import datetime, timedelta

import pandas as pd
import pytest

import liuwen as lw

DAY = ("raise", "apply", "accept", "done")
"""Four steps of one matter on one day, each by somebody who had seen the one before."""


def refused(hours_off: int, *, told: bool) -> int:
    """How many steps of 60 matters are refused where a fifth of the phones is wrong by up to so many hours."""
    chance, rows = random.Random(7), []
    for number in range(60):
        for at, step in enumerate(DAY):
            end = datetime(2026, 6, 1, 8 + 2 * at, 0)
            if chance.random() < 0.2:
                end += timedelta(minutes=chance.randint(-60 * hours_off, 60 * hours_off))
            rows.append(
                {
                    "matter": f"M{number}",
                    "event": f"{number}-{at}",
                    "step": step,
                    "end": end.isoformat(),
                    "after": f"{number}-{at - 1}" if told and at else "",
                }
            )
    steps = pd.DataFrame(rows).assign(on="2026-06-01", village="V", title="t", note="n", reason="r", deadline="2026-07-01")
    return len(lw.read_campaign("hubin", 2026, events={"matters": steps}).ledger(on="2026-06-30").exceptions)


@pytest.mark.parametrize("hours", [3, 10])
def test_no_step_is_refused_for_a_clock_where_the_phone_says_what_it_knew(hours: int) -> None:
    """By the clocks alone some are."""
    assert refused(hours, told=True) == 0
    assert refused(hours, told=False) > 3


def test_between_two_that_knew_nothing_of_each_other_clock_then_programme_then_id_decide() -> None:
    """Two notes: the later clock is the last word; without clocks the ID; a note without a clock stands before `done`."""

    def last_note(*rows: tuple[str, str, str]) -> str:
        steps = pd.DataFrame(rows, columns=["event", "step", "end"]).assign(note=[event for event, *_ in rows])
        born = pd.DataFrame([{"event": "a", "step": "raise", "end": "", "note": ""}])
        frame = pd.concat([born, steps]).assign(matter="M", on="2026-06-01", village="V", title="t")
        return lw.read_campaign("hubin", 2026, events={"matters": frame}).ledger(on="2026-06-30").table["last_note"].item()

    assert last_note(("z", "note", "09:00"), ("b", "note", "10:00")) == "b"
    assert last_note(("z", "note", ""), ("b", "note", "")) == "z"
    assert last_note(("z", "note", ""), ("b", "done", "")) == "b"
