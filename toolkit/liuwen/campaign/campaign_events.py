"""All events of a campaign in one table: those that count, those that do not and why, and those to look at."""

from functools import cached_property

import pandas as pd

from liuwen.campaign.events import STANDARD, CountedEvents, event_table

NO_EVENTS = (*STANDARD, "matter", "step", "class", "title", "note", "why", "remarks")
"""The columns of a kind of which there is no event yet."""


class CampaignEvents:
    """The events of a campaign as known on a day; `given = counted + not counted`, always."""

    def __init__(self, kinds: list[CountedEvents]) -> None:
        self._kinds = {one.kind: one for one in kinds}

    @cached_property
    def table(self) -> pd.DataFrame:
        """All events: `kind, event, on, to, known, by, sent_by, entered_by, village, household, why, remarks`."""
        return event_table(self._kinds.values())

    @property
    def counted(self) -> pd.DataFrame:
        """The events that count."""
        return self.table[self.table["why"] == ""].reset_index(drop=True)

    @property
    def not_counted(self) -> pd.DataFrame:
        """The events left out, each with the id of its one reason in `why`; `reason_sentence` says it in words."""
        return self.table[self.table["why"] != ""].reset_index(drop=True)

    @property
    def remarks(self) -> pd.DataFrame:
        """The events that count, at which somebody should look."""
        return self.table[self.table["remarks"] != ""].reset_index(drop=True)

    def kind(self, kind: str) -> pd.DataFrame:
        """The events of one kind, with all their columns.

        Args:
            kind: The kind, such as "visit".

        Returns:
            One row per event; days are numbers.
        """
        frame = self._kinds[kind].frame if kind in self._kinds else pd.DataFrame(dtype=object)
        return frame if len(frame) else frame.reindex(columns=list(dict.fromkeys([*frame, *NO_EVENTS])))

    def reasons(self) -> pd.DataFrame:
        """Count the events that count, and those left out by reason.

        Returns:
            One row per kind and reason: `kind, why, events`; `why` is "" for events that count.
        """
        counts = self.table.groupby(["kind", "why"], sort=True).size()
        return counts.rename("events").reset_index()

    def __len__(self) -> int:
        return len(self.table)
