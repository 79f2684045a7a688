"""The month ahead and the load: pairs, the plan of visits, and what is asked of households and officers."""

import pandas as pd

from liuwen.campaign.burden import TownBurden, town_burden
from liuwen.campaign.calendars import month_days
from liuwen.campaign.days import date_of
from liuwen.campaign.duties.credited import household_villages
from liuwen.campaign.duty_tables import DutyTables
from liuwen.campaign.faults import suggestion
from liuwen.campaign.ledger_tables import LedgerTables
from liuwen.campaign.pairs import PairProposal, pairing_day, pairs_table, passed_on, proposed_pairs
from liuwen.campaign.plan_sources import (
    caps_on_visits,
    due_by_answers,
    due_by_duties,
    due_by_promise,
    due_table,
    visiting_people,
)
from liuwen.campaign.records import Day
from liuwen.campaign.schema import PairingRule
from liuwen.campaign.visit_plan import MonthPlan, PlanSources, planned_visits
from liuwen.errors import CampaignError
from liuwen.messages import Sentence

NO_PAIRING = Sentence(zh="方案里没有结对规则“{id}”。{suggestion}", en='The programme has no pairing "{id}". {suggestion}')


class PlanTables(LedgerTables, DutyTables):
    """Pairs, plans of visits, and burden."""

    def pairs(self, on: Day | None = None, known: Day | None = None, id: str = "") -> pd.DataFrame:
        """Whether each person's pairs meet the rule, judged by what was so on the day of pairing.

        Args:
            on: The day to look at; by default today.
            known: Only what had been known by the end of this day; by default everything.
            id: The pairing; by default the first of the programme.

        Returns:
            One row per person: `person, rule, met, broken` (ids of reasons), `shared` (subjects that another has too),
            `look_again` (subjects that are out of hardship since), `pairs, visits, help` (numbers up to the day).

        Raises:
            CampaignError: If the programme has no such pairing.
        """
        at = self._day(on) if on is not None else self.today
        seen = self._day(known) if known is not None else None
        day = pairing_day(self._pairing_rule(id), self._registers.known_on(seen), at)
        return pairs_table(day, self._count("visit", seen).counted, self._count("help", seen).counted)

    def propose_pairs(self, seed: int, on: Day | None = None, id: str = "") -> PairProposal:
        """Propose pairs for everybody who has none; nothing is kept until somebody enters it in the register.

        Args:
            seed: The seed of the draw: the same seed proposes the same.
            on: The day of pairing; by default today.
            id: The pairing; by default the first of the programme.

        Returns:
            A `PairProposal`: `.table`, and `.bottlenecks` where a village has too few.
        """
        at = self._day(on) if on is not None else self.today
        return proposed_pairs(pairing_day(self._pairing_rule(id), self._registers.known_on(at), at), seed)

    def pass_on_pairs(self, pairs: pd.DataFrame, person: str, successor: str, on: Day) -> pd.DataFrame:
        """The register of pairs after a post has passed on; both stretches keep their days.

        Args:
            pairs: The register as it is kept.
            person: Who leaves.
            successor: Who takes over.
            on: The first day of the successor.

        Returns:
            The register with the same columns.
        """
        return passed_on(pairs, person, successor, self._day(on))

    def visit_plan(self, month: str, known: Day | None = None) -> MonthPlan:
        """Whom to visit in a month, and why; in walking order by village.

        Due are festival visits, visits that the year owes (from when half a visit is expected), visits of pairs, answers owed
        after a matter was done, and visits that were agreed. A household that has reached the upper bound on visits is left
        out, unless it waits for somebody or is due a festival visit.

        Args:
            month: The month, such as "2026-09".
            known: Only what had been received by the end of this day; by default the day before the month.

        Returns:
            A `MonthPlan`: `.table`, `.left_out`, `.reminders`, `.phone_list()`.

        Raises:
            CampaignError: If this is no month.
        """
        begins, ends = month_days(month)
        seen = self._day(known) if known is not None else begins - 1
        registers = self._registers.known_on(seen)
        table = pd.DataFrame(self.duties(date_of(ends), date_of(seen)))
        tried = self._count("visit", seen)
        visits = tried.counted[["household", "on"]]
        due = due_table(
            due_by_duties(self.programme, table, self.year or date_of(ends).year, begins, ends),
            due_by_answers(self.ledger(on=date_of(seen), known=date_of(seen)), ends),
            due_by_promise(tried.frame, visits, ends),
        )
        lives = registers.table("households")
        there = set(lives.loc[(lives["from"] <= ends) & (lives["to"] >= begins), "household"])
        villages = {one: village for one, village in household_villages(registers).items() if one in there}
        reminders = tuple(id for id, group in self.programme.groups.items() if not group.stored)
        people = visiting_people(self.programme, registers, begins)
        return planned_visits(
            PlanSources(month, begins, ends, seen, due, villages, visits, caps_on_visits(self.programme), people, reminders)
        )

    def burden(self, on: Day | None = None, known: Day | None = None) -> TownBurden:
        """What the work asks of households and officers.

        Args:
            on: The day to look at; by default today.
            known: Only what had been received by the end of this day; by default everything.

        Returns:
            A `TownBurden`: `.households` (over the bound, or asked the same again), `.officers` (figures of the whole town,
            never of one person).
        """
        at = self._day(on) if on is not None else self.today
        seen = self._day(known) if known is not None else None
        again = self.programme.burden.same_question_again_after_days if self.programme.burden else None
        return town_burden(self._count("visit", seen).frame, caps_on_visits(self.programme), again, at)

    def _pairing_rule(self, id: str) -> PairingRule:
        found = next((one for one in self.programme.pairings if one.id == id or not id), None)
        if found is None:
            known = tuple(one.id for one in self.programme.pairings)
            raise CampaignError(NO_PAIRING.filled(id=id, suggestion=suggestion(id, known)))
        return found
