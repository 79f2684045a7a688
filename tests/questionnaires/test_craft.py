"""The craft of asking, held for every questionnaire: each can be answered openly, nothing is asked twice, nothing leads."""

import re

from liuwen.checks import check
from liuwen.engine import validate
from liuwen.form import Element, Form, to_xform
from liuwen.questionnaires.asking import ASKING
from liuwen.questionnaires.bank import ALONE, NOT_READ_OUT
from liuwen.questionnaires.scales import FROM_BEST, FROM_WORST

PLACES = {"town", "village"}
"""What everybody knows, and nobody need withhold."""
SEEN = {"household_self", "colleagues"}
"""The forms that respondents fill in by themselves: lists are seen there, not heard."""


def selects(form: Form) -> list[Element]:
    return [question for question in form.questions if question.is_select]


def names(form: Form, question: Element) -> set[str]:
    options = form.choices_of(question)
    return set(options.names) if options else set()


def asked_aloud(form: Form) -> list[Element]:
    """The selects that are put to a respondent, rather than filled in by the visitor or found in a register."""
    return [
        question
        for question in selects(form)
        if ASKING["visitor"]["zh"] not in question.wording("hint", "zh")
        and not question.from_file
        and question.name not in PLACES
    ]


def test_passes_pyxform_and_odk_validate_with_no_warning(questionnaire: Form):
    """Nobody meets a broken form on a phone."""
    made = to_xform(questionnaire)
    verdict = validate(made.xml, questionnaire.media)
    assert (made.warnings, verdict.errors, verdict.warnings) == ((), (), ())


def test_the_checker_finds_nothing_but_advice(questionnaire: Form):
    """Our own rules hold for our own questionnaires."""
    assert [str(finding) for finding in check(questionnaire).findings.query("severity != 'note'")["message"]] == []


def test_every_opinion_can_be_withheld(interviewing: Form):
    """Whoever would rather not say can say so, apart from not knowing; agreement is itself an answer."""
    themselves = {
        "agree",
        "can",
        "yes_no",
        "sex",
        "reply",
        "animal",
        "relation",
        "last_matters",
        "respondent_role",
    }
    without = {
        q.name for q in asked_aloud(interviewing) if "refused" not in names(interviewing, q) and q.list_name not in themselves
    }
    assert without <= {"first_need", "second_need", "third_need"}


def test_not_knowing_is_apart_from_not_telling(interviewing: Form):
    """A list that allows the one allows the other, unless only telling can be at stake."""
    only_told = {"rules_known", "known", "age_band", "coached", "level", "contact_whom"}
    for question in asked_aloud(interviewing):
        offered = names(interviewing, question)
        if "refused" in offered and question.list_name not in only_told:
            assert "dont_know" in offered, question.name


def test_no_contact_differs_from_dont_know(interviewing: Form):
    """Ratings of offices and services have an answer for those who had nothing to do with them."""
    for question in asked_aloud(interviewing):
        if question.list_name in {"satisfaction", "dealings"}:
            assert {"no_contact", "dont_know", "refused"} <= names(interviewing, question), question.name


def test_how_to_ask_stands_on_the_screen(interviewing: Form):
    """Every list of several answers, and every list of more than two, says whether it is read out, told, tapped or filled in."""
    if interviewing.id in SEEN:
        return
    ways = [way["zh"] for way in ASKING.values()]
    carried = {"first_need", "second_need", "third_need", "main_income", "age_group", "came", "last_matters"}
    for question in selects(interviewing):
        substantive = names(interviewing, question) - {*NOT_READ_OUT, "refused"}
        if (
            (question.type == "select_multiple" or len(substantive) > 2)
            and question.name not in carried
            and not question.from_file
        ):
            assert any(way in question.wording("hint", "zh") for way in ways), question.name


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
            assert question.name in questionnaire[asked].cell("relevant")
            assert "'other'" in questionnaire[asked].cell("relevant")


def test_scales_are_balanced_and_read_from_either_end(questionnaire: Form):
    """As many steps up as down, the middle in the middle, and a coin for which end is read first."""
    steps = {
        "quality": ("very_good", "good", "middle", "poor", "very_poor"),
        "dealings": ("very_good", "good", "middle", "poor", "very_poor"),
        "satisfaction": ("very_satisfied", "satisfied", "neutral", "dissatisfied", "very_dissatisfied"),
    }
    for question in selects(questionnaire):
        if question.list_name in steps:
            offered = questionnaire.choices_of(question)
            assert offered
            assert offered.names[:5] == steps[question.list_name]
            assert re.search(r"randomize=true, ?seed=\$\{\w*scale_seed\}", question.cell("parameters")), question.name


def test_the_coin_is_kept_and_its_two_seeds_are_the_only_ones(questionnaire: Form):
    """`scale_from` is an answer like others, tossed once; what the phone shuffles by follows from it."""
    for coin in (element for element in questionnaire.elements if element.name.endswith("scale_from")):
        assert coin.cell("calculation").startswith("once(")
        seed = questionnaire[coin.name.replace("scale_from", "scale_seed")].cell("calculation")
        assert {int(number) for number in re.findall(r"\d{3,}", seed)} == {FROM_BEST, FROM_WORST}


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


def test_nothing_is_worded_with_quotation_marks(questionnaire: Form):
    """The converter turns them into straight ones, which are wrong in Chinese and hide a text from a comparison."""
    for element in questionnaire.elements:
        for column in element.wordings:
            for language in ("zh", "en"):
                assert not re.search(r"[“”‘’\"]", element.wording(column, language)), (element.name, column)


def test_nothing_is_asked_without_consent(interviewing: Form):
    """After the question of consent, everything asked of the household stands under its condition."""
    consent = interviewing["consent"].row
    free = {"refusal_reason", "refusal_reason_other", "come_back", "thanks"}
    for question in interviewing.questions:
        if question.is_asked and question.row > consent and question.name not in free:
            conditions = " ".join(element.cell("relevant") for element in (*question.parents, question))
            assert "${consent} = 'yes'" in conditions, question.name


def test_no_rating_asks_of_two_things(interviewing: Form):
    """Manner and results, village and town, each on its own; only what is one thing to people is named with two words."""
    one_thing = {"signal", "visits", "openness", "offices", "welfare_quality", "village_equal", "sanitation_quality"}
    for question in interviewing.questions:
        if question.list_name in {"quality", "satisfaction", "dealings"} and question.name not in one_thing:
            assert not re.search("和|以及|、", question.label("zh")), question.name
            assert not re.search(r"\b(and|or dis|or)\b", question.label("en").replace("or dissatisfied", "")), question.name


def test_the_answers_fit_the_question_in_chinese(interviewing: Form):
    """有没有 is answered 有 or 没有, 愿意 with 愿意, 可不可以 with 可以."""
    words = {"yes_no_unsure": "有没有", "agree": "愿", "can": "可不可以"}
    for question in interviewing.questions:
        if question.list_name in words:
            assert words[question.list_name] in question.label("zh"), question.name
