"""What the interview of 2026 does to answers collected with the first one, and that both load together."""

import pytest

from liuwen.comparison import compare
from liuwen.engine import interview
from liuwen.form import Form
from liuwen.form import builder as b
from liuwen.questionnaires import household_interview
from liuwen.responses import read_responses


@pytest.fixture(scope="module")
def earlier() -> Form:
    """A few questions of the first interview, as they were named and listed."""
    needs = b.choices("needs", ("road", "道路、出行", "Roads"), ("water", "吃水用水", "Water"), ("none", "没有", "None"))
    bands = b.choices("income", ("under_5000", "5千元以下", "Under 5,000"), ("over_30000", "3万元以上", "Over 30,000"))
    yes_no = b.choices("yes_no", ("yes", "是", "Yes"), ("no", "否", "No"))
    return b.build_form(
        "household_interview",
        version="2026112101",
        items=[
            b.group(
                "difficulties",
                zh="困难问题",
                en="Difficulties",
                items=[
                    b.select_multiple(
                        "needs",
                        needs,
                        zh="您家过日子，现在有哪些困难？",
                        en="What difficulties does your household have in daily life at present?",
                    )
                ],
            ),
            b.select_one("income", bands, zh="去年全家收入大约多少？", en="About how much was the income?"),
            b.select_one("card_given", yes_no, zh="卡给了吗？", en="Was the card given?"),
        ],
    )


def test_questions_with_a_new_meaning_are_not_joined(earlier: Form):
    """Gross and net income and the card are reported as lost; difficulties are kept."""
    lost = {change.subject for change in compare(earlier, household_interview()) if change.effect == "loses"}
    assert {"income", "card_given"} <= lost
    assert "difficulties/needs" not in lost


def test_both_versions_load_together(earlier: Form):
    """Difficulties share one column; questions dropped since are blank in the later submissions."""
    form = household_interview()
    old = interview(earlier, seed=1).answer("needs", ["road"]).answer("income", "over_30000").answer("card_given", "yes")
    new = interview(form, seed=2)
    for name, value in {"visitor": "甲", "town": "t", "village": "v", "household": "1", "visit_result": "nobody"}.items():
        new.answer(name, value)
    table = read_responses([old.finalise(), new.finalise()], form=form, earlier=[earlier]).table
    assert table["visit_outcome"].tolist()[1] == "nobody"
    assert "road" in str(table.filter(like="needs").iloc[0].tolist())
