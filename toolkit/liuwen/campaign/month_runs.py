"""What a campaign gives to people each month and week: pages, published lists, the workbook, the sheet of a person's week."""

from pathlib import Path as File
from typing import TYPE_CHECKING

from liuwen.campaign.days import date_of
from liuwen.campaign.ledger_tables import LedgerTables
from liuwen.campaign.records import Day
from liuwen.messages import Language, language_in_force

if TYPE_CHECKING:
    from liuwen.campaign.months.pages import PageWords
    from liuwen.campaign.months.run import MonthRun
    from liuwen.campaign.months.week_page import WeekSheet
    from liuwen.campaign.published import PublishedSheet
    from liuwen.campaign.screening import ListScreening


class MonthRuns(LedgerTables):
    """The pages of a campaign's months and weeks; their makers are loaded when they are first used."""

    def month(
        self,
        month: str,
        to: str | File,
        *,
        known: Day | None = None,
        language: Language | None = None,
        pdf: bool = True,
        id: str = "",
    ) -> "MonthRun":
        """Write everything that a month gives to people under `to/MONTH`; the same again where nothing changed.

        Args:
            month: The month of the list, as "2026-07".
            to: The folder.
            known: Only what had been received by the end of this day; the day of the list where none is given.
            language: In which language; the one in force where none is given.
            pdf: Whether to print PDFs too.
            id: The ledger's id; the programme's first where none is given.

        Returns:
            A `MonthRun`: `.files`, `.screening` (what a person must look at before publishing), `.summary`.

        Raises:
            CampaignError: There is no such month or ledger, or no font of this machine has Chinese.
        """
        from liuwen.campaign.months.run import run_month

        seen = None if known is None else self._day(known)
        return run_month(self, month, File(to), known=seen, language=language or language_in_force(), id=id, pdf=pdf)

    def screen(self, month: str, known: Day | None = None) -> "ListScreening":
        """Find what somebody must look at before the boards of a month are published.

        Args:
            month: The month, such as "2026-07".
            known: Only what had been received by the end of this day; by default the day of the list.

        Returns:
            A `ListScreening`: `.table`, and the `.code` to publish with.
        """
        from liuwen.campaign.months.making import month_pages
        from liuwen.campaign.months.screen import screen_month

        return screen_month(month_pages(self, month, None if known is None else self._day(known)))

    def publish(
        self,
        month: str,
        to: str | File,
        *,
        known: Day | None = None,
        looked_at: str = "",
        correction: str = "",
        published_on: Day | None = None,
        language: Language | None = None,
    ) -> "PublishedSheet":
        """Freeze a month's list: boards and the town's page as PDF, HTML, CSV and text, each with its SHA-256.

        Args:
            month: The month of the list, as "2026-07".
            to: The folder of what was published; `liuwen.campaign.read_published` reads it again.
            known: Only what had been received by the end of this day; the day of the list where none is given.
            looked_at: The code of `screen(month)`: it says that a person looked at what is marked there.
            correction: Why a published list is corrected; it then gets a numbered sheet that says what changed.
            published_on: The day of publication; today where none is given.
            language: In which language; the one in force where none is given.

        Returns:
            The `PublishedSheet`: `.folder`, `.files`, `.sheet` (0 the list, from 1 its corrections).

        Raises:
            CampaignError: Nobody looked at what is marked, the month was published already, or there is nothing to correct.
        """
        from liuwen.campaign.months.publishing import publish_month

        return publish_month(
            self,
            month,
            File(to),
            known=None if known is None else self._day(known),
            looked_at=looked_at,
            correction=correction,
            published_on=date_of(self.today if published_on is None else self._day(published_on)),
            language=language or language_in_force(),
        )

    def to_excel(self, path: str | File, month: str, *, known: Day | None = None, language: Language | None = None) -> File:
        """Write the ledger of a month as a workbook in the layout of today's spreadsheet. Read with `read_spreadsheet`,
        its sheet of steps gives the same ledger.

        Args:
            path: The file to write.
            month: The month, such as "2026-07".
            known: Only what had been received by the end of this day; by default the day of the list.
            language: The language; by default the one in force.

        Returns:
            The path.
        """
        from liuwen.campaign.months.making import month_pages
        from liuwen.campaign.months.workbook import ledger_workbook

        pages = month_pages(self, month, None if known is None else self._day(known))
        target = File(path)
        target.write_bytes(ledger_workbook(pages, language or language_in_force()))
        return target

    def week(self, person: str, day: Day | None = None) -> "WeekSheet":
        """What a person must do in one week.

        Args:
            person: The person.
            day: A day of the week; by default today.

        Returns:
            A `WeekSheet`: `.overdue`, `.due`, `.waits` (for their office), `.answers`, `.open`.
        """
        from liuwen.campaign.months.week_page import week_sheet
        from liuwen.campaign.posts import Posts

        at = self._day(day) if day is not None else self.today
        ledger = self.numbered_ledger(date_of(at), date_of(at))
        return week_sheet(person, ledger, Posts(self._registers.known_on(at), ledger.rule.successor_ranks))

    def page_words(self) -> "PageWords":
        """The names of people, places, classes and tiers on pages.

        Returns:
            The names in both languages.
        """
        from liuwen.campaign.months.making import page_words

        return page_words(self.programme, self._ledger_rule(""), self._registers)
