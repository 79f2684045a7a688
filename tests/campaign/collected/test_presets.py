"""The programmes that come with the package name questions that their forms have."""

import pytest

import liuwen as lw
from liuwen import questionnaires
from liuwen.form import Form

FORMS = (
    "household_interview", "reception", "letter", "meeting", "stay", "help", "deed", "project", "posting", "daily_check",
    "enterprise_visit",
)  # fmt: skip
PARTS = (
    "on", "from_", "to", "by", "household", "subject", "village", "unit", "kind", "channel", "callers", "companions", "card",
    "meals", "money",
)  # fmt: skip
COMPUTED = {"mode", "outcome"}
"""What the reading of an interview makes of its own questions."""


@pytest.fixture(scope="module")
def forms() -> dict[str, Form]:
    """The forms of the programmes."""
    made = (getattr(questionnaires, name)() for name in FORMS)
    return {form.id: form for form in made}


@pytest.mark.parametrize("name", ["hubin", "chongqing", "yunnan", "our_town"])
def test_every_question_that_a_preset_names_is_in_its_form(name: str, forms: dict[str, Form]) -> None:
    """So that an event is never blank because a word was misspelt."""
    missing = set()
    for kind, rule in lw.read_campaign(name, 2026).programme.events.items():
        asked = {question.name for question in forms[rule.form].questions} | COMPUTED
        named = {part: getattr(rule, part) for part in PARTS if getattr(rule, part)}
        missing |= {(kind, part) for part, question in named.items() if question not in asked}
        missing |= {(kind, question) for question in (*rule.where, *rule.counts) if question not in asked}
    assert not missing


@pytest.mark.parametrize("name", ["hubin", "chongqing", "yunnan", "our_town"])
def test_every_value_that_a_preset_names_is_offered(name: str, forms: dict[str, Form]) -> None:
    """A kind of event is chosen by values that its form's list has."""
    for rule in lw.read_campaign(name, 2026).programme.events.values():
        for question, values in rule.where.items():
            offered = forms[rule.form].choices_of(question)
            assert offered is not None and set(values) <= set(offered.names)
