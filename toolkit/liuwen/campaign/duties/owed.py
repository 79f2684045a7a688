"""What a person owes: the amount of each rank for the days in that post, less leave; exact fractions, rounded once."""

from collections.abc import Iterable
from fractions import Fraction

from liuwen.campaign.duties.periods import DutyPeriod
from liuwen.campaign.registers import Registers
from liuwen.campaign.schema import Amount, DutyRule

Stretch = tuple[int, int]


def rank_days(registers: Registers, person: str, period: DutyPeriod) -> dict[str, set[int]]:
    """The days of the period on which a person held each rank and was not on leave."""
    posts = registers.table("posts")
    leave = registers.table("leave")
    away = _days(_stretches(leave[leave["person"] == person]), period)
    mine = posts[posts["person"] == person]
    return {str(rank): _days(_stretches(rows), period) - away for rank, rows in mine.groupby("rank", sort=True)}


def owed(duty: DutyRule, amount: Amount, days: dict[str, set[int]], period: DutyPeriod, until: int) -> Fraction:
    """The exact amount owed for the days up to `until`; a day in two posts owes the greater."""
    if duty.prorate == "none":
        longest = max(days, key=lambda rank: (len(days[rank]), rank), default="")
        held = days.get(longest, set())
        due = Fraction(amount.of(longest) or 0)
        return due if held and until >= period.ends else due * len(_up_to(held, until)) / period.days
    total, taken = Fraction(0), set[int]()
    for rank in sorted(days, key=lambda one: (-(amount.of(one) or 0), one)):
        own = _up_to(days[rank], until) - taken
        taken |= own
        total += Fraction(amount.of(rank) or 0) * len(own)
    return total / period.days


def rounded(amount: Fraction, duty: DutyRule) -> int:
    """The whole number owed: rounded once, up or to the nearest (a half is rounded up)."""
    if duty.round == "nearest":
        return int(amount + Fraction(1, 2))
    return -int(-amount // 1)


def _stretches(rows: "object") -> Iterable[Stretch]:
    return zip(rows["from"].tolist(), rows["to"].tolist(), strict=True)  # type: ignore[index]


def _days(stretches: Iterable[Stretch], period: DutyPeriod) -> set[int]:
    found: set[int] = set()
    for begins, ends in stretches:
        found |= set(range(max(begins, period.begins), min(ends, period.ends) + 1))
    return found


def _up_to(days: set[int], until: int) -> set[int]:
    return {day for day in days if day <= until}
