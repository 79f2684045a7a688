"""A quick finish gives the submission that JavaRosa's own validation gives, and refuses what it refuses."""

import re

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


CASCADE = b"""
| survey  |                   |       |       |               |          |         |
|         | type              | name  | label | choice_filter | required | default |
|         | select_one town   | town  | Town  |               |          |         |
|         | select_one place  | place | Place | in=${town}    | yes      |         |
|         | select_one colour | like  | Like  |               |          | green   |
| choices |                   |       |       |               |          |         |
|         | list_name         | name  | label | in            |          |         |
|         | town              | a     | A     |               |          |         |
|         | town              | b     | B     |               |          |         |
|         | place             | a1    | A1    | a             |          |         |
|         | place             | b1    | B1    | b             |          |         |
|         | colour            | red   | Red   |               |          |         |
"""


@pytest.mark.parametrize(
    ("answers", "fine"),
    [
        ([("town", "a"), ("place", "a1"), ("like", "red")], True),
        ([("town", "a"), ("place", "a1"), ("town", "b"), ("like", "red")], False),
        ([("town", "a"), ("place", "a1")], True),
    ],
    ids=["all offered", "no longer offered", "a default that is not in the list"],
)
def test_a_choice_that_is_not_offered_is_lost_as_on_the_phone(answers, fine):
    """Its list was cut down by a later answer, or never had it; JavaRosa takes the answer out, and may then require one."""
    quick, own = engine().call(finished_twice, read_form(CASCADE).to_xform(), answers)
    assert quick == own
    assert (quick[0] is not None) == fine


COMPUTED = b"""
| survey |              |        |        |             |            |           |          |
|        | type         | name   | label  | calculation | constraint | relevant  | required |
|        | integer      | wells  | Wells  |             |            |           |          |
|        | integer      | pumps  | Pumps  | ${wells} * 2 | . < 10    |           |          |
|        | begin group  | dry    | Dry    |             |            | ${wells} = 0 |       |
|        | text         | since  | Since  |             |            |           | yes      |
|        | end group    |        |        |             |            |           |          |
|        | begin repeat | person | Person |             |            |           |          |
|        | text         | since  | Since  |             |            |           |          |
|        | end repeat   |        |        |             |            |           |          |
"""


@pytest.mark.parametrize(
    ("answers", "fine"),
    [
        ([("wells", "4")], True),
        ([("wells", "6")], False),
        ([("wells", "0")], False),
        ([("wells", "0"), ("dry/since", "May")], True),
    ],
    ids=["computed and allowed", "computed and not allowed", "asked and missing", "asked and given"],
)
def test_computed_values_and_blanks_are_checked(answers, fine):
    """A value that the form computes has never been accepted; a blank question is found by its place, not by its name alone."""
    quick, own = engine().call(finished_twice, read_form(COMPUTED).to_xform(), answers)
    assert quick == own
    assert (quick[0] is not None) == fine


@pytest.mark.parametrize("answers", [[("age", "30"), ("most", "20"), ("called", "A")], [("most", "40"), ("called", "A")]])
def test_binds_are_found_however_the_xml_is_written(answers):
    """With apostrophes around attributes, and an unescaped ">" in front of the nodeset."""

    def rewritten(bind):
        told = [f"{name}='{text.replace('&gt;', '>')}'" for name, text in re.findall(r'([\w:]+)="([^"]*)"', bind[0])]
        return f"<bind {' '.join(reversed(told))}/>"

    xml = re.sub(r"<bind [^>]*/>", rewritten, read_form(FORM.replace(b". < ${most}", b". > 0 and . < ${most}")).to_xform())
    quick, own = engine().call(finished_twice, xml, answers)
    assert quick == own
    assert quick[0] is None


@pytest.mark.parametrize(
    ("expression", "same"),
    [
        ("${a} + 1", True),
        ("once(if(random() &lt; 0.5, 'a', 'b'))", True),
        ("'now() or never'", True),
        ("format-date(now(), '%Y')", False),
        ("once(1) + random()", False),
        ("pulldata('f', 'a', 'b', 'c')", False),
        ("concat(&quot;it's &quot;, now(), &quot;o'clock&quot;)", False),
    ],
)
def test_expressions_with_time_or_chance_are_recognised(expression, same):
    """Only then must every answer be given again."""
    assert computes_the_same_again(f'<bind nodeset="/data/x" calculate="{expression}"/>') is same
    if "'" not in expression:
        assert computes_the_same_again(f"<bind calculate = '{expression}' nodeset='/data/x'/>") is same
