"""What the ids of reasons say, written out."""

import re

import pandas as pd
import pytest

import liuwen as lw
from liuwen.campaign.reasons import ATTEMPTS, REASONS, reason_sentence
from liuwen.questionnaires.household_interview.visit import RESULTS

WHO_ZH, WHO_EN = "请由能做的人来做，或更正职务登记。", "Let somebody who may take it, or correct the register of posts."


@pytest.mark.parametrize(
    "reason",
    [
        *"already_raised no_higher_tier after_the_deadline too_many_times not_an_applicant which_applicant no_such_class".split(),
        *"no_such_matter into_itself into_a_duplicate into_a_finished_one has_joined_applicants no_such_step_to_void".split(),
        *"bears_the_matter void_of_a_void not_raised_yet no_day unreadable_day dated_after_received no_person no_matter".split(),
        *"no_such_step no_such_village not_from_done not_desk without_reason where_adopted".split(),
    ],
)
def test_a_step_that_is_refused_or_not_counted_says_what_to_do(reason: str) -> None:
    """After what is wrong, in both languages."""
    said = reason_sentence(reason)
    assert "请" in said.zh
    assert len([part for part in re.split(r"[.;] ", said.en) if part]) > 1


@pytest.mark.parametrize(
    ("reason", "zh", "en"),
    [
        (
            "not_from_done",
            "当时状态是“已办结，待反馈”，不能做这一步。请核对是哪个事项、哪一天。",
            'The matter was "done, answers still owed" then, from where this step cannot be taken. '
            "Check which matter was meant, and the day.",
        ),
        (
            "not_from_lent",
            "当时状态是“lent”，不能做这一步。请核对是哪个事项、哪一天。",
            'The matter was "lent" then, from where this step cannot be taken. Check which matter was meant, and the day.',
        ),
        ("not_responsible", f"做这一步的人当时不是责任人。{WHO_ZH}", f"Whoever took the step was not responsible then. {WHO_EN}"),
        (
            "not_next_tier",
            f"做这一步的人当时不是上一级。{WHO_ZH}",
            f"Whoever took the step was not of the next tier then. {WHO_EN}",
        ),
        (
            "not_responsible_or_handler_or_desk",
            f"做这一步的人当时不是责任人、经办人、民情办。{WHO_ZH}",
            f"Whoever took the step was not responsible or handler or the desk then. {WHO_EN}",
        ),
        ("not_mayor", f"做这一步的人当时不是mayor。{WHO_ZH}", f"Whoever took the step was not mayor then. {WHO_EN}"),
        ("without_reason", "没有写理由。请补上。", "It does not say: reason. Add it."),
        ("without_of", "没有写并入哪个事项。请补上。", "It does not say: of which matter. Add it."),
        ("without_cost", "没有写cost。请补上。", "It does not say: cost. Add it."),
        (
            "where_adopted",
            "“adopted”的值不符合这一步的条件。请核对这一项。",
            'The value of "adopted" does not allow this step. Check it.',
        ),
        ("nobody_home", "“nobody_home”按方案不计。", '"nobody_home" does not count in this programme.'),
        ("电话", "“电话”按方案不计。", '"电话" does not count in this programme.'),
        ("", "“”按方案不计。", '"" does not count in this programme.'),
    ],
)
def test_a_reason_that_carries_a_word_says_it_in_both_languages(reason: str, zh: str, en: str) -> None:
    """Words of the house are put into words, those of the programme stay as they are."""
    assert (reason_sentence(reason).zh, reason_sentence(reason).en) == (zh, en)


@pytest.mark.parametrize("reason", ["not_an_applicant", "no_day", "no_person", "nobody", "phone", "refused", "not_raised_yet"])
def test_a_reason_with_a_sentence_of_its_own_is_not_taken_apart(reason: str) -> None:
    """Whatever it begins with."""
    assert reason_sentence(reason) is REASONS[reason]


def test_no_two_reasons_say_the_same() -> None:
    """Whoever reads one knows which it is."""
    for language in ("zh", "en"):
        said = [getattr(sentence, language) for sentence in REASONS.values()]
        assert len(set(said)) == len(said)


def test_outcomes_at_the_door_are_attempts_and_collide_with_no_reason() -> None:
    """Every outcome of the interview that is no interview is an attempt, and no reason of another kind has its id."""
    outcomes = {str(one.value) for one in RESULTS.options} - {"ready"}
    assert outcomes | {"refused", "another_day"} == ATTEMPTS
    visit = pd.DataFrame({"on": "2026-05-01", "by": "An", "household": "H1", "mode": "home", "outcome": sorted(ATTEMPTS)})
    posts = pd.DataFrame({"person": ["An"], "rank": "staff", "place": "V1"})
    town = lw.read_campaign("our_town", 2026, registers={"posts": posts}, events={"visit": visit.assign(event=visit["outcome"])})
    why = town.events().kind("visit").set_index("event")["why"]
    assert (why == why.index).all()
    assert town.duties("2026-12-31")["attempts"].tolist() == [len(ATTEMPTS)]
