"""Truths and counts that a condition compares."""

import pytest

from liuwen.expressions import parse
from liuwen.logic.reasoning import Known, Outcome, has_answers, outcome

NOTHING = Known({}, lambda element: None, lambda element: None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("18 < ${age} < 60", "always"),
        ("(${a} = 1) > 1", "never"),
        ("selected(${a}, 'x') = 'no'", "depends"),
        ("count-selected(${a}) >= 0", "always"),
        ("string-length(${a}) > -1", "always"),
        ("string-length(${a}) < 0", "never"),
        ("count-selected(${a}) > 2 and count-selected(${a}) < 3", "never"),
        ("string-length(${a}) > 2 or string-length(${a}) < 4", "always"),
        ("count(${r}) > 1 and count(${r}) < 3", "depends"),
        ("regex(${a}, 'x') = true()", "depends"),
    ],
)
def test_verdicts_on_conditions_with_measures(text: str, expected: Outcome) -> None:
    """A truth is 1 or 0, a count 0 or more."""
    tree = parse(text)
    assert outcome([tree], None, NOTHING) == expected
    assert has_answers(tree, None, NOTHING)
