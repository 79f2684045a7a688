"""What people are promised of the length is what the length comes to."""

from math import ceil

import pytest

from liuwen import questionnaires as q
from liuwen.questionnaires import typical_households, typical_residents
from liuwen.questionnaires.household_interview import CORE, WITHIN
from liuwen.questionnaires.length import ARITHMETIC, FASTEST, PACE, SLOWEST, is_aloud, length, timed, walked
from liuwen.questionnaires.minutes import FORMS, SATISFACTION, SECONDS, interview_minutes, satisfaction_minutes

ANSWERS = {
    "household_appraisal": typical_residents.RATER,
    "household_self": typical_households.HOUSEHOLD,
    "second_visit": typical_households.SECOND_VISIT,
    **dict.fromkeys(
        ("visit_test", "thirteen_indicators", "reverse_survey", "colleagues", "backcheck"), typical_residents.NEIGHBOUR
    ),
}


def seconds(modules: tuple[str, ...]) -> float:
    return length(q.household_interview(modules=modules, languages=("zh",)), typical_households.HOUSEHOLD).minutes * 60


@pytest.mark.slow
def test_the_seconds_of_each_section_are_current():
    """If this fails, a question was added or taken away: write the new figure into `SECONDS`."""
    nothing = seconds(())
    found = {"": nothing, "position": seconds(("position",)) - nothing}
    for name in CORE:
        found[name] = seconds((name,)) - nothing
    found["matters"] = seconds(("difficulties", "matters")) - seconds(("difficulties",))
    for name, within in WITHIN.items():
        found[name] = seconds((within, name)) - seconds((within,))
    assert found == pytest.approx(dict(SECONDS), abs=7)  # minutes are rounded to a tenth


@pytest.mark.parametrize("modules", [CORE, ("situation",), ("difficulties", "matters")])
def test_the_interview_promises_what_it_takes(modules: tuple[str, ...]):
    """Rounded up to five minutes, and never less than it takes."""
    taken = seconds(modules) / 60
    assert taken <= interview_minutes(modules) + 0.2
    assert interview_minutes(modules) - taken < 6
    said = q.household_interview(modules=modules)["purpose"]
    assert f"大约需要{interview_minutes(modules)}分钟" in said.label("zh")
    assert f"about {interview_minutes(modules)} minutes" in said.label("en")


def test_the_core_interview_takes_at_most_thirty_minutes(interview_form):
    """Of a household with much to say; less of the others."""
    taken = {kind: length(interview_form, answers).minutes for kind, answers in typical_households.TYPES.items()}
    assert taken["much_to_say"] <= 30
    assert taken["nobody_at_home"] < 2 < taken["old_couple"] < taken["much_to_say"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_question_asked_aloud_takes_as_long_as_was_measured(interview_form, language: str):
    """14.0 to 17.1 seconds on average, as Afrobarometer's paradata have it, in either language; lists read out count."""
    asked = walked(interview_form, typical_households.HOUSEHOLD, language)
    aloud = [
        each
        for question, each in zip(asked, timed(asked, language), strict=True)
        if is_aloud(question, language) and question.type != "note"
    ]
    assert sum(aloud) / len(aloud) == pytest.approx(ARITHMETIC[language], abs=0.15)
    assert PACE[language] * ARITHMETIC[language] == pytest.approx((FASTEST + SLOWEST) / 2)


def test_a_list_that_is_read_out_takes_its_time(interview_form):
    """Marked as such on the phone itself, whatever the converter makes of quotation marks."""
    read = [q for q in walked(interview_form, typical_households.HOUSEHOLD, "en") if q.name == "income_sources"]
    silent = [each._replace(hint="") for each in read]
    assert timed(read, "en")[0] > timed(silent, "en")[0] + 10


@pytest.mark.parametrize("name", list(FORMS))
def test_other_forms_promise_what_they_take(name: str):
    """Rounded up to a minute."""
    form = q.household_interview(mode="self") if name == "household_self" else getattr(q, name)()
    assert ceil(length(form, ANSWERS[name]).minutes) == FORMS[name]
    assert any(
        f"大约{FORMS[name]}分钟" in note.label("zh") or f"大约需要{FORMS[name]}分钟" in note.label("zh")
        for note in form.questions
    )


def test_the_satisfaction_survey_promises_what_it_takes(satisfaction_form):
    """Part by part."""
    assert ceil(length(satisfaction_form, typical_residents.RESIDENT).minutes) == satisfaction_minutes(
        ("visits", "work", "services")
    )
    for part in ("visits", "work", "services"):
        alone = length(q.satisfaction_survey(modules=[part]), typical_residents.RESIDENT).minutes * 60
        assert alone == pytest.approx(SATISFACTION[""] + SATISFACTION[part], abs=7)
