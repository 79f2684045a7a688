"""The tables of a campaign's duties and rosters."""

from dataclasses import replace

import pandas as pd

from liuwen.campaign.calendars import month_days
from liuwen.campaign.coverage import CoverageSources, coverage_by_month, in_steps
from liuwen.campaign.days import as_dates, date_of, number_of
from liuwen.campaign.duties import DutySources, DutyTable, duties_table, duty_of
from liuwen.campaign.duties.credited import credited_events
from liuwen.campaign.duties.periods import duty_periods, programme_days
from liuwen.campaign.duties.stays import years_stayed
from liuwen.campaign.duty_checks import duty_faults
from liuwen.campaign.event_frames import read_events
from liuwen.campaign.events import CountedEvents, count_events
from liuwen.campaign.faults import CampaignReport, suggestion
from liuwen.campaign.records import CampaignRecords, Day
from liuwen.campaign.rosters import RosterTurn, kept_table, outside_the_roster, roster_turns
from liuwen.campaign.schema import DutyRule, Period, RosterRule
from liuwen.errors import CampaignError
from liuwen.messages import Sentence

NO_ROSTER = Sentence(zh="方案里没有值班表“{id}”。{suggestion}", en='The programme has no roster "{id}". {suggestion}')


class DutyTables(CampaignRecords):
    """What is due and what was done."""

    def check(self) -> CampaignReport:
        """Everything wrong with the programme and the registers, at once, each fault with its place.

        Returns:
            A report: `.ok`, `.findings` (a row a fault: severity, path, file, line, message), `.all`, and text in both languages.
        """
        report = super().check()
        return CampaignReport(report.name, (*report.all, *duty_faults(self._registers, self.programme)))

    def duties(self, on: Day | None = None, known: Day | None = None, duty: str = "") -> DutyTable:
        """What is due and what was done, by every duty of the programme; `.explain(duty, who)` says why.

        Args:
            on: The day to look at; by default today.
            known: Only what had been received by the end of this day; by default everything.
            duty: One duty; by default all.

        Returns:
            One row per duty, period and owner: `duty, each, who, period, required, done, short, share, expected_by_now, state`,
            and beside them `at_most, base, nights, attempts, calls, doubles`. Days are counted in whole; `share` is of what
            is required.

        Raises:
            CampaignError: If there is no such duty, a day is invalid, or a festival's year is not in the table.

        Example:
            >>> import pandas as pd
            >>> from liuwen.campaign import read_campaign
            >>> posts = pd.DataFrame({"person": ["Li"], "rank": ["staff"], "place": ["V1"]})
            >>> visit = pd.DataFrame({"on": ["2026-05-01"], "by": ["Li"], "household": ["H1"]})
            >>> town = read_campaign("our_town", registers={"posts": posts}, events={"visit": visit})
            >>> town.duties(on="2026-06-30")[["who", "required", "done", "expected_by_now", "state"]].values.tolist()
            [['Li', 11, 1, 5.45, 'behind']]
        """
        sources = self._duty_sources(on, known)
        chosen = self.programme.duties if not duty else (duty_of(duty, self.programme.duties),)
        return duties_table(sources, chosen)

    def roster(
        self, month: str, *, place: str = "", on: Day | None = None, known: Day | None = None, id: str = ""
    ) -> pd.DataFrame:
        """The roster of a month: who receives where on which day, and what became of it.

        People of the rank at the place take turns: longest since the last turn, then by code; who is on leave is passed over.
        What stands in the register `rosters` is in force as it was published or swapped.

        Args:
            month: The month, such as "2026-09".
            place: The village; by default all.
            on: The day to look at; by default today.
            known: Only what had been known by the end of this day; by default everything.
            id: The roster; by default the first of the programme.

        Returns:
            One row per turn: `roster, place, day, rank, person, instead_of, moved_from, remark, provisional, kept, substitute,
            callers`; `person` is "" where nobody holds the rank, `kept` is `as_rostered, by_substitute, not_kept` or `not_yet`.

        Raises:
            CampaignError: If there is no such roster or month.
        """
        rule = self._roster_rule(id)
        at = self._day(on) if on is not None else self.today
        begins, ends = month_days(month)
        kept = self._kept(rule, date_of(begins).year, at, self._day(known) if known is not None else None)
        first, last = as_dates([begins, ends])
        here = kept["place"].isin([place]) | (place == "")
        chosen: pd.DataFrame = kept[(kept["day"] >= first) & (kept["day"] <= last) & here]
        return chosen.reset_index(drop=True)

    def coverage(self, on: Day | None = None, known: Day | None = None, *, office: bool = False) -> pd.DataFrame:
        """Of the households that live in each village, those visited, at the end of each month.

        Args:
            on: The day to look at; by default today.
            known: Only what had been received by the end of this day; by default everything.
            office: Whether it is for the office. Otherwise counts are rounded down to steps of five, and nothing is given of a
                village with fewer than five households.

        Returns:
            One row per village and month: `village, month, households` (that live there on the month's last day, or on `on`),
            and of those `visited_in_month`, `visited` (since the programme began in the year), `twice` (on two days), `tried`
            (somebody came or called, and no visit counts).

        Example:
            >>> import pandas as pd
            >>> from liuwen.campaign import read_campaign
            >>> homes = pd.DataFrame({"household": [f"H{at}" for at in range(12)], "village": "V1"})
            >>> visits = pd.DataFrame({"on": "2026-02-03", "by": "Li", "household": [f"H{at}" for at in range(7)]})
            >>> town = read_campaign("our_town", registers={"households": homes}, events={"visit": visits})
            >>> february = [town.coverage("2026-02-28", office=one).query("month == '2026-02'") for one in (True, False)]
            >>> [table[["households", "visited"]].values.tolist() for table in february]
            [[[12, 7]], [[12, 5]]]
        """
        table = coverage_by_month(self.coverage_sources(on, known))
        return table if office else in_steps(table)

    def coverage_sources(self, on: Day | None = None, known: Day | None = None) -> CoverageSources:
        """What coverage is counted from: the register of households, and the visits of the year.

        Args:
            on: The day to look at; by default today.
            known: Only what had been received by the end of this day; by default everything.

        Returns:
            A `CoverageSources`.
        """
        at = self._day(on) if on is not None else self.today
        seen = self._day(known) if known is not None else None
        year = self.year or date_of(at).year
        (period,) = duty_periods(DutyRule(per=Period("year")), self.programme, year)
        households = self._registers.known_on(seen).table("households")
        return CoverageSources(households, self._count("visit", seen).frame, period.begins, min(at, period.ends))

    def stays(self, person: str, on: Day | None = None, known: Day | None = None, kind: str = "stay") -> pd.DataFrame:
        """The days and nights that somebody stayed in villages, by year.

        Args:
            person: The person's code.
            on: The day to look at; by default today.
            known: Only what had been received by the end of this day; by default everything.
            kind: The kind of event; by default `stay`.

        Returns:
            One row per year: `year` (text), `days` (different dates), `nights` (a night belongs to the date on which it begins).
        """
        at = self._day(on) if on is not None else self.today
        seen = self._day(known) if known is not None else None
        rule = DutyRule(event=kind, measure="days")
        rows = credited_events(rule, self._duty_events(rule, seen), self._registers.known_on(seen))
        own = rows[(rows["who"] == person) & (rows["why"] == "")]
        return years_stayed(rule, own, self._registers.known_on(seen), at)

    def _looked_at(self, counted: CountedEvents, known: int | None) -> CountedEvents:
        """With a remark on each reception that no roster has."""
        rules = [rule for rule in self.programme.rosters if self._reception_kind(rule) == counted.kind]
        rows = counted.counted
        if not rules or rows.empty:
            return counted
        years = sorted({date_of(int(day)).year for day in rows["on"]})
        turns = [turn for rule in rules for year in years for turn in self._turns(rule, year, known)]
        outside = outside_the_roster(turns, rows).reindex(counted.frame.index, fill_value=False)
        remarks = counted.frame["remarks"]
        said = remarks.where(~outside, (remarks + " outside_the_roster").str.strip())
        return replace(counted, frame=counted.frame.assign(remarks=said))

    def _duty_sources(self, on: Day | None, known: Day | None) -> DutySources:
        at = self._day(on) if on is not None else self.today
        seen = self._day(known) if known is not None else None
        year = self.year or date_of(at).year
        return DutySources(
            self.programme,
            self._registers.known_on(seen),
            lambda duty: self._duty_events(duty, seen),
            lambda roster: self._kept(self._roster_rule(roster), year, at, seen),
            at,
            year,
        )

    def _duty_events(self, duty: DutyRule, known: int | None) -> CountedEvents:
        """The events of a duty; where it says itself what counts, judged by that."""
        rule = self.programme.events.get(duty.event)
        if duty.counts is None or rule is None:
            return self._count(duty.event, known)
        programme = replace(self.programme, events={**self.programme.events, duty.event: replace(rule, counts=duty.counts)})
        frame = self._events.get(duty.event) or read_events(duty.event, [], rule, self._zone)
        return count_events(frame, programme, self._registers.known_on(known), known)

    def _roster_rule(self, id: str) -> RosterRule:
        rosters = self.programme.rosters
        found = next((one for one in rosters if one.id == id or not id), None)
        if found is None:
            raise CampaignError(NO_ROSTER.filled(id=id, suggestion=suggestion(id, tuple(one.id for one in rosters))))
        return found

    def _turns(self, rule: RosterRule, year: int, known: int | None, ends: int | None = None) -> list[RosterTurn]:
        days = programme_days(self.programme, year)
        begins = max(
            days.begins, number_of(date_of(days.begins).replace(year=max(year, date_of(days.begins).year), month=1, day=1))
        )
        last = min(days.ends, number_of(date_of(begins).replace(month=12, day=31))) if ends is None else min(days.ends, ends)
        return roster_turns(rule, self._registers.known_on(known), self.calendar, begins, last)

    def _kept(self, rule: RosterRule, year: int, on: int, known: int | None) -> pd.DataFrame:
        receptions = self._count(self._reception_kind(rule), known).counted
        return kept_table(self._turns(rule, year, known), receptions, on)

    def _reception_kind(self, rule: RosterRule) -> str:
        """The kind of event that keeps this roster: what its duty counts, else `reception`."""
        return next((one.event for one in self.programme.duties if one.roster == rule.id and one.event), "reception")
