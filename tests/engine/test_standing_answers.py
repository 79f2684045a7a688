"""A quick finish gives the submission that JavaRosa's own validation gives, and refuses what it refuses."""

import pytest

from liuwen.engine import engine
from liuwen.engine.formwalk import FormWalk
from liuwen.engine.standing_answers import computes_the_same_again
from liuwen.form import read_form

FORM = b"""
| survey |              |        |       |               |              |                |          |
|        | type         | name   | label | constraint    | relevant     | required       | repeat_count |
|        | integer      | age    | Age   | . < ${most}   |              | yes            |          |
|        | integer      | most   | Most  |               |              |                |          |
|        | text         | why    | Why   |               | ${most} > 50 | ${most} > 60   |          |
|        | begin repeat | child  | Child |               |              |                | ${most} div 30 |
|        | text         | called | Name  |               |              | yes            |          |
|        | end repeat   |        |       |               |              |                |          |
"""


def finished_twice(xml: str, answers: list[tuple[str, str]]) -> list[object]:
    """Inside the worker: the outcome of the quick finish, then of JavaRosa's own, for the same answers."""
    outcomes = []
    for quickly in (True, False):
        walk = FormWalk(xml)
        for name, text in answers:
            walk.jump(walk.find(name)[0])
            walk.answer(walk.item(walk.prompt()), text)
        submission, refusal = walk.finalise(quickly=quickly)
        outcomes.append((submission and submission.split(b"<meta>")[0], refusal, walk.path()))
        walk.close()
    return outcomes


@pytest.mark.parametrize(
    ("answers", "fine"),
    [
        ([("most", "40"), ("age", "30"), ("called", "A")], True),
        ([("most", "40"), ("age", "30")], False),
        ([("age", "30"), ("most", "20"), ("called", "A")], False),
        ([("most", "55"), ("age", "30"), ("called", "A")], True),
        ([("most", "65"), ("age", "30"), ("called", "A")], False),
        ([("most", "65"), ("age", "30"), ("called", "A"), ("why", "so")], False),
        ([("most", "40")], False),
    ],
    ids=["all well", "a name missing", "an age no longer allowed", "not required", "required later", "a child more", "no age"],
)
def test_a_quick_finish_is_what_the_phone_says(answers, fine):
    """A broken constraint, a missing required answer or a repeat that has to grow is refused at the same question."""
    quick, own = engine().call(finished_twice, read_form(FORM).to_xform(), answers)
    assert quick == own
    assert (quick[0] is not None) == fine


@pytest.mark.parametrize(
    ("expression", "same"),
    [
        ("${a} + 1", True),
        ("once(if(random() &lt; 0.5, 'a', 'b'))", True),
        ("'now() or never'", True),
        ("format-date(now(), '%Y')", False),
        ("once(1) + random()", False),
        ("pulldata('f', 'a', 'b', 'c')", False),
    ],
)
def test_expressions_with_time_or_chance_are_recognised(expression, same):
    """Only then must every answer be given again."""
    assert computes_the_same_again(f'<bind nodeset="/data/x" calculate="{expression}"/>') is same
