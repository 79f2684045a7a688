"""A board: a ledger's rows made safe to publish, for one place and month; without what is confidential, and its count."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from liuwen.campaign.columns import DAYS_AT, LEDGER_HEADINGS
from liuwen.campaign.programmes.rules.states import reached_states
from liuwen.campaign.public_lines import PublicLines
from liuwen.campaign.schema import BoardRule, LedgerRule
from liuwen.messages import Language, Sentence

STANDING = ("state", "village", "overdue_days", "waiting_for", "waiting_days", "waiting_too_long", "ended_as", "joined_to")
"""Besides a board's columns each row holds these, to say where its matter stands."""
BATCH = 5
"""A count of what is confidential is printed in steps of so many: the difference of two months then tells of nobody."""
LINE_WORDS = {
    "open": Sentence(zh="办理中", en="open"),
    "done": Sentence(zh="已办结，待反馈", en="done, answers owed"),
    "explained": Sentence(zh="已说明，待反馈", en="explained, answers owed"),
    "struck_off": Sentence(zh="已销号", en="struck off"),
    "withdrawn": Sentence(zh="已撤回或转办", en="withdrawn or passed on"),
    "duplicate": Sentence(zh="已并入", en="merged"),
}


@dataclass(frozen=True)
class Board:
    """A board of one place, for a month or on a day.

    `rows` has one row per line, with the columns of the board and `matter`, `line`, `struck_off_on` and those of
    `STANDING`. A matter that was
    struck off and reopened in one month has both lines. `counts` cover only what the board may show, so that no hidden
    count can be computed as a difference.

    Attributes:
        rule: The rule of the board.
        ledger: The rule of its ledger.
        place: The village or town; "" for all villages.
        month: The month of the list, such as "2026-07"; "" for a day.
        on: The day of the board, as a number.
        known: Only what had been received by this day was used.
        rows: The lines; `line` is "open", or since the last list "struck_off", "withdrawn" or "duplicate".
        people: Person → name.
        places: Place → name.
    """

    rule: BoardRule
    ledger: LedgerRule = field(repr=False)
    place: str
    month: str
    on: int
    known: int | None
    rows: pd.DataFrame = field(repr=False)
    counts: Mapping[str, int]
    """`raised`, one figure a state, `overdue`, `waiting_too_long`, `settled`, `struck_off` since the last list."""
    confidential_at_least: int | None
    """With `counts_only`: the number of confidential matters raised, rounded down to 5s; None if not published."""
    people: Mapping[str, str] = field(repr=False)
    places: Mapping[str, str] = field(repr=False)

    @property
    def title(self) -> Sentence:
        """The board's name in both languages."""
        return self.rule.name

    @cached_property
    def headings(self) -> dict[str, Sentence]:
        """Each column's heading, in the board's order."""
        tiers = {f"days_{tier.id}": DAYS_AT.filled(tier=tier.name) for tier in self.ledger.tiers}
        return {name: (LEDGER_HEADINGS | tiers)[name] for name in self.rule.columns}

    def shown(self, language: Language) -> pd.DataFrame:
        """The board as people read it: names for codes, words for IDs, headings for columns.

        Args:
            language: "zh" or "en".

        Returns:
            One row per line; the state of the line is in the last column.
        """
        table = pd.DataFrame(index=self.rows.index)
        for name, heading in self.headings.items():
            table[heading.in_language(language)] = [_cell(value, self._words(name, language)) for value in self.rows[name]]
        line = Sentence(zh="进展", en="standing").in_language(language)
        pairs = zip(self.rows["line"], self.rows["state"], strict=True)
        table[line] = [LINE_WORDS.get(state, LINE_WORDS[value]).in_language(language) for value, state in pairs]
        return table

    def _words(self, column: str, language: Language) -> Mapping[str, str]:
        """What the values of a column are called."""
        if column in ("responsible", "handler", "first_visitor"):
            return self.people
        if column == "village":
            return self.places
        named = {"class": self.ledger.classes, "tier": self.ledger.tiers, "waiting_for": self.ledger.tiers}.get(column, ())
        return {one.id: one.name.in_language(language) for one in named}


def board_of(
    rule: BoardRule,
    lines: PublicLines,
    villages: frozenset[str] | None,
    *,
    place: str = "",
    month: str = "",
    people: Mapping[str, str] | None = None,
    places: Mapping[str, str] | None = None,
) -> Board:
    """The board of a place, from the lines of a list; `villages` None takes all."""
    ledger = lines.ledger
    counted, rows, settled = (_inside(table, villages) for table in (lines.counted, lines.rows, lines.settled))
    at_least = len(_inside(lines.confidential, villages)) // BATCH * BATCH if rule.counts_only else None
    counts = _counts(counted, rows, ledger.rule) | {"settled": len(settled)}
    beside = ["matter", "line", "struck_off_on", *STANDING]
    held = rows[[*beside, *(name for name in rule.columns if name not in beside)]]
    return Board(rule, ledger.rule, place, month, ledger.on, ledger.known, held, counts, at_least, people or {}, places or {})


def _inside(table: pd.DataFrame, villages: frozenset[str] | None) -> pd.DataFrame:
    return table if villages is None else table[table["village"].isin(villages)].reset_index(drop=True)


def _counts(visible: pd.DataFrame, rows: pd.DataFrame, rule: LedgerRule) -> dict[str, int]:
    states = Counter(visible["state"])
    counts = {"raised": len(visible)}
    counts |= {state: states.get(state, 0) for state in sorted({*reached_states(rule), *states}) if state != "settled"}
    counts["overdue"] = int((visible["overdue_days"] > 0).sum())
    counts["waiting_too_long"] = int(visible["waiting_too_long"].sum())
    counts["struck_off"] = int((rows["line"] == "struck_off").sum()) if len(rows) else 0
    return counts


def _cell(value: object, words: Mapping[str, str]) -> str:
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return "" if value is None or value is pd.NaT else words.get(str(value), str(value))


def villages_within(place: str, within: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The place itself and every place that lies in it, whatever the depth."""
    below: dict[str, list[str]] = {}
    for inner, outer in within:
        below.setdefault(outer, []).append(inner)
    found: set[str] = set()
    ahead = [place]
    while ahead:
        at = ahead.pop()
        if at not in found:
            found.add(at)
            ahead += below.get(at, [])
    return frozenset(found)
