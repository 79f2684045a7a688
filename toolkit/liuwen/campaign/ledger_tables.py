"""The tables of a campaign's ledgers: matters, rates, likely duplicates, the history of a matter, boards."""

from datetime import date

import pandas as pd

from liuwen.campaign.boards import Board, board_of
from liuwen.campaign.faults import suggestion
from liuwen.campaign.ledger_lists import LedgerLists
from liuwen.campaign.ledgers.duplicates import proposed_duplicates
from liuwen.campaign.ledgers.ledger import TownLedger, find_matter
from liuwen.campaign.ledgers.telling import story_of
from liuwen.campaign.public_lines import public_lines
from liuwen.campaign.records import Day
from liuwen.campaign.schema import BoardRule
from liuwen.errors import CampaignError
from liuwen.messages import Sentence

NO_BOARD = Sentence(zh="方案里没有公开栏“{id}”。{suggestion}", en='The programme has no board "{id}". {suggestion}')
NOT_OF_A_LEDGER = Sentence(
    zh="公开栏“{id}”展示的是 {of}，现在只能生成台账的公开栏。",
    en='The board "{id}" is of {of}; only boards of a ledger can be made so far.',
)
NO_MATTER = Sentence(zh="台账里没有事项“{matter}”。请核对编号。", en='The ledger has no matter "{matter}". Check its number.')


class LedgerTables(LedgerLists):
    """The tables of a campaign's ledgers."""

    def ledger(self, id: "str | Day" = "", on: Day | None = None, known: Day | None = None) -> TownLedger:
        """The ledger on a day, as known on a day.

        Args:
            id: The ledger's id; the programme's first where none is given. A day may stand here instead.
            on: The day to look at: what took effect by its end. Today where none is given.
            known: Only what had been received by the end of this day; all where none is given.

        Returns:
            A `TownLedger`: `.table`, `.settled`, `.exceptions`, `.applicants`, `.rates`, `.reconciliation`, `.history(matter)`.

        Raises:
            CampaignError: The programme has no such ledger, or a day is invalid.
        """
        if isinstance(id, date) or (isinstance(id, str) and id[:4].isdigit()):
            id, on = "", id
        rule = self._ledger_rule(str(id))
        at = self._day(on) if on is not None else self.today
        return self._folded(rule, at, self._day(known) if known is not None else None, self.published or ())

    def numbered_ledger(self, on: Day | None = None, known: Day | None = None, id: str = "") -> TownLedger:
        """The ledger on a day, with the numbers that people read on the boards.

        Args:
            on: The day to look at; by default today.
            known: Only what had been received by the end of this day; by default everything.
            id: The ledger; by default the first of the programme.

        Returns:
            The ledger.
        """
        at = self._day(on) if on is not None else self.today
        last = self._list_before(at + 1, self.published or (), "")
        seen = self._day(known) if known is not None else None
        return self._folded(self._ledger_rule(id), at, seen, self._lists(last.month, last.on, last.known))

    def matter_id(self, matter: str, id: str = "") -> str:
        """Find the ID of a matter by what people call it, without folding the ledger.

        Args:
            matter: The number on a board, the ID, or the first six characters of the ID.
            id: The ledger; by default the first of the programme.

        Returns:
            The ID; the argument itself if no step names such a matter.
        """
        rule = self._ledger_rule(id)
        rows = self.rows(rule.id)
        ids = frozenset(rows["matter"]) if len(rows) else frozenset()
        if matter in ids:
            return matter
        last = self._list_before(self.today + 1, self.published or (), "")
        lists = tuple(sorted(self._lists(last.month, last.on, last.known)))
        return find_matter(matter, ids, self._numbers_given(rule, lists))

    def month_ledgers(self, month: str, known: Day | None = None, id: str = "") -> tuple[TownLedger, TownLedger]:
        """The ledger of a month's list, with numbers, and that of the list before it.

        Args:
            month: The month, such as "2026-07".
            known: Only what had been received by the end of this day; by default the day of the list.
            id: The ledger; by default the first of the programme.

        Returns:
            The two ledgers.
        """
        at = self.list_day(month)
        seen = self._day(known) if known is not None else at
        lists, rule = self._lists(month, at, seen), self._ledger_rule(id)
        before = self._list_before(at, lists, month)
        earlier = tuple(one for one in lists if one.known <= before.known)
        return self._folded(rule, at, seen, lists), self._folded(rule, before.on, before.known, earlier)

    def rates(self, on: Day | None = None, known: Day | None = None, id: str = "") -> pd.DataFrame:
        """The rates of a ledger.

        Source of the interval: E. B. Wilson (1927), see `liuwen.analysis.wilson_interval`.

        Args:
            on: The day to look at; by default today.
            known: Only what had been received by the end of this day; by default everything.
            id: The ledger; by default the first of the programme.

        Returns:
            One row per rate: `rate, numerator, base, share, low, high` (95 %).
        """
        return self.ledger(id, on, known).rates

    def proposed_duplicates(self, on: Day | None = None, known: Day | None = None, id: str = "") -> pd.DataFrame:
        """Find matters that may be the same, for a person to decide; nothing is merged automatically.

        Args:
            on: The day to look at; by default today.
            known: Only what had been received by the end of this day; by default everything.
            id: The ledger; by default the first of the programme.

        Returns:
            One row per pair of matters.
        """
        return proposed_duplicates(self.ledger(id, on, known))

    def explain(self, matter: str, on: Day | None = None, known: Day | None = None, id: str = "") -> Sentence:
        """Tell the history of a matter in words: every step, its effect, and the state of the matter.

        Args:
            matter: The ID or number of the matter.
            on: The day to look at; by default today.
            known: Only what had been received by the end of this day; by default everything.
            id: The ledger; by default the first of the programme.

        Returns:
            The history in both languages.

        Raises:
            CampaignError: If the ledger has no such matter.
        """
        ledger = self.ledger(id, on, known)
        if ledger.id_of(matter) not in set(ledger.steps["matter"]):
            raise CampaignError(NO_MATTER.filled(matter=matter))
        names, places = self._labels("people", "person"), self._labels("places", "place")
        return story_of(ledger, ledger.id_of(matter), names, places)

    def board(
        self, id: str, place: str = "", month: str = "", *, on: Day | None = None, known: Day | None = None, ledger: str = ""
    ) -> Board:
        """What hangs on a board, in one place, for a month or on a day.

        Args:
            id: The board's id.
            place: The village, or the town; all villages where none is given.
            month: The month of the list, as "2026-07"; the board is that of its list day.
            on: A day instead of a month.
            known: Only what had been received by the end of this day; the day of the board where none is given.
            ledger: Another ledger instead of the board's own.

        Returns:
            The `Board`: `.rows`, `.headings`, `.counts`, `.shown("zh")`.

        Raises:
            CampaignError: There is no such board, it does not belong to a ledger, or the month or day is invalid.
        """
        board = self._board_rule(id)
        if self.programme.ledger(ledger or board.of) is None:
            raise CampaignError(NOT_OF_A_LEDGER.filled(id=id, of=board.of))
        rule = self._ledger_rule(ledger or board.of)
        at = self.list_day(month) if month else self._day(on) if on is not None else self.today
        seen = self._day(known) if known is not None else at
        lists = self._lists(month, at, seen)
        before = self._list_before(at, lists, month)
        villages = self._villages_of(place) if place else None
        earlier = tuple(one for one in lists if one.known <= before.known)
        lines = public_lines(self._folded(rule, at, seen, lists), self._folded(rule, before.on, before.known, earlier))
        people, places = self._labels("people", "person"), self._labels("places", "place")
        return board_of(board, lines, villages, place=place, month=month, people=people, places=places)

    def _board_rule(self, id: str) -> BoardRule:
        rule = next((one for one in self.programme.boards if one.id == id), None)
        if rule is None:
            known = tuple(one.id for one in self.programme.boards)
            raise CampaignError(NO_BOARD.filled(id=id, suggestion=suggestion(id, known)))
        return rule
