"""What is owed for days in posts, less leave: exact, and rounded once."""

from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuwen.campaign.days import as_day
from liuwen.campaign.duties.owed import owed, rounded
from liuwen.campaign.duties.owners import days_at_post
from liuwen.campaign.duties.periods import DutyPeriod
from liuwen.campaign.registers import read_registers
from liuwen.campaign.schema import Amount, DutyRule
from liuwen.campaign.stretches import Stretches, united, within

TEN = DutyPeriod("2026", 100, 109)
AMOUNT = Amount(by_rank={"staff": Decimal(120), "leader": Decimal(60)})
DAYS, NONE = DutyRule(prorate="days"), DutyRule(prorate="none")


def days(first: int, last: int) -> Stretches:
    return ((first, last),)


@pytest.mark.parametrize(
    ("held", "until", "amount"),
    [
        ({}, 109, 0),
        ({"staff": days(100, 109)}, 109, 120),
        ({"staff": days(100, 109)}, 104, 60),
        ({"staff": days(100, 109)}, 100, 12),
        ({"staff": days(100, 109)}, 99, 0),
        ({"staff": days(100, 104)}, 109, 60),
        ({"staff": days(100, 104), "leader": days(105, 109)}, 109, 90),
        ({"staff": days(100, 104), "leader": days(105, 109)}, 106, 72),
        ({"staff": days(100, 109), "leader": days(100, 109)}, 109, 120),
        ({"staff": days(102, 103), "leader": days(100, 109)}, 109, 72),
        ({"desk": days(100, 109)}, 109, 0),
        ({"desk": days(100, 109), "leader": days(105, 109)}, 109, 30),
    ],
)
def test_each_day_in_a_post_owes_its_part_of_the_ranks_amount(held: dict[str, Stretches], until: int, amount: int) -> None:
    """A day in two posts owes the greater amount, once; a rank without an amount owes nothing."""
    assert owed(DAYS, AMOUNT, held, TEN, until) == amount


@pytest.mark.parametrize(
    ("held", "until", "amount"),
    [
        ({}, 109, 0),
        ({"staff": days(100, 100)}, 109, 120),
        ({"staff": days(100, 100)}, 108, 12),
        ({"staff": days(100, 109)}, 104, 60),
        ({"staff": days(100, 103), "leader": days(104, 109)}, 109, 60),
        ({"staff": days(100, 105), "leader": days(106, 109)}, 109, 120),
        ({"staff": days(100, 104), "leader": days(105, 109)}, 109, 120),
        ({"desk": days(100, 109)}, 109, 0),
        ({"staff": ()}, 109, 0),
    ],
)
def test_unprorated_duties_are_owed_by_the_rank_held_longest(held: dict[str, Stretches], until: int, amount: int) -> None:
    """At the end of the period; before it, as much as the days that have passed."""
    assert owed(NONE, AMOUNT, held, TEN, until) == amount


def test_an_amount_for_everybody_is_owed_by_every_rank() -> None:
    """Whatever the post is called."""
    assert owed(DAYS, Amount(every=Decimal("2.5")), {"驻村干部": days(100, 109)}, TEN, 109) == Fraction(5, 2)


@pytest.mark.parametrize(
    ("amount", "up", "nearest"),
    [
        (Fraction(0), 0, 0),
        (Fraction(1, 100), 1, 0),
        (Fraction(49, 100), 1, 0),
        (Fraction(1, 2), 1, 1),
        (Fraction(3, 2), 2, 2),
        (Fraction(5, 2), 3, 3),
        (Fraction(12), 12, 12),
        (Fraction(1201, 100), 13, 12),
    ],
)
def test_it_is_rounded_up_or_to_the_nearest(amount: Fraction, up: int, nearest: int) -> None:
    """A half goes up; a whole number stays."""
    assert rounded(amount, DutyRule(round="up")) == up
    assert rounded(amount, DutyRule(round="nearest")) == nearest


@given(st.dictionaries(st.sampled_from(["staff", "leader", "desk"]), st.sets(st.integers(100, 109))), st.integers(98, 111))
def test_the_amount_owed_grows_with_the_days_up_to_the_maximum(chosen: dict[str, set[int]], until: int) -> None:
    """And the last day of the period owes what the whole does."""
    held = {rank: united((day, day) for day in some) for rank, some in chosen.items()}
    so_far = owed(DAYS, AMOUNT, held, TEN, until)
    assert 0 <= so_far <= owed(DAYS, AMOUNT, held, TEN, until + 1) <= 120
    assert owed(DAYS, AMOUNT, held, TEN, 109) == owed(DAYS, AMOUNT, held, TEN, 200)


def test_days_of_a_rank_are_those_of_the_period_without_leave() -> None:
    """Posts of one rank in two places count each day once; leave that overlaps is taken out once, of this person alone."""
    registers = read_registers(
        {
            "posts": pd.DataFrame(
                {
                    "person": ["Li", "Li", "Li", "An"],
                    "rank": ["staff", "staff", "leader", "staff"],
                    "place": ["V", "W", "V", "V"],
                    "from": ["", "2026-01-03", "2026-01-09", ""],
                    "to": ["2026-01-04", "2026-01-06", "", ""],
                }
            ),
            "leave": pd.DataFrame(
                {
                    "person": ["Li", "Li", "An"],
                    "from": ["2026-01-02", "2026-01-03", "2026-01-01"],
                    "to": ["2026-01-03", "2026-01-04", "2026-01-31"],
                }
            ),
        },
        ZoneInfo("Asia/Shanghai"),
    )
    first = as_day("2026-01-01")
    found = days_at_post(registers)["Li"]
    inside = {
        rank: [day - first + 1 for begins, ends in within(held, first, first + 9) for day in range(begins, ends + 1)]
        for rank, held in found.items()
    }
    assert inside == {"staff": [1, 5, 6], "leader": [9, 10]}
