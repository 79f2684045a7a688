"""Relevance worked out from other answers, as JavaRosa would, and left unknown where they do not settle it."""

import pytest

from liuwen.responses.from_exports.relevance import ExportCondition

ANSWERS = {"yes": "yes", "blank": "", "needs": "road water", "five": 5.0, "text_five": "5", "gone": None}
"""`gone` stands for a question whose column the export does not have."""


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("${yes} = 'yes'", True),
        ("${yes} != 'yes'", False),
        ("${blank} = ''", True),
        ("${blank} = 'yes'", False),
        ("${blank} > 3", False),
        ("${blank} != 3", True),
        ("${five} >= 5 and ${five} < 6", True),
        ("${five} = '5'", True),
        ("${text_five} = 5", True),
        ("${text_five} + 1 = 6", True),
        ("-${five} = -5", True),
        ("selected(${needs}, 'road')", True),
        ("selected(${needs}, 'roa')", False),
        ("not(selected(${needs}, 'school'))", True),
        ("count-selected(${needs}) = 2", True),
        ("string-length(${blank}) = 0", True),
        ("if(${yes} = 'yes', ${five} > 1, false())", True),
        ("coalesce(${blank}, 'x') = 'x'", True),
        ("${yes} = 'no' or ${five} = 5", True),
        ("true() and ${blank}", False),
    ],
)
def test_conditions_decided_by_the_answers(condition, holds):
    """Comparisons, selected, arithmetic and logic."""
    assert _told(condition) is holds


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("${gone} = 'yes'", None),
        ("${gone} = 'yes' and ${yes} = 'yes'", None),
        ("${gone} = 'yes' and ${yes} = 'no'", False),
        ("${yes} = 'no' and ${gone} = 'yes'", False),
        ("${gone} = 'yes' or ${yes} = 'yes'", True),
        ("${yes} = 'yes' or ${gone} = 'yes'", True),
        ("${gone} = 'yes' or ${yes} = 'no'", None),
        ("not(${gone})", None),
        ("today() > '2026-01-01'", None),
        ("${last-saved#yes} = 'yes'", None),
        ("instance('x')/root/item/name = ${yes}", None),
        ("${yes} =", None),
    ],
)
def test_conditions_left_undecided(condition, holds):
    """One side may settle `and` and `or`; what is not understood is unknown, never guessed."""
    assert _told(condition) is holds


def _told(text: str) -> bool | None:
    condition = ExportCondition(text)
    return condition.holds(tuple(ANSWERS[name] for name in condition.names))
