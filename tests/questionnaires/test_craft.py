"""The craft of asking, held for every questionnaire: each can be answered openly, nothing is asked twice, nothing leads."""

import re

from liuwen.checks import check
from liuwen.engine import validate
from liuwen.form import Element, Form, to_xform
from liuwen.questionnaires.bank import ALONE

FACTS = {
    "consent", "appraisal_agreed", "position_agreed", "revisit_agreed", "card_given", "card_reason", "refusal_reason", "present",
    "town", "village", "household", "respondent_role", "member_relation", "member_sex", "sex", "second_need", "third_need",
    "matter_raised", "matter_class", "settled", "matter_tier", "matter_named",
}  # fmt: skip
"""What the visitor fills in, or what has no answer to be unsure of."""


def selects(form: Form) -> list[Element]:
    return [question for question in form.questions if question.is_select]


def names(form: Form, question: Element) -> set[str]:
    options = form.choices_of(question)
    return set(options.names) if options else set()


def test_passes_pyxform_and_odk_validate_with_no_warning(questionnaire: Form):
    """Nobody meets a broken form on a phone."""
    made = to_xform(questionnaire)
    verdict = validate(made.xml, questionnaire.media)
    assert (made.warnings, verdict.errors, verdict.warnings) == ((), (), ())


def test_the_checker_finds_no_error_and_no_warning(questionnaire: Form):
    """Our own rules hold for our own questionnaires."""
    assert [str(finding) for finding in check(questionnaire).findings.query("severity != 'note'")["message"]] == []


def test_every_opinion_can_be_withheld(questionnaire: Form):
    """Whoever would rather not say can say so, apart from not knowing; facts that the visitor sees are the exception."""
    without = {question.name for question in selects(questionnaire) if "refused" not in names(questionnaire, question)}
    assert without <= FACTS


def test_not_knowing_is_apart_from_not_telling(questionnaire: Form):
    """A list that allows the one nearly always allows the other; where only telling can be at stake, it says so."""
    only_told = {"household_type", "elders_live", "rules_known", "contact_known", "age_band"}
    for question in selects(questionnaire):
        offered = names(questionnaire, question)
        if "refused" in offered and question.name not in only_told:
            assert "dont_know" in offered, question.name


def test_none_and_its_like_stand_alone(questionnaire: Form):
    """In a select-multiple, such an answer cannot go with another."""
    for question in selects(questionnaire):
        if question.type == "select_multiple":
            for value in names(questionnaire, question) & set(ALONE):
                assert f"selected(., '{value}')" in question.cell("constraint"), (question.name, value)


def test_other_is_followed_by_what_it_is(questionnaire: Form):
    """Where *other* can be chosen, the next question asks what it is, unless it was said before."""
    said_before = {"main_income", "main_obstacle", "first_need", "second_need", "third_need"}
    for question in selects(questionnaire):
        if "other" in names(questionnaire, question) and question.name not in said_before:
            asked = f"{question.name}_other"
            assert asked in questionnaire, question.name
            assert f"selected(${{{question.name}}}, 'other')" in questionnaire[asked].cell("relevant")


def test_scales_are_balanced(questionnaire: Form):
    """As many steps up as down, the middle in the middle, best first."""
    scales = {"quality": ("very_good", "good", "fair", "poor", "very_poor"),
              "satisfaction": ("very_satisfied", "satisfied", "neutral", "dissatisfied", "very_dissatisfied")}  # fmt: skip
    for name, options in questionnaire.choice_lists.items():
        if name in scales:
            assert options.names == (*scales[name], "dont_know", "refused")


def test_no_wording_is_used_for_two_choices_of_a_list(questionnaire: Form):
    """Two choices of a list never sound the same, in either language."""
    for options in questionnaire.choice_lists.values():
        for language in ("zh", "en"):
            assert len(set(options.labels(language).values())) == len(options), options.name


def test_questions_fit_a_phone_screen(questionnaire: Form):
    """A question is at most 60 characters of Chinese; only what is read out before consent and appraisal is longer."""
    for question in questionnaire.questions:
        if question.is_asked and question.type != "note":
            assert len(question.label("zh")) <= 60, question.name


def test_chinese_holds_no_english_and_english_no_chinese(questionnaire: Form):
    """Each wording stays in its language; a made-up place keeps its name."""
    for element in questionnaire.elements:
        for column in element.wordings:
            assert not re.search(r"(?<![{\w])[A-Za-z]{2,}", element.wording(column, "zh")), element.name
            assert not re.search(r"[\u3400-\u9fff]", element.wording(column, "en")), element.name


def test_nothing_is_asked_without_consent(questionnaire: Form):
    """After the question of consent, everything asked of the household stands under its condition."""
    consent = questionnaire["consent"].row
    free = {"refusal_reason", "refusal_reason_other", "come_back", "thanks"}
    for question in questionnaire.questions:
        if question.is_asked and question.row > consent and question.name not in free:
            conditions = " ".join(element.cell("relevant") for element in (*question.parents, question))
            assert "${consent} = 'yes'" in conditions, question.name


def test_only_the_place_comes_before_consent(questionnaire: Form):
    """Before it, the visitor notes who, when and where; nothing is known of the household."""
    before = [
        question.name for question in questionnaire.questions if question.is_asked and question.row < questionnaire["consent"].row
    ]
    assert set(before) <= {"visitor", "visit_date", "town", "village", "purpose"}


def test_no_rating_asks_of_two_things(questionnaire: Form):
    """Ability and conduct, village and town, each on its own; only what is one thing to people is named with two words."""
    one_thing = {"signal"}
    for question in questionnaire.questions:
        if question.list_name in {"quality", "satisfaction"} and question.name not in one_thing:
            assert not re.search("和|以及|、", question.label("zh")), question.name
            assert not re.search(r"\b(and|or)\b", question.label("en").replace("good nor poor", "")), question.name


def test_the_answers_fit_the_question_in_chinese(questionnaire: Form):
    """有没有 is answered 有 or 没有, 是否 is answered 是 or 否, 愿意 with 愿意."""
    words = {"yes_no_unsure": "有没有", "yes_no": "是否", "agree": "愿意"}
    for question in questionnaire.questions:
        if question.list_name in words:
            assert words[question.list_name] in question.label("zh"), question.name
