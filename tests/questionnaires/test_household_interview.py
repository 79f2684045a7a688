"""The household interview: six questions with every topic, asked only of whom they concern, in under 25 minutes."""

import re

import pandas as pd
import pytest

from liuwen.engine import interview, validate
from liuwen.errors import AnswerError, FormError
from liuwen.form import Form, to_xform
from liuwen.messages import use_language
from liuwen.questionnaires import household_interview
from liuwen.questionnaires.household_interview import ALL
from liuwen.questionnaires.length import length, walked
from liuwen.questionnaires.typical import HOUSEHOLD


def asked(form: Form, **answers: object) -> set[str]:
    return {question.name for question in walked(form, {**HOUSEHOLD, **answers})}


def member(age: int, **answers: object) -> dict[str, object]:
    return {
        "member_relation": "head",
        "member_sex": "male",
        "member_age": age,
        "member_ill": "no",
        "member_doing": "farming",
        **answers,
    }


def household_of(*members: dict[str, object]) -> dict[str, object]:
    return {"member_count": len(members), "member": list(members)}


# -- what it holds --------------------------------------------------------------------------------------------------


def test_it_asks_at_least_sixty_questions_most_of_them_conditional(interview_form: Form):
    """Metadata and calculations do not count; a condition may stand on the question or on its group, besides consent."""
    questions = [q for q in interview_form.questions if q.is_asked and q.type != "note"]
    consented = "${consent} = 'yes'"
    conditional = [q for q in questions if any(e.cell("relevant") not in ("", consented) for e in (q, *q.parents))]
    assert len(questions) >= 60
    assert len(conditional) > len(questions) / 2


@pytest.mark.parametrize(
    ("section", "topics"),
    [
        ("situation", {"employment", "schooling", "medical", "old_age", "hot_topic", "member"}),
        ("difficulties", {"needs", "help_wanted", "first_need", "second_need", "third_need", "help_amount"}),
        ("aspirations", {"income_sources", "main_income", "has_idea", "ideas", "obstacles", "main_obstacle"}),
        ("appraisal", {f"{body}_{what}" for body in ("branch", "committee", "town") for what in ("ability", "conduct")}),
        (
            "suggestions",
            {"rules_rating", "welfare_weak", "sanitation_weak", "culture_weak", "services_weak", "mend_first", "mend_how"},
        ),
        ("development", {"village_paths", "village_idea", "town_paths", "town_idea", "income_measures"}),
        ("matters", {"matter", "matter_class", "matter_text", "settled", "matter_photo", "matter_tier"}),
        ("closing", {"card_given", "diary"}),
        ("home", {"household", "household_type", "position_agreed", "position"}),
        ("visit", {"visitor", "visit_date", "town", "village"}),
    ],
)
def test_every_topic_has_its_question(interview_form: Form, section: str, topics: set[str]):
    """Each subtopic of the six questions stands in its section."""
    inside = {element.name for element in interview_form.elements if section in element.path}
    assert topics <= inside


def test_the_four_classes_of_the_ledger_and_the_three_tiers(interview_form: Form):
    """A matter is one of four classes, and is for the village, the town or the county."""
    assert interview_form.choices_of("matter_class").names == ("conduct", "difficulty", "shortfall", "suggestion")
    assert interview_form.choices_of("matter_tier").names == ("village", "town", "county")


# -- whom it asks what ----------------------------------------------------------------------------------------------


def test_a_typical_interview_takes_under_25_minutes(interview_form: Form):
    """Three generations, three needs, an idea, an appraisal and a matter, in either language."""
    assert length(interview_form, HOUSEHOLD, "zh").minutes < 25
    assert length(interview_form, HOUSEHOLD, "en").minutes < 25


def test_without_consent_nothing_more_is_asked(interview_form: Form):
    """Why not, perhaps another day, and thanks."""
    shown = asked(interview_form, consent="no", refusal_reason="not_now", come_back="2099-01-01")
    assert shown == {"visitor", "visit_date", "town", "village", "purpose", "consent", "refusal_reason", "come_back", "thanks"}


def test_an_elderly_couple_is_not_asked_of_school_or_work(interview_form: Form):
    """What cannot concern a household is not asked of it."""
    shown = asked(interview_form, **household_of(member(70, member_doing="unable"), member(68, member_doing="home")))
    assert not shown & {"job_wanted", "wages_late", "school_time", "out_of_school", "carer", "pension_cover", "member_school"}
    assert {"elders_live", "elders_livelihood", "elders_difficulties", "member_pension"} <= shown


def test_a_young_couple_is_not_asked_of_old_age(interview_form: Form):
    """Nor of schooling while the child is a baby; of treatment only where somebody needs it."""
    shown = asked(interview_form, **household_of(member(25), member(24), member(1)))
    assert not shown & {"elders_live", "elders_livelihood", "member_pension", "school_time", "treatment_obstacles"}
    assert {"job_wanted", "pension_cover", "medical_cover"} <= shown


def test_a_child_out_of_school_is_asked_about(interview_form: Form):
    """And only then."""
    without = asked(interview_form, **household_of(member(40), member(9, member_school="primary")))
    with_one = asked(interview_form, **household_of(member(40), member(9, member_school="not_in_school")))
    assert "out_of_school" not in without
    assert "out_of_school" in with_one
    assert "school_time" not in with_one


def test_who_has_no_difficulty_is_not_asked_for_the_most_urgent(interview_form: Form):
    """`none` ends the second question."""
    shown = asked(interview_form, needs="none")
    assert not shown & {"help_wanted", "first_need", "help_kinds", "need_duration"}


def test_the_top_three_are_chosen_from_what_was_named(interview_form: Form):
    """Each in turn, without those already chosen."""
    offered = {q.name: list(q.choices) for q in walked(interview_form, HOUSEHOLD) if q.name.endswith("_need")}
    openly = ["dont_know", "refused"]
    assert offered["first_need"] == ["road", "water", "medical", *openly]
    assert (offered["second_need"], offered["third_need"]) == (["water", "medical"], ["medical"])


def test_who_cannot_say_which_comes_first_is_not_asked_about_it(interview_form: Form):
    """There is then no first one to ask about."""
    assert not asked(interview_form, first_need="dont_know") & {"second_need", "help_kinds", "told_whom", "need_duration"}


def test_the_position_is_recorded_only_where_that_is_allowed(interview_form: Form):
    """It is asked for first, and can be declined."""
    assert "position" in asked(interview_form)
    assert "position" not in asked(interview_form, position_agreed="no")


def test_what_was_settled_on_the_spot_says_how(interview_form: Form):
    """What was not says who should act."""
    matter = {"matter_text": "路灯", "matter_class": "difficulty", "matter_named": "no"}
    settled = asked(interview_form, matter=[{**matter, "settled": "yes", "settled_how": "换了灯泡"}])
    unsettled = asked(interview_form, matter=[{**matter, "settled": "no", "matter_tier": "village"}])
    assert ("settled_how" in settled, "matter_tier" in settled) == (True, False)
    assert ("settled_how" in unsettled, "matter_tier" in unsettled) == (False, True)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("needs", ["none", "road"]),
        ("household_type", ["ordinary", "migrant"]),
        ("visit_date", "2099-01-01"),
        ("village_paths", ["crops", "road", "tourism", "training"]),
        ("phone", "12"),
        ("help_amount", -1),
        ("household", "张三"),
    ],
)
def test_impossible_answers_are_refused_with_a_reason(interview_form: Form, question: str, value: object):
    """Dates to come, *none* with something, a fourth of three, a name for a code."""
    with pytest.raises(AnswerError) as caught:
        walked(interview_form, {**HOUSEHOLD, question: value})
    assert re.search(r"[\u3400-\u9fff]{4}", str(caught.value))


# -- the appraisal --------------------------------------------------------------------------------------------------


def test_the_appraisal_is_marked_to_be_loaded_apart(interview_form: Form):
    """Its group says so, and nothing outside it refers to it."""
    assert interview_form["appraisal"].cell("note").startswith("liuwen: unlinked")
    inside = {element.name for element in interview_form.elements if "appraisal" in element.path}
    for element in interview_form.elements:
        if "appraisal" not in element.path:
            mentioned = set(re.findall(r"\$\{(\w+)\}", " ".join(element.cells.values())))
            assert not mentioned & inside, element.name


def test_separate_leaves_the_appraisal_out():
    """And the form has an ID of its own, since it is another form."""
    form = household_interview(appraisal="separate")
    assert "appraisal" not in form
    assert "committee_conduct" not in form
    assert form.id == "household_interview_separate"


def test_the_anonymous_appraisal_knows_no_one(appraisal_form: Form):
    """No name, telephone, position, household, device or time of day."""
    known = {question.type for question in appraisal_form.questions}
    assert not known & {
        "start",
        "end",
        "audit",
        "deviceid",
        "username",
        "phonenumber",
        "geopoint",
        "date",
        "dateTime",
        "image",
        "audio",
    }
    for name in ("visitor", "household", "phone", "position", "respondent_role", "household_type"):
        assert name not in appraisal_form
    assert {"branch_ability", "committee_conduct", "town_conduct"} <= {question.name for question in appraisal_form.questions}


# -- its variants ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("languages", "modules", "appraisal"),
    [
        (("zh", "en"), (), "inline"),
        (("zh",), ALL, "separate"),
        (("en",), ALL, "inline"),
        (("en", "zh"), ("situation", "matters"), "inline"),
        *((("zh",), tuple(m for m in ALL if m != left_out), "inline") for left_out in ALL),
        *((("en",), (alone,), "separate") for alone in ALL),
    ],
)
def test_every_variant_passes_with_no_warning(
    town: pd.DataFrame, languages: tuple[str, ...], modules: tuple[str, ...], appraisal: str
):
    """No section leans on another, in either language."""
    form = household_interview(town, languages=languages, modules=modules, appraisal=appraisal)
    made = to_xform(form)
    verdict = validate(made.xml, form.media)
    assert (made.warnings, verdict.errors, verdict.warnings) == ((), (), ())


def test_sections_are_asked_in_their_own_order():
    """However they are named."""
    form = household_interview(modules=["matters", "situation"])
    tops = [element.name for element in form.elements if element.kind == "group" and not element.parents]
    assert tops == ["visit", "consenting", "home", "situation", "matters", "closing"]


def test_an_unknown_section_is_refused():
    """With those that there are."""
    with pytest.raises(FormError, match="weather") as caught, use_language("en"):
        household_interview(modules=["weather"])
    assert "situation, difficulties" in caught.value.sentence.en


def test_it_can_be_walked_in_english(interview_form: Form):
    """The other language is whole."""
    walk = interview(interview_form, language="en")
    assert walk.question is not None
    assert walk.question.label == "Name of the visitor"
