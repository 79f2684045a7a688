"""The forms of the daily work: what each must refuse, work out, or leave unsaid."""

import pytest

from liuwen.engine import interview
from liuwen.errors import AnswerError
from liuwen.openrosa import new_keys
from liuwen.questionnaires import decision, letter, matter, meeting, reception, stay


def test_conduct_of_officials_ends_a_matter():
    """Nothing of it is typed: not who, not what, not whose household."""
    walk = interview(matter(), language="zh")
    walk.answer("visitor", "x").answer("town", "t").answer("village", "v").answer("on_day", "2026-01-01").answer(
        "channel", "visit"
    )
    walk.answer("matter_class", "conduct")
    assert not any(walk.asks(name) for name in ("matter_title", "matter_text", "raised_by", "household", "matter_photo"))
    assert walk.asks("matter_conduct") or walk.question is not None


def test_somebody_who_prefers_no_name_leaves_no_household():
    """A household is asked for only where one raised it."""
    walk = interview(matter(), language="zh")
    walk.answer("visitor", "x").answer("town", "t").answer("village", "v").answer("on_day", "2026-01-01").answer(
        "channel", "visit"
    )
    walk.answer("matter_class", "shortfall").answer("raised_by", "anonymous")
    assert not walk.asks("household")


def test_a_reception_ends_after_it_began_and_may_have_no_callers():
    """Zero is an entry; the end before the beginning is a slip."""
    walk = interview(reception(), language="en")
    walk.answer("town", "t").answer("village", "v").answer("on_day", "2026-01-01").answer("since", "09:00")
    with pytest.raises(AnswerError):
        walk.answer("until", "08:30")
    walk.answer("until", "11:00").answer("receiver", "x").answer("rostered", "rostered").answer("reception_kind", "duty")
    walk.answer("callers", 0)
    assert walk.question is None or walk.question.type != "repeat"
    assert b"<callers>0</callers>" in walk.finalise()


@pytest.mark.parametrize(
    ("body", "entitled", "present", "favour", "expected"),
    [
        ("delegates", 30, 20, 11, ("yes", "yes")),
        ("delegates", 30, 19, 19, ("no", "no")),
        ("delegates", 30, 20, 10, ("yes", "no")),
        ("assembly", 100, 51, 26, ("yes", "yes")),
        ("assembly", 100, 50, 50, ("no", "no")),
    ],
)
def test_a_decision_is_adopted_by_the_rule(body, entitled, present, favour, expected):
    """Two thirds of the delegates or more than half of the assembly must be there, and more than half of them in favour."""
    walk = interview(decision(), language="en")
    walk.answer("town", "t").answer("village", "v").answer("on_day", "2026-01-01").answer("proposal_number", "1")
    walk.answer("decided_by", body).answer("entitled", entitled).answer("present_voters", present)
    walk.answer("in_favour", favour).answer("against", present - favour).answer("abstained", 0)
    quorum, adopted = expected
    xml = walk.finalise().decode()
    assert f"<quorum_met>{quorum}</quorum_met>" in xml
    assert f"<adopted>{adopted}</adopted>" in xml


def test_the_days_of_a_stay_include_both_ends():
    """From 30 December to 2 January are four days."""
    walk = interview(stay(), language="en")
    walk.answer("person", "x").answer("town", "t").answer("village", "v")
    walk.answer("from_day", "2025-12-30").answer("to_day", "2026-01-02")
    walk.answer("stay_purpose", "stay").answer("meals_paid", "paid").answer("work_done", "x")
    assert b"<days>4</days>" in walk.finalise()


def test_a_letter_asks_for_no_name_and_notes_nothing_of_the_device():
    """A telephone only where the writer wants to be rung."""
    form = letter()
    assert not {question.type for question in form.questions} & {"start", "end", "audit", "deviceid", "username", "geopoint"}
    assert form["phone"].cell("relevant") == "${matter_reply} = 'phone'"
    assert "misconduct" in form["secret"].cell("relevant")


def test_a_letter_promises_secrecy_only_where_it_is_encrypted():
    """With the receiver's key it says that only the discipline office reads it; without, who else can."""
    sealed = letter(public_key=new_keys("six questions, one answer").public)
    assert "base64RsaPublicKey" in sealed.to_xform()
    assert "只有纪检部门看得到" in sealed["secret"].label("zh")
    assert "base64RsaPublicKey" not in letter().to_xform()
    assert "管这个信箱的人也看得到" in letter()["secret"].label("zh")


def test_a_meeting_counts_people_and_names_nobody():
    """Numbers of votes and of households."""
    assert [q.type for q in meeting().questions if q.name in {"attended", "households", "in_favour"}] == ["integer"] * 3
