"""What is printed for the desk: diaries, household files, attendance, register cards."""

from collections.abc import Sequence
from pathlib import Path as File

import pandas as pd

from liuwen.campaign.calendars import month_days
from liuwen.campaign.cards import TownCards, register_cards
from liuwen.campaign.confidential import are_steps, confidential_events, visible_table
from liuwen.campaign.days import date_of
from liuwen.campaign.desk import PersonDiary, attendance_table, household_files, person_diary
from liuwen.campaign.records import Day
from liuwen.campaign.town_briefs import TownBriefs, write_files
from liuwen.errors import CampaignError
from liuwen.messages import Language, Sentence, language_in_force

NO_REGISTER_CARD = Sentence(
    zh='方案里没有登记卡。请在 [[prints]] 里写一个 of = "households" 的。',
    en='The programme has no register card. Write [[prints]] with of = "households".',
)
SURVEYS = ("daily_check",)
"""Kinds of event that say something of a person and are no work of the person who sent them."""


class TownPrints(TownBriefs):
    """Pages for the desk, made of what was reported."""

    def diary(self, person: str, month: str, known: Day | None = None) -> PersonDiary:
        """What a person reported of a month, by day; nothing is typed twice.

        Args:
            person: The person's code.
            month: The month, such as "2026-07".
            known: Only what had been received by the end of this day; by default everything.

        Returns:
            A `PersonDiary`: `.table` (visits, receptions, stays, meetings, help, deeds, steps of matters; corrected versions
            beside what they replace), `.blank` (working days in post without an entry). Matters of conduct are not in it.

        Raises:
            CampaignError: If this is no month.
        """
        begins, ends = month_days(month)
        seen = self._day(known) if known is not None else None
        last = min(ends, self.today if seen is None else seen)
        events, registers = self._reported(seen), self._registers.known_on(seen)
        days = (begins, last, self.today if seen is None else seen)
        return person_diary(person, events, registers, self.calendar, days)

    def household_files(self, on: Day | None = None, known: Day | None = None) -> pd.DataFrame:
        """One file per household: how often it was visited and what it asked for, and no opinion.

        Args:
            on: The day to look at; by default today.
            known: Only what had been received by the end of this day; by default everything.

        Returns:
            One row per household, by village and code: `village, household, visits, last_visit, matters, open, linked_to`.
        """
        at, seen = self.number(on), self._day(known) if known is not None else None
        ledger = self.numbered_ledger(date_of(at), None if seen is None else date_of(seen))
        visible = visible_table(ledger)
        applicants = ledger.applicants[ledger.applicants["matter"].isin(visible["matter"])]
        live = frozenset(visible.loc[visible["state"].isin(ledger.rule.open_states), "matter"])
        pairs = self._registers.known_on(seen).table("pairs")
        standing = pairs[(pairs["from"] <= at) & (pairs["to"] >= at)]
        return household_files(self.coverage_sources(on, known), applicants, live, standing)

    def attendance(self, month: str, known: Day | None = None) -> pd.DataFrame:
        """Who stayed in which villages in a month, and which meals were not paid for.

        Args:
            month: The month, such as "2026-07".
            known: Only what had been received by the end of this day; by default everything.

        Returns:
            One row per person, by code: `person, villages, stays, days, nights, meals_paid, meals_unpaid, meals_unknown`.

        Raises:
            CampaignError: If this is no month.
        """
        begins, ends = month_days(month)
        seen = self._day(known) if known is not None else None
        return attendance_table(self._count("stay", seen).counted, self._registers.known_on(seen), begins, ends)

    def register_cards(self, on: Day | None = None, *, villages: Sequence[str] = ()) -> TownCards:
        """The register cards of the households: code, village, who is linked to it, and how many visits and matters.

        Args:
            on: The day of printing; by default today.
            villages: Only these villages; by default all.

        Returns:
            `TownCards`: `.table`, `.write(folder)`.

        Raises:
            CampaignError: If the programme prints no card of households.
        """
        rule = next((one for one in self.programme.prints if one.of == "households" and one.columns), None)
        if rule is None:
            raise CampaignError(NO_REGISTER_CARD)
        files = self.household_files(on)
        chosen = files[files["village"].isin(list(villages))] if villages else files
        return register_cards(rule, chosen, self.page_words(), self._issuer(), self.number(on))

    def write_desk(
        self, month: str, to: str | File, *, known: Day | None = None, language: Language | None = None, pdf: bool = True
    ) -> list[File]:
        """Write the pages that stay at the desk: `diaries/` (one a person), `files/` (one a village), `attendance/`, `burden/`.

        Args:
            month: The month, such as "2026-07".
            to: The folder.
            known: Only what had been received by the end of this day; by default everything.
            language: The language; by default the one in force.
            pdf: Whether to print PDFs too.

        Returns:
            The files.

        Raises:
            CampaignError: If this is no month.
        """
        from liuwen.campaign.desk.burden_page import burden_page
        from liuwen.campaign.desk.desk_pages import attendance_page, diary_page, household_files_page
        from liuwen.campaign.months.files import page_files

        begins, ends = month_days(month)
        words, look = self.page_words(), {"issuer": self._issuer(), "synthetic": self.synthetic}
        spoken = language or language_in_force()
        posts = self._registers.table("posts")
        people = sorted(set(posts.loc[(posts["from"] <= ends) & (posts["to"] >= begins) & (posts["place"] != ""), "person"]))
        steps = {step.id: step.name for rule in self.programme.ledgers[:1] for step in rule.steps}
        pages = [("diaries", diary_page(self.diary(one, month, known), words, steps, **look)) for one in people]  # type: ignore[arg-type]
        files = self.household_files(date_of(ends), known)
        pages += [
            ("files", household_files_page(str(village), rows, ends, words, **look))  # type: ignore[arg-type]
            for village, rows in files.groupby("village", sort=True)
        ]
        if "stay" in self.programme.events:
            table = self.attendance(month, known)
            pages.append(("attendance", attendance_page(table, month, ends, words, **look)))  # type: ignore[arg-type]
        burden = self.burden(date_of(ends), known)
        pages.append(("burden", burden_page(burden, month, words, **look)))  # type: ignore[arg-type]
        made = {f"{folder}/{name}": data for folder, page in pages for name, data in page_files(page, spoken, pdf=pdf, csv=False)}
        return write_files(File(to), made)

    def _reported(self, known: int | None) -> pd.DataFrame:
        """Every event of every kind but those of confidential matters, steps after the visits that they came with."""
        work = [kind for kind in self.programme.events if kind in self._events and kind not in SURVEYS]
        of_another = [kind for kind in work if self.programme.events[kind].table in set(work) - {kind}]
        kinds = [*(kind for kind in work if kind not in of_another), *self.ledgers[:1]]
        events = pd.concat([self._count(kind, known).frame.assign(kind=kind) for kind in kinds], ignore_index=True)
        texts = list(events.select_dtypes(exclude="number").columns)
        events[texts] = events[texts].fillna("")
        if "matter" not in events:
            return events
        ledger = self.ledger()
        for column, told in ledger.table.set_index("matter")[["title", "village"]].items():
            said = events["matter"].map(told).astype(object).fillna("")
            events[column] = events[column].where(events[column] != "", said)
        hidden = confidential_events(ledger, self._count(ledger.rule.id, known).frame)
        return events[~are_steps(events, hidden, ledger.rule, self.programme)].reset_index(drop=True)
