"""A step of a matter: only one's own village's matters, only the steps their state allows, and the last step known."""

from dataclasses import replace

import pandas as pd
import pytest

from liuwen.engine import Interview, interview
from liuwen.errors import FormError
from liuwen.form import Form
from liuwen.questionnaires import matter_step
from liuwen.questionnaires.matter_step import STEPS

VILLAGES = pd.DataFrame({"town": ["t", "t"], "village": ["east", "west"]})
MATTERS = b"""name,label,village,active,state,last_step,deadline
m1,road,east,1,applied,step-7,2026-12-01
m2,water,east,1,open,step-2,2026-12-01
m3,lamps,east,0,closed,step-9,
m4,bridge,west,1,open,step-4,2026-12-01
"""


@pytest.fixture(scope="module")
def form() -> Form:
    made = matter_step(VILLAGES)
    return replace(made, media={**made.media, "matters.csv": MATTERS})


def at_village(form: Form) -> Interview:
    walk = interview(form, language="en")
    return walk.answer("visitor", "Wang").answer("village", "east").answer("about", "active")


def test_only_open_matters_of_the_village_are_offered(form: Form):
    """By equality alone, which phones can ask of a list of any length."""
    assert form["matter"].cell("choice_filter") == "village = ${village} and active = '1'"
    walk = at_village(form)
    assert walk.question is not None
    assert list(walk.question.choices) == ["m1", "m2"]


@pytest.mark.parametrize(
    ("matter", "has", "has_not"),
    [
        ("m1", {"accept", "refuse", "done"}, {"apply", "extend", "answer"}),
        ("m2", {"apply", "extend", "done"}, {"accept", "refuse"}),
    ],
)
def test_only_the_steps_that_its_state_allows_are_offered(form: Form, matter: str, has: set[str], has_not: set[str]):
    """From the programme's own steps."""
    walk = at_village(form).answer("matter", matter)
    assert walk.question is not None
    assert walk.question.name == "step"
    assert has <= set(walk.question.choices)
    assert not has_not & set(walk.question.choices)


def test_a_struck_off_matter_can_be_reopened(form: Form):
    """Only that, or an answer to an applicant, or undoing a mistake."""
    walk = interview(form, language="en").answer("visitor", "Wang").answer("village", "east").answer("about", "struck_off")
    walk.answer("matter_struck_off", "m3")
    assert walk.question is not None
    assert {"reopen", "answer"} <= set(walk.question.choices)


def test_after_is_the_last_step_the_phone_knew(form: Form):
    """A step never stands before the one it answers."""
    walk = at_village(form).answer("matter", "m1").answer("step", "done").answer("on_day", "2026-01-01").answer("reason", "x")
    xml = walk.finalise().decode()
    assert "<after>step-7</after>" in xml
    assert "<state>applied</state>" in xml


def test_a_programme_brings_its_own_steps():
    """As plain data, states as a list or as words."""
    steps = [
        {"id": "look", "zh": "看过了", "en": "Looked at", "from": ["new"], "needs": ["note"]},
        {"id": "end", "zh": "完了", "en": "Ended", "from": "new seen", "needs": ["deadline"]},
    ]
    form = matter_step(steps=steps)
    assert [choice.columns["from_states"] for choice in form.choices_of("step")] == ["new", "new seen"]
    assert form["new_deadline"].cell("relevant") == "${step} = 'end'"
    assert "duplicate_of" not in form


def test_steps_that_create_a_matter_are_not_offered():
    """They come from the forms in which a matter is raised."""
    assert len(STEPS) == 15
    assert not {"raise", "settle"} & set(matter_step().choices_of("step").names)


@pytest.mark.parametrize(
    "steps", [[], [{"id": "x", "zh": "一", "en": "x"}], [{"id": "x", "zh": "", "en": "x", "from": ["open"]}]]
)
def test_steps_without_state_or_wording_are_refused(steps):
    """Nothing could be chosen."""
    with pytest.raises(FormError, match="no step to take"):
        matter_step(steps=steps)
