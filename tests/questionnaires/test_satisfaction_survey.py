"""The satisfaction survey: anonymous; the visits, item by item, reasons where people are dissatisfied, one open question."""

import pytest

from liuwen.engine import validate
from liuwen.form import Form, to_xform
from liuwen.questionnaires import satisfaction_survey
from liuwen.questionnaires.length import length, walked
from liuwen.questionnaires.satisfaction_survey import ALL, SERVICES, WORK
from liuwen.questionnaires.typical_residents import RESIDENT


def asked(form: Form, **answers: object) -> set[str]:
    return {question.name for question in walked(form, {**RESIDENT, **answers})}


def test_it_knows_no_one(satisfaction_form: Form):
    """No name, telephone, position, household, device or time of day; the day is known."""
    known = {question.type for question in satisfaction_form.questions}
    assert not known & {"start", "end", "audit", "deviceid", "username", "phonenumber", "geopoint", "image", "audio"}
    assert not {"visitor", "household", "phone", "position"} & {question.name for question in satisfaction_form.questions}


def test_overall_and_every_item_have_the_five_steps(satisfaction_form: Form):
    """The same scale throughout, with two ways not to answer."""
    items = ["overall", *SERVICES, *(f"{body}_{aspect}" for body in ("village", "town") for aspect in (*WORK, "result"))]
    assert {satisfaction_form[item].list_name for item in items} == {"satisfaction"}
    assert len(SERVICES) == 13


def test_reasons_are_asked_of_the_dissatisfied_only(satisfaction_form: Form):
    """Item by item for services, once for each body."""
    assert {"roads_why", "clinic_why", "village_why"} <= asked(satisfaction_form)
    content = asked(satisfaction_form, roads="neutral", clinic="no_contact", village_manner="satisfied")
    assert not {name for name in content if name.endswith("_why")}


def test_the_result_is_asked_of_those_who_went_with_something(satisfaction_form: Form):
    """Nobody judges what they did not see."""
    assert "village_result" in asked(satisfaction_form)
    assert "town_result" not in asked(satisfaction_form)


def test_it_takes_under_ten_minutes(satisfaction_form: Form):
    """Short enough for the telephone."""
    assert length(satisfaction_form, RESIDENT, "zh").minutes < 10


@pytest.mark.parametrize("modules", [(), *((part,) for part in ALL)])
@pytest.mark.parametrize("languages", [("zh",), ("en",)])
def test_every_variant_passes_with_no_warning(modules: tuple[str, ...], languages: tuple[str, ...]):
    """With and without its parts, in either language, without a list of villages."""
    form = satisfaction_survey(modules=modules, languages=languages)
    made = to_xform(form)
    verdict = validate(made.xml)
    assert (made.warnings, verdict.errors, verdict.warnings) == ((), (), ())
    assert {"overall", "wish"} <= {question.name for question in form.questions}


def test_it_measures_the_visits(satisfaction_form: Form):
    """Whether officials came, what was raised, what became of it, and how satisfied people are with the visits."""
    shown = asked(satisfaction_form)
    assert {"came", "raised", "became", "visits"} <= shown
    assert not asked(satisfaction_form, came="no") & {"raised", "became"}


def test_each_matter_has_reasons_of_its_own(satisfaction_form: Form):
    """Nobody is dissatisfied with an income because the staff are unfriendly."""
    assert "manner" not in satisfaction_form.choices_of("income_why").names
    assert "teachers" in satisfaction_form.choices_of("school_why").names
