"""Why a duty stands as it does: every event of its owner, whether it counted, and if not the one reason."""

from datetime import timedelta

import numpy as np
import pandas as pd

from liuwen.campaign.days import EPOCH, as_dates
from liuwen.campaign.duties.credited import credited_events
from liuwen.campaign.duties.periods import DutyPeriod, duty_periods
from liuwen.campaign.duties.table import DutySources, days_in_post
from liuwen.campaign.duties.tally import dated_rows, same_when
from liuwen.campaign.reasons import reason_sentence
from liuwen.campaign.schema import DutyRule

EXPLAINED = ("event", "on", "to", "known", "by", "household", "village", "counts", "why", "zh", "en")
AGAIN = {
    "visits": "visited_by_another_that_day",
    "households": "household_counted_already",
    "occasions": "occasion_counted_already",
    "days": "days_counted_already",
    "people": "person_counted_already",
    "share": "household_counted_already",
}
"""The reason of an event that is the same as an earlier one under a measure."""


def explained(duty: DutyRule, who: str, sources: DutySources, period: str = "") -> pd.DataFrame:
    """The events of an owner in the order of their days, each with its one reason."""
    chosen = shown_period(duty, sources, period)
    if duty.each == "slot":
        return _turns(sources.kept(duty.roster), who, chosen)
    rows = credited_events(duty, sources.events(duty), sources.registers)
    rows = rows[rows["who"] == who].reset_index(drop=True)
    rows["why"] = pd.Series(_reasons(duty, rows, chosen, sources), index=rows.index, dtype=object)
    return _as_shown(rows)


def shown_period(duty: DutyRule, sources: DutySources, name: str = "") -> DutyPeriod:
    """The period of that name; by default the one in which the day lies, else the last that began, else the first."""
    periods = duty_periods(duty, sources.programme, sources.year)
    named = [one for one in periods if one.name == name]
    current = [one for one in periods if one.begins <= sources.on <= one.ends]
    begun = [one for one in periods if one.begins <= sources.on]
    return (named or current or begun[-1:] or periods or [DutyPeriod(name, 0, -1)])[0]


def _reasons(duty: DutyRule, rows: pd.DataFrame, period: DutyPeriod, sources: DutySources) -> list[str]:
    why = rows["why"].to_numpy(dtype=object).copy()
    ends = min(period.ends, sources.on)
    begins = period.begins - max(period.running - 1, 0)
    why[(why == "") & (rows["on"] > sources.on).to_numpy()] = "after_that_day"
    why[(why == "") & ((rows["on"] > ends) | (rows["to"] < begins)).to_numpy()] = "outside_the_period"
    counting = rows[why == ""]
    if duty.measure in ("sum", "events") or counting.empty or period.running:
        return list(why)
    dated = days_in_post(duty, dated_rows(duty, counting, begins, ends), sources.registers)
    first = dated.drop_duplicates(list(same_when(duty)))
    unposted = set(counting["event"]) - set(dated["event"])
    for event, reason in [(one, "no_post_on_that_day") for one in unposted] + [
        (one, "person_counted_already" if duty.of == "people_of_unit" else AGAIN[duty.measure])
        for one in set(dated["event"]) - set(first["event"])
    ]:
        why[(rows["event"] == event).to_numpy() & (why == "")] = reason
    return list(why)


def _as_shown(rows: pd.DataFrame) -> pd.DataFrame:
    said = [reason_sentence(why) if why else None for why in rows["why"]]
    days = {name: as_dates(rows[name].to_numpy(dtype=np.int64)) for name in ("on", "to", "known")}
    shown = rows.assign(
        **days,
        counts=rows["why"] == "",
        zh=[one.zh if one else "" for one in said],
        en=[one.en if one else "" for one in said],
    )
    return shown[list(EXPLAINED)].reset_index(drop=True)


def _turns(kept: pd.DataFrame, who: str, period: DutyPeriod) -> pd.DataFrame:
    """The turns of a person, each with what became of it."""
    first, last = (pd.Timestamp.fromordinal(day + EPOCH) for day in (period.begins, period.ends))
    rows = kept[(kept["person"] == who) & (kept["day"] >= first) & (kept["day"] < last + timedelta(days=1))]
    why = rows["kept"].where(rows["kept"] != "as_rostered", "")
    said = [reason_sentence(one) if one else None for one in why]
    return pd.DataFrame(
        {
            "event": rows["roster"].to_numpy(),
            **dict.fromkeys(("on", "to", "known"), rows["day"].to_numpy()),
            "by": rows["substitute"].where(rows["substitute"] != "", rows["person"]).to_numpy(),
            "household": "",
            "village": rows["place"].to_numpy(),
            "counts": (why == "").to_numpy(),
            "why": why.to_numpy(),
            "zh": [one.zh if one else "" for one in said],
            "en": [one.en if one else "" for one in said],
        }
    )
