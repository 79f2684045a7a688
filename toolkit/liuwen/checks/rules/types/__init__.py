"""Types of questions and what belongs to a type."""

from liuwen.checks.findings import Rule
from liuwen.checks.rules.types.bad_default import bad_default
from liuwen.checks.rules.types.bad_parameter import bad_parameter
from liuwen.checks.rules.types.missing_calculation import missing_calculation
from liuwen.checks.rules.types.missing_type import missing_type
from liuwen.checks.rules.types.unknown_parameter import unknown_parameter
from liuwen.checks.rules.types.unknown_type import unknown_type
from liuwen.checks.rules.types.unsupported_appearance import unsupported_appearance

RULES: tuple[Rule, ...] = (
    bad_default,
    bad_parameter,
    missing_calculation,
    missing_type,
    unknown_parameter,
    unknown_type,
    unsupported_appearance,
)
