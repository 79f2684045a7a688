"""Towns and households that a form must survive: no groups, one household, twins, fifteen people, 3,000 villages."""

import csv
import io

import pandas as pd
import pytest

from liuwen.engine import interview, validate
from liuwen.errors import AnswerError, FormError
from liuwen.form import Form, to_xform
from liuwen.questionnaires import household_interview, matter, satisfaction_survey
from liuwen.questionnaires.length import walked
from liuwen.questionnaires.typical_households import HOUSEHOLD, member


def valid(form: Form) -> bool:
    made = to_xform(form)
    verdict = validate(made.xml, form.media)
    return (made.warnings, verdict.errors, verdict.warnings) == ((), (), ())


def asked_of(form: Form, *members: object) -> list[str]:
    answers = {**HOUSEHOLD, "member_count": len(members), "member": list(members)}
    return [question.name for question in walked(form, answers)]  # type: ignore[arg-type]


def test_a_town_without_groups_leaves_them_blank():
    """The villagers' group is asked for, and need not be told."""
    form = household_interview(pd.DataFrame({"town": ["t"], "village": ["v"]}))
    assert form["hamlet"].cell("required") == ""
    assert "没有分组就不填" in form["hamlet"].wording("hint", "zh")
    walk = interview(form, language="zh")
    walk.answer("visitor", "甲").answer("companions", 0).answer("village", "v").answer("household", "1")
    walk.answer("visit_result", "nobody")
    assert b"<hamlet/>" in walk.finalise() or b"hamlet" in walk.finalise()


def test_a_village_with_one_household_is_a_list_of_one():
    """And the form is whole."""
    towns = pd.DataFrame({"town": ["t", "t", "t"], "village": ["a", "b", "b"], "household": ["a1", "b1", "b2"]})
    form = household_interview(towns)
    assert valid(form)
    walk = interview(form, language="zh").answer("visitor", "甲").answer("village", "a")
    while walk.question is not None and walk.question.name != "household":
        walk.next() if walk.question.value is not None or not walk.question.required else walk.answer("0")
    assert walk.question is not None
    assert list(walk.question.choices) == ["a1"]


@pytest.mark.parametrize(
    ("villages", "people", "said"),
    [
        ({"town": ["t", "u"], "village": ["v", "v"]}, None, "v"),
        ({"town": ["t", "t"], "village": ["v", "v"], "household": ["12", "12"]}, None, "12"),
        ({"town": ["t"], "village": ["v"]}, {"person": ["p", "p"], "label": ["王芳", "王芳"]}, "p"),
    ],
)
def test_twins_in_a_register_are_refused(villages: dict[str, list[str]], people: "dict[str, list[str]] | None", said: str):
    """One code stands for one village, one household, one person; it says which stands twice."""
    with pytest.raises(FormError, match=f"“{said}”"):
        household_interview(pd.DataFrame(villages), people=None if people is None else pd.DataFrame(people))


def test_two_people_of_one_name_are_two_people():
    """By their codes."""
    people = pd.DataFrame({"person": ["p1", "p2"], "label": ["王芳", "王芳"]})
    form = household_interview(pd.DataFrame({"town": ["t"], "village": ["v"]}), people=people)
    assert form.choices_of("visitor").names == ("p1", "p2")  # type: ignore[union-attr]


def test_twins_in_a_household_are_two_members(interview_form: Form):
    """Born in one year, called alike."""
    child = member("娃", "child", "female", 2016, member_school="primary")
    asked = asked_of(interview_form, member("您", "head", "male", 1985, member_work="farming"), child, child)
    assert asked.count("member_school") == 2


def test_a_household_of_fifteen_is_asked_of_each_of_them(interview_form: Form):
    """Each once."""
    children = [member(f"娃{n}", "child", "female", 2016, member_school="primary") for n in range(14)]
    asked = asked_of(interview_form, member("您", "head", "male", 1980, member_work="farming"), *children)
    assert asked.count("member_called") == 15
    assert asked.count("member_parents") == 14


def test_a_respondent_of_fourteen_is_not_asked(interview_form: Form):
    """Only a child at home is an outcome of its own, and no head or spouse is under 16; as a member, no work is asked of it."""
    assert "no_adult" in interview_form.choices_of("visit_result").names  # type: ignore[union-attr]
    walk = interview(interview_form, language="zh").answer("visit_result", "no_adult")
    assert not walk.asks("consent")
    this_year = pd.Timestamp.today().year
    with pytest.raises(AnswerError):
        asked_of(interview_form, member("您", "head", "male", this_year - 14))
    asked = asked_of(
        interview_form,
        member("您", "head", "male", 1985, member_work="farming"),
        member("娃", "child", "male", this_year - 14, member_school="junior"),
    )
    assert asked.count("member_work") == 1


@pytest.mark.parametrize("build", [household_interview, satisfaction_survey, matter])
def test_three_thousand_villages_travel_beside_the_form(build):
    """As a file that phones search, and the form stays as small as with one; its codes are all there."""
    villages = pd.DataFrame({"town": [f"t{n % 30}" for n in range(3000)], "village": [f"v{n}" for n in range(3000)]})
    form, small = build(villages), build(villages[:1])
    assert form["village"].from_file
    assert len(to_xform(form).xml) < 1.2 * len(to_xform(small).xml) + 10_000
    rows = list(csv.DictReader(io.StringIO(form.media["villages.csv"].decode())))
    assert {row["name"] for row in rows} == set(villages["village"])
    assert "town = ${town}" in form["village"].cell("choice_filter")
    assert form["village"].cell("appearance") == "minimal autocomplete"
