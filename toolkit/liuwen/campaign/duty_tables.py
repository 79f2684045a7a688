"""The tables of a campaign's duties."""

import pandas as pd

from liuwen.campaign.days import date_of
from liuwen.campaign.duties import duties_table
from liuwen.campaign.records import CampaignRecords, Day


class DutyTables(CampaignRecords):
    """What is due and what was done."""

    def duties(self, on: Day | None = None, known: Day | None = None) -> pd.DataFrame:
        """What is due and what was done. So far only duties of a person that count visits or households are counted.

        Args:
            on: The day to look at; by default today.
            known: Only what had been received by the end of this day; by default everything.

        Returns:
            One row per duty and person: `duty, each, who, period, required, done, short, share, expected_by_now, state`.
        """
        at = self._day(on) if on is not None else self.today
        seen = self._day(known) if known is not None else None
        counted = {kind: self._count(kind, seen) for kind in self._kinds()}
        return duties_table(self.programme, self._registers.known_on(seen), counted, on=at, year=self.year or date_of(at).year)
