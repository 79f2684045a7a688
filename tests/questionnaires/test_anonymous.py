"""The anonymous forms: nothing in them tells who answered, and none can be built that would."""

import pytest

from liuwen.errors import FormError
from liuwen.form import builder as b
from liuwen.form.types import POINTING
from liuwen.questionnaires import (
    colleagues,
    household_appraisal,
    reverse_survey,
    satisfaction_survey,
    thirteen_indicators,
    visit_test,
)
from liuwen.questionnaires.anonymous import SETTINGS, anonymous_form

FORMS = [household_appraisal, satisfaction_survey, visit_test, thirteen_indicators, reverse_survey, colleagues]


@pytest.mark.parametrize("make", FORMS)
def test_no_name_telephone_position_household_device_or_time_of_day(make):
    """Neither by type nor by name."""
    form = make()
    assert not {question.type for question in form.questions} & POINTING
    assert not {"visitor", "household", "phone", "position", "hamlet"} & {question.name for question in form.questions}
    assert form.settings["note"] == SETTINGS["note"]
    assert form.anonymous


@pytest.mark.parametrize("kind", ["start", "audit", "geopoint", "image", "username"])
def test_a_question_that_could_tell_is_refused(kind: str):
    """Before anybody meets the form."""
    with pytest.raises(FormError, match="could tell who answered"):
        anonymous_form("t", version="1", items=[b.metadata(kind, "it")])


def test_interviewers_come_from_elsewhere():
    """People tell a stranger what they would not tell the official; colleagues are asked by the office itself."""
    assert "我不是本村、本镇的干部" in visit_test()["purpose"].label("zh")
    assert "我不是" not in colleagues()["purpose"].label("zh")


@pytest.mark.parametrize("make", [satisfaction_survey, visit_test, thirteen_indicators, reverse_survey])
def test_coaching_is_asked_about(make):
    """The known disease of satisfaction tests."""
    assert make().choices_of("coached").names == ("nobody", "told", "given", "refused")


def test_adults_are_counted_for_weights():
    """Who of a household answers is drawn, by the next birthday."""
    for form in (satisfaction_survey(), thirteen_indicators()):
        assert "下一个过生日" in form["adults"].wording("hint", "zh")


def test_the_ten_behaviours_are_met_with_not_heard_of():
    """Hearsay is an answer of its own; the level of office is asked of those who met with one."""
    form = reverse_survey()
    assert "hearsay" in form.choices_of("meddling").names
    assert "${meddling} = 'often'" in form["levels"].cell("relevant")
    assert "hearsay" not in form["levels"].cell("relevant")


def test_thirteen_indicators_share_one_scale_and_three_are_compared():
    """An index can be made of them; change is asked of the three that are named."""
    form = thirteen_indicators()
    rated = [q.name for q in form.questions if q.list_name == "satisfaction" and q.name != "overall"]
    assert len(rated) == 13
    assert {"income_change", "doctor_change", "school_change"} <= {question.name for question in form.questions}
