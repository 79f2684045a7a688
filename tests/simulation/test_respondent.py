"""How a made-up respondent answers, question by question, where nothing but chance and leanings count."""

from datetime import date

import pytest

from liuwen.engine.formwalk import AskedItem
from liuwen.logic.limits import NO_LIMITS, AnswerLimits, Bound
from liuwen.simulation.profiles import Profile
from liuwen.simulation.respondent import Respondent
from liuwen.simulation.visits import CAREFUL, COPYING, HURRIED, STRAIGHT, Visit, VisitPlan, visit_of

SCALE = ("very_good", "good", "fair", "poor", "very_poor", "dont_know")
NEEDS = ("road", "water", "school", "care", "none")


def item(type: str, name: str = "q", *, repeated: bool = False, appearance: str = "") -> AskedItem:
    return AskedItem(f"/data/{name}", name, type, 1, None, False, appearance, None, repeated)


def respondent(number: int = 0, care: str = CAREFUL, *, blanks: float = 0.0, profiles: dict | None = None) -> Respondent:
    plan = VisitPlan(5, 50, date(2026, 3, 1), date(2026, 3, 9), 4, 0.0, blanks, profiles or {})
    visit = visit_of(plan, number)
    return Respondent(plan, Visit(visit.number, visit.visitor, care, visit.begins, visit.source))


def answers(of: AskedItem, offered: tuple[str, ...], limits: AnswerLimits = NO_LIMITS, count: int = 200, **how: str) -> list[str]:
    return [respondent(number, **how).draw(None, of, limits, offered) for number in range(count)]


@pytest.mark.parametrize(
    ("type", "required", "blanks", "left"),
    [
        ("text", True, 1.0, False),
        ("text", False, 1.0, True),
        ("text", False, 0.0, False),
        ("note", False, 1.0, False),
        ("image", False, 0.0, True),
        ("audio", False, 0.0, True),
        ("image", True, 0.0, False),
    ],
)
def test_only_optional_questions_are_left_blank(type: str, required: bool, blanks: float, left: bool) -> None:
    """Required questions are never left blank; optional photos always are."""
    assert respondent(blanks=blanks).leaves_blank(item(type), required=required) is left


def test_hurried_respondents_leave_texts_blank_and_are_fast() -> None:
    """Three times as often, in a quarter of the time; choices as often as anybody."""

    def share(care: str, type: str) -> float:
        return sum(respondent(at, care, blanks=0.2).leaves_blank(item(type), required=False) for at in range(1500)) / 1500

    assert share(CAREFUL, "text") == pytest.approx(0.2, abs=0.04)
    assert share(HURRIED, "text") == share(COPYING, "text") == pytest.approx(0.6, abs=0.04)
    assert share(HURRIED, "select_one") == pytest.approx(0.2, abs=0.04)
    assert respondent(1, HURRIED).seconds(item("text")) == pytest.approx(respondent(1).seconds(item("text")) / 4)
    assert respondent(1).seconds(item("text")) == pytest.approx(3 * respondent(1).seconds(item("select_one")))


def test_one_choice_is_drawn_from_those_offered() -> None:
    """From a single one, from a scale, and nothing from none."""
    assert answers(item("select_one"), ("only",), count=3) == ["only"] * 3
    assert set(answers(item("select_one"), SCALE)) <= set(SCALE)
    assert len(set(answers(item("select_one"), NEEDS))) > 2
    assert respondent().draw(None, item("select_one"), NO_LIMITS, ()) is None


def test_straightliners_repeat_their_answer() -> None:
    """The first of a scale is kept; a careful visitor's answers differ."""
    straight, careful = respondent(3, STRAIGHT), respondent(3)
    said = [{one.draw(None, item("select_one", f"q{at}"), NO_LIMITS, SCALE) for at in range(12)} for one in (straight, careful)]
    assert len(said[0]) == 1
    assert len(said[1]) > 1


def test_several_choices_obey_what_limits_them() -> None:
    """At least one, in the order of the list; what stands alone alone; not more and not fewer than may be taken."""
    for taken in map(str.split, answers(item("select_multiple", "needs"), NEEDS)):
        assert taken == sorted(taken, key=NEEDS.index)
        assert taken and (taken == ["none"] or "none" not in taken)
    lonely = AnswerLimits(alone=frozenset({"road"}))
    assert all("road" not in said.split() or said == "road" for said in answers(item("select_multiple", "needs"), NEEDS, lonely))
    two = AnswerLimits(count=(Bound("=", "2"),))
    counts = {len(said.split()) for said in answers(item("select_multiple", "needs"), NEEDS[:4], two)}
    assert counts == {2}
    assert {len(said.split()) for said in answers(item("select_multiple", "needs"), NEEDS[:4], care=HURRIED)} == {1}


def test_a_ranking_has_every_choice_once() -> None:
    """In an order that differs."""
    ranked = answers(item("rank"), NEEDS, count=30)
    assert all(sorted(said.split()) == sorted(NEEDS) for said in ranked)
    assert len(set(ranked)) > 5


def test_more_households_are_met_where_more_live() -> None:
    """As the villages' profiles say; the same visit always meets the same."""
    profiles = {"v1": Profile("v1", 900, 0, 0), "v2": Profile("v2", 100, 0, 0)}
    met = [
        respondent(at, profiles=profiles).draw(None, item("select_one", "village"), NO_LIMITS, ("v1", "v2")) for at in range(600)
    ]
    assert met.count("v1") / 600 == pytest.approx(0.9, abs=0.04)
    again = respondent(7, profiles=profiles).draw(None, item("select_one", "village"), NO_LIMITS, ("v1", "v2"))
    assert again == met[7]


def test_members_of_a_household_are_people_of_their_own() -> None:
    """Each instance leans its own way, the same way each time; outside it leans as the household does."""
    one = respondent()
    own = one.leanings
    one.turns_to(None, item("text", repeated=True), "member[1]")
    first = one.leanings
    one.turns_to(None, item("text", repeated=True), "member[2]")
    assert own != first != one.leanings
    one.turns_to(None, item("text", repeated=True), "member[1]")
    assert one.leanings == first
    one.turns_to(None, item("text"), "")
    assert one.leanings == own


def test_the_place_that_is_heard_moves_the_household() -> None:
    """Words about anything other than the place do not."""
    one = respondent()
    before = one.household
    one.heard(item("text", "remark"), "柳湾")
    one.heard(item("text", "village"), "")
    assert one.household == before
    one.heard(item("text", "village"), "柳湾")
    assert one.household != before


def test_repeats_are_filled_in_a_few_times() -> None:
    """Up to eight, up to what the form allows, and once at most by who hurries."""
    counts = [respondent(at).repeats("child") for at in range(400)]
    assert set(counts) <= set(range(9))
    assert {0, 1, 2, 3} <= set(counts)
    assert {respondent(at).repeats("child", 2) for at in range(400)} == {0, 1, 2}
    assert {respondent(at, HURRIED).repeats("child") for at in range(400)} == {0, 1}
