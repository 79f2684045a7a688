"""The household interview: six questions with every topic, asked only of whom they concern, in 30 minutes."""

import re

import pandas as pd
import pytest

from liuwen.engine import interview, validate
from liuwen.errors import AnswerError, FormError
from liuwen.form import Form, to_xform
from liuwen.messages import use_language
from liuwen.questionnaires import household_interview
from liuwen.questionnaires.household_interview import ALL, CORE, WITHIN
from liuwen.questionnaires.length import walked
from liuwen.questionnaires.typical_households import HOUSEHOLD, MIGRANT_FAMILY, NOBODY_AT_HOME, OLD_COUPLE, member


def asked(form: Form, start: object = HOUSEHOLD, **answers: object) -> set[str]:
    return {question.name for question in walked(form, {**start, **answers})}  # type: ignore[dict-item]


def household_of(*members: object) -> dict[str, object]:
    return {"member_count": len(members), "member": list(members)}


def told(form: Form, start: object = HOUSEHOLD, **answers: object) -> str:
    """The submission of a household with these answers."""
    given = {**start, **answers}  # type: ignore[dict-item]
    walk = interview(form, language="zh", seed=1)
    while (question := walk.question) is not None:
        inside = re.match(r".*\[(\d+)\]/", question.path)
        row = given.get(question.path.split("/")[-2].partition("[")[0]) if inside else given
        row = row[int(inside[1]) - 1] if inside else row  # type: ignore[index]
        value = row.get(question.name, question.value)  # type: ignore[union-attr]
        if question.read_only or (value is None and not question.required):
            walk.next()
        else:
            walk.answer(value if value is not None else next(iter(question.choices), "1"))
    return walk.finalise().decode()


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
        ("situation", {"worries", "employment", "schooling", "medical", "old_age", "member"}),
        ("difficulties", {"needs", "help_wanted", "first_need", "second_need", "third_need", "told_whom", "outcome"}),
        ("aspirations", {"income_sources", "main_income", "income_net", "has_idea", "ideas", "obstacles"}),
        ("appraisal", {f"{body}_{what}" for body in ("village", "town") for what in ("manner", "care", "results", "asked")}),
        (
            "suggestions",
            {"rules_quality", "welfare_weak", "sanitation_weak", "culture_weak", "services_weak", "mend_first", "mend_how"},
        ),
        ("development", {"village_paths", "village_idea", "town_paths", "income_measures"}),
        ("matters", {"matter", "matter_class", "matter_title", "matter_disposition", "matter_photo", "matter_publish"}),
        ("closing", {"card", "last_word", "phone"}),
        ("observation", {"present", "understood", "openness", "spoken", "interrupted", "diary"}),
        ("home", {"household_groups"}),
        ("visit", {"visitor", "companions", "visit_date", "town", "village", "household", "visit_result"}),
    ],
)
def test_every_topic_has_its_question(interview_form: Form, section: str, topics: set[str]):
    """Each subtopic of the six questions stands in its section."""
    inside = {element.name for element in interview_form.elements if section in element.path}
    assert topics <= inside


# -- at the door ----------------------------------------------------------------------------------------------------


def test_nobody_at_home_is_not_a_refusal(interview_form: Form):
    """The outcome of the visit comes before consent, which is then not asked; nothing more is."""
    shown = asked(interview_form, NOBODY_AT_HOME)
    assert shown == {"visitor", "companions", "visit_date", "town", "village", "hamlet", "household", "visit_result"}
    assert "<visit_outcome>nobody</visit_outcome>" in told(interview_form, NOBODY_AT_HOME)


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({}, "interviewed"),
        ({"visit_result": "vacant"}, "vacant"),
        ({"visit_result": "away"}, "away"),
        ({"visit_result": "no_adult"}, "no_adult"),
        ({"consent": "no", "refusal_reason": "unwilling"}, "refused"),
        ({"consent": "no", "refusal_reason": "not_now"}, "another_day"),
    ],
)
def test_attempts_refusals_and_vacancies_are_distinguished(interview_form: Form, answers: dict[str, str], outcome: str):
    """A calculated field holds the outcome."""
    assert f"<visit_outcome>{outcome}</visit_outcome>" in told(interview_form, OLD_COUPLE, **answers)


def test_without_consent_nothing_more_is_asked(interview_form: Form):
    """Why not, and perhaps another day."""
    shown = asked(interview_form, consent="no", refusal_reason="not_now", come_back="2099-01-01")
    assert {"refusal_reason", "come_back"} <= shown
    assert not shown & {"household_groups", "worries", "needs", "appraisal_agreed", "last_word", "diary"}


def test_the_purpose_says_what_is_done_with_answers():
    """With matters, the purpose says that they are posted; without them, it mentions totals only."""
    with_matters, without = (household_interview(modules=m)["purpose"].label("zh") for m in (CORE, ["situation"]))
    assert "公开栏公布，不写您的名字" in with_matters
    assert "公开栏" not in without
    assert "保存3年" in with_matters
    assert "对干部的看法" not in without
    assert "保存1年" in household_interview(keep_years=1)["purpose"].label("zh")


# -- whom it asks what ----------------------------------------------------------------------------------------------


def test_an_elderly_couple_is_not_asked_of_school_or_work(interview_form: Form):
    """What cannot concern a household is not asked of it, plans for earning more included."""
    shown = asked(interview_form, OLD_COUPLE)
    assert not shown & {"job_wanted", "wages_late", "school_difficulties", "out_of_school", "member_school", "has_idea"}
    assert {"elders_difficulties", "member_help"} <= shown


def test_an_old_man_who_looks_for_work_is_asked_about_it(interview_form: Form):
    """Age does not end it: many go on working beyond 60."""
    shown = asked(interview_form, OLD_COUPLE, **household_of(member("您", "head", "male", 1962, member_work="seeking")))
    assert "job_obstacles" in shown
    assert "job_wanted" not in shown  # the roster said so already


def test_a_young_couple_is_not_asked_of_old_age(interview_form: Form):
    """Nor of schooling while the child is a baby."""
    shown = asked(
        interview_form,
        **household_of(
            member("您", "head", "male", 2000, member_work="local_work"),
            member("爱人", "spouse", "female", 2001, member_work="home"),
            member("娃", "child", "male", 2025),
        ),
    )
    assert not shown & {"elders_difficulties", "member_help", "school_difficulties", "member_carer"}
    assert {"job_wanted", "medical_cover", "member_parents"} <= shown


def test_a_child_out_of_school_is_asked_about(interview_form: Form):
    """And only then; one that finished junior school is not missing school."""
    adult = member("您", "head", "male", 1986, member_work="farming")
    school, none, finished = (
        asked(interview_form, **household_of(adult, member("娃", "child", "male", born, member_school=stage)))
        for born, stage in ((2017, "primary"), (2017, "not_in_school"), (2011, "finished_junior"))
    )
    assert "out_of_school" not in school | finished
    assert "out_of_school" in none


def test_left_behind_children_are_counted_child_by_child(interview_form: Form):
    """By whether their parents live at home, not by whether somebody of the household works away."""
    assert "<left_behind>1</left_behind>" in told(interview_form, MIGRANT_FAMILY)
    away = [
        member("您", "parent", "male", 1958, member_work="farming"),
        member("叔叔", "child", "male", 1990, member_work="migrant_work", member_months=0, member_lives="beyond"),
        member("娃", "grandchild", "male", 2017, member_school="primary", member_parents="both"),
    ]
    xml = told(interview_form, MIGRANT_FAMILY, **household_of(*away))
    assert "<left_behind>0</left_behind>" in xml
    assert "<away>1</away>" in xml


def test_an_age_comes_from_the_animal_sign_where_the_year_is_not_known(interview_form: Form):
    """Old people give the age as counted from one at birth, and the sign; the year of that sign nearest to it is taken."""
    year = pd.Timestamp.today().year
    born = 1949  # an Ox
    elder = member("您", "head", "female", 0, member_work="too_old", member_animal="a1", member_said_age=year - born + 1 + 1)
    xml = told(interview_form, OLD_COUPLE, **household_of({**elder, "member_born": None}))
    assert f"<member_birth_year>{born}</member_birth_year>" in xml
    assert f"<member_age>{year - born}</member_age>" in xml


@pytest.mark.parametrize("relation", ["head", "spouse"])
def test_a_head_or_spouse_is_grown_up(interview_form: Form, relation: str):
    """A head of five is a slip."""
    with pytest.raises(AnswerError):
        walked(interview_form, {**HOUSEHOLD, **household_of(member("您", relation, "male", pd.Timestamp.today().year - 5))})


def test_two_heads_are_pointed_out(interview_form: Form):
    """Exactly one is right; the visitor is sent back, and not stopped."""
    two = household_of(member("您", "head", "male", 1980), member("弟弟", "head", "male", 1985))
    assert "heads_differ" in asked(interview_form, **two)
    assert "heads_differ" not in asked(interview_form)


def test_members_are_skipped_without_agreement(interview_form: Form):
    """Health and children are sensitive, and agreed to apart; the rest goes on."""
    shown = asked(interview_form, members_agreed="no", member=[])
    assert not {name for name in shown if name.startswith("member_")} - {"member_count"}
    assert {"needs", "medical_cover", "has_idea"} <= shown - {"members_agreed"}


def test_a_household_of_fifteen_is_asked_of_each(interview_form: Form):
    """The roster holds large households."""
    many = [member("您", "head", "male", 1980, member_work="farming")]
    many += [member(f"娃{n}", "child", "female", 2016, member_school="primary") for n in range(14)]
    assert "<children>14</children>" in told(interview_form, **household_of(*many))


def test_households_without_difficulties_skip_the_most_urgent(interview_form: Form):
    """`none` ends the second question."""
    shown = asked(interview_form, needs="none")
    assert not shown & {"help_wanted", "first_need", "told_whom"}


def test_the_top_three_are_chosen_from_what_was_named(interview_form: Form):
    """Each in turn, without those already chosen."""
    offered = {q.name: list(q.choices) for q in walked(interview_form, HOUSEHOLD) if q.name.endswith("_need")}
    openly = ["dont_know", "refused"]
    assert offered["first_need"] == ["road", "water", "medical", *openly]
    assert (offered["second_need"], offered["third_need"]) == (["water", "medical"], ["medical"])


def test_a_single_difficulty_is_the_first_without_asking_which(interview_form: Form):
    """It is filled in already."""
    answers = {**OLD_COUPLE}
    del answers["first_need"]
    assert "<first_need>medical</first_need>" in told(interview_form, answers)


def test_an_unknown_first_need_skips_its_details(interview_form: Form):
    """There is then no first difficulty to ask about."""
    assert not asked(interview_form, first_need="dont_know") & {"second_need", "told_whom"}


def test_named_difficulties_are_not_offered_again(interview_form: Form):
    """Nothing is asked twice: services that were difficulties are left out of those that are weak."""
    offered = next(list(q.choices) for q in walked(interview_form, HOUSEHOLD) if q.name == "services_weak")
    assert not {"road", "water", "clinic"} & set(offered)
    assert {"bus", "lighting"} <= set(offered)


def test_each_need_to_solve_becomes_a_matter(interview_form: Form):
    """In the order it gave, with its words, and nothing typed twice."""
    xml = told(interview_form)
    assert re.findall("<matter_need>(.*?)</matter_need>", xml) == ["road", "water", "medical"]
    assert "<matter_need_words>道路、出行</matter_need_words>" in xml
    assert "<matter_count>4</matter_count>" in told(
        interview_form,
        matters_more=1,
        matter=[*HOUSEHOLD["matter"], HOUSEHOLD["matter"][0]],  # type: ignore[index,misc]
    )


def test_a_complaint_about_an_official_is_not_written_beside_the_household(interview_form: Form):
    """Conduct is no class here; the visitor hands over the code of the letter box."""
    assert interview_form.choices_of("matter_class").names == ("difficulty", "shortfall", "suggestion")
    assert "信箱的二维码" in interview_form["conduct_elsewhere"].label("zh")
    linked = {e.name for e in interview_form.questions if "appraisal" not in e.path and e.list_name}
    for name in linked - {"present"}:
        values = set(interview_form.choices_of(name).names if interview_form.choices_of(name) else ())
        assert not values & {"unequal", "unfair", "rude", "selection", "favours"}, name


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("needs", ["none", "road"]),
        ("household_groups", ["none", "veteran"]),
        ("visit_date", "2099-01-01"),
        ("village_paths", ["crops", "road", "tourism", "training"]),
        ("phone", "-------"),
        ("phone", "12"),
        ("household", "张三"),
        ("registered_elsewhere", 5),
    ],
)
def test_impossible_answers_are_refused_with_a_reason(interview_form: Form, question: str, value: object):
    """Dates to come, *none* with something, a fourth of three, a name for a code, hyphens for a number."""
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


def test_it_is_asked_last_and_begins_with_what_was_met_with(interview_form: Form):
    """Facts before ratings; the ratings are the respondent's own taps."""
    tops = [element.name for element in interview_form.elements if element.kind == "group" and not element.parents]
    assert tops.index("appraisal") == tops.index("closing") - 1
    assert interview_form["village_asked"].row < interview_form["village_manner"].row
    assert "请对方自己点" in interview_form["village_manner"].wording("hint", "zh")


def test_the_appraisal_tosses_a_coin_of_its_own(interview_form: Form):
    """A coin that both parts knew would tie them together."""
    assert "appraisal" in interview_form["appraisal_scale_from"].path
    assert "${scale_from}" not in " ".join(interview_form["appraisal_scale_from"].cells.values())


def test_separate_leaves_the_appraisal_out():
    """And the form has an ID of its own, since it is another form."""
    form = household_interview(appraisal="separate")
    assert "appraisal" not in form
    assert "village_manner" not in form
    assert "对干部的看法" not in form["purpose"].label("zh")
    assert form.id == "household_interview_separate"


# -- its variants ---------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    ("languages", "modules", "appraisal"),
    [
        (("zh", "en"), (), "inline"),
        (("zh",), ALL, "separate"),
        (("en",), ALL, "inline"),
        (("en", "zh"), ("situation", "matters"), "inline"),
        *((("zh",), tuple(m for m in CORE if m != left_out), "inline") for left_out in CORE),
        *((("en",), tuple(filter(None, (WITHIN.get(alone), alone))), "separate") for alone in ALL),
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
    assert tops == ["visit", "consenting", "home", "situation", "matters", "closing", "observation"]


def test_an_unknown_section_is_refused():
    """With those that there are."""
    with pytest.raises(FormError, match="weather") as caught, use_language("en"):
        household_interview(modules=["weather"])
    assert "situation, difficulties" in caught.value.sentence.en


def test_a_module_without_its_section_is_refused():
    """It says which one it belongs to."""
    with pytest.raises(FormError) as caught:
        household_interview(modules=["land"])
    assert "“land” belongs to “aspirations”" in caught.value.sentence.en


def test_visitors_and_households_are_chosen_where_the_registers_are_given(town: pd.DataFrame, people: pd.DataFrame):
    """The code is stored, and not a name that anybody could type."""
    households = town.assign(household=[f"{village}-1" for village in town["village"]])
    form = household_interview(households, people=people)
    assert form.choices_of("visitor").labels("zh") == {"p1": "王芳", "p2": "李强"}
    assert form["household"].type == "select_one"
    assert "hamlet" not in form


def test_it_can_be_walked_in_english(interview_form: Form):
    """The other language is whole."""
    walk = interview(interview_form, language="en")
    assert walk.question is not None
    assert walk.question.label == "Name of the visitor"
