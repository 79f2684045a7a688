"""The table of duties."""

from collections.abc import Mapping

import pandas as pd

from liuwen.campaign.duties.done import done_by_person
from liuwen.campaign.duties.owed import owed, rank_days, rounded
from liuwen.campaign.duties.periods import DutyPeriod, duty_period
from liuwen.campaign.events import CountedEvents
from liuwen.campaign.registers import Registers
from liuwen.campaign.schema import DutyRule, Programme

COLUMNS = ("duty", "each", "who", "period", "required", "done", "short", "share", "expected_by_now", "state")
COUNTED_SO_FAR = ("visits", "households")
"""The measures that can be counted so far, for duties of a person in a year or in the programme."""


def can_be_counted(duty: DutyRule) -> bool:
    """Whether this duty can be counted so far."""
    yearly = duty.per.word in ("year", "programme")
    return duty.each == "person" and duty.measure in COUNTED_SO_FAR and duty.at_least is not None and yearly


def duties_table(
    programme: Programme, registers: Registers, events: Mapping[str, CountedEvents], *, on: int, year: int
) -> pd.DataFrame:
    """A row a duty and person: `required` whole, `done`, `short`, `share` (NaN where nothing is owed), `expected_by_now`."""
    rows: list[tuple[object, ...]] = []
    for duty in programme.duties:
        if can_be_counted(duty):
            rows += _of_duty(duty, duty_period(duty, programme, year), registers, events.get(duty.event), on)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _of_duty(
    duty: DutyRule, period: DutyPeriod, registers: Registers, events: CountedEvents | None, on: int
) -> list[tuple[object, ...]]:
    done = done_by_person(duty, events, period, on) if events is not None else pd.Series(dtype=int)
    amount = duty.at_least
    assert amount is not None  # asked by `can_be_counted`
    posts = registers.table("posts")
    rows: list[tuple[object, ...]] = []
    for person in sorted(set(posts.loc[posts["rank"].map(lambda rank: amount.of(rank) is not None), "person"])):
        days = {rank: held for rank, held in rank_days(registers, person, period).items() if amount.of(rank) is not None}
        required = rounded(owed(duty, amount, days, period, period.ends), duty)
        now = owed(duty, amount, days, period, on)
        count = int(done.get(person, 0))
        share = count / required if required else float("nan")
        state = _state(required, count, float(now), on, period)
        rows.append(
            (
                duty.id,
                duty.each,
                person,
                period.name,
                required,
                count,
                max(required - count, 0),
                share,
                round(float(now), 2),
                state,
            )
        )
    return rows


def _state(required: int, done: int, expected: float, on: int, period: DutyPeriod) -> str:
    if required == 0:
        return "not owed"
    if done >= required:
        return "met"
    if on < period.begins:
        return "not yet"
    if on >= period.ends:
        return "missed"
    return "behind" if done < expected else "on the way"
