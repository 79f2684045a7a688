"""Every question has a purpose, and the pages that tell it are current."""

from pathlib import Path

import pytest

from liuwen.form import Form
from liuwen.questionnaires import household_interview
from liuwen.questionnaires.household_interview import ALL
from liuwen.questionnaires.purposes import purpose_of, purposes, questions_of
from liuwen.questionnaires.question_pages import pages

DOCS = Path(__file__).parents[2] / "docs"


def test_every_question_says_why_it_is_asked(questionnaire: Form):
    """A question without a purpose is not asked."""
    assert [question.name for question in questions_of(questionnaire) if purpose_of(question.name) is None] == []


def test_every_module_says_it_too():
    """Those that are not in the core included."""
    form = household_interview(modules=ALL)
    assert [question.name for question in questions_of(form) if purpose_of(question.name) is None] == []


def test_purposes_are_written_in_both_languages():
    """Each with why and what for."""
    assert all(all(part.strip() for part in purpose) for _, purpose in purposes())


@pytest.mark.parametrize("name", ["questions.md", "questions.zh-CN.md"])
def test_the_pages_are_current(name: str):
    """If this fails, call `liuwen.questionnaires.question_pages.write` with the folder `docs`."""
    assert (DOCS / name).read_text(encoding="utf-8") == pages()[name]
