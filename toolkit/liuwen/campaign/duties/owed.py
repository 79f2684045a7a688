"""How much is owed: the amount of each rank for the days in that post, less leave; exact fractions, rounded once."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from liuwen.campaign.duties.owners import DutyOwner
from liuwen.campaign.duties.periods import DutyPeriod
from liuwen.campaign.schema import Amount, DutyRule
from liuwen.campaign.stretches import Stretches, holds, length, less, united, within

_NO_DAYS: Stretches = ()


@dataclass(frozen=True, slots=True)
class DutyAmount:
    """What is owed in a period: rounded, exactly up to a day, and the upper bound where there is one."""

    required: Fraction
    by_now: Fraction
    at_most: Fraction | None = None


def amount_owed(duty: DutyRule, owner: DutyOwner, period: DutyPeriod, on: int) -> DutyAmount:
    """What an owner owes in a period, and how much of it by the end of `on`."""
    at_least = duty.at_least or Amount()
    if period.festival is not None:
        whole = _at_festival(at_least, owner, period.festival)
        passed = min(max(on - period.begins + 1, 0), period.days)
        return DutyAmount(whole, whole * passed / period.days, _bound(duty, owner, period))
    held = {rank: within(days, period.begins, period.ends) for rank, days in owner.held.items()}
    if duty.each == "pair" and duty.from_days and length(owner_days(held)) < duty.from_days:
        return DutyAmount(Fraction(0), Fraction(0))
    if duty.each == "pair" and duty.from_days:
        exact, now = _whole(at_least, held, period, period.ends), _whole(at_least, held, period, on)
    else:
        exact, now = owed(duty, at_least, held, period, period.ends), owed(duty, at_least, held, period, on)
    return DutyAmount(_required(exact, duty, held), now, _bound(duty, owner, period))


def owner_days(held: Mapping[str, Stretches]) -> Stretches:
    """The days of all ranks."""
    return united(stretch for stretches in held.values() for stretch in stretches)


def owed(duty: DutyRule, amount: Amount, held: Mapping[str, Stretches], period: DutyPeriod, until: int) -> Fraction:
    """The exact amount owed for the days up to `until`; a day in two posts owes the greater."""
    if duty.prorate == "none":
        return _whole(amount, held, period, until)
    total, taken = Fraction(0), _NO_DAYS
    for rank in sorted(held, key=lambda one: (-(amount.of(one) or 0), one)):
        own = less(within(held[rank], period.begins, min(until, period.ends)), taken)
        taken = united((*taken, *own))
        total += Fraction(amount.of(rank) or 0) * length(own)
    return total / period.days


def rounded(amount: Fraction, duty: DutyRule) -> Fraction:
    """The whole number owed: rounded once, up or to the nearest (a half is rounded up); nothing where it is not prorated."""
    if duty.prorate == "none" or duty.measure == "sum":
        return amount
    if duty.round == "nearest":
        return Fraction(int(amount + Fraction(1, 2)))
    return Fraction(-int(-amount // 1))


def _required(exact: Fraction, duty: DutyRule, held: Mapping[str, Stretches]) -> Fraction:
    whole = rounded(exact, duty)
    least = duty.at_least_one_from_days
    if exact and least and length(owner_days(held)) >= least:
        return max(whole, Fraction(1))
    return whole


def _whole(amount: Amount, held: Mapping[str, Stretches], period: DutyPeriod, until: int) -> Fraction:
    """The amount of the rank held longest, whole at the end of the period; before it, as the days that have passed."""
    longest = max(held, key=lambda rank: (length(held[rank]), rank), default="")
    days = held.get(longest, ())
    due = Fraction(amount.of(longest) or 0)
    if until >= period.ends:
        return due if days else Fraction(0)
    return due * length(within(days, period.begins, until)) / period.days


def _at_festival(amount: Amount, owner: DutyOwner, day: int) -> Fraction:
    ranks = [rank for rank, days in owner.held.items() if holds(days, day)]
    return max((Fraction(amount.of(rank) or 0) for rank in ranks), default=Fraction(0))


def _bound(duty: DutyRule, owner: DutyOwner, period: DutyPeriod) -> Fraction | None:
    """The upper bound, which is never prorated: that of the rank held longest."""
    if duty.at_most is None:
        return None
    held = {rank: within(days, period.begins, period.ends) for rank, days in owner.held.items()}
    longest = max(held, key=lambda rank: (length(held[rank]), rank), default="")
    bound = duty.at_most.of(longest)
    return None if bound is None or not held.get(longest) else Fraction(bound)
