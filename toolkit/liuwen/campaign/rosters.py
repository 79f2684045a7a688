"""Rosters: who receives where on which day. People of the rank take turns: longest since the last turn, then by code.

What was published stands; a later swap is another row of the register `rosters`, and the last one known is in force.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import pandas as pd

from liuwen.campaign.calendars import WorkCalendar
from liuwen.campaign.days import as_dates, date_of
from liuwen.campaign.registers import Registers
from liuwen.campaign.schema import RosterRule, SlotRule
from liuwen.campaign.stretches import Stretches, holds, united

ROSTER_COLUMNS = ("roster", "place", "day", "rank", "person", "instead_of", "moved_from", "remark", "provisional")
NEVER = -(10**9)


@dataclass(frozen=True, slots=True)
class RosterTurn:
    """One duty day at one place: who is on it, of which rank; `person` is "" where there is nobody of the rank."""

    roster: str
    place: str
    day: int
    rank: str
    person: str
    instead_of: str = ""
    moved_from: int | None = None
    remark: str = ""
    provisional: bool = False


@dataclass
class _Turns:
    """When each person last had a turn at each place, and who is on duty elsewhere on the day that is looked at."""

    last: dict[tuple[str, str], int] = field(default_factory=dict)
    day: int = NEVER
    busy: set[str] = field(default_factory=set)

    def give(self, place: str, person: str, day: int) -> None:
        if day != self.day:
            self.day, self.busy = day, set()
        self.busy.add(person)
        self.last[place, person] = day

    def next(self, place: str, people: Iterable[str], day: int) -> str:
        """Who is free elsewhere first, then who waited longest, then by code; "" for nobody."""
        busy = self.busy if day == self.day else set()
        return min(people, key=lambda one: (one in busy, self.last.get((place, one), NEVER), one), default="")

    def elsewhere(self, person: str, day: int) -> bool:
        return day == self.day and person in self.busy


def roster_turns(rule: RosterRule, registers: Registers, calendar: WorkCalendar, begins: int, ends: int) -> list[RosterTurn]:
    """All turns of a roster between two days, in the order of days and places.

    Args:
        rule: The roster.
        registers: The registers; those of `rosters` stand as they were published or swapped.
        calendar: The working days.
        begins: The first day: turns are counted from here, so that the same roster is made again.
        ends: The last day.

    Returns:
        A turn a duty day and place.
    """
    places = roster_places(registers)
    fixed, posted = _fixed(rule, registers), _posted(registers)
    turns, made = _Turns(), list[RosterTurn]()
    for day, slot, moved in sorted(_duty_days(rule, calendar, begins, ends), key=lambda one: one[0]):
        for place in places:
            turn = _turn(rule, posted, turns, fixed.get((place, day)), (place, day, slot, moved))
            made.append(replace(turn, provisional=not calendar.announced(day)))
    return made


def roster_places(registers: Registers) -> list[str]:
    """The villages; without a register of places, where somebody is posted."""
    places = registers.table("places")
    if len(places):
        return sorted(places.loc[places["level"].isin(["village", ""]), "place"])
    return sorted(set(registers.table("posts")["place"]) - {""})


def roster_table(turns: Iterable[RosterTurn]) -> pd.DataFrame:
    """The turns as a table with dates."""
    table = pd.DataFrame([tuple(getattr(turn, name) for name in ROSTER_COLUMNS) for turn in turns], columns=list(ROSTER_COLUMNS))
    table["day"] = as_dates(table["day"].to_numpy(dtype="int64"))
    table["moved_from"] = ["" if day is None or pd.isna(day) else str(date_of(int(day))) for day in table["moved_from"]]
    return table


def kept_table(turns: Iterable[RosterTurn], receptions: pd.DataFrame, on: int) -> pd.DataFrame:
    """The turns with what became of them.

    Args:
        turns: The turns.
        receptions: The receptions that count: `on, by, village`, and `callers` where the form asks.
        on: The day to look at.

    Returns:
        The roster's columns, and `kept` (`as_rostered, by_substitute, not_kept, not_yet`), `substitute` and `callers`.
    """
    turns = list(turns)
    held: dict[tuple[str, int], list[str]] = {}
    callers: dict[tuple[str, int], int] = {}
    said = receptions["callers"] if "callers" in receptions else pd.Series("", index=receptions.index)
    for place, day, person, count in zip(receptions["village"], receptions["on"], receptions["by"], said, strict=True):
        held.setdefault((place, day), []).append(person)
        callers[place, day] = callers.get((place, day), 0) + (int(float(count)) if _is_count(count) else 0)
    table = roster_table(turns)
    there = [held.get((turn.place, turn.day), []) if turn.day <= on else [] for turn in turns]
    table["kept"] = [_kept(turn, people, on) for turn, people in zip(turns, there, strict=True)]
    table["substitute"] = [
        min(people) if kept == "by_substitute" else "" for kept, people in zip(table["kept"], there, strict=True)
    ]
    table["callers"] = [
        callers.get((turn.place, turn.day), 0) if people else 0 for turn, people in zip(turns, there, strict=True)
    ]
    return table


def outside_the_roster(turns: Iterable[RosterTurn], receptions: pd.DataFrame) -> "pd.Series[bool]":
    """Whether each reception was at a place and on a day without a turn; it counts, with a remark."""
    days = {(turn.place, turn.day) for turn in turns}
    keys = zip(receptions["village"], receptions["on"], strict=True)
    return pd.Series([key not in days for key in keys], index=receptions.index, dtype=bool)


def _kept(turn: RosterTurn, people: list[str], on: int) -> str:
    if turn.day > on:
        return "not_yet"
    if turn.person and turn.person in people:
        return "as_rostered"
    return "by_substitute" if people else "not_kept"


def _is_count(text: object) -> bool:
    try:
        return float(str(text)) >= 0
    except ValueError:
        return False


def _duty_days(rule: RosterRule, calendar: WorkCalendar, begins: int, ends: int) -> Iterator[tuple[int, SlotRule, int | None]]:
    """Each duty day with its slot: the first that matches, and what becomes of a holiday."""
    matched: dict[int, SlotRule] = {}
    for slot in rule.slots:
        for year, month in _months(begins, ends):
            for day in calendar.weekdays(year, month, slot.weekdays, slot.weeks):
                matched.setdefault(day, slot)
    days = {day for day in matched if not calendar.is_holiday(day)}
    for day, slot in sorted(matched.items()):
        if day in days:
            target: int | None = day
        else:
            target = _next_free(day, days, calendar) if rule.on_holiday == "next_workday" else None
            if target is not None:
                days = days | {target}
        if target is not None and begins <= target <= ends:
            yield target, slot, day if target != day else None


def _next_free(day: int, taken: set[int], calendar: WorkCalendar) -> int:
    while not calendar.is_workday(day) or day in taken:
        day += 1
    return day


def _months(begins: int, ends: int) -> Iterator[tuple[int, int]]:
    at, last = date_of(begins).replace(day=1), date_of(ends)
    while at <= last:
        yield at.year, at.month
        at = date(at.year + at.month // 12, at.month % 12 + 1, 1)


def _fixed(rule: RosterRule, registers: Registers) -> Mapping[tuple[str, int], tuple[str, str]]:
    """Place and day → the person in force there and the one before a swap."""
    rows = registers.table("rosters")
    rows = rows[rows["roster"] == rule.id].sort_values("known", kind="stable")
    found: dict[tuple[str, int], tuple[str, str]] = {}
    for place, day, person, instead_of in zip(rows["place"], rows["day"], rows["person"], rows["instead_of"], strict=True):
        before = found.get((place, day), ("", ""))[0]
        found[place, day] = (person, instead_of or (before if before != person else ""))
    return found


@dataclass(frozen=True)
class _Posted:
    """Who holds which rank at which place, and who is away, to be asked for many days."""

    held: Mapping[tuple[str, str], list[tuple[int, int, str]]]
    away: Mapping[str, Stretches]

    def present(self, place: str, rank: str, day: int) -> list[str]:
        posted = {person for begins, ends, person in self.held.get((place, rank), ()) if begins <= day <= ends}
        return sorted(person for person in posted if not holds(self.away.get(person, ()), day))


def _posted(registers: Registers) -> _Posted:
    posts, leave = registers.table("posts"), registers.table("leave")
    held: dict[tuple[str, str], list[tuple[int, int, str]]] = {}
    for place, rank, begins, ends, person in zip(
        *(posts[name] for name in ("place", "rank", "from", "to", "person")), strict=True
    ):
        held.setdefault((place, rank), []).append((begins, ends, person))
    away: dict[str, list[tuple[int, int]]] = {}
    for person, begins, ends in zip(leave["person"], leave["from"], leave["to"], strict=True):
        away.setdefault(person, []).append((begins, ends))
    return _Posted(held, {person: united(days) for person, days in away.items()})


def _turn(
    rule: RosterRule,
    posted: _Posted,
    turns: _Turns,
    fixed: tuple[str, str] | None,
    asked: tuple[str, int, SlotRule, int | None],
) -> RosterTurn:
    place, day, slot, moved = asked
    there = posted.present(place, slot.rank, day)
    person, instead_of = fixed if fixed is not None else (turns.next(place, there, day), "")
    remark = "" if person else "nobody_of_the_rank"
    if person and fixed is None and turns.elsewhere(person, day):
        remark = "two_places_on_one_day"
    if person:
        turns.give(place, person, day)
    return RosterTurn(rule.id, place, day, slot.rank, person, instead_of, moved, remark)
