"""The monthly brief of a campaign."""

from collections.abc import Mapping, Sequence
from pathlib import Path as File

import numpy as np
import pandas as pd

from liuwen.campaign.brief import BriefSources, TownBrief, town_brief
from liuwen.campaign.calendars import month_days, month_of
from liuwen.campaign.cards import TownCards, cards_to_replace, town_cards
from liuwen.campaign.confidential import are_steps, confidential_events
from liuwen.campaign.days import date_of
from liuwen.campaign.month_runs import MonthRuns
from liuwen.campaign.plan_tables import PlanTables
from liuwen.campaign.records import Day
from liuwen.errors import CampaignError
from liuwen.messages import Language, Sentence, language_in_force

NO_CARD = Sentence(
    zh='方案里没有卡片。请在 [[prints]] 里写一个 of = "people" 的。',
    en='The programme has no card. Write [[prints]] with of = "people".',
)


class TownBriefs(MonthRuns, PlanTables):
    """What a month looked like, in ten figures."""

    def brief(self, month: str, known: Day | None = None) -> TownBrief:
        """The brief of a month, as of the day of its list.

        Args:
            month: The month, such as "2026-07".
            known: Only what had been received by the end of this day; by default the day of the list.

        Returns:
            A `TownBrief`: `.figures` (numerator, base, change), `.parts` (the tables behind them). The month before is counted
            as it was known on the day of its own list.

        Raises:
            CampaignError: If this is no month, or a figure does not add up.
        """
        before = month_of(month_days(month)[0] - 1)
        now = self._brief_sources(month, known)
        last = self._brief_sources(before, None) if self._first_day() <= now.known_before else None
        return town_brief(now, last, month, tuple(one.section for one in self.programme.brief))

    def write_brief(
        self, month: str, to: str | File, *, known: Day | None = None, language: Language | None = None, pdf: bool = True
    ) -> list[File]:
        """Write the brief of a month: HTML, PDF, CSV, and the text for the group chat.

        Args:
            month: The month, such as "2026-07".
            to: The folder.
            known: Only what had been received by the end of this day; by default the day of the list.
            language: The language; by default the one in force.
            pdf: Whether to print a PDF too.

        Returns:
            The files.
        """
        from liuwen.campaign.brief_page import brief_page, brief_text
        from liuwen.campaign.months.files import page_files

        spoken, made, issuer = language or language_in_force(), self.brief(month, known), self._issuer()
        page = brief_page(made, self.programme, self.page_words(), issuer=issuer, synthetic=self.synthetic)
        files = dict(page_files(page, spoken, pdf=pdf))
        files[f"{page.id}.txt"] = brief_text(made, issuer, spoken, synthetic=self.synthetic).encode()
        return write_files(File(to), files)

    def write_plan(
        self, month: str, to: str | File, *, known: Day | None = None, language: Language | None = None, pdf: bool = True
    ) -> list[File]:
        """Write a month's plan of visits and its rosters, in a folder for each reader.

        `visitors/` holds the plan with its reasons (HTML, PDF), which must not hang; `posters/` each village's roster (HTML,
        PDF), to be hung up; `phones/` the list of households without a reason (CSV); `calendars/` each person's duty days.

        Args:
            month: The month, such as "2026-09".
            to: The folder.
            known: Only what had been received by the end of this day; by default the day before the month.
            language: The language; by default the one in force.
            pdf: Whether to print PDFs too.

        Returns:
            The files.
        """
        from liuwen.campaign.months.files import page_files
        from liuwen.campaign.plan_pages import plan_page, roster_calendar, roster_poster

        spoken, words = language or language_in_force(), self.page_words()
        plan, look = self.visit_plan(month, known), {"issuer": self._issuer(), "synthetic": self.synthetic}
        groups = tuple(Sentence(zh=self.programme.groups[id].zh, en=self.programme.groups[id].en) for id in plan.reminders)
        pages = [("visitors", plan_page(plan, words, groups, **look))]  # type: ignore[arg-type]
        files = {f"phones/visits_due-{month}.csv": plan.phone_list().to_csv(index=False, lineterminator="\n").encode()}
        for rule in self.programme.rosters:
            table = self.roster(month, known=date_of(plan.known), id=rule.id)
            places = dict.fromkeys(table["place"])
            pages += [("posters", roster_poster(table, place, month, words, **look)) for place in places]  # type: ignore[arg-type]
            people = sorted(set(table["person"]) - {""})
            files |= {f"calendars/roster-{month}-{one}.ics": roster_calendar(table, one, words, spoken) for one in people}
        for folder, page in pages:
            files |= {f"{folder}/{name}": data for name, data in page_files(page, spoken, pdf=pdf, csv=False)}
        return write_files(File(to), files)

    def cards(
        self, on: Day | None = None, *, villages: Sequence[str] = (), address: str = "", said: Mapping[str, str] | None = None
    ) -> TownCards:
        """The service or contact cards of everybody who is posted in a village.

        Args:
            on: The day of printing; by default today.
            villages: Only these villages; by default all.
            address: Where the QR code leads, such as the link to the letter form; it gets the village and the person, and
                nothing about a household.
            said: Texts that are the same on every card: `duties` and `policies`.

        Returns:
            `TownCards`: `.table`, `.write(folder)` (A4 sheets of ten with cut marks).

        Raises:
            CampaignError: If the programme prints no card of people.
        """
        rule = next((one for one in self.programme.prints if one.of == "people"), None)
        if rule is None:
            raise CampaignError(NO_CARD)
        at = self._day(on) if on is not None else self.today
        return town_cards(
            rule,
            self.programme,
            self._registers.known_on(at),
            at,
            issuer=self._issuer(),
            address=address,
            said=said or {},
            villages=tuple(villages),
        )

    def cards_to_replace(self, on: Day | None = None) -> pd.DataFrame:
        """The households whose card names somebody who is no longer posted in their village.

        Args:
            on: The day to look at; by default today.

        Returns:
            One row per household: `village, household, person` (on the old card), `given` (the day, as text).
        """
        at = self._day(on) if on is not None else self.today
        return cards_to_replace(self._count("visit", at).counted, self._registers.known_on(at), at)

    def _issuer(self) -> Sentence:
        """The town, or the programme where there is no single town."""
        places = self._registers.table("places")
        towns = places[places["level"] == "town"]
        if len(towns) == 1 and towns["label"].iloc[0]:
            name = str(towns["label"].iloc[0])
            return Sentence(zh=name, en=name)
        return self.programme.name

    def _brief_sources(self, month: str, known: Day | None) -> BriefSources:
        on = self.list_day(month)
        seen = self._day(known) if known is not None else on
        ledger, before = self.month_ledgers(month, date_of(seen))
        duties = self.duties(date_of(on), date_of(seen))
        events = pd.concat([self._count(kind, seen).frame.assign(kind=kind) for kind in self._kinds()], ignore_index=True)
        confidential = confidential_events(ledger, self._count(ledger.rule.id, seen).frame)
        events = events[~are_steps(events, confidential, ledger.rule, self.programme)]
        columns = ["kind", "event", "on", "known", "by", "household", "why", "remarks"]
        return BriefSources(
            ledger, before, pd.DataFrame(duties), duties._sources, events[columns], self._helps(on, seen), on, seen, before.on
        )

    def _helps(self, on: int, known: int) -> pd.DataFrame:
        """Help given so far in the year, by kind: how often, and the sum."""
        rows = self._count("help", known).counted
        year = date_of(on).year
        here = rows[(rows["on"] <= on) & (rows["on"].map(lambda day: date_of(int(day)).year) == year)] if len(rows) else rows
        kinds = here["kind"] if "kind" in here else pd.Series("", index=here.index)
        money = pd.to_numeric(here["money"], errors="coerce").fillna(0) if "money" in here else pd.Series(0, index=here.index)
        grouped = pd.DataFrame({"kind": kinds, "amount": money}).groupby("kind", sort=True)["amount"]
        table = grouped.agg(times="size", amount="sum").reset_index()
        return table.assign(amount=np.round(table["amount"].astype(float), 2))


def write_files(folder: File, files: Mapping[str, bytes]) -> list[File]:
    """Write files into a folder; gives their paths."""
    from liuwen.campaign.months.files import write_file

    for name, data in files.items():
        write_file(folder / name, data)
    return [folder / name for name in sorted(files)]
