"""The short ways of visitors in a hurry, and the made-up people who answer them."""

from datetime import date

import pytest

from liuwen.engine.formwalk import AskedItem
from liuwen.form import read_form
from liuwen.logic.limits import NO_LIMITS, facts_of
from liuwen.questionnaires import household_interview
from liuwen.simulation import simulate
from liuwen.simulation.respondent import Respondent
from liuwen.simulation.visits import CAREFUL, HURRIED, Visit, VisitPlan, visit_of

NEEDS = ("road", "water", "school", "other", "none")
SCALE = ("very_good", "good", "middle", "poor", "very_poor", "dont_know")


def drawn(name: str, type: str, offered: tuple[str, ...], care: str) -> list[str]:
    """What forty respondents answer to a visitor of that kind."""
    plan = VisitPlan(5, 40, date(2026, 3, 1), date(2026, 3, 9), 4, 0.0, 0.0)
    item = AskedItem(f"/data/{name}", name, type, 1, None, False, "", None, False)
    visits = [visit_of(plan, number) for number in range(40)]
    made = [Respondent(plan, Visit(each.number, each.visitor, care, each.begins, each.source)) for each in visits]
    return [each.draw(None, item, NO_LIMITS, offered) or "" for each in made]  # type: ignore[arg-type]


def test_in_a_hurry_none_is_ticked_and_other_never() -> None:
    """More than half of the time; the careful tick it now and then, and hear of other things."""
    hurried, careful = (drawn("needs", "select_multiple", NEEDS, care) for care in (HURRIED, CAREFUL))
    assert hurried.count("none") > 16
    assert careful.count("none") < 10
    assert not [said for said in hurried if "other" in said]
    assert "other" not in drawn("kind", "select_one", ("other", "road"), HURRIED)


def test_in_a_hurry_everything_is_good() -> None:
    """On whichever scale, read from either end; the careful differ."""
    assert set(drawn("roads", "select_one", SCALE, HURRIED)) == {"good"}
    assert set(drawn("roads", "select_one", SCALE[4::-1], HURRIED)) == {"good"}
    assert set(drawn("roads", "select_one", ("very_dissatisfied", "dissatisfied", "neutral", "satisfied"), HURRIED)) == {
        "satisfied"
    }
    assert len(set(drawn("roads", "select_one", SCALE, CAREFUL))) > 2


def test_in_a_hurry_members_are_left_out() -> None:
    """Of whatever a repeat is counted by; a number that the caller settles stays."""
    assert facts_of(FAMILY.to_xform()).counting == {"people"}
    careful, hurried = (sizes(perfunctory, {"people": {4: 1}}) for perfunctory in (0.0, 1.0))
    drawn_careful, drawn_hurried = (sizes(perfunctory, {}) for perfunctory in (0.0, 1.0))
    assert set(careful) == set(hurried) == {4}
    assert sum(drawn_hurried) < 0.8 * sum(drawn_careful)


def sizes(perfunctory: float, answers: dict[str, object]) -> list[int]:
    """The members of twenty households; the only visitor is in a hurry if all are perfunctory."""
    responses = simulate(FAMILY, 20, seed=HURRIES, visitors=1, perfunctory=perfunctory, answers=answers)
    assert len(responses["person"]) == responses.table["people"].sum()
    return [int(size) for size in responses.table["people"]]


FAMILY = read_form(
    b"| survey |\n| | type | name | label | constraint | required | repeat_count |\n"
    b"| | integer | people | How many? | . >= 1 and . <= 9 | yes | |\n"
    b"| | begin repeat | person | Person | | | ${people} |\n| | text | called | Name | | | |\n| | end repeat | | | | | |"
)
HURRIES = next(
    seed for seed in range(50) if visit_of(VisitPlan(seed, 8, date(2026, 3, 1), date(2026, 3, 9), 1, 1.0, 0.0), 0).care == HURRIED
)


@pytest.mark.parametrize("made_up", [True, False])
def test_the_interview_is_answered_by_made_up_households_unless_told_otherwise(made_up: bool) -> None:
    """One head in each; at random there are more or fewer."""
    form = household_interview(modules=["situation"])
    settled = {"visit_result": "ready", "consent": "yes", "members_agreed": "yes"}
    members = simulate(form, 4, seed=3, perfunctory=0, answers=settled, made_up_people=made_up)["member"]
    heads = members.groupby("parent_key", observed=True)["member_relation"].apply(lambda told: (told == "head").sum())
    assert bool((heads == 1).all()) is made_up
