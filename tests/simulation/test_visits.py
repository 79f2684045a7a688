"""The plan of the visits."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from liuwen.simulation.visits import CAREFUL, COPYING, HURRIED, STRAIGHT, SYNTHETIC, VisitPlan, visit_of

PLAN = VisitPlan(
    seed=3, count=400, first_day=date(2026, 3, 1), last_day=date(2026, 3, 20), visitors=8, perfunctory=0.0, blanks=0.1
)


def visits(plan: VisitPlan = PLAN) -> list:
    return [visit_of(plan, number) for number in range(plan.count)]


def test_visits_fill_the_days_in_order_from_the_first_to_the_last() -> None:
    """Between half past eight and half past five, in Beijing's time."""
    days = [visit.begins.date() for visit in visits()]
    assert days == sorted(days)
    assert set(days) == {date(2026, 3, day) for day in range(1, 21)}
    hours = [visit.begins.hour + visit.begins.minute / 60 for visit in visits()]
    assert min(hours) >= 8.5
    assert max(hours) < 17.6
    assert {str(visit.begins.tzinfo) for visit in visits()} == {"UTC+08:00"}


@pytest.mark.parametrize("count", [1, 2, 3])
def test_all_visits_of_one_day_are_on_that_day(count: int) -> None:
    """However few they are."""
    plan = replace(PLAN, count=count, last_day=PLAN.first_day)
    assert {visit.begins.date() for visit in visits(plan)} == {PLAN.first_day}


def test_visitors_take_turns_and_say_that_they_are_made_up() -> None:
    """Each as often as the others, on a phone of their own."""
    assert set(Counter(visit.visitor for visit in visits()).values()) == {50}
    assert visit_of(PLAN, 3).device.deviceid == visit_of(PLAN, 3).device.username == f"{SYNTHETIC}-03"
    assert len({visit.device for visit in visits()}) == 8
    assert visit_of(PLAN, 0).visitor_name == "赵明"
    many = replace(PLAN, visitors=33)
    assert [visit_of(many, number).visitor_name for number in (15, 16, 32)] == ["杨勇", "赵明1", "赵明2"]


def test_a_visit_depends_on_no_other() -> None:
    """Nor on how many villages are known; another seed gives other visits."""
    assert visit_of(replace(PLAN, profiles={"x": 1}), 7) == visit_of(PLAN, 7)
    assert visit_of(replace(PLAN, seed=4), 7).begins != visit_of(PLAN, 7).begins


def test_careful_visitors_copy_nothing() -> None:
    """Each visit has answers of its own."""
    assert all(visit.care == CAREFUL and visit.source == visit.number for visit in visits())


def test_the_perfunctory_hurry_give_one_answer_or_copy_their_own_last_visit() -> None:
    """A visitor keeps to one way; who copies takes the visit before of the same visitor, and never for the first."""
    plan = replace(PLAN, perfunctory=1.0, visitors=40)
    care = {visit.visitor: visit.care for visit in visits(plan)}
    assert set(care.values()) == {HURRIED, STRAIGHT, COPYING}
    assert all(visit.care == care[visit.visitor] for visit in visits(plan))
    copied = [visit for visit in visits(plan) if visit.source != visit.number]
    assert {visit.care for visit in copied} == {COPYING}
    assert all(visit.source == visit.number - 40 >= 0 for visit in copied)
    possible = sum(visit.care == COPYING and visit.number >= 40 for visit in visits(plan))
    assert 0.4 < len(copied) / possible < 0.8
