"""The ledgers of a campaign, folded once for each day asked about, and the monthly lists that number their matters."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from liuwen.campaign.calendars import month_of
from liuwen.campaign.days import UNREADABLE
from liuwen.campaign.event_frames import EventFrame
from liuwen.campaign.events import count_events
from liuwen.campaign.ledgers.ledger import TownLedger, fold_ledger
from liuwen.campaign.ledgers.matter import Matter
from liuwen.campaign.ledgers.numbering import PreparedNumbering, prepared_numbering
from liuwen.campaign.ledgers.numbers import PublishedList, born_by, numbered, numbering_steps, own_series, own_series_of
from liuwen.campaign.records import CampaignRecords
from liuwen.campaign.schema import LedgerRule
from liuwen.errors import CampaignError
from liuwen.garbage import without_searching_for_cycles
from liuwen.messages import Sentence

NO_MONTH = Sentence(zh="“{month}”不是月份。请写成 2026-04 这样。", en='"{month}" is not a month. Write it as 2026-04.')


class LedgerLists(CampaignRecords):
    """The folds of a campaign's ledgers, and its monthly lists."""

    def list_day(self, month: str) -> int:
        """The day on which the list of a month is made.

        Args:
            month: The month, such as "2026-07".

        Returns:
            The day, as a number.

        Raises:
            CampaignError: If this is not a month of the calendar.
        """
        try:
            year, number = map(int, month.split("-"))
            return self.calendar.month_end(year, number)
        except (ValueError, IndexError):
            raise CampaignError(NO_MONTH.filled(month=month)) from None

    def _lists(self, month: str, on: int, known: int) -> tuple[PublishedList, ...]:
        """The lists that give numbers: those published, and for a month's board the lists up to it, as they would be."""
        if not month:
            return self.published or ()
        if self.published is not None:
            earlier = tuple(one for one in self.published if one.month != month)
            return (*earlier, next((one for one in self.published if one.month == month), PublishedList(known, on, month)))
        begins = min((self._first_day(), on))
        ends: list[PublishedList] = []
        at = self.calendar.list_day(begins)
        while at < on:
            ends.append(PublishedList(at, at, month_of(at)))
            at = self.calendar.list_day(at + 1)
        return (*ends, PublishedList(known, on, month))

    def _first_day(self) -> int:
        days = [
            int(frame.frame["known"][frame.frame["bad"] == ""].min())
            for frame in self._events.values()
            if (frame.frame["bad"] == "").any()
        ]
        return min((day for day in days if day > UNREADABLE), default=10**9)

    def _list_before(self, on: int, lists: Iterable[PublishedList], month: str) -> PublishedList:
        earlier = [one for one in lists if one.on < on and one.month != month]
        if earlier:
            return max(earlier, key=lambda one: (one.on, one.known))
        day = self.calendar.list_day_before(on)
        return PublishedList(day, day, month_of(day))

    def _folded(self, rule: LedgerRule, on: int, known: int | None, lists: tuple[PublishedList, ...]) -> TownLedger:
        asked = (rule.id, on, known, lists)
        if asked not in self._folds:
            seen = tuple(sorted(one for one in lists if known is None or one.known <= known))
            with without_searching_for_cycles():
                self._folds[asked] = replace(self._unnumbered(rule, on, known), numbers=self._numbers_given(rule, seen))
        return self._folds[asked]

    def _numbers_given(self, rule: LedgerRule, lists: tuple[PublishedList, ...]) -> Mapping[str, str]:
        """The numbers that these lists gave, one list after the other; only matters that may get one are folded for it."""
        if not lists:
            return {}
        asked = (rule.id, lists)
        if asked not in self._numbers:
            before = self._numbers_given(rule, lists[:-1])
            series = own_series_of(rule)
            settled = frozenset(matter for matter, number in before.items() if not own_series(number, series))
            self._numbers[asked] = numbered(before, lists[-1], rule, *self._of_others(rule, lists[-1], settled))
        return self._numbers[asked]

    def _unnumbered(self, rule: LedgerRule, on: int, known: int | None) -> TownLedger:
        """The ledger of all matters, which is the same whatever numbers they have."""
        asked = (rule.id, on, known, ())
        if asked not in self._folds:
            registers, counted = self._registers.known_on(known), self._count(rule.id, known)
            self._folds[asked] = fold_ledger(rule, registers, counted, calendar=self.calendar, on=on, known=known)
        return self._folds[asked]

    def _of_others(self, rule: LedgerRule, one: PublishedList, settled: frozenset[str]) -> tuple[list[Matter], Mapping[str, str]]:
        """The matters of a list without those that are settled, and the event that bore each."""
        registers, steps = self._registers.known_on(one.known), self._numbering_steps(rule)
        if (prepared := self._prepared_numbering(rule)) is not None:
            return prepared.fold(one, settled, registers, self.calendar)
        asked = np.array([matter not in settled for matter in steps.frame["matter"]], dtype=bool) | steps.frame["always"]
        frame = steps.where(asked & (steps.frame["known"] <= one.known))
        counted = count_events(frame, self.programme, registers, one.known, remarks=False)
        ledger = fold_ledger(rule, registers, counted, calendar=self.calendar, on=one.on, known=one.known)
        return ledger.matters, born_by(ledger)

    def _prepared_numbering(self, rule: LedgerRule) -> PreparedNumbering | None:
        if rule.id not in self._prepared:
            steps = self._numbering_steps(rule)
            self._prepared[rule.id] = prepared_numbering(steps, rule, self.programme, self._registers)
        return self._prepared[rule.id]

    def _numbering_steps(self, rule: LedgerRule) -> EventFrame:
        if rule.id not in self._numbering:
            self._numbering[rule.id] = numbering_steps(self._events.get(rule.id) or self._none_of(rule.id), rule)
        return self._numbering[rule.id]
