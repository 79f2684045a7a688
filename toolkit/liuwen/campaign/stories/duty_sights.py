"""What a story sees of duties, stays and rosters."""

import pandas as pd

from liuwen.campaign.campaign import Campaign
from liuwen.campaign.days import date_of
from liuwen.campaign.duties.explaining import shown_period
from liuwen.campaign.stories.sight import Sight


def duty_sight(campaign: Campaign, rest: str, who: str, on: int, known: int) -> Sight:
    """`duties.X`: the rows of the period in which the day lies, else of the last that began; `duties.X.2026-05`: of that one."""
    id, _, period = rest.partition(".")
    table = campaign.duties(date_of(on), date_of(known), duty=id)
    rule = next(one for one in campaign.programme.duties if one.id == id)
    name = shown_period(rule, table._sources, period).name
    return Sight(pd.DataFrame(table[table["period"] == name]), ("who",))


def stays_sight(campaign: Campaign, rest: str, who: str, on: int, known: int) -> Sight:
    """`stays.WHO`: a row a year with `days` and `nights`."""
    return Sight(campaign.stays(rest, on=date_of(on), known=date_of(known)), ("year",))


def roster_sight(campaign: Campaign, rest: str, who: str, on: int, known: int) -> Sight:
    """`roster.X.PLACE`: the turns of the month of the day."""
    return Sight(_of_roster(campaign, rest, on, known), ("day", "person"))


def kept_sight(campaign: Campaign, rest: str, who: str, on: int, known: int) -> Sight:
    """`kept.X.PLACE`: the same turns with what became of them."""
    return Sight(_of_roster(campaign, rest, on, known), ("day", "person"))


def _of_roster(campaign: Campaign, rest: str, on: int, known: int) -> pd.DataFrame:
    id, _, place = rest.partition(".")
    return campaign.roster(f"{date_of(on):%Y-%m}", place=place, on=date_of(on), known=date_of(known), id=id)


def pairs_sight(campaign: Campaign, rest: str, who: str, on: int, known: int) -> Sight:
    """`pairs.X`: a row a person."""
    return Sight(campaign.pairs(date_of(on), date_of(known), rest), ("person",))


def propose_sight(campaign: Campaign, rest: str, who: str, on: int, known: int) -> Sight:
    """`propose.X`: the bottlenecks, a row a village; the pairs proposed are a draw."""
    return Sight(campaign.propose_pairs(7, date_of(on), rest).bottlenecks, ("village",))


def plan_sight(campaign: Campaign, rest: str, who: str, on: int, known: int) -> Sight:
    """`plan`: the households that are due in the month of the day; `plan.left_out`: those not to be disturbed."""
    plan = campaign.visit_plan(f"{date_of(on):%Y-%m}", date_of(known))
    return Sight(plan.left_out if rest == "left_out" else plan.table, ("household",))
