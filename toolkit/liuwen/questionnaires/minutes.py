"""What people are promised of the length: the minutes of a household with much to say, rounded up to five.

The figures are what `length` gives for `typical.HOUSEHOLD` in Chinese, section by section; a test computes them again, so that a
question more makes the promise longer. They stand here as numbers because a form is built without starting the phone's engine.
"""

from collections.abc import Mapping, Sequence
from math import ceil
from types import MappingProxyType

SECONDS: Mapping[str, int] = MappingProxyType(
    {
        "": 60,
        "situation": 60,
        "difficulties": 60,
        "aspirations": 60,
        "suggestions": 60,
        "development": 60,
        "matters": 60,
        "appraisal": 60,
        "training": 60,
        "coverage": 60,
        "land": 60,
        "income_details": 60,
        "credit": 60,
        "resources": 60,
        "plans": 60,
        "village_life": 60,
        "officials": 60,
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


FORMS: Mapping[str, int] = MappingProxyType({"household_appraisal": 1, "household_self": 1})
"""Form ID → the minutes its own opening promises; held by the same test."""
SATISFACTION: Mapping[str, int] = MappingProxyType({"": 60, "visits": 60, "work": 60, "services": 60})
"""Part of the satisfaction survey → seconds; "" is what is asked in any case."""


def satisfaction_minutes(modules: Sequence[str]) -> int:
    """The minutes promised for the satisfaction survey with these parts."""
    return ceil((SATISFACTION[""] + sum(SATISFACTION[module] for module in modules)) / 60)
