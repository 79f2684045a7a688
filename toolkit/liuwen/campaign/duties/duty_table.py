"""The table of duties that is handed out: a frame that can explain each of its rows."""

from collections.abc import Sequence

import pandas as pd

from liuwen.campaign.duties.explaining import explained
from liuwen.campaign.duties.table import BESIDE, COLUMNS, DutySources, duty_rows
from liuwen.campaign.faults import suggestion
from liuwen.campaign.schema import DutyRule
from liuwen.errors import CampaignError
from liuwen.messages import Sentence

NO_DUTY = Sentence(zh="方案里没有职责“{id}”。{suggestion}", en='The programme has no duty "{id}". {suggestion}')
NO_OWNER = Sentence(zh="职责“{duty}”里没有“{who}”。{suggestion}", en='Nobody called "{who}" owes the duty "{duty}". {suggestion}')


class DutyTable(pd.DataFrame):
    """A row a duty, period and owner; what is made from it is a plain DataFrame.

    Columns: `duty, each, who, period, required, done, short, share` (of what is required; NaN where nothing is),
    `expected_by_now, state`, and beside them `at_most, base, nights, attempts, calls, doubles`.
    """

    _metadata = ["_sources"]  # noqa: RUF012 - how pandas names what it keeps beside the columns
    _sources: DutySources

    def explain(self, duty: str, who: str, period: str = "") -> pd.DataFrame:
        """List every event that is credited to somebody under a duty: what counted, what did not, and why.

        Args:
            duty: The duty's id.
            who: The person, village, unit, household, or pair (`person/subject`).
            period: The period, such as "2026-05"; by default the one in which the day lies, else the last that began.

        Returns:
            One row per event, or per turn of a roster: `event, on, to, known, by, household, village, counts, why, zh, en`;
            `why` is the id of the reason, "" where it counts.

        Raises:
            CampaignError: If there is no such duty, or nobody of that name owes it.
        """
        rule = duty_of(duty, self._sources.programme.duties)
        own = self.loc[self["duty"] == duty, "who"]
        if who not in set(own):
            raise CampaignError(NO_OWNER.filled(duty=duty, who=who, suggestion=suggestion(who, tuple(sorted(set(own)))[:40])))
        return explained(rule, who, self._sources, period)


def duty_of(id: str, duties: Sequence[DutyRule]) -> DutyRule:
    """The duty with that ID; raises `CampaignError` if unknown."""
    found = next((one for one in duties if one.id == id), None)
    if found is None:
        raise CampaignError(NO_DUTY.filled(id=id, suggestion=suggestion(id, tuple(one.id for one in duties))))
    return found


def duties_table(sources: DutySources, duties: Sequence[DutyRule]) -> DutyTable:
    """The rows of these duties, one duty after the other."""
    parts = [duty_rows(duty, sources) for duty in duties]
    parts = [part for part in parts if len(part)]
    made = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*COLUMNS, *BESIDE])
    table = DutyTable(made)
    table._sources = sources
    return table
