"""What people are promised of the length: the minutes of a household with much to say, rounded up to five.

The figures are what `length` gives for `typical.HOUSEHOLD` in Chinese, section by section; a test computes them again, so
that a question more makes the promise longer. They stand here as numbers because a form is built without starting the phone's
engine.
"""

from collections.abc import Mapping, Sequence
from math import ceil
from types import MappingProxyType

SECONDS: Mapping[str, int] = MappingProxyType(
    {
        "": 222,
        "situation": 570,
        "difficulties": 90,
        "aspirations": 132,
        "suggestions": 168,
        "development": 102,
        "matters": 246,
        "appraisal": 204,
        "training": 36,
        "schooling": 48,
        "coverage": 114,
        "help_details": 36,
        "land": 36,
        "income_details": 60,
        "credit": 42,
        "plans": 66,
        "village_life": 42,
        "resources": 24,
        "taking_part": 42,
        "officials": 96,
        "position": 48,
    }
)
"""Section or module → seconds; "" is what is asked in any case."""


def interview_minutes(modules: Sequence[str]) -> int:
    """The minutes promised for the interview with these modules.

    >>> interview_minutes(["matters"]) < interview_minutes(["situation", "matters"])
    True
    """
    seconds = SECONDS[""] + sum(SECONDS[module] for module in modules)
    return max(5, 5 * ceil(seconds / 300))


FORMS: Mapping[str, int] = MappingProxyType(
    {
        "household_appraisal": 7,
        "household_self": 9,
        "second_visit": 10,
        "visit_test": 4,
        "thirteen_indicators": 6,
        "reverse_survey": 5,
        "colleagues": 4,
        "backcheck": 3,
    }
)
"""Form ID → the minutes its own opening promises; held by the same test."""
SATISFACTION: Mapping[str, int] = MappingProxyType({"": 168, "visits": 66, "work": 144, "services": 174})
"""Part of the satisfaction survey → seconds; "" is what is asked in any case."""


def satisfaction_minutes(modules: Sequence[str]) -> int:
    """The minutes promised for the satisfaction survey with these parts."""
    return ceil((SATISFACTION[""] + sum(SATISFACTION[module] for module in modules)) / 60)
