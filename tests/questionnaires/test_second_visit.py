"""The second visit: short, and what is known is confirmed and not asked again."""

import pandas as pd
import pytest

from liuwen.engine import interview, validate
from liuwen.errors import FormError
from liuwen.form import Form, to_xform
from liuwen.questionnaires import household_interview, second_visit
from liuwen.questionnaires.length import length
from liuwen.questionnaires.typical_households import SECOND_VISIT

FACTS = pd.DataFrame(
    {"household": ["12", "13"], "member_count": [4, 2], "last_visit": ["2026-03-01", "2026-03-02"], "last_matter": ["修路", ""],
     "income": [1, 2]}
)  # fmt: skip


def test_it_takes_ten_minutes():
    """Of a household with much to say."""
    assert length(second_visit(), SECOND_VISIT).minutes <= 10


def test_answers_of_the_first_visit_are_prefilled():
    """For the household in question, and nothing beyond what may lie on a phone."""
    form = second_visit(facts=FACTS)
    assert b"income" not in form.media["household_facts.csv"]
    made = to_xform(form)
    verdict = validate(made.xml, form.media)
    assert (made.warnings, verdict.errors, verdict.warnings) == ((), (), ())
    walk = interview(form, language="zh")
    walk.answer("visitor", "x").answer("town", "t").answer("village", "v").answer("hamlet", "").answer("household", "12")
    while walk.question is not None and walk.question.name != "member_count":
        answers = {"visit_result": "ready", "consent": "yes"}
        walk.answer(answers[walk.question.name]) if walk.question.name in answers else walk.next()
    assert walk.question is not None
    assert walk.question.value == "4"


def test_its_questions_are_those_of_the_first(interview_form: Form):
    """Same names, same lists: the two visits compare."""
    form = second_visit()
    for name in ("needs", "first_need", "worries", "matter_title", "visit_result"):
        assert form[name].list_name == interview_form[name].list_name
    assert form.choices_of("needs").names == household_interview().choices_of("needs").names


@pytest.mark.parametrize(
    ("facts", "said"),
    [(FACTS.drop(columns="household"), "no column “household”"), (FACTS.assign(household="12"), "“12” stands more than once")],
)
def test_faulty_facts_are_refused(facts: pd.DataFrame, said: str):
    """With the column or household at fault."""
    with pytest.raises(FormError) as caught:
        second_visit(facts=facts)
    assert said in caught.value.sentence.en
